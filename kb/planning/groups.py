"""Groups: 達成度ごと, 戦略目標ごと: what the projects are counted apart by."""

from collections.abc import Sequence
from itertools import pairwise

from kb.catalog import Catalog
from kb.filters import Filter
from kb.planning.conditions import read_conditions
from kb.planning.outcomes import Absence
from nlp.conditions import Condition
from nlp.parsing import Parse

__all__ = ["grouped"]


def grouped(parse: Parse, filters: Sequence[Filter], years: Sequence[int], catalog: Catalog) -> tuple[Filter, ...]:
    """The filters with one of which every value is counted apart: the column that is named, else values that were listed; none where neither is."""
    asked = _columns(parse)
    if "grade" in asked and len(catalog.grades) > 1:
        apart = [Condition("grade", value, value, joined=at > 0) for at, value in enumerate(catalog.grades)]
        read = read_conditions(apart, parse.slots, years, catalog)
        return () if isinstance(read, Absence) else (*filters, *read[0])
    groups = [(column, values) for column, values in catalog.document.groups if column in asked]
    if len(groups) == 1 and len(groups[0][1]) > 1:
        return (*filters, _any_of(*groups[0]))
    return tuple(filters) if sum(bool(filter_.others) for filter_ in filters) == 1 else ()


# Private functions


def _any_of(column: str, values: Sequence[str]) -> Filter:
    """A filter that holds for each of the values."""
    type_, _, heading = column.partition(":")
    first, *others = [f"{heading}={value}" if heading else value for value in values]
    return Filter(type_, first, others=tuple(others))


def _columns(parse: Parse) -> frozenset[str]:
    """The columns beside which ごと or 各 stands; that of a condition (達成度Aの) is none of them."""
    recognition = parse.recognition
    alone = [one for one in recognition.mentions if "each" in one.of("cue")]  # 達成度別
    joined = [
        column
        for column, each in pairwise(recognition.mentions)
        if "each" in each.of("cue") and recognition.between(column, each) in ("", "の")
    ]
    pairs = pairwise(recognition.mentions)
    joined += [column for every, column in pairs if "every" in every.of("cue") and every.end == column.start]  # 各課
    return frozenset(name for one in (*alone, *joined) for name in one.of("attribute"))
