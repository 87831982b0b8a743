"""Values: what is asked of each project of a list: the cells of a year, what a column says."""

from collections.abc import Iterator, Mapping, Sequence

from kb.catalog import Catalog
from kb.filters import Filter
from kb.planning.asking import read_measure
from kb.planning.attributes import default_columns
from kb.query import Query
from kb.terms import DETAIL
from nlp.parsing import Parse

__all__ = ["of_each"]


def of_each(parse: Parse, filters: tuple[Filter, ...], years: Sequence[int], catalog: Catalog) -> Query | None:
    """達成度Bの事業の25年度の実績: its cells; None where only the list is asked, which shows its grades itself."""
    some = filters or "whole" in parse.slots.cues
    if parse.slots.cues & _OF_LISTS or "count" in parse.operators or not some:
        return None
    scoped = "conditions" in parse.slots.inherited and not parse.own.conditions
    selecting = {} if scoped else dict(_selecting(filters))
    asked = tuple(name for name in parse.slots.attributes if catalog.has(name) and _is_asked(name, selecting))
    if not asked and any(measure.type == "measure" for measure in parse.slots.measures):
        asked = default_columns(parse.slots, catalog)  # 拡充の事業の4年度の事業費
    other = any(str(year) != selecting.get("grade") for year in years)
    asked += ("grade",) if "grade" in selecting and other and _asks_grade(parse) else ()
    if not asked or (asked == ("grade",) and not catalog.graded):
        return catalog.asked(filters=filters, operators=("projects",)) if asked and scoped else None
    return catalog.asked(filters=filters, years=tuple(years), attributes=asked, measure=read_measure(parse.slots))


# Private functions

_OF_LISTS = frozenset({"has_result", "no_result", "numeric"})
"""Cues by which a column is a condition: 25年度に実績がある事業."""
_CALLING = frozenset({"name", "number"})
"""Attributes that a list shows of every project."""
_LABELS = frozenset({"goal", "policy"})


def _selecting(filters: Sequence[Filter]) -> Iterator[tuple[str, str]]:
    """The columns by which a message itself selects projects, each with its year or heading."""
    for filter_ in filters:
        dividing = {"graded": ":", "detail": "="}.get(filter_.type, "")
        kind = {"graded": "grade"}.get(filter_.type, filter_.type)
        yield kind, filter_.value.partition(dividing)[0] if dividing else ""


def _is_asked(name: str, selecting: Mapping[str, str]) -> bool:
    """Whether a column is asked of each project, and is none by which they are selected."""
    if name in _CALLING or (name == "grade" and "grade" in selecting):
        return False
    if name.startswith(DETAIL) and "detail" in selecting:
        return selecting["detail"] not in ("", name.removeprefix(DETAIL))
    return name not in _LABELS or not _LABELS & selecting.keys()


def _asks_grade(parse: Parse) -> bool:
    """3年度に評価Aだった事業の5年度の評価: whether it speaks of grades apart from the one that selects."""
    mentions = parse.recognition.mentions
    beside = {at for at, one in enumerate(mentions) if one.type == "letter" or one.of("grade")}
    grades = (at for at, one in enumerate(mentions) if "grade" in one.of("attribute"))
    return any(not {at - 1, at + 1} & beside for at in grades)
