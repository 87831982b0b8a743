"""Histories: a project that goes on from plan to plan, answered from each plan that has something of it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.contexts import about
from bot.plans.choosing import Take, years_inside
from kb.chains import Chains
from kb.planning.asking import is_computing
from kb.planning.outcomes import Absence, Note, Planned
from kb.terms import FIGURED
from nlp.mentions import Mention
from nlp.names.lexicon import Meaning
from nlp.recognition import Recognition
from nlp.subjects import is_subject

__all__ = ["history", "translated"]


def history(take: Take, takes: Mapping[str, Take], chains: Chains) -> tuple[Take, ...]:
    """The takes that answer together, the earliest plan first; none where the plan that was taken is enough."""
    chain = chains.of(take.project) if take.project else ()
    if len(chain) < 2 or take.operator != "cells":
        return ()
    others = {
        reference: translated(take, takes[plan], reference)
        for reference in chain
        if reference != take.project and (plan := reference.partition("/")[0]) in takes
    }
    planned = {
        ref: other for ref, other in others.items() if isinstance(other.outcome, Planned) and other.project == ref
    }
    if _asks_all(take):
        return _in_order(chain, take, {reference: _noted(other, reference) for reference, other in planned.items()})
    return _of_years(chain, take, planned)


def translated(take: Take, other: Take, reference: str) -> Take:
    """The message at another plan's clerk, where this project's name stands for its own there."""
    spans = [(m.start, m.end) for m in take.parse.recognition.mentions if is_subject(m)]
    recognition = _with_names(other.parse.recognition, spans, reference)
    context = about(other.context, reference, other.clerk.catalog) if not spans else other.context
    return Take(other.clerk, context, *other.clerk.understand(recognition, context))


# Private functions


def _asks_all(take: Take) -> bool:
    """推移, 実績, これまで: all years of a project, where no plan is named."""
    query = take.query
    return (
        isinstance(take.outcome, Planned)
        and query is not None
        and not query.years
        and any(attribute in FIGURED for attribute in query.attributes)
        and take.plan not in take.parse.recognition.plans
        and not any(mention.years for mention in take.parse.own.years)
        and not any(number.form == "bare" for number in take.parse.own.numbers)
    )


def _of_years(chain: Sequence[str], take: Take, others: Mapping[str, Take]) -> tuple[Take, ...]:
    """The years that the plan which was taken doesn't have and another one does."""
    own = years_inside(take)
    absent = isinstance(take.outcome, Absence) and take.outcome.reason == "no_year"
    found: dict[str, Take] = {}
    for reference, other in others.items():
        years = tuple(year for year in _added(take, other) if year not in sum(own.values(), ()))
        if absent and not own and other.query and other.query.years:
            found[reference] = _noted(other, reference)
        elif years and other.query:
            found[reference] = _noted(_of(other, years), reference)
    if not found:
        return ()
    if not own and not (take.query and take.query.years):
        return tuple(found.values() if len(found) == 1 else map(_plain, found.values()))
    return _in_order(chain, _of(take, sum(own.values(), ())), {ref: _plain(other) for ref, other in found.items()})


def _added(take: Take, other: Take) -> Iterator[int]:
    """Years that another plan reads where this one has none, or where both read the same years."""
    own, said = years_inside(take), {(m.start, m.end): m.years for m in take.parse.own.years}
    theirs = {(m.start, m.end): m.years for m in other.parse.own.years}
    for place, years in years_inside(other).items():
        if place not in own or said.get(place) == theirs.get(place):
            yield from years


def _of(take: Take, years: tuple[int, ...]) -> Take:
    """A take of just these years, without what it lacks: another part has it."""
    if not isinstance(take.outcome, Planned):
        return take
    notes = tuple(note for note in take.outcome.notes if note.key != "outside")
    query = take.outcome.query.plain()._replace(years=years, measure="")
    return take._replace(outcome=Planned(query, notes))


def _plain(take: Take) -> Take:
    """A part that is not computed with: figures of two plans don't add up."""
    return _of(take, take.query.years) if take.query and is_computing(take.parse) else take


def _noted(take: Take, reference: str) -> Take:
    """A part of a history says what the project is called in its plan."""
    if not isinstance(take.outcome, Planned):
        return take
    notes = tuple(note for note in take.outcome.notes if note.key != "matched")
    return take._replace(outcome=take.outcome._replace(notes=(Note("continued", reference=reference), *notes)))


def _in_order(chain: Sequence[str], take: Take, others: Mapping[str, Take]) -> tuple[Take, ...]:
    parts = {**others, take.project: take}
    return tuple(parts[reference] for reference in chain if reference in parts) if others else ()


def _with_names(recognition: Recognition, spans: Sequence[tuple[int, int]], reference: str) -> Recognition:
    """A recognition where these places name a project."""
    kept = [m for m in recognition.mentions if not any(m.start < end and start < m.end for start, end in spans)]
    meaning = (Meaning("project", reference),)
    named = [
        Mention(start, end, "name", recognition.text.quote(start, end), meaning, "name") for start, end in spans[:1]
    ]
    return recognition._replace(mentions=tuple(sorted([*kept, *named], key=lambda mention: mention.start)), hints=())
