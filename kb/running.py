"""Running: a Query becomes a Result; SQL selects the rows, this reads their cells."""

import json
import sqlite3

from kb.operators import apply
from kb.query import SELECT_ROWS, Query
from kb.results import Label, Project, Result
from kb.selecting import Row, Selection, value_of
from kb.storing import SourceDocument

__all__ = ["Runner", "count_projects", "read_cell", "read_fact", "read_grades", "read_name", "read_source", "run"]


class Runner:
    """Runs the queries of one answer; those about the same rows (the next steps) read them once."""

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
            return Result(projects=selection.projects)
        quotes = selection.quotes(query) if "result" in query.attributes else ()
        facts = selection.facts([attribute for attribute in query.attributes if attribute != "result"])
        return apply(query, Result(quotes=quotes, facts=facts, projects=selection.projects))

    def _select(self, query: Query) -> Selection:
        rows = query.plan, query.subjects, query.filters
        if rows not in self._selections:
            self._selections[rows] = Selection(query, self._connection, self._document)
        return self._selections[rows]


def run(query: Query, connection: sqlite3.Connection, document: SourceDocument) -> Result:
    """One query alone."""
    return Runner(connection, document).run(query)


def count_projects(query: Query, connection: sqlite3.Connection) -> int:
    """How many projects a query selects."""
    return len({row[0] for row in connection.execute(*query.to_sql())})


def read_cell(row: int, year: int, connection: sqlite3.Connection) -> str | None:
    """A cell's text as the knowledge base holds it."""
    found = connection.execute("SELECT text FROM cell WHERE row = ? AND year = ?", [row, year]).fetchone()
    return None if found is None else str(found[0])


def read_fact(row: int, attribute: str, connection: sqlite3.Connection) -> tuple[str, ...]:
    """An attribute of a row's project as the knowledge base holds it: of the row itself and of the project."""
    found = connection.execute(f"{SELECT_ROWS} WHERE r.id = ?", [row]).fetchone()
    return (value_of(attribute, Row(*found))[0],) if found else ()


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
    """Whether the plan itself says a text: title, publisher, contact, grades, labels, marks."""
    return any(found and text in found for (found,) in connection.execute(_SOURCES, {"plan": plan})) or (
        connection.execute(_LETTERED, {"plan": plan, "text": text}).fetchone() is not None
    )


_SOURCES = """
SELECT document FROM plan WHERE id = :plan
UNION ALL SELECT group_concat(text, ' ') FROM label WHERE plan = :plan
UNION ALL SELECT m.reason FROM mark m JOIN project p ON p.id = m.project WHERE p.plan = :plan
UNION ALL SELECT c.reason FROM correction c JOIN project p ON p.id = c.project WHERE p.plan = :plan
UNION ALL SELECT group_concat(DISTINCT label) FROM figure
"""
_LETTERED = """
SELECT 1 FROM (SELECT group_concat(goal, '・') AS letters FROM (SELECT DISTINCT goal FROM label WHERE plan = :plan))
WHERE letters = :text
UNION ALL SELECT 1 FROM label WHERE plan = :plan AND (goal = :text OR goal || ' ' || text = :text)
UNION ALL SELECT 1 FROM plan WHERE id = :plan AND
  (SELECT group_concat(value, '・') FROM json_each(document, '$.grades')) = :text
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
