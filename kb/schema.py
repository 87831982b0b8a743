"""Schema: the tables of the knowledge base, declared once; every one STRICT, no type is ever guessed."""

from typing import NamedTuple

__all__ = ["INDEXES", "TABLES", "VERSION", "Table"]

VERSION = 4
"""Raised whenever a table changes; a knowledge base of another version is refused."""


class Table(NamedTuple):
    """One table."""

    name: str
    """As SQL calls it."""
    columns: dict[str, type]
    """Columns and their types, in order."""
    key: str | tuple[str, ...]
    """Primary key; an int column alone is the rowid."""
    references: tuple[tuple[str, str, str], ...] = ()
    """(column, other table, its column)."""
    optional: tuple[str, ...] = ()
    """Columns that may be NULL; all others may not."""


_PLAN = ("plan", "plan", "id")
_PROJECT = ("project", "project", "id")
_ROW = ("row", "row", "id")

TABLES = (
    # document: JSON of what plan.toml says about the source and of the source's checksum
    Table("plan", {"id": str, "position": int, "document": str}, "id"),
    # grade: the one that holds for the whole project, ""; address: its number as replies show it; haystack: every text of it, folded, a line each
    Table(
        "project",
        {
            "id": int,
            "plan": str,
            "no": str,
            "position": int,
            "name": str,
            "goal": str,
            "goal_text": str,
            "policy": str,
            "subpolicy": str,
            "description": str,
            "grade": str,
            "address": str,
            "haystack": str,
        },
        "id",
        (_PLAN,),
    ),
    # position from 1; grade that holds for the row's line without that of the project, ""; kind: one of KINDS; unit: of
    # cells that are bare numbers
    Table(
        "row",
        {
            "id": int,
            "project": int,
            "position": int,
            "activity": str,
            "period": str,
            "grade": str,
            "kind": str,
            "unit": str,
        },
        "id",
        (_PROJECT,),
        ("activity",),
    ),
    # year: Western fiscal year; text verbatim; state: reported, blank, dash, conflict or outside (no column); conflict: JSON list, [] but there
    Table("cell", {"row": int, "year": int, "text": str, "state": str, "conflict": str}, ("row", "year"), (_ROW,)),
    # value: decimal in the canonical unit, as text; start and stop in the cell's text; position from 1
    Table(
        "figure",
        {
            "row": int,
            "year": int,
            "position": int,
            "value": str,
            "unit": str,
            "text": str,
            "start": int,
            "stop": int,
            "label": str,
            "qualifier": str,
        },
        ("row", "year", "position"),
        (_ROW,),
        ("label", "qualifier"),
    ),
    # level: goal, policy or subpolicy; goal: the letter it belongs to; printed: as in the source; marks: JSON
    Table(
        "label",
        {"plan": str, "position": int, "level": str, "goal": str, "text": str, "printed": str, "marks": str},
        ("plan", "position"),
        (_PLAN,),
    ),
    # field: goal_text, policy, subpolicy, name, grade, period, results; kind: disordered, inferred, restored, cut, variant
    Table(
        "mark",
        {"project": int, "position": int, "field": str, "kind": str, "reason": str},
        ("project", "position"),
        (_PROJECT,),
    ),
    Table(
        "correction",
        {
            "project": int,
            "position": int,
            "activity": str,
            "field": str,
            "reads": str,
            "becomes": str,
            "reason": str,
        },
        ("project", "position"),
        (_PROJECT,),
        ("activity",),
    ),
    # kind: project or activity; reference: number or activity as printed
    Table(
        "alias",
        {"plan": str, "position": int, "kind": str, "reference": str, "text": str},
        ("plan", "position"),
        (_PLAN,),
    ),
    # a further column by its heading; year: of which alone it is, else 0; members: its parts (産業課・農政課), folded, a line each with a break before and after
    Table(
        "detail",
        {"project": int, "position": int, "heading": str, "text": str, "year": int, "members": str},
        ("project", "position"),
        (_PROJECT,),
    ),
    Table("artifact", {"name": str, "content": str}, "name"),
    Table("meta", {"key": str, "value": str}, "key"),
)
"""In the order in which they are filled."""

INDEXES = (
    ("project", ("plan", "no"), True),
    ("row", ("project", "position"), True),
    ("cell", ("year", "state"), False),
    ("figure", ("unit", "value"), False),
    ("label", ("plan", "level", "text"), False),
)
"""(table, columns, unique)."""
