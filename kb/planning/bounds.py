"""Bounds: which of 以上, 以下, 未満 and を超える a question can be answered with, and which it is refused for."""

from kb.catalog import Catalog
from kb.planning.attributes import read_attributes
from kb.planning.naming import is_over_line
from kb.planning.outcomes import Ambiguity
from kb.terms import DETAIL, FIGURED
from nlp.parsing import Parse

__all__ = ["printing", "unbounded"]

_BESIDE = frozenset({*FIGURED, "period", "name", "number"})
"""What may be named beside a bound: the cells, 年度 itself, what projects are called by."""
_COUNTED = frozenset({"事業", "項目", "施策", "種類"})
"""Units of what is listed: 2事業以上, of no project by name, is no range of the figures in the cells."""


def unbounded(parse: Parse, catalog: Catalog) -> Ambiguity | None:
    """What is asked back where a range isn't surely one of figures, or of grades that stand in an order."""
    slots = parse.slots
    numbered = any(subject.number is not None for subject in slots.subjects)
    beside = slots.bounds or slots.figures or slots.numbers or slots.conditions or slots.letters or numbered
    if (slots.loose and beside) or (slots.bounds and not _is_of_figures(parse, catalog)):
        return Ambiguity("threshold", ())
    ranged = [condition for condition in slots.conditions if condition.relation]
    if any(one.type != "grade" or one.negated for one in ranged) or (ranged and slots.subjects):
        return Ambiguity("threshold", ())
    return Ambiguity("unscaled", ()) if ranged and catalog.has("grade") and not catalog.document.ordered else None


def printing(references: tuple[str, ...], parse: Parse, catalog: Catalog) -> tuple[str, ...]:
    """Of lines that a name fits equally well those that print a bound's unit: 受診者数 in 人, not its 達成率 in %."""
    units = {bound.unit for bound in parse.slots.bounds}
    lines = {one: catalog.activities.get(one) or (one,) for one in references}
    kept = (one for one in references if any(units & catalog.printed.get(line, frozenset()) for line in lines[one]))
    return tuple(kept) or references


# Private functions


def _is_of_figures(parse: Parse, catalog: Catalog) -> bool:
    """Whether it is one range of one kind of figures: over projects in a year, or over the years of one project."""
    slots = parse.slots
    bound, *others = slots.bounds
    units = {meaning.value for meaning in slots.measures if meaning.type == "measure"}
    columns = [name for name in read_attributes(slots, catalog) if name in FIGURED]
    if parse.operators and parse.operators[-1] not in ("bounded", "lacking", "help"):
        return False
    if others or slots.figures or bound.qualifier or units != {bound.unit} or len(columns) > 1:
        return False
    conditions = {condition.type for condition in slots.conditions}
    if any(name not in _BESIDE | conditions and not name.startswith(DETAIL) for name in slots.attributes):
        return False
    years = {year for mention in slots.years for year in mention.years}
    over_line = any(is_over_line(named, parse, catalog) for named in slots.subjects)
    if not slots.subjects or over_line:
        return len(years) < 2 and bound.unit not in _COUNTED
    return len(slots.subjects) > 1 or not slots.years
