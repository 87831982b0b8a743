"""Grams: which strings hold which one- and two-character pieces."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

__all__ = ["Grams"]


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

    def weigh(self, piece: str) -> dict[int, float]:
        """How much of a piece's two-character pieces each string holds; rare ones count more."""
        weights: dict[int, float] = {}
        for gram, times in Counter(piece[at : at + 2] for at in range(len(piece) - 1)).items():
            postings = self._postings.get(gram, ())
            for index in postings:
                weights[index] = weights.get(index, 0.0) + times / len(postings)
        return weights


# Private functions


def _grams(string: str) -> set[str]:
    return set(string) | {string[at : at + 2] for at in range(len(string) - 1)}
