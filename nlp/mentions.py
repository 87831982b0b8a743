"""Mention: a piece of a message and what it can stand for."""

from collections.abc import Iterable
from typing import NamedTuple

from nlp.figures.figures import Figure
from nlp.figures.numbers import NumberMention
from nlp.names.lexicon import Meaning
from nlp.names.names import Link, Phrase
from nlp.years.fiscal import YearMention

__all__ = ["Mention", "longest"]


class Mention(NamedTuple):
    """A span of the normalised message with its typed candidates."""

    start: int
    """Where it begins in the normalised text."""
    end: int
    """Where it ends."""
    type: str
    """name, year, figure, number, letter, word (of the vocabulary), or unknown."""
    text: str
    """As it was typed."""
    meanings: tuple[Meaning, ...] = ()
    """Everything that it can stand for."""
    how: str = "exact"
    """How it was found: exact, alias, part, sound, words, spelling, text, word, grammar, none."""
    link: Link | None = None
    """How a name was found, with its scores."""
    noun: bool = False
    """Of an unknown word: whether it names something."""
    detail: YearMention | Figure | NumberMention | Phrase | None = None
    """What a grammar read."""

    @property
    def references(self) -> tuple[str, ...]:
        """The names that it can stand for."""
        return tuple([meaning.value for meaning in self.meanings if meaning.type in NAMED])

    @property
    def is_filler(self) -> bool:
        """Whether it says nothing of its own: 教えて, or the 助成 of a longer name."""
        return bool(self.meanings) and {meaning.type for meaning in self.meanings} <= _SILENT

    def of(self, kind: str) -> tuple[str, ...]:
        """Its values of one type."""
        return tuple([meaning.value for meaning in self.meanings if meaning.type == kind])


NAMED = frozenset({"project", "activity"})
"""Types of meaning that are the subject of a question."""

_SILENT = frozenset({"filler", "soft"})
"""Types of meaning that say nothing of their own."""
_RANK = {"name": 0, "year": 1, "figure": 2, "number": 3, "letter": 4, "word": 5}


def _rank(mention: Mention) -> int:
    """The 計画期間 that heads a column of the table is no year."""
    return 0 if mention.how == "heading" else _RANK[mention.type]


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap the longest stays; of equally long ones names and headings before years, figures, words."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, _rank(m), m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)
