"""Orders: what a message means of the order of a list or of a ranking before it: the second, the other end."""

from collections.abc import Sequence

from nlp.merging import asking_cues
from nlp.slots import Slots
from nlp.subjects import Subject

__all__ = ["place", "ranks_again", "turned"]

_TURNS = {"more": "largest", "less": "smallest"}
"""Cues that ask for an end of an order."""


def place(own: Slots, listed: Sequence[str]) -> Slots:
    """2番目 is the second of what was listed; 2番目に多い is none of it."""
    places = [
        number.value for number in own.numbers if number.form == "ordinal" and 0 < abs(number.value) <= len(listed)
    ]
    if own.subjects or not places or own.ranks:
        return own
    found = [listed[place - 1 if place > 0 else place] for place in places]
    return own._replace(subjects=tuple(Subject((reference,), "place", "") for reference in found))


def ranks_again(own: Slots) -> bool:
    """一番少ないのは？, 24年度の上位3つは？, 100人以上は？ after 人数が一番多い事業は？: of the same projects, not of the one found."""
    nouns = any(mention.noun for mention in own.unknown)
    said = own.subjects or own.conditions or own.letters or own.of_last or nouns
    more = asking_cues(own) and asking_cues(own) <= _TURNS.keys() and not own.attributes and not own.measures
    ranks = own.cues & {"largest", "smallest"} or own.bounds or (more and not own.years)
    return bool(ranks) and not said and not own.cues & {"which_year", "whole"}


def turned(own: Slots) -> Slots:
    """低いのは？ after a ranking is its other end."""
    ends = {_TURNS[cue] for cue in own.cues & _TURNS.keys()}
    return own if own.cues & {"largest", "smallest"} else own._replace(cues=own.cues | ends)
