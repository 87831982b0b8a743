"""Grams: which strings hold which one- and two-character pieces."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

__all__ = ["WALKED", "Grams"]

WALKED = 3000
"""Places of pieces after which the commoner pieces of a word are left out: nearly every name holds 事業."""


class Grams:
    """Which strings hold which one- and two-character pieces."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = tuple(strings)

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        """Which strings hold each piece; made when one is first looked for: most questions name a thing as it is printed."""
        postings: dict[str, list[int]] = defaultdict(list)
        for index, string in enumerate(self._strings):
            for gram in _grams(string):
                postings[gram].append(index)
        return dict(postings)

    def containing(self, piece: str) -> list[int]:
        """The strings that hold a piece as it is."""
        if not piece:
            return []
        grams = [piece[at : at + 2] for at in range(len(piece) - 1)] or [piece]
        rarest = min((self._postings.get(gram, ()) for gram in grams), key=len)
        return [index for index in rarest if piece in self._strings[index]]

    def weigh(self, piece: str, most: int = WALKED) -> dict[int, float]:
        """How much of a piece's two-character pieces each string holds; rare ones count more, the commonest are left out."""
        weights: dict[int, float] = {}
        counted = Counter(piece[at : at + 2] for at in range(len(piece) - 1))
        held = [(self._postings.get(gram, ()), times) for gram, times in counted.items()]
        walked = 0
        for postings, times in sorted(held, key=lambda pair: len(pair[0])):
            if walked > most:
                break
            walked += len(postings)
            for index in postings:
                weights[index] = weights.get(index, 0.0) + times / len(postings)
        return weights


# Private functions


def _grams(string: str) -> set[str]:
    return set(string) | {string[at : at + 2] for at in range(len(string) - 1)}
