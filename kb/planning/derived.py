"""Derived: what no column prints and two columns give: 達成率 of 目標 and 実績, how much is left to a 目標."""

from itertools import pairwise

from kb.catalog import Catalog
from kb.planning.outcomes import Note
from kb.query import Query
from kb.terms import BETWEEN, FIGURED
from nlp.parsing import Parse

__all__ = ["against_target", "apart_in_years", "derivation", "derived", "refitted"]


def derived(parse: Parse, catalog: Catalog) -> Parse:
    """A message that asks for what two columns give, with both of them; else as the next kind that fits reads it."""
    columns = _between(parse, catalog)
    if columns:
        return parse._replace(slots=parse.slots._replace(absents=(), attributes=columns))
    if not _asks_share(parse):
        return parse
    others = (candidate.kind for candidate in parse.competed if candidate.kind != parse.kind)
    return parse._replace(kind=next(others, parse.kind))


def refitted(parse: Parse, catalog: Catalog) -> Parse:
    """事業費は？ after the 目標 of something: of the columns that print money, none of which was asked before."""
    slots, units = parse.slots, {one.value for one in parse.own.measures if one.type == "measure"}
    leaning = "attributes" in slots.inherited and {*slots.attributes} <= {*FIGURED}
    printed = {unit for kind in slots.attributes for unit in catalog.units_of.get(kind, ())}
    if not leaning or not units or units & printed:
        return parse
    return parse._replace(slots=slots._replace(attributes=()))


def derivation(parse: Parse, before: Parse) -> tuple[Note, ...]:
    """That the table has no such column, where `before` asked for one that was derived."""
    lost = set(before.slots.absents) - set(parse.slots.absents)
    mentions = parse.recognition.mentions if lost else ()
    said = [mention.text for mention in mentions if lost & set(mention.of("absent"))]
    return (Note("derived", echo=said[0]),) if said else ()


def against_target(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """目標と5年度の差 where the one target is another year's: of that target and the result of the year that is said."""
    if query.attributes != ("target",) or query.operators[-1] not in BETWEEN or not catalog.has("result"):
        return query
    aims, came = (_years(query, kind, catalog) for kind in ("target", "result"))
    said = {year for mention in parse.own.years for year in mention.years} & came
    single = len(aims) == len(said) == 1 and not aims & came
    return query._replace(attributes=("target", "result"), years=tuple(said)) if single else query


def apart_in_years(query: Query, catalog: Catalog) -> tuple[int, ...]:
    """The years of a result and of the one target that is another year's, where no year asked prints both; else those asked."""
    if set(query.attributes) != {"target", "result"} or query.operators[-1] not in BETWEEN or len(query.years) > 1:
        return query.years
    aims, came = (_years(query, kind, catalog) for kind in ("target", "result"))
    last = sorted(came & {*query.years} if query.years else came)[-1:]
    return (*last, *aims) if len(aims) == 1 and last and not came & aims else query.years


# Private functions

_SHARES = {"achievement": ("target", "result"), "execution": ("budget", "settlement")}
"""What tables lack → the columns of which the second in % of the first is that."""


def _years(query: Query, kind: str, catalog: Catalog) -> set[int]:
    """The years in which any of its subjects prints a figure of a kind."""
    rows = (subject.reference for subject in query.subjects)
    return {year for row in rows for year in catalog.years_reported(row, True, (kind,))}


def _asks_share(parse: Parse) -> bool:
    return parse.operators == ("cells", "rate") and bool(parse.slots.absents)


def _between(parse: Parse, catalog: Catalog) -> tuple[str, ...]:
    """The two columns, where the table has both and no other one is asked."""
    slots = parse.slots
    columns = tuple(pair for name in slots.absents for pair in _SHARES.get(name, ())) if _asks_share(parse) else ()
    named = slots.named_columns  # 推移 names none
    if len(named) == 1 and ("beyond" in parse.own.cues or _is_of_planned(parse)):
        planned = named[0]
        came = "settlement" if planned == "budget" else catalog.default[0]
        columns = (planned, came)
    asked = len(set(columns)) == 2 and set(named) <= set(columns)
    return columns if asked and all(map(catalog.has, columns)) else ()


def _is_of_planned(parse: Parse) -> bool:
    """目標の何%, 予算の何割, 計画に対して何倍: a share of what was planned, where no other year is spoken of."""
    own, years = parse.own, {year for mention in parse.own.years for year in mention.years}
    if own.cues & _OF_YEARS or len(years) > 1:
        return False
    pairs = ((one, other) for one, other in pairwise(parse.recognition.mentions) if _SHARED & {*other.of("cue")})
    return any(
        _PLANNED & {*one.of("attribute")} and parse.recognition.between(one, other) in _BEFORE_SHARE
        for one, other in pairs
    )


_PLANNED = frozenset({"target", "budget"})
_SHARED = frozenset({"percent", "ratio"})
_OF_YEARS = frozenset({"change", "previous", "base", "rate", "rising", "falling", "risen", "fallen", "compare"})
"""Cues of two years, or of two things that are named."""
_BEFORE_SHARE = frozenset({"", "の", "に対して", "に対して、", "に対する", "比で", "と比べて", "のうち"})
