"""Cataloguing: a plan's catalog, read from its knowledge base in one pass over projects and rows."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.catalog import Catalog
from kb.cells import is_telling
from kb.storing import SourceDocument

__all__ = ["read_catalog"]


def read_catalog(
    connection: sqlite3.Connection,
    document: SourceDocument,
    words: Mapping[str, str],
    documents: Sequence[SourceDocument] = (),
) -> Catalog:
    """Read a plan's names; `documents`: all that is answered from."""
    rows = _read_rows(connection, document)
    return Catalog(
        document=document,
        names=rows.names,
        addresses=rows.addresses,
        goals=_first_of_each(connection.execute(_GOALS, [document.id])),
        activities={project: tuple(found) for project, found in rows.activities.items()},
        same={row: tuple(found) for line, found in rows.alike.items() if _is_one(line, found) for row in found},
        reported=rows.reported,
        counted=rows.counted,
        printed=rows.printed,
        held=rows.held,
        own=frozenset(kind for row, kind in rows.reported if row not in rows.names),
        units_of=_read_units(connection, document),
        years_of={(kind, unit): _years(years) for kind, unit, years in connection.execute(_YEARS_OF, [document.id])},
        bare=frozenset(value for (value,) in connection.execute(_BARE, [document.id])),
        used=frozenset(grade for (grade,) in connection.execute(_USED, {"plan": document.id})),
        overall=connection.execute(_OVERALL, [document.id]).fetchone() is not None,
        graded=_read_graded(connection, document),
        yearly=frozenset(heading for (heading,) in connection.execute(_YEARLY, [document.id])),
        words=words,
        documents=tuple(documents),
    )


# Private functions


class _Rows(NamedTuple):
    """What the rows of a plan say, while they are read."""

    names: dict[str, str]
    addresses: dict[str, str]
    activities: dict[str, dict[str, None]]
    reported: dict[tuple[str, str], tuple[int, ...]]
    counted: dict[tuple[str, str], tuple[int, ...]]
    held: dict[tuple[str, str], tuple[int, ...]]
    printed: dict[str, frozenset[str]]
    alike: dict[tuple[str, ...], list[str]]
    """Activity and all its cells, year by year → where it stands."""


def _read_rows(connection: sqlite3.Connection, document: SourceDocument) -> _Rows:
    rows = _Rows({}, {}, defaultdict(dict), {}, {}, {}, {}, defaultdict(list))
    lines: dict[tuple[str, str], str] = {}
    several = len(document.kinds) > 1
    found = connection.execute(_ROWS, [document.id])
    for no, name, address, position, activity, kind, unit, cells, years, figured, held, units in found:
        project = f"{document.id}/{no}"
        rows.names.setdefault(project, name)
        rows.addresses[project] = address
        row = f"{project}.{position}"
        if several:  # a line of the table is several rows: its results, its targets …; the first one stands for it
            row = lines.setdefault((project, activity or ""), row)
        rows.activities[project].setdefault(row)
        rows.reported[row, kind] = _years(years)
        rows.counted[row, kind] = _years(figured)
        rows.held[row, kind] = _years(held)
        rows.printed[row] = rows.printed.get(row, frozenset()) | frozenset((units or "").split(","))
        if activity:
            rows.names.setdefault(row, activity)
            if not unit:
                rows.alike[activity, *(text for _, text in sorted(json.loads(cells)))].append(row)
    return rows


def _read_units(connection: sqlite3.Connection, document: SourceDocument) -> dict[str, tuple[str, ...]]:
    units: dict[str, list[str]] = defaultdict(list)
    for kind, unit in connection.execute(_UNITS, [document.id]):
        units[kind].append(unit)
    return {kind: tuple(found) for kind, found in units.items()}


def _read_graded(connection: sqlite3.Connection, document: SourceDocument) -> tuple[int, ...]:
    if "grade" not in document.kinds:
        return ()
    return tuple(year for (year,) in connection.execute(_GRADED, [document.id]))


def _is_one(line: Sequence[str], rows: Sequence[str]) -> bool:
    return len(rows) > 1 and is_telling(line[1:])


def _years(joined: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, joined.split(",")))) if joined else ()


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


_GOALS = "SELECT goal, text FROM label WHERE plan = ? AND level = 'goal' ORDER BY position"
_UNITS = """
SELECT r.kind, f.unit FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND f.unit != '' GROUP BY r.kind, f.unit ORDER BY count(DISTINCT r.id) DESC, f.unit
"""
_YEARS_OF = """
SELECT r.kind, f.unit, group_concat(DISTINCT f.year) FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? GROUP BY r.kind, f.unit
"""
_BARE = """
SELECT DISTINCT f.value FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND f.unit = ''
"""
_OVERALL = "SELECT 1 FROM row r JOIN project p ON p.id = r.project WHERE p.plan = ? AND r.grade != '' LIMIT 1"
_USED = """
SELECT r.grade FROM row r JOIN project p ON p.id = r.project WHERE p.plan = :plan AND r.grade != ''
UNION SELECT c.text FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project
WHERE p.plan = :plan AND r.kind = 'grade' AND c.state = 'reported' AND c.year = (
  SELECT max(l.year) FROM cell l JOIN row g ON g.id = l.row JOIN project o ON o.id = g.project
  WHERE o.plan = :plan AND g.kind = 'grade' AND l.state = 'reported'
) AND NOT EXISTS (SELECT 1 FROM row w JOIN project q ON q.id = w.project WHERE q.plan = :plan AND w.grade != '')
"""
_GRADED = """
SELECT DISTINCT c.year FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND r.kind = 'grade' AND c.state = 'reported' ORDER BY c.year
"""
_YEARLY = "SELECT DISTINCT d.heading FROM detail d JOIN project p ON p.id = d.project WHERE p.plan = ? AND d.year != 0"
_ROWS = """
SELECT p.no, p.name, p.address, r.position, r.activity, r.kind, r.unit, json_group_array(json_array(c.year, c.text)),
       group_concat(CASE c.state WHEN 'reported' THEN c.year END),
       group_concat(CASE WHEN EXISTS (SELECT 1 FROM figure f WHERE f.row = r.id AND f.year = c.year) THEN c.year END),
       group_concat(CASE WHEN c.state != 'outside' THEN c.year END),
       (SELECT group_concat(DISTINCT f.unit) FROM figure f WHERE f.row = r.id)
FROM project p JOIN row r ON r.project = p.id JOIN cell c ON c.row = r.id
WHERE p.plan = ? GROUP BY r.id ORDER BY p.position, r.position
"""
