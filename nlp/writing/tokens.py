"""Tokens: the one door to SudachiPy (split mode A, core dictionary)."""

import threading
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import sudachipy

from nlp.writing.text import fold, fold_sound

__all__ = ["Token", "Tokenizer"]

REMEMBERED = 4096
"""Dictionary words whose keys and sounds are kept: folding a word costs more than cutting it off."""
_COUNTING = frozenset({"数詞", "助数詞可能", "副詞可能"})
_GRAMMAR = frozenset({"助詞", "助動詞", "補助記号", "空白", "接続詞", "感動詞", "記号"})


class Token(NamedTuple):
    """One morpheme of a normalised text."""

    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends in the text."""
    key: str
    """Its surface, folded; empty for a mark."""
    sound: str
    """Its reading, folded as a sound; the surface where it has none."""
    reading: str
    """Its reading as the dictionary gives it, in katakana; the surface where it has none."""
    pos: str
    """Its part of speech, as Sudachi calls it (名詞, 助詞 …)."""
    counts: bool = False
    """Whether it counts or dates, and names nothing by itself: ゼロ, 日, 1人, 前年, 当たり."""

    @property
    def is_grammar(self) -> bool:
        """Whether it only joins other words (particle, auxiliary, mark)."""
        return self.pos in _GRAMMAR


class Tokenizer:
    """Tokenises from any thread: SudachiPy's tokenizers may not be shared between threads."""

    def __init__(self) -> None:
        self._dictionary = sudachipy.Dictionary(dict="core")
        self._local = threading.local()
        self._known: dict[tuple[int, str], _Word] = {}

    def tokenize(self, value: str, breaks: Sequence[int] = ()) -> tuple[Token, ...]:
        """The tokens of a normalised text, in order; together they cover it, none over a break."""
        tokenize = self._tokenizer().tokenize
        if not breaks:
            return tuple(self._token(morpheme, 0) for morpheme in tokenize(value))
        edges = (0, *breaks, len(value))
        return tuple(
            self._token(morpheme, start) for start, end in pairwise(edges) for morpheme in tokenize(value[start:end])
        )

    # Private functions

    def _token(self, morpheme: sudachipy.Morpheme, start: int) -> Token:
        word = morpheme.word_id(), morpheme.surface()
        known = self._known.get(word)
        if known is None:
            known = _read(morpheme)
            if len(self._known) < REMEMBERED and not morpheme.is_oov():
                self._known[word] = known
        return Token(start + morpheme.begin(), start + morpheme.end(), *known)

    def _tokenizer(self) -> sudachipy.Tokenizer:
        if not hasattr(self._local, "tokenizer"):
            self._local.tokenizer = self._dictionary.tokenizer(mode=sudachipy.SplitMode.A)
        tokenizer: sudachipy.Tokenizer = self._local.tokenizer
        return tokenizer


# Private functions

_Word = tuple[str, str, str, str, bool]
"""Key, sound, reading, part of speech, and whether it counts."""


def _read(morpheme: sudachipy.Morpheme) -> _Word:
    key = fold(morpheme.surface())
    reading = morpheme.reading_form() if key else ""
    sound = fold_sound(reading) or fold_sound(key)
    pos, *finer = morpheme.part_of_speech()
    return key, sound, reading or morpheme.surface(), pos, not _COUNTING.isdisjoint(finer)
