"""Choosing: of the readings of one message by the clerks of several plans, those that fit it best."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.clerks import Clerk, Reading
from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned
from kb.query import Query
from nlp.contexts import Context
from nlp.figures.numbers import NumberMention
from nlp.mentions import Mention
from nlp.names.names import RULES
from nlp.parsing import Parse
from nlp.subjects import SURE, Subject, is_subject

__all__ = ["Rank", "Take", "best", "rank", "standing", "years_inside"]


class Take(NamedTuple):
    """A message as the clerk of one plan takes it."""

    clerk: Clerk
    """Whose it is."""
    context: Context
    """The conversation in the terms of the plan."""
    parse: Parse
    """How it was understood."""
    outcome: Outcome
    """What comes of it."""

    @property
    def plan(self) -> str:
        """Id of the plan."""
        return self.clerk.plan

    @property
    def query(self) -> Query | None:
        """What is to be run, or what an absent thing was asked of."""
        return self.outcome.query if isinstance(self.outcome, Planned | Absence) else None

    @property
    def project(self) -> str:
        """The one project that it is about, "" where there is none, or several."""
        subjects = self.query.subjects if self.query else ()
        return subjects[0].reference if len(subjects) == 1 and subjects[0].position is None else ""

    @property
    def names(self) -> tuple[Mention, ...]:
        """The mentions that surely name a project of the plan."""
        mentions = self.parse.recognition.mentions
        return tuple(m for m in mentions if is_subject(m) and (isinstance(m.detail, NumberMention) or m.how in SURE))

    @property
    def operator(self) -> str:
        """What its kind of question does first."""
        return self.parse.operators[0] if self.parse.operators else ""

    def answered(self) -> Reading:
        """Run, put into words and proven."""
        return self.clerk.answered(self.parse, self.outcome)


class Rank(NamedTuple):
    """How well a plan fits a message; more is better, what stands first decides first."""

    named: bool
    """The message names the plan."""
    sure: int
    """Letters of the names that are surely meant: the longest exact name."""
    leans: bool
    """It leans on a conversation about this plan."""
    found: bool
    """What is asked about is in the plan."""
    placed: int
    """Letters that could not be placed, below 0."""


def rank(take: Take, talked: str) -> Rank:
    """The place of a take; `talked`: the plan that the conversation is about."""
    parse = take.parse
    own = _own(take)
    unknown = [mention for mention in parse.own.unknown if mention.type == "unknown"]
    found = not (isinstance(take.outcome, Absence) and take.outcome.reason == "no_project")
    others = set() if found else {line.start for _, line in parse.modified()}  # the line of something else
    return Rank(
        take.plan in parse.recognition.plans,
        sum(len(subject.text) or 1 for subject in own if subject.how in SURE and subject.start not in others),
        bool(parse.slots.inherited) and take.plan == talked and not any(mention.noun for mention in unknown),
        found,
        0 if _looks_for_words(take) else -sum(len(mention.text) for mention in unknown),
    )


def best(takes: Sequence[Take], talked: str) -> tuple[Take, ...]:
    """The takes that nothing tells apart: of those ranked highest, those that no other one outdoes; years decide last."""
    ranked = [(rank(take, talked), take) for take in takes]
    highest = max(place for place, _ in ranked)
    top = [take for place, take in ranked if place == highest]
    kept = [take for take in top if not any(_outdoes(_hold(other), _hold(take)) for other in top)]
    most = max(map(_years, kept))
    return tuple(take for take in kept if _years(take) == most)


def standing(reading: Reading) -> int:
    """What a reading gives: 0 an answer or a choice of names, 1 a blank, 2 another absence, 3 nothing at all."""
    answer = reading.answer
    if isinstance(reading.outcome, Absence) and answer.status in ("answer", "no_data"):
        return 2
    if answer.status in ("answer", "help") or (answer.status == "clarify" and answer.choices):
        return 0
    if answer.status == "no_data" or isinstance(reading.outcome, Ambiguity):
        return 1 if answer.reason in ("blank", "dash", "empty") else 2
    return 3


def years_inside(take: Take) -> dict[tuple[int, int], tuple[int, ...]]:
    """The years that are said and that the plan has, by the place in the message."""
    catalog, own = take.clerk.catalog, take.parse.own
    said = {(mention.start, mention.end): mention.years for mention in own.years if mention.years}
    bare = {
        (number.start, number.end): (catalog.era_year(number.value),)
        for number in own.numbers
        if number.form == "bare" and take.parse.slots.subjects
    }
    inside = {
        place: tuple(year for year in years if year in catalog.years) for place, years in {**said, **bare}.items()
    }
    return {place: years for place, years in inside.items() if years}


# Private functions


def _own(take: Take) -> list[Subject]:
    """The subjects that the message names itself and that the plan has."""
    numbered = take.clerk.catalog.numbered
    return [subject for subject in take.parse.own.subjects if subject.number is None or numbered(subject.number)]


def _looks_for_words(take: Take) -> bool:
    """Whether words are looked for: what one plan takes for a name is a keyword in another."""
    return bool(take.parse.kind and take.parse.kind.required & {"keyword", "topic"})


def _hold(take: Take) -> tuple[int, int]:
    """How surely a plan's names were linked, and how many letters of the message they take up."""
    own = _own(take)
    themed = any(condition.type == "keyword" for condition in take.parse.own.conditions)  # 中小企業に関する
    if take.operator in ("projects", "label") or themed or any(subject.how in SURE for subject in own):
        return 0, 0
    rules = [-RULES.index(subject.how) if subject.how in RULES else 0 for subject in own]
    return max(rules, default=-len(RULES)), sum(len(subject.text) for subject in own)


def _outdoes(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """More in one respect and not less in the other: a piece of a name and a longer misspelling outdo neither."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def _years(take: Take) -> int:
    """1 where the years that are said are the plan's, -1 where they are not, 0 where none is said."""
    if years_inside(take):
        return 1
    return -1 if any(mention.years for mention in take.parse.own.years) else 0
