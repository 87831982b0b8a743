"""Columns: which kinds of cell, attributes, grades and further columns a plan's table has (build side)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kb.cells import is_dash, read_cell_figures
from kb.source.plans import Plan
from kb.source.projects import KINDS, Project, Row
from kb.tables.mapping import Column, Table
from kb.tables.years import find_years
from kb.terms import DETAIL
from nlp.writing.text import to_key

__all__ = ["Columns", "members", "members_of", "narrow_columns", "read_columns", "read_groups", "years_of"]

LONGEST_MEMBER = 20
"""A longer text of a further column is prose, nothing that projects are listed by."""
MOST_MEMBERS = 30
"""A further column that says more than this is no narrow one, unless two projects share each of it."""

_BETWEEN = re.compile(r"[、，,・/／;；\n\r\t 　]+")
_PROSE = re.compile(r"[。．.「」]")


class Columns(NamedTuple):
    """What a table has."""

    kinds: tuple[str, ...]
    """What its cells hold, in the order of KINDS."""
    attributes: tuple[str, ...]
    """grade, description, period, goal, policy: those that it prints anywhere."""
    grades: tuple[str, ...]
    """The grades that it uses: as plan.toml lists them, then what it prints beside."""
    ordered: bool
    """Whether they stand best first for sure: plan.toml says so, and nothing is printed beside."""
    details: tuple[str, ...]
    """Headings of its further columns."""
    figured: tuple[str, ...]
    """Those of them that print a figure for most projects: 策定時."""
    bases: tuple[tuple[int, str], ...]
    """Of these the ones that are headed by a year of which the table has no other column: 策定時 / 平成30年度."""


def read_columns(plan: Plan, projects: Sequence[Project]) -> Columns:
    """What the table of a plan has, by what its projects print."""
    own = [project for project in projects if project.plan == plan.id]
    rows = [row for project in own for row in project.rows]
    listed = plan.grades if _has_grades(plan) else ()  # of a column that was one of grades once
    grades = tuple(dict.fromkeys((*listed, *_printed_grades(own))))
    said = {
        "grade": grades,
        "description": [project.description for project in own],
        "period": [row.period for row in rows],
        "goal": [project.goal + project.goal_text for project in own],
        "policy": [project.policy + project.subpolicy for project in own],
    }
    kinds = {row.kind for row in rows}
    details = tuple(dict.fromkeys(detail.heading for project in own for detail in project.details))
    figured = tuple(heading for heading in details if _is_figured(heading, own))
    return Columns(
        tuple(kind for kind in KINDS if kind in kinds),
        tuple(name for name, texts in said.items() if any(texts)),
        grades,
        plan.ordered and set(grades) <= {*plan.grades},
        details,
        figured,
        tuple((year, heading) for heading in figured for year in _headed_years(heading) if year not in plan.years),
    )


def members(text: str) -> tuple[str, ...]:
    """The parts of a further column by which projects can be listed: 産業課・農政課 are two, a sentence is none."""
    if _PROSE.search(text):
        return ()
    parts = tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part and not is_dash(part)))
    return tuple(part for part in parts if len(part) <= LONGEST_MEMBER)


def narrow_columns(projects: Iterable[Project]) -> dict[str, tuple[str, ...]]:
    """The further columns of a plan by which projects can be listed, with what they say: those of which no text is prose."""
    texts: dict[str, list[str]] = defaultdict(list)
    for project in projects:
        for detail in project.details:
            texts[detail.heading] += [detail.text] if detail.text else []
    found: dict[str, tuple[str, ...]] = {}
    for heading, told in texts.items():
        parts = [members(text) for text in told]
        said = tuple(dict.fromkeys(member for part in parts for member in part))
        if said and all(parts) and len(said) <= max(MOST_MEMBERS, len(told) // 2):  # else codes and addresses
            found[heading] = said
    return found


def read_groups(projects: Iterable[Project]) -> dict[str, tuple[str, ...]]:
    """Attribute → what the projects of a plan can be counted apart by, in the table's order: its goals, its policies, what narrow columns say."""
    listed = tuple(projects)
    groups = {
        "goal": [project.goal or project.goal_text for project in listed],
        "policy": [project.policy for project in listed],
        **{f"{DETAIL}{heading}": said for heading, said in narrow_columns(listed).items()},
    }
    return {attribute: tuple(dict.fromkeys(filter(None, values))) for attribute, values in groups.items()}


def members_of(projects: Sequence[Project]) -> dict[str, tuple[str, ...]]:
    """What narrow columns say, by the folded words."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for plan in dict.fromkeys(project.plan for project in projects):
        for heading, said in narrow_columns([project for project in projects if project.plan == plan]).items():
            for member in said:
                key = to_key(member)
                if len(key) > 1 and not key.isdecimal():
                    found[key][f"{plan}/{heading}={member}"] = None
    return {key: tuple(values) for key, values in found.items()}


def years_of(plan: Plan, row: Row) -> frozenset[int]:
    """The years of which the table has a column for a line of some kind; all where a line or a sheet says the year."""
    columns = _holding(plan.table, row) if plan.table else ()
    told = frozenset(column.year for column in columns if column.year)
    return told if told and not _says_elsewhere(plan.table) else frozenset(plan.years)


# Private functions


def _is_figured(heading: str, projects: Iterable[Project]) -> bool:
    texts = [one.text for project in projects for one in project.details if one.heading == heading and one.text]
    return sum(bool(read_cell_figures(text)) for text in texts) * 2 > len(texts)


def _headed_years(heading: str) -> tuple[int, ...]:
    """The one year that a heading prints; a year without an era could be any."""
    years = {printed.western for printed in find_years(heading)}
    return tuple(years - {0}) if len(years) == 1 else ()


def _has_grades(plan: Plan) -> bool:
    """Whether a plan's grades may stand anywhere: a table says in which columns, or in which lines."""
    if not plan.table:
        return True
    return any("grade" in (column.role, column.kind) for column in plan.columns) or "grade" in plan.table.kinds.values()


def _says_elsewhere(table: Table | None) -> bool:
    """Whether what a value is of is said by more than the headings: by a column of years or kinds, a sheet, a line."""
    roles = {column.role for column in table.all_columns} if table else set()
    return bool(roles & {"year", "kind"}) or any(part.year or part.lines for part in (table.parts if table else ()))


def _holding(table: Table, row: Row) -> tuple[Column, ...]:
    """The columns that a line's values of its kind stand in: those that name it, else those that name no line."""
    values = [column for column in table.all_columns if column.role in ("value", "grade")]
    of_kind = [column for column in values if column.kind == row.kind]
    named = [column for column in of_kind if column.activity and (row.activity or "").endswith(column.activity)]
    return tuple(named or (column for column in of_kind if not column.activity))


def _printed_grades(projects: Iterable[Project]) -> Iterator[str]:
    for project in projects:
        for row in project.rows:
            texts = [row.grade, *(cell.text for cell in row.cells if row.kind == "grade")]
            yield from (text for text in texts if text and not is_dash(text))
