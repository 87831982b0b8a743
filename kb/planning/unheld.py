"""Unheld: what a question was understood to ask and its query doesn't: never passed over in silence."""

from collections.abc import Iterator
from itertools import pairwise

from kb.catalog import Catalog
from kb.filters import STATED
from kb.planning.conditions import beside_names
from kb.planning.outcomes import Ambiguity, Outcome, Planned
from kb.query import Query
from kb.terms import ADDING, DETAIL, GAINING, MOVING, ORDERING, SELECTS, TAKING, TRENDS
from nlp.cues import EVER, MOVED
from nlp.figures.numbers import NumberMention
from nlp.mentions import Mention
from nlp.parsing import Parse
from nlp.years.fiscal import YearForm, YearMention

__all__ = ["answering", "unheld"]

_COMPUTED = SELECTS | ADDING
"""Cues that are operators of the same name."""
_COUNTING = frozenset({"件", "事業"})
"""Units in which projects are counted."""
_OF_TWO = frozenset({"change", "rate", "ratio", "percent", "compare"})
"""Cues of a value of two figures, which no list gives."""
_SAYING = frozenset({"has_result", "no_result"})
"""Cues of whether a cell says anything."""
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
        return _uncomputed(parse) or _untold(parse, query, catalog)
    return next((mention.text for mention in _dropped(parse, query, catalog)), "") or _condition(parse, query)


def answering(outcome: Outcome, catalog: Catalog) -> Query | None:
    """The query that answers, or the first one of those in other units: what it doesn't hold none of them does."""
    if isinstance(outcome, Ambiguity) and outcome.kind == "measure" and outcome.options:
        return catalog.query(outcome.options[0].query)
    return outcome.query if isinstance(outcome, Planned) else None


# Private functions


def _uncomputed(parse: Parse) -> str:
    """合計と平均: words for a computation that the kind of question neither is nor has among its cues."""
    known = _known(parse)
    known |= ORDERING if known & ORDERING else set()  # an order of all years shows both of its ends
    differs = {"change", *MOVED} if known & TAKING else set()
    years = {"which_year"} if known & GAINING else set()
    moves = TRENDS | GAINING if SELECTS & {*parse.operators} else set()
    lost = (TAKING | differs | years | moves) & parse.own.cues - known
    if not lost:
        return ""
    mentions = parse.recognition.mentions
    told = {
        one
        for one, other in pairwise(mentions)
        if {*parse.operators} & set(other.of("cue")) and _joins(parse, one, other)
    }
    return next((one.text for one in mentions if lost & set(one.of("cue")) and one not in told), "")


def _untold(parse: Parse, query: Query, catalog: Catalog) -> str:
    """利用者数が減った路線の所管課は, …の運賃収入は: what else is asked of projects that figures pick is no part of their list."""
    if query.operators[-1] not in SELECTS or len({subject.number for subject in query.subjects}) < 2:
        return ""
    moved = query.operators[-1] in TRENDS | GAINING
    if moved and len(parse.own.subjects) > 1:
        return parse.own.subjects[-1].text
    names = (name for name in parse.own.attributes if moved or name.startswith(DETAIL))
    asked = {name for name in names if _is_asked(name, query, catalog)}
    listed = query.operators[-1] in TRENDS  # 増えた施設トップ3: in no order
    mentions = parse.recognition.mentions
    return next((m.text for m in mentions if asked & set(m.of("attribute")) or (listed and _is_top(m))), "")


def _known(parse: Parse) -> set[str]:
    """What the kind of question does, with the words that it is asked by: いちばん of いちばん増えた is no order of the values."""
    return {*parse.operators, *(cue for cues in (parse.kind.cues if parse.kind else ()) for cue in cues)}


def _joins(parse: Parse, one: Mention, other: Mention) -> bool:
    """足して平均すると: one computation in two words."""
    return parse.recognition.between(one, other) in ("", "の")


def _dropped(parse: Parse, query: Query, catalog: Catalog) -> Iterator[Mention]:
    """Computations, years and, of a list or of what lies within a bound, columns."""
    turned = any(condition.end for condition in parse.own.conditions) or query.operators[-1] in MOVING
    years = {str(year) for year in query.years} | {part for f in query.filters for part in f.value.split(":")[:1]}
    moved = query.operators[-1] in TRENDS | GAINING
    listed = query.operators[0] == "projects" or query.attributes == ("projects",) or query.bound is not None or moved
    computed = _computed(query, parse) - _known(parse)
    for mention in parse.recognition.mentions:
        if computed & set(mention.of("cue")) & parse.own.cues or (query.operators[-1] in TRENDS and _is_top(mention)):
            yield mention
        elif "always" in computed and _is_ever(mention) and any(filter_.type == "grade" for filter_ in query.filters):
            yield mention  # 毎年A, of a grade that holds for all of them at once
        elif _passes_over(mention, query, parse):
            yield mention
        elif mention.type == "year" and mention.detail in parse.own.years:
            said = [str(year) for year in getattr(mention.detail, "years", ()) if year in catalog.years]
            if {*(said[:: max(1, len(said) - 1)] if turned else said)} - years:
                yield mention
        elif query.operators[0] == "projects" and _is_condition_of(mention, query, parse):
            yield mention  # 金額のある事業はいくつ
        elif listed and any(
            name in parse.own.attributes and _is_asked(name, query, catalog) for name in mention.of("attribute")
        ):
            yield mention


def _is_condition_of(mention: Mention, query: Query, parse: Parse) -> bool:
    """Whether a unit is neither what is counted (何件, 事業数) nor among the conditions that the query has."""
    held = {filter_.value.split(":")[1] for filter_ in query.filters if filter_.type == "unit"}
    counting = _COUNTING if {"count", "each"} & {*query.operators} and "among" not in parse.own.cues else frozenset()
    units = set(mention.of("measure"))
    return bool(units) and not units & (held | counting)


def _passes_over(mention: Mention, query: Query, parse: Parse) -> bool:
    """Whether a query of many projects has no place for a word: each year by itself, no other year, a kind of figure."""
    cues, last = set(mention.of("cue")), query.operators[-1]
    if "each" in cues and "apiece" in parse.own.cues and last not in ("cells", "projects"):
        return True  # それぞれの合計: one for each project
    if last in ADDING and _is_each(mention):
        return True  # 年度ごとの合計: one sum for each
    labelled = any(f":{label}" in query.measure for label in mention.of("label"))
    if last in ADDING | TRENDS | GAINING and mention.of("narrowed") and not labelled:
        return True  # 相談件数の合計, where 貸付 are 件 too
    if "keyword" in cues and query.operators[0] in ("projects", "table") and not query.filters:
        return True  # 補助金に関する, of which nothing is looked for
    if query.operators[0] == "projects" and cues & {"more", "less"} and not cues & _COMPUTED:
        return True  # 達成度Bが多いのは
    of_year = query.operators[0] == "projects" and _is_of_year(query, parse)
    alone = "only" in cues and ("alone" in parse.own.cues or "conditions" not in parse.slots.inherited)
    return of_year and (alone or _is_of_the_first_year(mention, parse))  # 25年度だけ実績がある


def _is_of_the_first_year(mention: Mention, parse: Parse) -> bool:
    """24年度に実績がなくて25年度にある: what is said of one year, where nothing is said behind the other."""
    mentions = parse.recognition.mentions
    saying = [one for one in mentions if _SAYING & set(one.of("cue"))]
    years = [one for one in mentions if one.type == "year"]
    return saying == [mention] and len(years) > 1 and years[-2].start < mention.start < years[-1].start


def _is_of_year(query: Query, parse: Parse) -> bool:
    """Whether a list is by what its own years say."""
    return bool(parse.own.years) and any(filter_.type in STATED for filter_ in query.filters)


def _is_each(mention: Mention) -> bool:
    return isinstance(mention.detail, YearMention) and mention.detail.form is YearForm.EACH


def _is_top(mention: Mention) -> bool:
    return isinstance(mention.detail, NumberMention) and mention.detail.form == "top"


def _is_ever(mention: Mention) -> bool:
    return isinstance(mention.detail, YearMention) and mention.detail.form in EVER


def _computed(query: Query, parse: Parse) -> frozenset[str]:
    """The cues that the query must have: a difference too where it quotes, ranks or adds, every year where no trend is asked.

    Of what moved most between two years no year is looked for.
    """
    differs = (
        {"change", "rate", "ratio"}
        if query.operators[-1] in TAKING
        else {"which_year"}
        if query.operators[-1] in GAINING
        else set()
    )
    differs |= _OF_TWO if query.operators in (("cells",), ("projects",)) else set()
    graded = sum(filter_.type == "graded" for filter_ in query.filters) > 1
    turned = MOVED if any(condition.end for condition in parse.own.conditions) else frozenset[str]()  # DからAに上がった
    always = set() if graded or query.operators[-1] in TRENDS - MOVING else {"always"}
    return frozenset(_COMPUTED | {"each"} | differs | always) - turned


def _is_asked(name: str, query: Query, catalog: Catalog) -> bool:
    """Whether a column is no condition's: 担当課が産業課の事業はいくつ asks for none."""
    kinds = {filter_.type for filter_ in query.filters}
    if name.startswith(DETAIL):
        said = (one.value for one in query.filters if one.type in ("detail", "told"))
        headings = {value.partition("=")[0].rpartition(":")[2] for value in said}
        return not headings & {"", name.removeprefix(DETAIL)}
    held = {"grade": {"grade", "graded"}, "result": STATED}.get(name, {name, *STATED})
    if query.operators == ("projects",) and (name in _SHOWN or (name == "description" and not catalog.has(name))):
        return False  # 産業課は何をしている
    called = name in _CALLED and catalog.has(name)  # 目標 is no goal where the table has none
    return not called and name not in query.attributes and not kinds & held


_MEANT = {
    "graded": ("grade",),
    "said": ("status",),
    "keyword": ("keyword", "status"),
    "told": ("told", "untold", "detail"),
}
"""Filter → the conditions that it may be of, where these are called otherwise."""


def _condition(parse: Parse, query: Query) -> str:
    """A condition of whose kind the query has none."""
    kinds = {kind for filter_ in query.filters for kind in _MEANT.get(filter_.type, (filter_.type,))}
    return next((one.text for one in beside_names(parse.own) if one.type not in kinds), "")
