"""Reads sentences that people wrote, one JSON object a line, into the same questions as the generator's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.examination.drafts import stale_figures
from tests.examination.expectation import AnyOf, Expect, Question
from tests.examination.gold import Table

__all__ = ["load", "read_line"]

# Kinds whose first needle is what was asked for, and so must stand near the top.
LEADING = ("lookup", "diff", "aggregate", "followup.year", "followup.project", "followup.choice", "followup.correct")


def load(path: Path, table: Table) -> list[Question]:
    """Every question of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [read_line(json.loads(line), table) for line in lines if line.strip()]


def read_line(line: Mapping[str, Any], table: Table) -> Question:
    """One question; `expect_alt` and `projects_any` become alternatives."""
    leading = line["kind"].startswith(LEADING)
    written = (line["expect"], *line.get("expect_alt", ()))
    first, *others = [e for raw in written for e in _expects(raw, leading, _stale(line, table))]
    return Question(line["id"], line["kind"], tuple(line["turns"]), first, tuple(others))


# Private functions


def _expects(raw: Mapping[str, Any], leading: bool, stale: tuple[str, ...]) -> list[Expect]:
    statuses = tuple(raw.get("status_any", [raw["status"]]))
    must = tuple(_any_of(needle) for needle in raw.get("must", ()))
    leads = leading and raw["status"] == "answer"
    return [
        Expect(
            statuses,
            frozenset(projects),
            optional=frozenset(raw.get("projects_opt", ())),
            reasons=frozenset(raw.get("reason_any", ())),
            must=must,
            must_not=tuple(raw.get("must_not", ())),
            lead=must[:1] if leads else (),
            stale=stale if leads else (),
            computed=bool(raw.get("computed")),
        )
        for projects in raw.get("projects_any") or [raw.get("projects", ())]
    ]


def _any_of(needle: str | Iterable[str]) -> AnyOf:
    return (needle,) if isinstance(needle, str) else tuple(needle)


def _stale(line: Mapping[str, Any], table: Table) -> tuple[str, ...]:
    """Figures of the row's other years, where one year of one project was asked."""
    asked = line.get("src") or {"projects": (), "years": ()}
    if len(asked["projects"]) != 1 or len(asked["years"]) != 1:
        return ()
    return tuple(stale_figures(table, table.project(asked["projects"][0]), asked["years"], asked.get("sub")))
