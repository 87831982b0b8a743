"""Numerals: one number, in digits, in kanji or in both (12,345・四十二・1013万6千・△3.2千)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nlp.writing.patterns import Pattern

__all__ = ["KANA_NUMBER", "KANJI_DIGITS", "Numeral", "numeral_at", "read_numerals", "small_number"]

KANJI_DIGITS = "〇零一二三四五六七八九"
"""Kanji that stand for one digit."""

_ONES = "いち|に|さん|よん|よ|し|ご|ろく|なな|しち|はち|きゅう|く"
_TENS = f"(?:{_ONES})?じゅう(?:{_ONES})?"
KANA_NUMBER = f"(?:にせん)?(?:{_TENS}|{_ONES})"
"""The pattern of a number from 1 to 99 (or 2001 to 2099) spelt in kana; what follows must decide that it is one."""


class Numeral(NamedTuple):
    """A number and where it stands."""

    start: int
    """Where it begins, its △ or ▲ included."""
    end: int
    """Where it ends."""
    value: int | Decimal
    """A Decimal only where it is not whole."""


def read_numerals(value: str) -> tuple[Numeral, ...]:
    """All numbers in order; kanji inside ordinary words (一覧) come too: what follows a number decides."""
    return tuple(_numerals(value))


def numeral_at(value: str, at: int) -> Numeral | None:
    """The number that begins at `at`, if one does."""
    negative = value[at : at + 1] in ("△", "▲") and value[at + 1 : at + 2].isascii()
    total: int | Decimal = 0
    ceiling, position = 10**16, at + negative
    while section := _section(value, position):
        amount, end = section
        scale = _MYRIADS.get(value[end : end + 1], 0) if not _NO_MYRIAD.match(value, end) else 0
        if not 0 < scale < ceiling:
            if ceiling == 10**16 or amount < ceiling:
                total, position = total + amount, end
            break
        total, position, ceiling = total + amount * scale, end + 1, scale
    if position == at + negative:
        return None
    return Numeral(at, position, _whole(-total if negative else total))


def small_number(text: str) -> int | None:
    """A whole number as digits, kanji or kana (25・二十五・二五・にじゅうご); None if it isn't one."""
    if text.isascii() and text.isdecimal() and len(text) <= _LONGEST:
        return int(text)
    if _SPELT.fullmatch(text):
        return _kana(text)
    found = numeral_at(text, 0)
    whole = found is not None and found.end == len(text) and isinstance(found.value, int)
    return int(found.value) if found and whole else None


# Private functions

_SPELT = Pattern(KANA_NUMBER, *_ONES.split("|"), "じゅう")
_LONGEST = 15
_START = Pattern(rf"[△▲]?[0-9]|[{KANJI_DIGITS}十百千]")
_DIGITS = Pattern(r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]++)(?:\.[0-9]++(?!\.[0-9]))?+")
_KANJI = Pattern(rf"[{KANJI_DIGITS}][{KANJI_DIGITS}○]*+")
_VALUES = str.maketrans(KANJI_DIGITS + "○", "001234567890")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_NO_SCALE = Pattern("千[葉代駄石川早住歳]|百[貨科合]|十[条字分]", "千", "百", "十")
_NO_MYRIAD = Pattern("万[一全博引能]|万が一", "万")


def _numerals(value: str) -> Iterator[Numeral]:
    position = 0
    while found := _START.search(value, position):
        numeral = numeral_at(value, found.start())
        if numeral is not None:
            yield numeral
        position = numeral.end if numeral else _skip(value, found.end() - 1)


def _skip(value: str, at: int) -> int:
    """The end of a run that is no number, so that no part of it is read as one."""
    found = _DIGITS.match(value, at) or _KANJI.match(value, at)
    return found.end() if found else at + 1


def _section(value: str, at: int) -> tuple[int | Decimal, int] | None:
    """A number below 万 and where it ends: 12,345 · 3.2千 · 四千七百 · 二〇一三."""
    total: int | Decimal = 0
    last, position = 10**4, at
    while True:
        run = _run(value, position)
        amount, end = run or (1, position)
        scale = 0 if _NO_SCALE.match(value, end) else _SCALES.get(value[end : end + 1], 0)
        if 0 < scale < last:
            total, last, position = total + amount * scale, scale, end + 1
            continue
        if run and (position == at or amount < last):
            total, position = total + amount, end
        break
    return (total, position) if position > at else None


def _run(value: str, at: int) -> tuple[int | Decimal, int] | None:
    """A run of digits of one script; a longer one than any amount of money is no number."""
    found = _DIGITS.match(value, at) or _KANJI.match(value, at)
    if found is None or len(found[0]) > _LONGEST + 5:
        return None
    text = found[0].replace(",", "").translate(_VALUES)
    if len(text) > _LONGEST:
        return None
    return Decimal(text) if "." in text else int(text), found.end()


def _whole(value: int | Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


_KANA = {
    "いち": 1, "に": 2, "さん": 3, "よん": 4, "よ": 4, "し": 4, "ご": 5,
    "ろく": 6, "なな": 7, "しち": 7, "はち": 8, "きゅう": 9, "く": 9, "": 0,
}  # fmt: skip


def _kana(text: str) -> int:
    thousands, text = (2000, text[3:]) if text.startswith("にせん") else (0, text)
    tens, ten, ones = text.partition("じゅう")
    if not ten:
        return thousands + _KANA[tens]
    return thousands + (_KANA[tens] or 1) * 10 + _KANA[ones]
