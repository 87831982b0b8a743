"""Unheld: what a question about all projects was understood to ask and its query doesn't: never passed over in silence."""

from collections.abc import Iterator

from kb.catalog import Catalog
from kb.conditions import beside_names
from kb.query import Query
from kb.terms import DETAIL, SELECTS
from nlp.mentions import Mention
from nlp.parsing import Parse

__all__ = ["unheld"]

_COMPUTED = SELECTS | {"sum", "average"}
"""Cues that are operators of the same name."""
_CALLED = frozenset({"name", "number", "policy", "goal"})
"""Attributes that only call what is counted."""


def unheld(parse: Parse, query: Query, catalog: Catalog) -> str:
    """The first words of a message that its query over all projects doesn't hold, as they were typed; "" where it holds all."""
    if query.subjects or parse.own.subjects:
        return ""
    return next((mention.text for mention in _dropped(parse, query, catalog)), "") or _condition(parse, query)


# Private functions


def _dropped(parse: Parse, query: Query, catalog: Catalog) -> Iterator[Mention]:
    """Computations, years and, of a number for all, columns."""
    years = {str(year) for year in query.years} | {part for f in query.filters for part in f.value.split(":")[:1]}
    counted = query.operators[-1] == "count" or query.attributes == ("projects",)  # one number for all that was said
    for mention in parse.recognition.mentions:
        if _COMPUTED & set(mention.of("cue")) & parse.own.cues - set(query.operators):
            yield mention
        elif mention.type == "year" and mention.detail in parse.own.years:
            said = {str(year) for year in getattr(mention.detail, "years", ()) if year in catalog.years}
            if said - years:
                yield mention
        elif counted and any(
            name in parse.own.attributes and _is_asked(name, query) for name in mention.of("attribute")
        ):
            yield mention


def _is_asked(name: str, query: Query) -> bool:
    """Whether a column is no condition's: 担当課が産業課の事業はいくつ asks for none."""
    kinds = {filter_.type for filter_ in query.filters}
    if name.startswith(DETAIL):
        return "detail" not in kinds
    held = {"grade": {"grade", "graded"}, "result": {"state", "numeric"}}.get(name, {name, "state", "numeric"})
    return name not in _CALLED and name not in query.attributes and not kinds & held


def _condition(parse: Parse, query: Query) -> str:
    """A condition of whose kind the query has none."""
    kinds = {"grade" if filter_.type == "graded" else filter_.type for filter_ in query.filters}
    return next((one.text for one in beside_names(parse.own) if one.type not in kinds), "")
