"""Parting: names of several plans in one message, each read in its own plan without the others."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from bot.plans.choosing import Take
from kb.planning.asking import is_computing
from kb.planning.outcomes import Planned
from nlp.mentions import Mention
from nlp.recognition import Recognition
from nlp.subjects import SURE

__all__ = ["named_apart", "split_by_years"]


def named_apart(takes: Sequence[Take]) -> tuple[Take, ...]:
    """A take of each plan that a name of the message surely belongs to; none where one plan has all of them."""
    sure = [take for take in takes if take.names and take.parse.own.subjects]
    if len(sure) < 2 or any(_overlap(one.names, other.names) for one, other in combinations(sure, 2)):
        return ()
    found = [_without(take, [m for other in sure if other is not take for m in other.names]) for take in sure]
    return tuple(found) if all(isinstance(take.outcome, Planned) for take in found) else ()


def split_by_years(heard: Sequence[Recognition]) -> tuple[str, ...]:
    """Names of several plans, each with a year of its own: which year goes with which name must not be mixed up."""
    named = [[m for m in one.mentions if m.references and m.how in SURE] for one in heard]
    if any(_overlap(one, other) for one, other in combinations([names for names in named if names], 2)):
        return ()
    names = sorted((m for those in named for m in those), key=lambda mention: mention.start)
    years = {(m.start, m.end) for one in heard for m in one.mentions if m.type == "year"}
    if len([those for those in named if those]) < 2 or len(years) < 2:
        return ()
    text = heard[0].text
    cuts = [0, *(_beginning(mention, years, text.value) for mention in names[1:]), len(text.value)]
    return tuple(text.quote(start, end).strip("、, と") for start, end in pairwise(cuts))


# Private functions


def _overlap(one: Iterable[Mention], others: Sequence[Mention]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in others)


def _beginning(name: Mention, years: Iterable[tuple[int, int]], value: str) -> int:
    """A year right before a name belongs to it."""
    return next((start for start, end in years if value[end : name.start] == "の"), name.start)


def _without(take: Take, names: Sequence[Mention]) -> Take:
    """What a plan makes of a message without the names of others; figures of two plans aren't computed with."""
    recognition = take.parse.recognition
    kept = tuple(mention for mention in recognition.mentions if not _overlap([mention], names))
    parse, outcome = take.clerk.understand(recognition._replace(mentions=kept), take.context)
    if isinstance(outcome, Planned) and is_computing(parse):
        outcome = outcome._replace(query=outcome.query.plain()._replace(measure=""))
    return take._replace(parse=parse, outcome=outcome)
