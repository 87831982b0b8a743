"""Grades: how the grades of a table are written, as words, as digits and as marks (build side)."""

from collections.abc import Iterator
from itertools import product

from nlp.names.lexicon import Entry, Meaning
from nlp.writing.text import fold, normalize, to_key
from nlp.writing.tokens import Tokenizer

__all__ = ["forms", "is_score", "is_word", "marks"]

_ALIKE = ("○◯〇", "×✕✖")
_VERBAL = ("ている", "てる", "ていた", "てた", "た")
"""How a grade that ends in kana is said as a verb."""


def is_score(grade: str) -> bool:
    """Whether it is a digit or one character that means other things alone: 4, 良."""
    key = to_key(grade)
    return key.isdecimal() or (len(key) == 1 and not key.isascii())


def is_word(grade: str) -> bool:
    """Whether it is found like any word: 順調, and neither 4 nor A+."""
    key = to_key(grade)
    return len(key) > 1 and not key.isdecimal() and not (key.isascii() and len(key) < len(normalize(grade).value))


def marks(grade: str) -> Iterator[Entry]:
    """A grade that is no word, in each way to write its marks; a lone letter is read anyway."""
    value = normalize(grade).value
    if (len(value) == 1 and value.isascii()) or is_score(grade):
        return
    alike = [next((group for group in _ALIKE if character in group), character) for character in value]
    for form in product(*alike):
        yield Entry("".join(form), (Meaning("grade", grade),), "mark")


def forms(grade: str, tokenizer: Tokenizer) -> Iterator[str]:
    """概ね順調 · おおむね順調 · 概ねじゅんちょう: as printed, with one of its words or all of them by their reading."""
    value = normalize(grade).value
    tokens = tokenizer.tokenize(value)
    yield to_key(grade)
    if "ぁ" <= value[-1] <= "ん":  # 遅れ, of which one says 遅れている
        yield from (f"{to_key(grade)}{fold(ending)}" for ending in _VERBAL)
    readings = [fold(token.reading) for token in tokens]
    surfaces = [fold(value[token.start : token.end]) for token in tokens]
    for at in range(len(tokens)):
        yield "".join((*surfaces[:at], readings[at], *surfaces[at + 1 :]))
    yield "".join(readings)
