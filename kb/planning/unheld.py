"""Unheld: what a question was understood to ask and its query doesn't: never passed over in silence."""

from collections.abc import Iterator
from itertools import pairwise

from kb.catalog import Catalog
from kb.planning.conditions import beside_names
from kb.query import Query
from kb.terms import ADDING, DETAIL, ORDERING, SELECTS, TAKING, TRENDS
from nlp.mentions import Mention
from nlp.parsing import Parse
from nlp.slots import MOVED

__all__ = ["unheld"]

_COMPUTED = SELECTS | ADDING
"""Cues that are operators of the same name."""
_CALLED = frozenset({"name", "number", "policy", "goal"})
"""Attributes that only call what is counted."""
_SHOWN = frozenset({"grade", "result"})
"""Attributes that a list shows beside its projects, or that any reply is about."""


def unheld(parse: Parse, query: Query, catalog: Catalog) -> str:
    """The first words of a message that its query doesn't hold, as they were typed; "" where it holds all.

    Of projects by name the reply shows the cells; but a computation must not stand for another one.
    """
    if parse.slots.bounds and query.bound is None:
        return parse.slots.bounds[0].text
    if query.subjects or parse.own.subjects:
        return _uncomputed(parse)
    return next((mention.text for mention in _dropped(parse, query, catalog)), "") or _condition(parse, query)


# Private functions


def _uncomputed(parse: Parse) -> str:
    """合計と平均: words for a computation that the kind of question neither is nor has among its cues."""
    known = {*parse.operators, *(cue for cues in (parse.kind.cues if parse.kind else ()) for cue in cues)}
    known |= ORDERING if known & ORDERING else set()  # an order of all years shows both of its ends
    differs = {"change", *MOVED} if known & TAKING else set()
    lost = (TAKING | differs) & parse.own.cues - known
    mentions = parse.recognition.mentions
    told = {one for one, other in pairwise(mentions) if known & set(other.of("cue")) and _joins(parse, one, other)}
    return next((one.text for one in mentions if lost & set(one.of("cue")) and one not in told), "")


def _joins(parse: Parse, one: Mention, other: Mention) -> bool:
    """足して平均すると: one computation in two words."""
    return parse.recognition.between(one, other) in ("", "の")


def _dropped(parse: Parse, query: Query, catalog: Catalog) -> Iterator[Mention]:
    """Computations, years and, of a list or of what lies within a bound, columns."""
    years = {str(year) for year in query.years} | {part for f in query.filters for part in f.value.split(":")[:1]}
    listed = query.operators[0] == "projects" or query.attributes == ("projects",) or query.bound is not None
    computed = _computed(query)
    for mention in parse.recognition.mentions:
        if computed & set(mention.of("cue")) & parse.own.cues - set(query.operators):
            yield mention
        elif mention.type == "year" and mention.detail in parse.own.years:
            said = {str(year) for year in getattr(mention.detail, "years", ()) if year in catalog.years}
            if said - years:
                yield mention
        elif listed and "among" in parse.own.cues and mention.of("measure"):
            yield mention  # そのうち金額があるのは: a condition that no query has
        elif listed and any(
            name in parse.own.attributes and _is_asked(name, query, catalog) for name in mention.of("attribute")
        ):
            yield mention


def _computed(query: Query) -> frozenset[str]:
    """The cues that the query must have: a difference too where it ranks or adds, every year where no trend is asked."""
    differs = {"change"} if query.operators[-1] in TAKING else set()
    graded = sum(filter_.type == "graded" for filter_ in query.filters) > 1
    always = set() if graded or query.operators[-1] in TRENDS else {"always"}
    return frozenset(_COMPUTED | differs | always)


def _is_asked(name: str, query: Query, catalog: Catalog) -> bool:
    """Whether a column is no condition's: 担当課が産業課の事業はいくつ asks for none."""
    kinds = {filter_.type for filter_ in query.filters}
    if name.startswith(DETAIL):
        headings = {filter_.value.partition("=")[0] for filter_ in query.filters if filter_.type == "detail"}
        return not headings & {"", name.removeprefix(DETAIL)}
    held = {"grade": {"grade", "graded"}, "result": {"state", "numeric"}}.get(name, {name, "state", "numeric"})
    if query.operators == ("projects",) and name in _SHOWN:
        return False
    called = name in _CALLED and catalog.has(name)  # 目標 is no goal where the table has none
    return not called and name not in query.attributes and not kinds & held


_MEANT = {"graded": ("grade",), "said": ("status",), "keyword": ("keyword", "status"), "told": ("told", "untold")}
"""Filter → the conditions that it may be of, where these are called otherwise."""


def _condition(parse: Parse, query: Query) -> str:
    """A condition of whose kind the query has none."""
    kinds = {kind for filter_ in query.filters for kind in _MEANT.get(filter_.type, (filter_.type,))}
    return next((one.text for one in beside_names(parse.own) if one.type not in kinds), "")
