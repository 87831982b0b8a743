"""Statuses: what a line of results says in a few words of its own, 未着手 or 施工中 (build side)."""

from collections import defaultdict
from collections.abc import Sequence

from kb.cells import read_cell_figures
from kb.source.projects import DASH, Project
from nlp.writing.text import to_key

__all__ = ["statuses"]

LONGEST = 8
"""A longer text is told, and is no status."""


def statuses(projects: Sequence[Project]) -> frozenset[str]:
    """The texts of the lines of which no cell prints a figure and which say the same few words again and again."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for project in projects:
        for row in (row for row in project.rows if row.kind == "result"):
            lines[project.plan, row.activity or ""] += [cell.text for cell in row.cells if cell.text not in ("", DASH)]
    return frozenset(text for texts in lines.values() if _are_statuses(texts) for text in texts)


# Private functions


def _are_statuses(texts: Sequence[str]) -> bool:
    few = len(set(texts)) * 2 <= len(texts)
    return few and all(1 < len(to_key(text)) <= LONGEST and not read_cell_figures(text) for text in texts)
