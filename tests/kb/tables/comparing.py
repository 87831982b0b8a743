"""Comparing: what an import made of an invented table, cell by cell against what the table says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.publishing.folders import write_plan
from kb.source.plans import load_plan
from kb.source.projects import Project
from kb.tables.auditing import account
from kb.tables.cellfile import dump_cells, load_cells
from kb.tables.proposing import propose
from kb.tables.reading import Reading, read_sheets
from kb.tables.rendering import Heading, render_plan
from kb.tables.surroundings import find_surroundings
from kb.tables.vocabulary import load_headings, plain
from tests.kb.tables.inventions import Invention
from tests.kb.tables.wording import BASES, OTHERS

__all__ = ["Comparison", "compare"]

HEADINGS = load_headings(Path("data/language/headings.toml"))


class Comparison:
    """What differs."""

    def __init__(self, invention: Invention) -> None:
        self.invention, self.truth = invention, invention.truth
        self.failures: list[str] = []
        self.unread = self.figures = 0
        self.named: set[str] = set()
        with TemporaryDirectory() as name:
            self.reading, self.problems = _read(invention, Path(name))
        self.failures += [f"audit: {where} {what}" for where, what in self.problems]
        self.said = {one.text for one in self.reading.unread}
        for one in self.reading.remarks:
            if "食い違う" in one.reason:
                self.said.add(one.text)
        self.indicators: dict[str, set[str]] = {}
        for project in self.reading.projects:
            self.indicators[project.name] = {row.activity for row in project.rows if row.activity}
        self.truth.figures = {(k[0], self._whose(k[0], k[1], k[2]), *k[2:]): v for k, v in self.truth.figures.items()}
        self._compare()

    def _compare(self) -> None:
        projects = {project.name: project for project in self.reading.projects}
        named = {one.text for one in self.reading.remarks if "見出しかもしれません" in one.reason}
        self.said |= named
        for name in projects.keys() - self.truth.labels.keys():
            if name not in named:
                self.failures.append(f"project: {name} is none")
        for name in self.truth.labels.keys() - projects.keys():
            if name not in self.said:
                self.failures.append(f"project: {name} is lost")
        for project in self.reading.projects:
            if project.name in self.truth.labels:
                self._project(project)
        self._lost()

    def _project(self, project: Project) -> None:
        labels = (f"{project.goal} {project.goal_text}".strip(), project.policy)
        truth = self.truth.labels[project.name]
        labels = (labels[0], truth[1] if truth[1] in self.said else labels[1])
        if labels != self.truth.labels[project.name]:
            self.failures.append(f"labels: {project.name} {labels} != {self.truth.labels[project.name]}")
        for row in project.rows:
            for cell in row.cells:
                self._cell(project.name, row.activity, row.kind, cell.year, cell.text, row.unit)
                for text in cell.conflict:
                    self.said.add(text.partition("(")[0])
        graded = self.truth.grades.get(project.name, "")
        grades = {row.grade for row in project.rows} - {""}
        if grades - {graded}:
            self.failures.append(f"grade: {project.name} {grades} != {graded}")
        if graded and not grades and all(d.text != graded for d in project.details) and graded not in self.said:
            self.failures.append(f"grade: {project.name} {graded} is lost")
        self._texts(project)

    def _texts(self, project: Project) -> None:
        found = {detail.text for detail in project.details} | {project.description}
        truth = {text for _, text in self.truth.texts.get(project.name, [])}
        for text in truth - found - self.said:
            self.failures.append(f"text: {project.name} {text} is lost")
        for other, texts in self.truth.texts.items():
            for _, text in texts:
                if other != project.name and text in found:
                    self.failures.append(f"text: {project.name} has {text}")

    def _cell(self, project: str, activity: str | None, kind: str, year: int, text: str, unit: str) -> None:
        if not text:
            return
        if text == "-":
            return
        key = (project, self._whose(project, activity, kind), kind, year)
        wanted = self.truth.figures.get(key)
        if wanted is None or wanted[0] != text:
            source = next((k for k, v in self.truth.figures.items() if v[0] == text), None)
            if (
                source
                and source[2] not in ("target", "result", "budget", "settlement")
                and activity
                and source[2] in plain(activity)
            ):
                self.named.add(text)
                return
            if kind == "grade" and source is None:
                self.failures.append(f"grade: {key} {text} != {wanted}")
                return
            self.failures.append(f"wrong {_differs(source, key)}: {text} of {source} stands at {key}")
            return
        said = not unit and any("単位がどこにも" in one.reason for one in self.reading.remarks)
        if unit != wanted[1] and not said:
            self.failures.append(f"unit: {key} {text} {unit!r} != {wanted[1]!r}")

    def _whose(self, project: str, activity: str | None, kind: str) -> str | None:
        """Where a project has one indicator, its grade may stand with either."""
        return None if kind == "grade" and len(self.indicators.get(project, ())) < 2 else activity

    def _lost(self) -> None:
        placed = {
            (p.name, self._whose(p.name, r.activity, r.kind), r.kind, c.year, c.text)
            for p in self.reading.projects
            for r in p.rows
            for c in r.cells
        }
        kept = {(p.name, d.text) for p in self.reading.projects for d in p.details}
        self.named |= {
            d.text.rpartition(": ")[2]
            for p in self.reading.projects
            for d in p.details
            if any(w in plain(d.heading) for w in (*BASES, *OTHERS, "合計"))
        }
        for key, (text, _) in self.truth.figures.items():
            self.figures += 1
            if (*key, text) in placed or text in self.named:
                continue
            if text in self.said or (key[0], text) in kept:
                self.unread += 1
            else:
                self.failures.append(f"lost: {text} of {key}")


def compare(invention: Invention) -> Comparison:
    """Import an invention and compare it."""
    return Comparison(invention)


# Private functions


def _differs(source: object, key: tuple[object, ...]) -> str:
    if not isinstance(source, tuple):
        return "figure"
    return "+".join(n for n, a, b in zip(("project", "activity", "kind", "year"), source, key, strict=True) if a != b)


def _read(invention: Invention, folder: Path) -> tuple[Reading, Sequence[tuple[str, str]]]:
    """The import without its child process."""
    (folder / "x").mkdir()
    with (folder / "cells.csv").open("wb") as stream:
        dump_cells(invention.sheets, stream)
    sheets = load_cells(folder / "cells.csv")
    around = find_surroundings(sheets, invention.stem, HEADINGS, "")
    proposal = propose(sheets, invention.stem, HEADINGS, around)
    years = {str(year): year for year in proposal.years}
    heading = Heading("town", "表", "", "", "", proposal.era, years, "source.xlsx", "cells.csv")
    text = render_plan(heading, proposal.table, proposal.assumed)
    files = {"source.xlsx": b"x", "cells.csv": (folder / "cells.csv").read_bytes()}
    write_plan(folder / "town", text, files)
    plan = load_plan(folder / "town")
    assert plan.table is not None
    reading = read_sheets(sheets, plan, plan.table)
    return reading, account(plan, reading.projects).problems
