"""Questions by the thousand: kind × project × year × phrasing × noise of a phone, each with what a right reply holds.

The phrasings here are the examiner's own. Whoever writes the bot's cues must not copy them, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from tests.examination.absences import ABSENCES
from tests.examination.arithmetic import ARITHMETIC
from tests.examination.changes import CHANGES
from tests.examination.crossing import CROSSING
from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import Expect, Question
from tests.examination.followups import FOLLOWUPS
from tests.examination.gold import Table
from tests.examination.groups import GROUPS
from tests.examination.keywords import SCOPED
from tests.examination.lists import LISTS
from tests.examination.lookups import LOOKUPS
from tests.examination.movers import MOVERS
from tests.examination.names import Names
from tests.examination.noise import EXACT, FUZZY, apply_noise
from tests.examination.pieces import Message, text_of
from tests.examination.printed import PRINTED
from tests.examination.ranges import RANGES
from tests.examination.refusals import REFUSALS
from tests.examination.scopes import SCOPES
from tests.examination.totals import TOTALS

__all__ = ["KINDS", "SELECTING", "questions"]

SELECTING: dict[str, Kind] = LOOKUPS | LISTS | ABSENCES | REFUSALS | FOLLOWUPS
"""Kinds that select cells, lists and attributes, or turn down, by their names."""
KINDS: dict[str, Kind] = (
    SELECTING | ARITHMETIC | CROSSING | RANGES | CHANGES | MOVERS | GROUPS | SCOPED | TOTALS | SCOPES | PRINTED
)
"""Every kind by its name."""

# How often a kind comes, where it isn't once: what people mostly ask is the result of a year.
WEIGHTS = {
    "result.polite": 5, "result.casual": 5, "result.short": 5, "result.number": 3, "result.rambling": 3,
    "result.measure": 5, "activity": 3, "grade": 3, "description": 2, "absent.blank": 2, "absent.attribute": 2,
    "clarify.name": 2, "follow.year": 3, "follow.project": 2,
}  # fmt: skip
ONE_NOISE, TWO_NOISES = 0.4, 0.1
TRIES = 6


def questions(table: Table, seed: int, n: int, kinds: Iterable[str] = KINDS) -> list[Question]:
    """n questions of these kinds: the same for the same table and seed."""
    random = Random(seed)
    sheet = Sheet(table, Names(table), random)
    return [_question(sheet, f"g{seed}-{place:05}", kind) for place, kind in enumerate(_drawn(random, list(kinds), n))]


# Private functions


def _drawn(random: Random, kinds: Sequence[str], n: int) -> list[str]:
    """n kinds in any order: each has its share, so that none is missed by chance, and the rest is drawn."""
    weights = [WEIGHTS.get(kind, 1) for kind in kinds]
    shares = [kind for kind, weight in zip(kinds, weights, strict=True) for _ in range(n * weight // sum(weights))]
    drawn = [*shares, *random.choices(kinds, weights, k=n - len(shares))]
    random.shuffle(drawn)
    return drawn


def _question(sheet: Sheet, number: str, kind: str) -> Question:
    draft = KINDS[kind](sheet)
    turns, noises = _noised(sheet, draft)
    fuzzy = any(noise in FUZZY for noise in noises)
    others = (*draft.alternatives, Expect(("clarify",), must=(draft.asked_about,))) if fuzzy else draft.alternatives
    expect = replace(draft.expect, stale=()) if fuzzy else draft.expect
    texts = tuple(text_of(turn) for turn in turns)
    return Question(number, kind, texts, expect, others, noises, draft.ordinal)


def _noised(sheet: Sheet, draft: Draft) -> tuple[tuple[Message, ...], tuple[str, ...]]:
    """The turns with none, one or two noises, and which."""
    draw = sheet.random.random()
    wanted = 0 if not draft.noisy else 2 if draw < TWO_NOISES else 1 if draw < TWO_NOISES + ONE_NOISE else 0
    turns, noises = list(draft.turns), list[str]()
    for _ in range(TRIES):
        if len(noises) == wanted:
            break
        known = [*EXACT, *FUZZY] if draft.asked_about else list(EXACT)
        name = sheet.random.choice(
            [n for n in known if n not in noises and not (n in FUZZY and set(noises) & set(FUZZY))]
        )
        place = sheet.random.randrange(len(turns))
        noised = apply_noise(name, turns[place], sheet.random, sheet.names)
        if noised is not None and text_of(noised) != text_of(turns[place]):
            turns[place] = noised
            noises.append(name)
    return tuple(turns), tuple(noises)
