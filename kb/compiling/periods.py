"""Periods: what the headings of values call some of a table's years: 第8期, 基準年度 (build side)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kb.source.plans import Plan
from kb.tables.mapping import Column, bare_heading
from kb.terms import PERIODS
from nlp.writing.text import to_key

__all__ = ["period_words"]

_NUMBERED = re.compile("^第([0-9]{1,2})期$")
_BRACKET = re.compile("[(（]")
_OTHERS = 20
"""So many numbers of periods are known to be none of this table."""


def period_words(plan: Plan) -> Mapping[str, tuple[int, ...]]:
    """Folded word → the years of which all values stand under it; no years of a 第9期 beside a 第8期 that the table has."""
    columns = _values(plan)
    headed: dict[str, dict[int, None]] = defaultdict(dict)
    for column in columns:
        for part in _parts(column):
            headed[part][column.year] = None
    every = {column.year for column in columns}
    found = {
        to_key(part): tuple(sorted(years))
        for part, years in headed.items()
        if part.endswith(PERIODS) and years.keys() < every and _has_all(part, years, columns)
    }
    return {**dict.fromkeys(_absent(found), ()), **found}


# Private functions


def _values(plan: Plan) -> list[Column]:
    return [column for column in plan.columns if column.role == "value" and column.year]


def _parts(column: Column) -> list[str]:
    """What each line of a heading says beside a year, and what stands before its brackets: 基準年度(H25)排出量."""
    lines = column.heading.split(" / ")
    parts = (bare_heading(part) for line in lines for part in (line, _BRACKET.split(line)[0]))
    return [part for part in parts if len(part) > 1]


def _has_all(part: str, years: Mapping[int, None], columns: list[Column]) -> bool:
    return all(part in _parts(column) for column in columns if column.year in years)


def _absent(found: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    """第1期 to 第20期, where the table counts its periods so."""
    if any(_NUMBERED.match(key) for key in found):
        yield from (f"第{number}期" for number in range(1, _OTHERS + 1))
