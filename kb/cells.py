"""Cells: what a cell says together with the unit that a heading states for it: 「10,136」 under 決算額(千円) is 10,136千円."""

import unicodedata
from collections.abc import Iterable

from nlp.figures.figures import Figure, read_figures
from nlp.figures.numerals import Numeral, numeral_at
from nlp.figures.units import canonical_unit

__all__ = ["DASHES", "is_dash", "is_plain", "is_telling", "read_cell_figures", "show_cell"]

DASHES = "-－ー―—–‐‑‒−─ｰ"
"""Every dash that a cell may say nothing with."""
_MINUS = frozenset("-−－‐–△▲")


def show_cell(text: str, unit: str) -> str:
    """A cell as it is quoted: verbatim, a bare number with the unit that is stated for it."""
    return f"{text}{unit}" if unit and _bare(_fold(text)) else text


def read_cell_figures(text: str, unit: str = "") -> tuple[Figure, ...]:
    """The figures of a cell; a bare number is one of its stated unit, or of none (unit ""), -5% is negative."""
    folded = _fold(text)
    bare = _bare(folded)
    if bare is None:
        return _negative(text) or read_figures(text)
    return (_figure(text, folded, bare, unit),)


def is_plain(text: str, unit: str = "") -> bool:
    """Whether a cell is one number with its unit and nothing else: two lines may well print the same one by chance."""
    if text[:1] not in _MINUS and numeral_at(_fold(text), 0) is None:
        return False  # what begins with a word needs no further reading
    found = read_cell_figures(text, unit)
    return len(found) == 1 and found[0].label is None and found[0].end - found[0].start == len(show_cell(text, unit))


def is_dash(text: str) -> bool:
    """Whether a cell says that there is nothing, with whichever dash: not the same as a blank."""
    return bool(text.strip()) and not text.strip().strip(DASHES)


def is_telling(line: Iterable[str], unit: str = "") -> bool:
    """Whether the cells of a row say more than a number each: two rows that print the same are one activity then."""
    return any(text and not is_dash(text) and not is_plain(text, unit) for text in line)


# Private functions


def _fold(text: str) -> str:
    """Half-width, so that places stay true; a sign as △."""
    folded = "".join(_half(character) for character in text)
    return f"△{folded[1:]}" if folded[:1] in _MINUS and folded[1:2].isdigit() else folded


def _half(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character).lower()
    return narrow if len(narrow) == 1 else character


def _bare(folded: str) -> Numeral | None:
    """The number that a cell is, if it is nothing else; 007 is a code, 三 is a word."""
    digits = folded.removeprefix("△")
    coded = digits[:1] == "0" and digits[1:2].isdigit()
    if not digits[:1].isdigit() or not digits.isascii() or coded:
        return None
    numeral = numeral_at(folded, 0)
    return numeral if numeral and numeral.end == len(folded) else None


def _figure(text: str, folded: str, bare: Numeral, unit: str) -> Figure:
    shown = f"{text}{unit}"
    known = numeral_at(f"{folded}{_fold(unit)}", 0)
    rest = _fold(shown)[known.end :].strip() if known else ""
    canonical = canonical_unit(rest)
    if known and canonical:
        return Figure(0, len(shown), known.value, canonical, shown, None, None)
    return Figure(0, len(shown), bare.value, unit, shown, None, None)


def _negative(text: str) -> tuple[Figure, ...]:
    """-5% · -1,234千円: one figure with a sign before it, and nothing else."""
    if text[:1] not in _MINUS:
        return ()
    found = read_figures(text[1:])
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text) - 1):
        return ()
    only = found[0]
    return (Figure(0, len(text), -only.value, only.unit, text, only.label, only.qualifier),)
