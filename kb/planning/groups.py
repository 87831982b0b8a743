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
    for column, values in (("grade", catalog.grades), ("goal", tuple(catalog.goals))):
        if column in _columns(parse) and len(values) > 1:
            apart = [Condition(column, value, value, joined=at > 0) for at, value in enumerate(values)]
            read = read_conditions(apart, parse.slots, years, catalog)
            return () if isinstance(read, Absence) else (*filters, *read[0])
    return tuple(filters) if sum(bool(filter_.others) for filter_ in filters) == 1 else ()


# Private functions


def _columns(parse: Parse) -> frozenset[str]:
    """The columns beside which ごと stands; that of a condition (達成度Aの) is none of them."""
    recognition = parse.recognition
    alone = [one for one in recognition.mentions if "each" in one.of("cue")]  # 達成度別
    joined = [
        column
        for column, each in pairwise(recognition.mentions)
        if "each" in each.of("cue") and recognition.between(column, each) in ("", "の")
    ]
    return frozenset(name for one in (*alone, *joined) for name in one.of("attribute"))
