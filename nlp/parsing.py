"""Parsing: a recognised message and the conversation make one Parse: a kind of question with its slots."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.contexts import Context
from nlp.givens import Given, beside, is_bare, placed, taken, with_both
from nlp.mentions import Mention
from nlp.merging import merge, stands_alone, within
from nlp.orders import goes_on, place, ranked
from nlp.questions import Kind
from nlp.recognition import Recognition
from nlp.slots import Slots, fill
from nlp.subjects import SURE, Subject, joins
from nlp.years.fiscal import YearForm, YearMention

__all__ = ["Candidate", "Parse", "parse"]

FEW = 3
"""Projects that a silenced name may still mean; more of them are no name but a word that many hold."""


class Candidate(NamedTuple):
    """A kind of question that a message could be, with its rank."""

    kind: Kind
    """The kind."""
    rank: tuple[int, int, int]
    """Cues matched, slots required, letters of the cues matched: more is better."""


class Parse(NamedTuple):
    """A message as it was understood."""

    recognition: Recognition
    """What was recognised."""
    own: Slots
    """The slots that the message fills itself."""
    slots: Slots
    """The slots, those of the conversation included."""
    kind: Kind | None
    """The kind of question; None where no kind fits."""
    competed: tuple[Candidate, ...]
    """All kinds that fit, best first."""
    context: Context
    """The conversation before this message."""
    taken: tuple[Given, ...] | None = None
    """Of a bare 差は？: what was just given and is computed with, nothing where it isn't known; None of any other message."""
    placed: bool = False
    """Whether it asks for a place in the last ranking: 2番目は？"""

    @property
    def operators(self) -> tuple[str, ...]:
        """What the kind of question does; nothing where no kind fits."""
        return self.kind.operators if self.kind else ()

    def unread(self) -> tuple[Mention, ...]:
        """Names of things in the asking sentence that could not be placed."""
        if not self.slots.unknown:
            return ()
        if self.kind and self.kind.required & {"keyword", "topic"}:
            return self._cut_off()  # the others are what is looked for
        start, end = self._asking()
        used = {self.recognition.text.value[m.start : m.end] for m in self.recognition.mentions if m.type != "unknown"}
        return tuple(
            mention
            for mention in self.slots.unknown
            if mention.noun and start <= mention.start < end and mention.text not in used
        )

    def beside_names(self) -> tuple[Mention, ...]:
        """Unknown names of things that の joins to a name: the 明日 of 明日の会議."""
        mentions = self.recognition.mentions
        pairs = list(pairwise(mentions))
        return tuple(
            unknown
            for one, other in pairs
            for unknown, name in ((one, other), (other, one))
            if unknown.type == "unknown"
            and unknown.noun
            and name.references
            and self.recognition.between(one, other) in ("の", "", "・")
        )

    def modified(self) -> tuple[tuple[Mention, Mention], ...]:
        """Unknown nouns before a name that is printed, but for a year, with that name: マラソン大会 before 参加者数."""
        before = {year.end: one for one, year in pairwise(self.recognition.mentions) if year.type == "year"}
        return tuple(
            (unknown, name)
            for one, name in pairwise(self.recognition.mentions)
            if name.references and name.how in SURE and self.recognition.between(one, name) in ("の", "")
            for unknown in (before.get(one.end, one),)
            if unknown.type == "unknown" and unknown.noun
        )

    def aside(self) -> tuple[Subject, ...]:
        """Other names that a surer one silenced; a computation may need them all the same."""
        kept = {reference for subject in self.own.subjects for reference in subject.references}
        return tuple(
            Subject(mention.references, mention.how, mention.text, link=mention.link, start=mention.start)
            for mention in self.own.unknown
            if 0 < len(mention.references) <= FEW and not kept & set(mention.references)
            if mention.how in ("exact", "part", "sound", "text", "spelling")
        )

    def joined_unknown(self) -> tuple[Mention, ...]:
        """Unknown names that stand side by side with a known one: they can't be left out of an answer."""
        if all(mention.type != "unknown" for mention in self.recognition.mentions):
            return ()
        breaks = self.recognition.text.breaks()
        return tuple(
            unknown
            for one, other, between in self.recognition.neighbours()
            for unknown, name in ((one, other), (other, one))
            if unknown.type == "unknown"
            and unknown.noun
            and name.references
            and joins(between, other.start in breaks)
            and (between.startswith("と") or (unknown.link and unknown.link.likely))
        )

    def coordinated(self) -> frozenset[int]:
        """Where the names begin that と or a comma puts side by side."""
        breaks = self.recognition.text.breaks()
        pairs = self.recognition.neighbours()
        side_by_side = ((o, p) for o, p, between in pairs if between and joins(between, p.start in breaks))
        return frozenset(one.start for pair in side_by_side for one in pair if one.references)

    def _cut_off(self) -> tuple[Mention, ...]:
        """Unknown words that are written together with what is looked for, and are no part of it: …「しあわせ」交換."""
        return tuple(
            one
            for one, other in pairwise(self.recognition.mentions)
            if one.type == "unknown" and not one.noun and (other.noun or other.references)
            if self.recognition.between(one, other) == ""
        )

    def _asking(self) -> tuple[int, int]:
        """The sentence that asks: the last one that names a subject, or asks for something."""
        telling = [m for m in self.recognition.mentions if m.references] or [
            m for m in self.recognition.mentions if m.type in ("year", "word")
        ]
        start = self.recognition.sentence_of(telling[-1].start) if telling else 0
        stops = (m.start for m in self.recognition.mentions if self.recognition.sentence_of(m.start) > start)
        return start, min(stops, default=len(self.recognition.text.value))


def parse(recognition: Recognition, kinds: Sequence[Kind], context: Context) -> Parse:
    """Merge the message's slots with the conversation's, then choose the kind of question by a fixed total order."""
    filled = ranked(fill(recognition), len(context.order or context.listed))
    context = context._replace(slots=with_both(filled, context.slots, context.given))
    own = within(filled, context.slots)
    if is_bare(filled, context.given) and (context.given or _is_of_one_year(context.slots)):
        run = taken(filled, context.given)
        slots = beside(filled, run) if run else merge(own, context.slots, context.within)
        return _parsed(recognition, filled, slots, rank(slots, kinds), context)._replace(taken=run)
    place_ = placed(filled, context.order)
    if place_:
        return _parsed(recognition, filled, place_, rank(place_, kinds), context)._replace(placed=True)
    again = goes_on(own, context.ranked) if context.ranked else None
    if again and context.ranked:
        merged = merge(again, context.ranked)
        return _parsed(recognition, again, merged, rank(merged, kinds), context)
    alone = rank(own, kinds)
    if alone and stands_alone(own, alone[0].kind, context.slots, context.within):
        return _parsed(recognition, own, own, alone, context)
    merged = merge(place(own, context.listed), context.slots, context.within)
    return _parsed(recognition, own, merged, rank(merged, kinds) or alone, context)


def _parsed(
    recognition: Recognition, own: Slots, slots: Slots, candidates: tuple[Candidate, ...], context: Context
) -> Parse:
    """A message as the best of the kinds that fit."""
    return Parse(recognition, own, slots, candidates[0].kind if candidates else None, candidates, context)


def rank(slots: Slots, kinds: Sequence[Kind]) -> tuple[Candidate, ...]:
    """The kinds that fit, best first: more cues, then more required slots, then longer cues, then the kind's name."""
    filled = slots.filled()
    fitting = []
    for kind in kinds:
        if not (kind.required <= filled and kind.forbidden.isdisjoint(filled)):
            continue
        matched = [cues for cues in kind.cues if slots.cues.issuperset(cues)]
        if kind.cues and not matched:
            continue
        most = max(map(len, matched), default=0)
        length = max((sum(map(len, cues)) for cues in matched if len(cues) == most), default=0)
        fitting.append(Candidate(kind, (most, len(kind.required), length)))
    return tuple(sorted(fitting, key=lambda candidate: (*(-part for part in candidate.rank), candidate.kind.name)))


def _is_of_one_year(slots: Slots) -> bool:
    """Whether one project in one year was talked about."""
    return len(slots.subjects) == 1 and len({year for mention in slots.years for year in mention.years}) == 1


def settled(slots: Slots, years: Sequence[int], references: Sequence[str]) -> Slots:
    """The slots that the next message may inherit: one thing that was found is what it will be about."""
    explicit = (YearMention(0, 0, YearForm.ERA, tuple(years)),) if years else ()
    if len(references) == 1 and not slots.subjects:
        return slots._replace(
            subjects=(Subject(tuple(references), "place", ""),), conditions=(), bounds=(), years=(), cues=frozenset()
        )
    return slots._replace(years=explicit, numbers=(), unknown=(), figures=())
