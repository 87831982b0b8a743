"""Orders: what a message means of the order of a list or of a ranking before it: the second, the other end."""

from collections.abc import Sequence

from nlp.cues import asking_cues
from nlp.slots import Slots
from nlp.subjects import Subject

__all__ = ["goes_on", "place", "ranked"]

_TURNS = {"more": "largest", "less": "smallest"}
"""Cues that ask for an end of an order."""
_ENDS = frozenset({"largest", "smallest", "gained", "lost"})
"""Cues of orders."""
_MOVES = frozenset({"risen", "fallen", "rising", "falling", "changed", "unchanged"})
"""Cues that pick projects by how their figures moved."""


def ranked(own: Slots, places: int) -> Slots:
    """2位 is a place in the last order or list where that has so many, else in an order from the largest one on."""
    ordinals = [number.value for number in own.numbers if number.form == "ordinal"]
    anew = "placed" in own.cues and not any(0 < value <= places for value in ordinals)
    return own._replace(cues=own.cues | {"largest"}) if anew else own


def place(own: Slots, listed: Sequence[str]) -> Slots:
    """2番目 is the second of what was listed; 2番目に多い is none of it."""
    places = [
        number.value for number in own.numbers if number.form == "ordinal" and 0 < abs(number.value) <= len(listed)
    ]
    if own.subjects or not places or own.ranks:
        return own
    found = [listed[place - 1 if place > 0 else place] for place in places]
    return own._replace(subjects=tuple(Subject((reference,), "place", "") for reference in found))


def goes_on(own: Slots, last: Slots) -> Slots | None:
    """A message that asks the last order or trend of projects once more, another way round; None where it doesn't."""
    if last.cues & _MOVES and not last.cues & {"gained", "lost"}:
        return own._replace(cues=own.cues | {"project"}) if _moves_again(own) else None
    if _shifts(own):
        return own._replace(cues=own.cues | (last.cues & (_ENDS | {"order", "project"})))
    return _turned(own) if _ranks_again(own) else None


# Private functions


def _moves_again(own: Slots) -> bool:
    """増えたのは？ after 25年度に金額が減った事業は？: of the same projects, figures and years."""
    said = own.subjects or own.conditions or own.letters or own.of_last or own.attributes or own.bounds
    nouns = any(mention.noun for mention in own.unknown)
    moves = asking_cues(own.cues) & _MOVES
    return bool(moves) and asking_cues(own.cues) <= _MOVES | {"change"} and not said and not nouns


def _shifts(own: Slots) -> bool:
    """24年度は？, 来場者だと？ after 25年度に人数が一番多い事業は？: the same order of another year, or of other figures."""
    said = own.subjects or own.conditions or own.letters or own.attributes or own.absents or own.numbers or own.figures
    nouns = any(mention.noun for mention in own.unknown)
    of_it = own.cues & {"pronoun", "among", "both"} or asking_cues(own.cues) - {"supposing"}
    other = own.years or (own.measures and "supposing" in own.cues)
    return bool(other) and not (said or nouns or of_it or own.bounds or own.of_last)


def _ranks_again(own: Slots) -> bool:
    """一番少ないのは？, 24年度の上位3つは？, 100人以上は？ after 人数が一番多い事業は？: of the same projects, not of the one found."""
    nouns = any(mention.noun for mention in own.unknown)
    said = own.subjects or own.conditions or own.letters or own.of_last or nouns
    more = asking_cues(own.cues) and asking_cues(own.cues) <= _TURNS.keys() and not own.attributes and not own.measures
    ranks = own.cues & _ENDS or own.bounds or (more and not own.years)
    return bool(ranks) and not said and not own.cues & {"which_year", "whole"}


def _turned(own: Slots) -> Slots:
    """低いのは？ after a ranking is its other end."""
    ends = {_TURNS[cue] for cue in own.cues & _TURNS.keys()}
    return own if own.cues & {"largest", "smallest"} else own._replace(cues=own.cues | ends)
