"""Sides: one knowledge base as it is compared with another: its parts by what they are called."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kb.cells import is_plain, read_cell_figures
from kb.running.results import Number
from kb.storing import KnowledgeBase, SourceDocument

__all__ = ["EMPTY", "CellKey", "RowKey", "Side", "read_side"]

ProjectKey = tuple[str, str]
"""(plan, number)."""


class RowKey(NamedTuple):
    """What makes a row the same row in two knowledge bases."""

    plan: str
    """Id of the plan."""
    no: str
    """Number of the project."""
    activity: str
    """As printed, "" of the project's own row."""
    kind: str
    """What its cells hold."""
    nth: int
    """Which one of those that are called so."""


CellKey = tuple[RowKey, int]
"""(row, fiscal year)."""


class Side(NamedTuple):
    """One knowledge base, by what its parts are called."""

    documents: dict[str, SourceDocument]
    """Plans by id."""
    projects: dict[ProjectKey, dict[str, Any]]
    """Their records."""
    rows: dict[RowKey, dict[str, Any]]
    """Their records."""
    cells: dict[CellKey, str]
    """What they print, as it is told."""
    figures: dict[CellKey, tuple[Number, str]]
    """Value and unit of those that print one figure and nothing else."""
    reported: frozenset[CellKey]
    """Those that report a figure."""
    details: dict[tuple[ProjectKey, str], tuple[str, ...]]
    """Further columns by heading, each text that they print of a project."""
    notes: dict[ProjectKey, tuple[str, ...]]
    """Corrections and marks, as they are told."""
    aliases: dict[tuple[str, str], str]
    """What other names mean, by plan and name."""
    artifacts: dict[str, str]
    """Compiled words."""
    withheld: dict[ProjectKey, frozenset[str]]
    """The doors that aren't given a project, where there are any."""


EMPTY = Side({}, {}, {}, {}, {}, frozenset(), {}, {}, {}, {}, {})
"""Where nothing was ever built."""


def read_side(knowledge: KnowledgeBase) -> Side:
    """Everything that can be compared."""
    connection = knowledge.connection
    projects = {(record["plan"], record["no"]): record for record in _records(connection, _PROJECTS)}
    keys: dict[int, RowKey] = {}
    rows: dict[RowKey, dict[str, Any]] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for record in _records(connection, _ROWS):
        known = (record["plan"], record["no"], record["activity"] or "", record["kind"])
        key = keys[record["id"]] = RowKey(*known, seen[known])
        seen[known] += 1
        rows[key] = record
    found = [((keys[record["row"]], record["year"]), record) for record in _records(connection, _CELLS)]
    return Side(
        {document.id: document for document in knowledge.plans()},
        projects,
        rows,
        {key: _printed(record, rows[key[0]]) for key, record in found},
        {key: figure for key, record in found if (figure := _figure(record["text"], rows[key[0]]["unit"]))},
        frozenset(key for key, record in found if record["state"] == "reported" and key[0].kind != "grade"),
        _details(connection),
        _notes(connection),
        {(record["plan"], record["text"]): _meant(record) for record in _records(connection, _ALIASES)},
        dict(connection.execute("SELECT name, content FROM artifact")),
        _withheld(knowledge),
    )


# Private functions

_PROJECTS = "SELECT * FROM project ORDER BY position"
_ROWS = "SELECT r.*, p.plan, p.no FROM row r JOIN project p ON p.id = r.project ORDER BY p.position, r.position"
_CELLS = "SELECT * FROM cell ORDER BY row, year"
_DETAILS = "SELECT p.plan, p.no, d.heading, d.text FROM detail d JOIN project p ON p.id = d.project ORDER BY 1, 2, 3, d.position"
_NOTES = (
    "SELECT p.plan, p.no, n.text FROM ("
    "SELECT project, 0 AS marked, position, field || ' ' || reads || '→' || becomes || '(' || reason || ')' AS text FROM correction "
    "UNION ALL SELECT project, 1, position, field || ' ' || kind || '(' || reason || ')' FROM mark"
    ") n JOIN project p ON p.id = n.project ORDER BY p.position, n.marked, n.position"
)
_ALIASES = "SELECT * FROM alias ORDER BY plan, position"


def _withheld(knowledge: KnowledgeBase) -> dict[ProjectKey, frozenset[str]]:
    doors: dict[ProjectKey, set[str]] = defaultdict(set)
    for door, references in knowledge.withheld().items():
        for reference in references:
            plan, _, no = reference.partition("/")
            doors[plan, no].add(door)
    return {key: frozenset(found) for key, found in doors.items()}


def _records(connection: sqlite3.Connection, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, record, strict=True)) for record in cursor)


def _details(connection: sqlite3.Connection) -> dict[tuple[ProjectKey, str], tuple[str, ...]]:
    texts: dict[tuple[ProjectKey, str], list[str]] = defaultdict(list)
    for plan, no, heading, text in connection.execute(_DETAILS):
        texts[(plan, no), heading].append(text)
    return {key: tuple(found) for key, found in texts.items()}


def _notes(connection: sqlite3.Connection) -> dict[ProjectKey, tuple[str, ...]]:
    notes: dict[ProjectKey, list[str]] = defaultdict(list)
    for plan, no, text in connection.execute(_NOTES):
        notes[plan, no].append(text)
    return {key: tuple(found) for key, found in notes.items()}


def _printed(cell: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """A cell as it is told: what contradicts itself with all that is printed, a bare number with its heading's unit."""
    conflict = json.loads(cell["conflict"])
    unit = row["unit"]
    return (
        f"(食いちがい: {' / '.join(conflict)})"
        if conflict
        else cell["text"] + (f"({unit})" if unit and cell["text"] else "")
    )


def _figure(text: str, unit: str) -> tuple[Number, str] | None:
    if not is_plain(text, unit):
        return None
    (figure,) = read_cell_figures(text, unit)
    return figure.value, figure.unit


def _meant(alias: Mapping[str, Any]) -> str:
    return f"No.{alias['reference']}" if alias["kind"] == "project" else str(alias["reference"])
