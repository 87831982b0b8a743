"""Contexts: what a conversation remembers after a reading, and what of it another plan can use."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kb.catalog import Catalog
from kb.chains import Chains
from kb.filters import DATED, STATED, Filter
from kb.planning.conditions import to_conditions
from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.terms import BETWEEN, GAINING, MOVING, ORDERING, SELECTS, TRENDS
from nlp.conditions import Condition
from nlp.contexts import Context, Option
from nlp.givens import Given, kept
from nlp.parsing import Parse, settled
from nlp.recognition import Recognition
from nlp.slots import Slots
from nlp.subjects import Subject

if TYPE_CHECKING:
    from bot.clerks import Reading

__all__ = ["about", "asks_rest", "joined", "localized", "remembered", "undecided"]


def remembered(reading: "Reading", before: Context, plan: str) -> Context:
    """What the next message may refer to."""
    outcome, answer = reading.outcome, reading.answer
    offered = outcome.near if isinstance(outcome, Absence) else ()
    if isinstance(outcome, Social):
        return before
    if isinstance(outcome, Absence) and outcome.query is None and not offered:
        of_list = outcome.reason == "no_attribute" and "conditions" in reading.parse.slots.inherited
        left = before if of_list else before._replace(within=None)  # no list that a そのうち could be of
        return left._replace(unfound=_is_unfound(outcome, before))
    years = _years_of(outcome, reading.parse) or _found_year(reading)
    options = outcome.options if isinstance(outcome, Ambiguity) else offered
    unsettled = isinstance(outcome, Ambiguity) and outcome.kind == "suggest" and before.within
    if reading.parse.taken == () or unsettled:
        return before._replace(options=options)  # asked back: what was talked about is so still
    listed = tuple(dict.fromkeys(project.reference for project in answer.projects))
    if any(subject.how == "place" for subject in reading.parse.slots.subjects) and len(before.listed) > 1:
        listed = before.listed  # 3番目, then 最後のもの: of the same list
    only = options[0].references if isinstance(outcome, Ambiguity) and outcome.kind == "only" else ()
    kept = () if (options and not only) or _lists_another_year(reading) else only or listed
    slots = settled(_inherited(reading), years, kept)
    rest = answer.rest.query if answer.rest else ""
    given, ranked = _given(reading, before), _ranked(reading, years)
    order = before.order if reading.parse.placed else reading.order  # 2番目は？, then 3番目は？: of the same order
    within, unfound = _within_list(reading, before), _is_unfound(outcome, before)
    return Context(slots, years, listed, options, plan, "", rest, within, given, ranked, order, unfound)


def undecided(readings: Sequence["Reading"], options: tuple[Option, ...]) -> Context:
    """What is remembered while it is open which plan is meant: what was asked, of every name that it may be."""
    years = {_years_of(reading.outcome, reading.parse) for reading in readings}
    slots = settled(readings[0].parse.slots, years.pop() if len(years) == 1 else (), ())
    named = [reading.parse.slots.subjects for reading in readings]
    if all(len(subjects) == 1 for subjects in named):
        references = tuple(dict.fromkeys(reference for (subject,) in named for reference in subject.references))
        slots = slots._replace(subjects=(named[0][0]._replace(references=references),))
    return Context(slots, options=options)


def asks_rest(recognition: Recognition) -> bool:
    """Whether a message asks for no more than the rest of what was listed: 続きを見せて, 残りの32件は？"""
    goes_on = [mention for mention in recognition.mentions if "rest" in mention.of("cue")]
    said = [mention for mention in recognition.mentions if goes_on and not mention.is_filler]
    return bool(goes_on) and all(mention in goes_on or mention.type in ("figure", "number") for mention in said)


def joined(before: Context, after: Context) -> Context:
    """What two questions of one message were about is both what was talked about."""
    subjects = tuple(dict.fromkeys((*before.slots.subjects, *after.slots.subjects)))
    if not before.slots.subjects:
        return after
    plan = after.plan if before.plan == after.plan else ""
    return after._replace(slots=after.slots._replace(subjects=subjects), plan=plan)


def localized(context: Context, catalog: Catalog, chains: Chains) -> Context:
    """A conversation in the terms of one plan: its own references, and what those of other plans are in it."""
    if context.plan == catalog.plan or context == Context():
        return context
    slots = context.slots
    subjects = tuple(s for subject in slots.subjects if (s := _subject(subject, context.plan, catalog, chains)))
    conditions = tuple(c for c in slots.conditions if "/" not in c.value or _is_of(c.value, catalog.plan))
    years = tuple(year for year in context.years if year in catalog.years)
    said = tuple(mention for mention in slots.years if not mention.years or set(mention.years) & set(years))
    return Context(
        slots._replace(subjects=subjects, conditions=conditions, years=said),
        years,
        tuple(reference for reference in context.listed if _is_of(reference, catalog.plan)),
        tuple(option for option in context.options if _is_of(option.query, catalog.plan)),
        context.plan,
    )


def about(context: Context, reference: str, catalog: Catalog) -> Context:
    """A conversation as if it had been about this project."""
    subject = Subject((reference,), "name", catalog.names[reference])
    return context._replace(slots=context.slots._replace(subjects=(subject,)), listed=(), options=())


# Private functions


def _found_year(reading: "Reading") -> tuple[int, ...]:
    """The year of the one cell that was looked for backwards: 前の年は？ after 10,136千円はどの事業？"""
    query = reading.outcome.query if isinstance(reading.outcome, Planned) else None
    found = reading.answer.quotes if query and query.operators[-1] == "having" else ()
    return (found[0].year,) if len(found) == 1 else ()


def _given(reading: "Reading", before: Context) -> tuple[Given, ...]:
    """What was given one by one up to now; what is computed of it, or told beside it, leaves it as it is."""
    if reading.given:
        return kept(before.given, reading.given)
    query = reading.outcome.query if isinstance(reading.outcome, Planned) else None
    beside = bool(query and before.given and [one.reference for one in query.subjects] == [before.given[-1].reference])
    if reading.parse.taken:
        return reading.parse.taken
    return before.given if beside and not reading.answer.quotes else ()


def _is_unfound(outcome: Outcome, before: Context) -> bool:
    """Whether what a question was about was not found, or could be several: what it computed is of nothing else."""
    if isinstance(outcome, Ambiguity):
        return outcome.kind in _UNFOUND or (outcome.kind == "missing" and before.unfound)
    return isinstance(outcome, Absence) and outcome.reason == "no_project"


def _lists_another_year(reading: "Reading") -> bool:
    """4年度は？ after 5年度に評価Aの事業は？: the list of another year stays one, also where it holds but one project."""
    own, outcome = reading.parse.own, reading.outcome
    inherited = "conditions" in reading.parse.slots.inherited and own.years and not own.conditions
    dated = isinstance(outcome, Planned) and any(filter_.type in DATED for filter_ in outcome.query.filters)
    return bool(inherited and dated and not own.attributes)


def _ranked(reading: "Reading", years: Sequence[int]) -> Slots | None:
    """What ranked projects or picked them by how they moved, to be asked again the other way round."""
    query = reading.outcome.query if isinstance(reading.outcome, Planned) else None
    of_projects = query and len({subject.project for subject in query.subjects}) != 1
    ranking = query and of_projects and query.operators[-1] in ORDERING | GAINING | TRENDS
    return settled(_inherited(reading), years, ()) if ranking else None


def _within_list(reading: "Reading", before: Context) -> tuple[Condition, ...] | None:
    """What gives the projects of a list again: its filters, or the projects themselves where figures picked them.

    What can't be computed of a list leaves it as it was.
    """
    own, asked_back = reading.parse.own, isinstance(reading.outcome, Ambiguity) and reading.outcome.kind
    if asked_back in ("missing", "unheld") and not own.subjects and not own.conditions:
        return before.within
    query = reading.outcome.query if isinstance(reading.outcome, Planned | Absence) else None
    if query is None or (isinstance(reading.outcome, Absence) and query.operators != ("projects",)):
        return None
    filters = query.filters
    listing = query.bound is not None or query.operators[-1] in TRENDS
    of_line = len({subject.number for subject in query.subjects}) > 1 and listing
    ranked = query.operators[-1] in ORDERING and filters  # of a list that was ranked all of it stays
    if query.operators[-1] in SELECTS | {"having"} and not ranked and (of_line or not query.subjects):
        bounded = of_line and query.bound is not None
        picked = (quote.project for quote in reading.answer.quotes) if bounded else reading.answer.projects
        numbers = tuple(dict.fromkeys(project.no for project in picked))
        if not numbers:
            return None
        filters = (Filter("project", numbers[0], others=numbers[1:]),)
    return tuple(to_conditions(filters, query.plan)) if filters or not query.subjects else None


def _inherited(reading: "Reading") -> Slots:
    """The slots of a message with every condition that its list ran with: also a mark alone, and a word looked for."""
    slots, outcome = _derived(reading), reading.outcome
    if not isinstance(outcome, Planned) or not (slots.letters or slots.keywords) or not outcome.query.filters:
        return slots
    read = to_conditions(outcome.query.filters, outcome.query.plan)
    subjects = slots.subjects if outcome.query.subjects else ()  # a word that was looked for names none
    return slots._replace(
        subjects=subjects, conditions=tuple(_of_any_year(one) for one in read if one.type not in _OF_A_YEAR)
    )


def _derived(reading: "Reading") -> Slots:
    """The slots of a message, with both columns where what was asked is what they give: 達成率, 目標まであと何人."""
    slots, outcome = reading.parse.slots, reading.outcome
    query = outcome.query if isinstance(outcome, Planned) else None
    if query is None or query.operators[-1] not in BETWEEN or len(query.attributes) < 2:
        return slots
    return slots._replace(absents=(), attributes=query.attributes, cues=slots.cues | {query.operators[-1]})


def _of_any_year(condition: Condition) -> Condition:
    """The grade or the status of a year as such: which year, the next message says or inherits."""
    type_ = {"graded": "grade", "said": "status"}.get(condition.type)
    return condition._replace(type=type_, value=condition.value.partition(":")[2]) if type_ else condition


_UNFOUND = frozenset({"name", "names", "suggest", "unheld", "among"})
"""Questions back of which it is open what was meant."""
_OF_A_YEAR = STATED | {"figure", "text"}


def _is_of(reference: str, plan: str) -> bool:
    return reference.partition("/")[0] == plan


def _subject(subject: Subject, plan: str, catalog: Catalog, chains: Chains) -> Subject | None:
    if subject.number is not None and not plan:
        return subject  # asked back: a number may be one of any plan
    references = (f"{plan}/{subject.number}",) if subject.number is not None else subject.references
    found = tuple(dict.fromkeys(other for reference in references for other in _within(reference, catalog, chains)))
    how = "name" if subject.number is not None else subject.how
    return subject._replace(references=found, number=None, how=how) if found else None


def _within(reference: str, catalog: Catalog, chains: Chains) -> Iterator[str]:
    """What a reference is in a plan: itself, or what it goes on as."""
    if _is_of(reference, catalog.plan):
        yield reference
    else:
        yield from (other for other in chains.within(reference, catalog.plan) if other in catalog.names)


def _graded_years(planned: Planned) -> tuple[int, ...]:
    """The years of the grades that select projects, where they were said: 5年度に評価Aの事業."""
    said = not any(note.key == "latest" for note in planned.notes)
    graded = (one for filter_ in planned.query.filters if filter_.type == "graded" for one in filter_.alternatives())
    return tuple(dict.fromkeys(int(one.value.partition(":")[0]) for one in graded)) if said else ()


def _years_of(outcome: Outcome, understood: Parse) -> tuple[int, ...]:
    """The fiscal years that a message was about, also where its project had to be asked back."""
    match outcome:
        case Planned():
            said = [year for mention in understood.slots.years for year in mention.years]
            moved = outcome.query.operators[-1] in MOVING and len(said) in (1, 2)
            if moved:  # 25年度に増えた事業, 25年度が24年度より増えた事業: the year in which they did
                return (max(said),)
            return outcome.query.years or _graded_years(outcome)
        case Absence():
            return outcome.years or (outcome.query.years if outcome.query else ())
        case _:
            return tuple(dict.fromkeys(year for mention in understood.slots.years for year in mention.years))
