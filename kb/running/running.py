"""Running: a Query becomes a Result; SQL selects the rows, this reads their cells."""

import json
import sqlite3
from collections.abc import Iterator

from kb.cells import show_cell
from kb.query import SELECT_ROWS, Query
from kb.running.operators import apply
from kb.running.results import Group, Label, Project, Result
from kb.running.rows import Row, value_of
from kb.running.selecting import Selection
from kb.storing import SourceDocument
from kb.terms import DETAIL

__all__ = [
    "Runner", "count_projects", "read_cell", "read_fact", "read_grades", "read_name", "read_printed", "read_source",
    "read_year_grade", "run",
]  # fmt: skip


REMEMBERED = 256
"""Selections that are kept: those of named projects, a few cells each."""


class Runner:
    """Runs the queries of one plan; what was read of named projects is kept, as an edition never changes."""

    def __init__(self, connection: sqlite3.Connection, document: SourceDocument) -> None:
        self._connection = connection
        self._document = document
        self._selections: dict[object, Selection] = {}

    def run(self, query: Query) -> Result:
        """Everything that a query asks for, quoted from the knowledge base."""
        if query.operators[0] in ("table", "label"):
            return _labels(query, self._connection)
        selection = self._select(query)
        if query.operators[0] == "projects":
            groups = tuple(self._groups(query)) if query.operators[-1] == "each" else ()
            return Result(projects=selection.projects, groups=groups)
        quotes, facts = selection.quotes(query), selection.facts(query)
        return apply(query, Result(quotes=quotes, facts=facts, projects=selection.projects))

    def _groups(self, query: Query) -> Iterator[Group]:
        """The projects of each value of the filter that has several."""
        at = next(at for at, filter_ in enumerate(query.filters) if filter_.others)
        for one in query.filters[at].alternatives():
            filters = (*query.filters[:at], one, *query.filters[at + 1 :])
            of_one = query._replace(filters=filters, operators=("projects",), start=0)
            yield Group(query._replace(filters=(one,)).condition(), of_one, count_projects(of_one, self._connection))

    def _select(self, query: Query) -> Selection:
        rows = query.plan, query.subjects, query.filters
        known = self._selections.get(rows)
        if known is None:
            known = Selection(query, self._connection, self._document)
            if len(self._selections) < REMEMBERED and query.subjects:
                self._selections[rows] = known
        return known


def run(query: Query, connection: sqlite3.Connection, document: SourceDocument) -> Result:
    """One query alone."""
    return Runner(connection, document).run(query)


def count_projects(query: Query, connection: sqlite3.Connection) -> int:
    """How many projects a query selects."""
    return len({row[0] for row in connection.execute(*query.to_sql())})


def read_cell(row: int, year: int, connection: sqlite3.Connection) -> str | None:
    """A cell's text as it is quoted: with the unit that is stated for it where it is a bare number."""
    printed = read_printed(row, year, connection)
    return show_cell(printed[0], printed[1]) if printed else None


def read_printed(row: int, year: int, connection: sqlite3.Connection) -> tuple[str, str, tuple[str, ...]] | None:
    """A cell as the knowledge base holds it: its text, its stated unit, what it says in several places."""
    found = connection.execute(_PRINTED, [row, year]).fetchone()
    return (found[0], found[1], tuple(json.loads(found[2]))) if found else None


def read_year_grade(row: int, year: int, connection: sqlite3.Connection) -> tuple[str, ...]:
    """The grades of one year that the row's project prints."""
    return tuple(text for (text,) in connection.execute(_YEAR_GRADES, [row, year]))


def read_fact(row: int, attribute: str, connection: sqlite3.Connection) -> tuple[str, ...]:
    """An attribute of a row's project as the knowledge base holds it: of the row itself and of the project."""
    if attribute.startswith(DETAIL):
        return tuple(text for (text,) in connection.execute(_DETAIL, [row, attribute.removeprefix(DETAIL)]))
    found = connection.execute(f"{SELECT_ROWS} WHERE r.id = ?", [row]).fetchone()
    if not found:
        return ()
    periods = connection.execute(_PERIODS, [row]) if attribute == "period" else ()
    return (value_of(attribute, Row(*found))[0], *(period for (period,) in periods))


def read_name(reference: str, connection: sqlite3.Connection) -> str:
    """Everything that a project is called by: number, name, activities."""
    plan, _, number = reference.partition("/")
    found = connection.execute(_NAMES, [plan, number.partition(".")[0]]).fetchone()
    return "" if found is None else f"{found[0]}({found[1]}) {found[2] or ''}"


def read_grades(reference: str, connection: sqlite3.Connection) -> tuple[str, ...]:
    """The grades that a project's rows print, in order."""
    plan, _, number = reference.partition("/")
    rows = connection.execute(f"{SELECT_ROWS} WHERE p.plan = ? AND p.no = ? ORDER BY r.position", [plan, number])
    return tuple(dict.fromkeys(row.grade for row in (Row(*found) for found in rows) if row.grade))


def read_source(plan: str, text: str, connection: sqlite3.Connection) -> bool:
    """Whether the plan itself says a whole text: title, publisher, contact, a heading, labels, marks; or some of its letters."""
    asked = {"plan": plan, "text": text}
    if not text or connection.execute(_SOURCES, asked).fetchone() is not None:
        return True
    letters = {letter for (letter,) in connection.execute(_LETTERS, asked)}
    return letters.issuperset(text.split("・"))


_SOURCES = """
SELECT 1 FROM plan o, json_each(o.document) d WHERE o.id = :plan AND d.value = :text
  AND d.key IN ('title', 'scope', 'publisher', 'contact', 'grade_name')
UNION ALL SELECT 1 FROM plan o, json_each(o.document, '$.details') d WHERE o.id = :plan AND d.value = :text
UNION ALL SELECT 1 FROM label WHERE plan = :plan AND :text IN (text, goal || ' ' || text)
UNION ALL SELECT 1 FROM mark m JOIN project p ON p.id = m.project WHERE p.plan = :plan AND m.reason = :text
UNION ALL SELECT 1 FROM correction c JOIN project p ON p.id = c.project WHERE p.plan = :plan AND c.reason = :text
UNION ALL SELECT 1 FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
  WHERE p.plan = :plan AND f.label = :text
"""
_LETTERS = """
SELECT goal FROM label WHERE plan = :plan
UNION SELECT d.value FROM plan o, json_each(o.document, '$.grades') d WHERE o.id = :plan
"""
_PRINTED = "SELECT c.text, r.unit, c.conflict FROM cell c JOIN row r ON r.id = c.row WHERE c.row = ? AND c.year = ?"
_YEAR_GRADES = """
SELECT c.text FROM cell c JOIN row g ON g.id = c.row JOIN row r ON r.project = g.project
WHERE g.kind = 'grade' AND r.id = ? AND c.year = ? AND (g.activity IS r.activity OR g.activity IS NULL)
"""
_DETAIL = "SELECT d.text FROM detail d JOIN row r ON r.project = d.project WHERE r.id = ? AND d.heading = ?"
_PERIODS = """
SELECT o.period FROM row o JOIN row r ON r.project = o.project AND r.activity IS o.activity
WHERE r.id = ? AND o.period != ''
"""
_NAMES = (
    "SELECT p.name, p.address, group_concat(r.activity, ' ') FROM project p JOIN row r ON r.project = p.id "
    "WHERE p.plan = ? AND p.no = ? GROUP BY p.id"
)

# Private functions

_LABELS = "SELECT level, goal, text, marks FROM label WHERE plan = ? ORDER BY position"


def _labels(query: Query, connection: sqlite3.Connection) -> Result:
    """Goals and policies by name, and what is asked about the table itself."""
    wanted = {"goals": ("goal",), "policies": ("policy", "subpolicy")}
    levels = [level for attribute in query.attributes for level in wanted.get(attribute, ())]
    for filter_ in query.filters:
        levels += ["goal"] if filter_.type == "goal" else ["policy", "subpolicy"]
    found: dict[tuple[str, str], Label] = {}
    named = [filter_.value for filter_ in query.filters]
    for level, goal, text, marks in connection.execute(_LABELS, [query.plan]):
        if level in levels and (not named or goal in named or text in named):
            letter = goal if level == "goal" else ""
            reasons = tuple(dict.fromkeys(mark["reason"] for mark in json.loads(marks)))
            found.setdefault((letter, "" if letter else text), Label(letter, text, reasons))
    count = connection.execute("SELECT no, name, address FROM project WHERE plan = ? ORDER BY position", [query.plan])
    projects = (
        tuple(Project(f"{query.plan}/{no}", no, name, (), address) for no, name, address in count)
        if "projects" in query.attributes
        else ()
    )
    return Result(labels=tuple(found.values()), projects=projects)
