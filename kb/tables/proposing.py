"""Proposing: from the sheets of a file to a mapping that a person can correct, with all that had to be assumed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.tables.amounts import values_of_lines
from kb.tables.classes import classed
from kb.tables.discovery import Found, discover
from kb.tables.identity import identify
from kb.tables.mapping import Column, Part, Table
from kb.tables.owners import owned
from kb.tables.printed_words import PrintedWords
from kb.tables.shared import shared_by_kinds
from kb.tables.sheet_parts import SheetParts
from kb.tables.sheets import Sheet
from kb.tables.surroundings import Surroundings
from kb.tables.telling import tell_apart
from kb.tables.vocabulary import Headings
from nlp.years.fiscal import ERAS

__all__ = ["Proposal", "propose"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with the years that it covers."""

    table: Table
    """The mapping."""
    era: str
    """The era that the plan counts in."""
    years: tuple[int, ...]
    """Western fiscal years that the table prints, in order."""
    western: bool
    """Whether the table itself writes Western years."""
    assumed: tuple[str, ...]
    """What nobody states and was assumed, one Japanese line each."""


def propose(sheets: Sequence[Sheet], stem: str, headings: Headings, surroundings: Surroundings) -> Proposal:
    """What every column of every table is."""
    assumed: list[str] = []
    found = discover(sheets, headings, surroundings.era, assumed)
    layouts = _layouts(found)
    parts = SheetParts(stem, headings, surroundings, assumed).parts(found, layouts)
    columns = {name: _yearly(name, found, layouts, parts, headings) for name in dict.fromkeys(layouts)}
    words = PrintedWords(sheets, headings, parts, columns, assumed)
    table = _table(words)
    table = identify(sheets, table, assumed)
    table = tell_apart(sheets, table, headings, assumed)
    table = replace(table, columns={name: _owned(name, found, layouts, table) for name in table.columns})
    table = replace(table, columns={name: _shared(name, found, layouts, table, assumed) for name in table.columns})
    years, western = words.years(surroundings.era)
    era = "令和" if years and years[-1] >= ERAS["令和"] else "平成"
    return Proposal(table, era, years, western, tuple(dict.fromkeys(assumed)))


# Private functions


def _layouts(found: Sequence[Found]) -> list[str]:
    """One word for each set of headings; empty where there is only one."""
    keys = [tuple((column.at, column.heading) for column in one.columns) for one in found]
    distinct = list(dict.fromkeys(keys))
    return ["" if len(distinct) == 1 else f"表{distinct.index(key) + 1}" for key in keys]


def _yearly(
    name: str, found: Sequence[Found], layouts: Sequence[str], parts: Sequence[Part], headings: Headings
) -> tuple[Column, ...]:
    """The columns of a layout, once it is known whether its lines or sheets are of one year each."""
    tables = [one for one, layout in zip(found, layouts, strict=True) if layout == name]
    columns = classed(tables[0].columns, tables)
    own = [part for part in parts if part.layout == name]
    several = len([part for part in parts if part.year]) > 1 and all(part.year for part in own)
    if several or any(column.role == "year" for column in columns):
        columns = tuple(replace(c, role="value", kind="grade") if c.role == "grade" else c for c in columns)
        columns = values_of_lines(columns, tables, headings)
    return columns


def _owned(name: str, found: Sequence[Found], layouts: Sequence[str], table: Table) -> tuple[Column, ...]:
    """The columns of a layout, once it is known which of them name finer lines."""
    columns = table.columns[name]
    sheets = [(one.sheet, one.block) for one, layout in zip(found, layouts, strict=True) if layout == name]
    return tuple(owned(column, columns, sheets) for column in columns)


def _shared(
    name: str, found: Sequence[Found], layouts: Sequence[str], table: Table, assumed: list[str]
) -> tuple[Column, ...]:
    own = [one for one, layout in zip(found, layouts, strict=True) if layout == name]
    return shared_by_kinds(table.columns[name], own, table.kinds, assumed)


def _table(words: PrintedWords) -> Table:
    listed = words.headings.words
    return Table(
        cells="",
        number="printed",
        identity=("name",),
        grades=words.grades(),
        ordered=words.is_ordered(),
        units=words.units(),
        totals=words.totals(),
        notes=listed["notes"],
        kinds=words.kinds(),
        parts=tuple(words.parts),
        columns=dict(words.columns),
    )
