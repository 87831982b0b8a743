"""How the figures of the table went over the years, line by line: what rose, what fell, what stayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tests.examination.gold import Cell, Figure, Project, Row, Table, cells_of, figures_of

__all__ = ["PARTIAL", "Course", "Moved", "Values", "courses", "moved", "plain_figures", "repeating"]

PARTIAL = ("延べ", "のべ", "各", "年", "約")
"""Words right before a figure that doesn't stand for itself; うち is a part of another one."""
Values = dict[int, int]


class Course(NamedTuple):
    """One figure of a line in every year that prints it."""

    project: str
    """Number of the project."""
    label: str
    """The words before the figure."""
    values: Values
    """Era year to the value in base units."""


class Moved(NamedTuple):
    """Which projects moved as it was asked."""

    sure: set[str]
    """All their figures of that unit did."""
    open: set[str]
    """Some did, or their figures can't be held against each other."""


def plain_figures(text: str, unit: str) -> list[Figure]:
    """The figures of a unit in a cell that are no part of others, nor rough."""
    figures = [figure for figure in figures_of(text) if figure.unit == unit and "うち" not in figure.before]
    return [figure for figure in figures if not figure.before.strip().endswith(PARTIAL)]


def courses(table: Table, unit: str) -> list[Course]:
    """Every figure of that unit over the years; a label that stands twice in a cell says nothing."""
    return [course for project in table.projects for course in _of(project, unit)]


def moved(table: Table, unit: str, test: Callable[[Values], bool | None]) -> Moved:
    """The projects whose figures pass; None where one can't be told by."""
    sure, open_, again = set[str](), set[str](), repeating(table, unit)
    for project in table.projects:
        told = [test(course.values) for course in _of(project, unit)]
        unclear = any(len(plain_figures(cell.text, unit)) > 1 for cell in cells_of(project)) and None in told
        if any(told) or unclear:
            open_.add(project.no)
        if any(told) and not unclear and False not in told:
            sure.add(project.no)
    return Moved(sure - again, open_)


def repeating(table: Table, unit: str, numbers: Iterable[str] | None = None) -> set[str]:
    """The projects (among those) that print no line of the unit but what one above them prints: it counts once."""
    seen, again = set[tuple[str, ...]](), set[str]()
    for project in table.projects:
        lines = {(row.activity, *row.results.values()) for row in project.rows if _counts(row, unit)}
        if numbers is not None and project.no not in numbers:
            continue
        if lines and lines <= seen:
            again.add(project.no)
        seen |= {line for line in lines if line[0]}
    return again


# Private functions


def _counts(row: Row, unit: str) -> bool:
    return any(plain_figures(text, unit) for text in row.results.values())


def _of(project: Project, unit: str) -> Iterator[Course]:
    for row in project.rows:
        cells = [Cell(project.no, row.activity, year, text) for year, text in row.results.items()]
        printed = [(cell.year, figure) for cell in cells for figure in plain_figures(cell.text, unit)]
        twice = Counter((year, figure.before.strip()) for year, figure in printed)
        by_label: dict[str, Values] = {}
        for year, figure in printed:
            if twice[year, figure.before.strip()] == 1:
                by_label.setdefault(figure.before.strip(), {})[year] = figure.value
        yield from (Course(project.no, label, values) for label, values in by_label.items())
