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
    """Everything that a query asks for, quoted from the knowledge base."""
    if query.operators[0] in ("table", "label"):
        return _labels(query, connection)
    rows = [_Row(*row) for row in connection.execute(*query.to_sql())]
    projects = _projects(rows, query.plan)
    if query.operators[0] == "projects":
        return Result(projects=projects)
    quotes = _quotes(query, rows, projects, connection, document) if "result" in query.attributes else ()
    asked = [attribute for attribute in query.attributes if attribute != "result"]
    found = Result(quotes=quotes, facts=_facts(asked, rows, projects, connection), projects=projects)
    return apply(query, found)


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


class _Row(NamedTuple):
    """What Query.to_sql selects."""

    project: int
    no: str
    name: str
    goal: str
    goal_text: str
    policy: str
    subpolicy: str
    description: str
    project_grade: str
    address: str
    row: int
    position: int
    activity: str | None
    period: str
    row_grade: str

    @property
    def activity_or_name(self) -> str:
        return self.activity or self.name

    @property
    def grade(self) -> str:
        return self.row_grade or self.project_grade


def _projects(rows: Sequence[_Row], plan: str) -> tuple[Project, ...]:
    grades: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        grades[row.no] += [row.row_grade or row.project_grade]
    heads = {row.no: row for row in rows}
    return tuple(
        Project(f"{plan}/{no}", no, row.name, tuple(dict.fromkeys(grade for grade in grades[no] if grade)), row.address)
        for no, row in heads.items()
    )


def _quotes(
    query: Query,
    rows: Sequence[_Row],
    heads: Sequence[Project],
    connection: sqlite3.Connection,
    document: SourceDocument,
) -> tuple[Quote, ...]:
    years = query.years or document.years
    projects = {project.no: project for project in heads}
    found: dict[tuple[int, int], tuple[str, str]] = {}
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    wanted = json.dumps([row.row for row in rows])
    for at, year, text, state in connection.execute(_CELLS, [wanted]):
        found[at, year] = (text, state)
    for at, year, *values in connection.execute(_FIGURES, [wanted]):
        if year in years:
            figures[at, year].append(_figure(*values))
    order = {subject.reference.partition(".")[0]: at for at, subject in reversed(list(enumerate(query.subjects)))}
    listed = sorted(rows, key=lambda row: order.get(f"{query.plan}/{row.no}", 0))
    return tuple(
        Quote(
            projects[row.no], row.row, row.activity, year, document.year_label(year), *found[row.row, year], row.grade, row.period,
            tuple(figures[row.row, year]),
        )
        for row in listed
        for year in years
        if (row.row, year) in found
    )  # fmt: skip


_IN = "IN (SELECT value FROM json_each(?1))"
"""One parameter for any number of rows, so that the statement stays the same and prepared."""
_REASONS = (
    f"SELECT project, field, reason FROM mark WHERE project {_IN} UNION "
    f"SELECT project, field, reason FROM correction WHERE project {_IN} AND activity IS NULL ORDER BY 1, 2, 3"
)
_CELLS = f"SELECT row, year, text, state FROM cell WHERE row {_IN}"
_LABELS = "SELECT level, goal, text, marks FROM label WHERE plan = ? ORDER BY position"
_FIGURES = (
    "SELECT row, year, start, stop, value, unit, text, label, qualifier FROM figure "
    f"WHERE row {_IN} ORDER BY row, year, position"
)


def _figure(
    start: int, stop: int, value: str, unit: str, text: str, label: str | None, qualifier: str | None
) -> Figure:
    return Figure(start, stop, Decimal(value) if "." in value else int(value), unit, text, label, qualifier)


def _facts(
    attributes: Sequence[str], rows: Sequence[_Row], heads: Sequence[Project], connection: sqlite3.Connection
) -> tuple[Fact, ...]:
    if not attributes:
        return ()
    facts: list[Fact] = []
    projects = {project.no: project for project in heads}
    marks: dict[tuple[int, str], list[str]] = defaultdict(list)
    for project, field, reason in connection.execute(_REASONS, [json.dumps([row.project for row in rows])]):
        marks[project, field].append(reason)
    for attribute in attributes:
        seen: set[str] = set()
        for row in rows:
            by_row = attribute == "period" or (attribute == "grade" and not row.project_grade)
            if not by_row and row.no in seen:
                continue
            seen.add(row.no)
            value, fields = _value(attribute, row)
            notes = tuple(dict.fromkeys(reason for field in fields for reason in marks[row.project, field]))
            facts.append(Fact(projects[row.no], row.row, row.activity if by_row else None, attribute, value, notes))
    return tuple(facts)


def _value(attribute: str, row: _Row) -> tuple[str, tuple[str, ...]]:
    """The printed value, and the fields whose marks go with it."""
    if attribute == "goal":
        return f"{row.goal} {row.goal_text}", ("goal_text", "goal")
    if attribute == "policy":
        return " / ".join(dict.fromkeys(label for label in (row.policy, row.subpolicy) if label)), (
            "policy",
            "subpolicy",
        )
    values = {
        "grade": row.grade,
        "period": row.period,
        "description": row.description,
        "number": row.address,
        "name": row.activity_or_name,
    }
    return values[attribute], (attribute,)


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
