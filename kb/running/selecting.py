"""Selecting: the rows that a query selects, with their cells, figures and marks, each read once."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from kb.query import Query
from kb.running.results import Fact, Project, Quote
from kb.running.rows import Row, value_of
from kb.storing import SourceDocument
from kb.terms import DETAIL, FIGURED
from nlp.figures.figures import Figure

__all__ = ["Selection"]


class Selection:
    """The rows of one SELECT, for every query that is about them: an answer and what can be asked next."""

    def __init__(self, query: Query, connection: sqlite3.Connection, document: SourceDocument) -> None:
        self.rows = [Row(*row) for row in connection.execute(*query.to_sql())]
        self._plan = query.plan
        self._connection = connection
        self._document = document
        self._whole = all(subject.position is None for subject in query.subjects)
        self._made: dict[tuple[int, int], Quote] = {}

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Whose rows they are, in the table's order; with their grades where no line alone was selected."""
        grades: dict[str, list[str]] = defaultdict(list)
        for row in self.rows:
            grades[row.no] += [row.grade] if row.grade and self._whole else []
        heads = {row.no: row for row in self.rows}
        return tuple(
            Project(f"{self._plan}/{no}", no, row.name, tuple(dict.fromkeys(grades[no])), row.address)
            for no, row in heads.items()
        )

    def quotes(self, query: Query) -> tuple[Quote, ...]:
        """The cells of the years that are asked, in the order of the subjects, of the activities, of what is asked."""
        kinds = self._kinds(query)
        years = query.years or self._document.years
        listed = [row for row in self.rows if row.kind in kinds and _is_graded_so(row, query)]
        if len(listed) > 1:
            listed = self._ordered(listed, query, kinds)
        quotes = [self._quote(row, year) for row in listed for year in years if (row.row, year) in self._cells]
        return tuple(_held(quotes, dated=bool(query.years)))

    def facts(self, query: Query) -> tuple[Fact, ...]:
        """What is asked beside the cells, with the marks that go with it."""
        facts: list[Fact] = []
        kinds = self._kinds(query)
        for attribute in (name for name in query.attributes if name not in kinds and name not in FIGURED):
            seen: set[str] = set()
            for row in self._lines:
                by_row = attribute == "period" or (attribute == "grade" and not row.project_grade)
                if not by_row and row.no in seen:
                    continue
                seen.add(row.no)
                activity = row.activity if by_row else None
                for value, fields in self._values(attribute, row, query.years):
                    reasons = (reason for field in fields for reason in self._marks[row.project, field])
                    notes = tuple(dict.fromkeys(reasons))
                    facts.append(Fact(self._heads[row.no], row.row, activity, attribute, value, notes))
        return tuple(facts)

    # Private functions

    def _ordered(self, rows: Sequence[Row], query: Query, kinds: Sequence[str]) -> list[Row]:
        """Rows in the order of the subjects, of the activities, of what is asked."""
        projects, lines = self._asked(query)
        line_of = {(row.no, row.activity): lines.get((row.no, row.position), 0) for row in reversed(self.rows)}
        return sorted(
            rows, key=lambda r: (projects.get(r.no, 0), r.project, line_of[r.no, r.activity], *self._place(r, kinds))
        )

    @staticmethod
    def _asked(query: Query) -> tuple[dict[str, int], dict[tuple[str, int], int]]:
        """Where the subjects stand in the question: projects by their number, lines by project and place."""
        asked = list(reversed(list(enumerate(query.subjects))))
        places = {(subject.number, subject.position): at for at, subject in asked if subject.position}
        return {subject.number: at for at, subject in asked}, places

    def _quote(self, row: Row, year: int) -> Quote:
        place = row.row, year
        if place not in self._made:
            text, state, conflict = self._cells[place]
            self._made[place] = Quote(
                self._heads[row.no], row.row, row.activity, year, self._document.year_label(year), text, state,
                self._grade(row, year), row.period, tuple(_figure(*values) for values in self._figures[place]),
                row.kind, row.unit, conflict, self._lines_of[row.row],
            )  # fmt: skip
        return self._made[place]

    def _kinds(self, query: Query) -> tuple[str, ...]:
        """Which rows are asked; those of grades where a year's is asked, or where there is no other."""
        named = tuple(kind for kind in query.attributes if kind in FIGURED)
        yearly = "grade" in query.attributes and any(row.kind == "grade" for row in self.rows)
        return (*named, "grade") if yearly and (query.years or not any(row.grade for row in self.rows)) else named

    def _place(self, row: Row, kinds: Sequence[str]) -> tuple[int, int]:
        """Where a row comes among those of its project: rows of one line side by side, in the order asked."""
        first = self._firsts[row.no, row.activity] if self._has_kinds else row.position
        return first, kinds.index(row.kind)

    def _grade(self, row: Row, year: int) -> str:
        """The grade of the year where the table prints one for each year, else the one that holds for the row."""
        rows = self._graded.get((row.no, row.activity)) or self._graded.get((row.no, None))
        if not rows:
            return row.grade
        text, state, _ = self._cells.get((rows, year), ("", "blank", ()))
        return text if state == "reported" else ""

    def _values(self, attribute: str, row: Row, years: Sequence[int]) -> Sequence[tuple[str, tuple[str, ...]]]:
        """What is printed, with the fields whose marks go with it; of a further column each text of the years asked."""
        if attribute.startswith(DETAIL):
            told = self._details.get((row.project, attribute.removeprefix(DETAIL)), [])
            return [(text, ()) for text, year in told if not (year and years) or year in years] or [("", ())]
        return [value_of(attribute, row)]

    @cached_property
    def _has_kinds(self) -> bool:
        return len({row.kind for row in self.rows}) > 1

    @cached_property
    def _firsts(self) -> dict[tuple[str, str | None], int]:
        return {(row.no, row.activity): row.position for row in reversed(self.rows)}

    @cached_property
    def _graded(self) -> dict[tuple[str, str | None], int]:
        """Line of the table → its row of grades."""
        if "grade" not in self._document.kinds:
            return {}
        numbers = {row.project: row.no for row in self.rows}
        found = self._connection.execute(_GRADED, [json.dumps(list(numbers))]).fetchall()
        return {(numbers[project], activity): row for project, activity, row in found}

    @cached_property
    def _lines(self) -> list[Row]:
        """One row for each line of the table: with its period, wherever it is printed."""
        if not self._has_kinds:
            return self.rows
        periods = {(row.no, row.activity): row.period for row in reversed(self.rows) if row.period}
        firsts = {(row.no, row.activity): row for row in reversed(self.rows)}
        return [
            row._replace(period=periods.get((row.no, row.activity), ""))
            for row in self.rows
            if firsts[row.no, row.activity] is row
        ]

    @cached_property
    def _details(self) -> dict[tuple[int, str], list[tuple[str, int]]]:
        wanted = json.dumps([row.project for row in self.rows])
        found = self._connection.execute(_DETAILS, [wanted])
        details: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
        for project, heading, text, year in found:
            details[project, heading].append((text, year))
        return details

    @cached_property
    def _heads(self) -> dict[str, Project]:
        return {project.no: project for project in self.projects}

    @cached_property
    def _wanted(self) -> list[str]:
        return [json.dumps([row.row for row in self.rows])]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], tuple[str, str, tuple[str, ...]]]:
        wanted = json.dumps([*(row.row for row in self.rows), *self._graded.values()])
        found = self._connection.execute(_CELLS, [wanted])
        return {
            (row, year): (text, state, tuple(json.loads(conflict)) if state == "conflict" else ())
            for row, year, text, state, conflict in found
        }

    @cached_property
    def _lines_of(self) -> dict[int, tuple[str, ...]]:
        lines: dict[int, list[str]] = defaultdict(list)
        for (row, _), (text, _, _) in sorted(self._cells.items()):
            lines[row].append(text)
        return {row: tuple(texts) for row, texts in lines.items()}

    @cached_property
    def _figures(self) -> dict[tuple[int, int], list[Sequence[Any]]]:
        figures: dict[tuple[int, int], list[Sequence[Any]]] = defaultdict(list)
        for row, year, *values in self._connection.execute(_FIGURES, self._wanted):
            figures[row, year].append(values)
        return figures

    @cached_property
    def _marks(self) -> dict[tuple[int, str], list[str]]:
        marks: dict[tuple[int, str], list[str]] = defaultdict(list)
        wanted = json.dumps([row.project for row in self.rows])
        for project, field, reason in self._connection.execute(_REASONS, [wanted]):
            marks[project, field].append(reason)
        return marks


# Private functions


def _is_graded_so(row: Row, query: Query) -> bool:
    """Whether a line has none of another grade than what selects its project: B of a project that has A and B."""
    grades = (one for one in query.filters if one.type == "grade" and row.row_grade)
    return all((row.row_grade in (one.value, *one.others)) is not one.negated for one in grades)


def _held(quotes: Sequence[Quote], dated: bool) -> Sequence[Quote]:
    """Without the cells that no column holds, but where nothing else of the year that was asked is held."""
    held = [quote for quote in quotes if quote.state != "outside"]
    if len(held) == len(quotes) or (held and not dated):
        return held
    told = {(quote.project.reference, quote.kind, quote.year) for quote in held}
    return [q for q in quotes if q.state != "outside" or (q.project.reference, q.kind, q.year) not in told]


_IN = "IN (SELECT value FROM json_each(?1))"
"""One parameter for any number of rows, so that the statement stays the same and prepared."""
_REASONS = (
    f"SELECT project, field, reason FROM mark WHERE project {_IN} UNION "
    f"SELECT project, field, reason FROM correction WHERE project {_IN} AND activity IS NULL ORDER BY 1, 2, 3"
)
_CELLS = f"SELECT row, year, text, state, conflict FROM cell WHERE row {_IN}"
_GRADED = f"SELECT project, activity, id FROM row WHERE kind = 'grade' AND project {_IN} ORDER BY id DESC"
_DETAILS = f"SELECT project, heading, text, year FROM detail WHERE project {_IN} ORDER BY position"
_FIGURES = (
    "SELECT row, year, start, stop, value, unit, text, label, qualifier FROM figure "
    f"WHERE row {_IN} ORDER BY row, year, position"
)


def _figure(
    start: int, stop: int, value: str, unit: str, text: str, label: str | None, qualifier: str | None
) -> Figure:
    return Figure(start, stop, Decimal(value) if "." in value else int(value), unit, text, label, qualifier)
