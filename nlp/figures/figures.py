"""Figures: the numbers with a unit in a table's cell or in a question, with what they count."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nlp.figures.labels import read_label
from nlp.figures.numerals import Numeral, numeral_at, read_numerals
from nlp.figures.units import canonical_unit, unit_at
from nlp.writing.patterns import Pattern

__all__ = ["Figure", "read_figures"]


class Figure(NamedTuple):
    """A number as it is printed, with its unit: 12,345千円 · うち区内5社."""

    start: int
    """Where it begins in the cell."""
    end: int
    """Where it ends, after its unit."""
    value: int | Decimal
    """In the canonical unit: 12,345千円 is 12345000; a Decimal only where it is not whole."""
    unit: str
    """The canonical unit: 円, 人, 件 …"""
    text: str
    """As printed, with its unit."""
    label: str | None
    """The noun directly before it: 人数, 入門(3日)."""
    qualifier: str | None
    """A word that changes what may be added: うち, 延べ, 各, 約, 全, 年, 四半期毎に."""


def read_figures(cell: str) -> tuple[Figure, ...]:
    """The figures of a cell in order; a date, a size (全6日制) and an ordinal (第3回) are none."""
    return tuple(_figures(cell, _fold(cell)))


# Private functions

LONGEST_SCALE = 3
"""Characters of 千, 百万, 十億 before a unit."""
_NO_FIGURE_BEFORE = Pattern(
    r"(?:[第何幾]|明治|大正|昭和|平成|令和|西暦|もう|あと|上位|下位|トップ|ベスト|ワースト|[0-9][-~・/.:ー〜～]|[~〜～]|月"
    r"|(?:^|[^0-9a-z])(?:[a-z]|no)|(?:^|[^\w])数|\.|#)$"
)
_NO_FIGURE_AFTER = Pattern(r"[目制]|コース制|未満児|[~〜～ー-][0-9]")
_BASE = Pattern(r"(?:あたり|当たり|当り|につき|に付き|ごと|毎|おき)(?:に|の)?")
_DAY_OF_A_DATE = Pattern(r"から|より|まで|に|付|以[降前]|[(][日月火水木金土]")
_DATE_BEFORE = Pattern(r"月[0-9、,・~〜～日-]{0,24}$", "月")
_BARE_MONEY = Pattern("[十百千万億]+円?")
_IDIOM = Pattern("一部|一[人店回](?:[一ひ逸暮親当]|きり)|一日も|一人前", "一")
_CLOSED_BEFORE_NUMBER = Pattern(r" {0,2}[)] {0,2}[△▲0-9]", ")")
_AFTER = Pattern("以上|以下|以内|未満|程度|余り?|超|弱|強|前後")


def _figures(cell: str, value: str) -> Iterator[Figure]:
    previous, base = 0, None
    for numeral in read_numerals(value):
        unit, end, scale = _unit(value, numeral)
        if unit is None or _is_no_figure(value, numeral, unit, end) or _is_size_of_label(value, numeral, end):
            continue
        if after := _BASE.match(value, end):
            base, previous = cell[numeral.start : after.end()], after.end()
            continue
        label, qualifier = read_label(cell[previous : numeral.start], after_figure=previous > 0)
        behind = _AFTER.match(value, end)
        yield Figure(
            start=numeral.start,
            end=end,
            value=_whole(numeral.value * scale),
            unit=unit,
            text=cell[numeral.start : end],
            label=label,
            qualifier=qualifier or base or (behind and behind[0]),
        )
        previous, base = end, None


def _unit(value: str, numeral: Numeral) -> tuple[str | None, int, int | Decimal]:
    """The canonical unit after a number, where it ends, and its scale where a space stands before it: 7,200 千円."""
    at: int = numeral.end
    scale: int | Decimal = 1
    while value[at : at + 1] in (" ", "\u3000"):
        at += 1
    scaled = numeral_at(f"1{value[at : at + LONGEST_SCALE]}", 0) if at > numeral.end else None
    if scaled and scaled.end > 1 and not value[at : at + 1].isdigit():
        at, scale = at + scaled.end - 1, scaled.value
    lone = numeral.end - numeral.start == 1 and not value[numeral.start].isascii()
    word = unit_at(value, at, after_one=lone)
    return (canonical_unit(word), at + len(word), scale) if word else (None, at, 1)


def _is_no_figure(value: str, numeral: Numeral, unit: str, end: int) -> bool:
    """A date, an ordinal, an idiom, a range's end or a number of unknown size (何件, 数千円)."""
    start = numeral.start
    before = value[max(0, start - 30) : start]
    if _NO_FIGURE_BEFORE.search(before) or _NO_FIGURE_AFTER.match(value, end):
        return True
    if value[start] in "十百千万億" and (before.endswith("数") or _BARE_MONEY.fullmatch(value, start, end)):
        return True
    if before.strip() in ("-", "−"):
        return True
    if unit == "日" and (_DATE_BEFORE.search(before) or _DAY_OF_A_DATE.match(value, end)):
        return True
    return bool(_IDIOM.match(value, start))


def _is_size_of_label(value: str, numeral: Numeral, end: int) -> bool:
    """Is it the (3日) of 入門(3日)75人: between a word and a number?"""
    before = value[max(0, numeral.start - 4) : numeral.start].rstrip()
    return before[-1:] == "(" and before[-2:-1].isalpha() and bool(_CLOSED_BEFORE_NUMBER.match(value, end))


def _whole(value: int | Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def _fold(cell: str) -> str:
    """Half-width and lower case where that keeps the length, so that places stay true."""
    return cell.translate(_FOLDING)


class _Folding(dict[int, str]):
    """A translation table that fills itself: one look at a character, then a dictionary."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>")):
            character = unicodedata.normalize("NFKC", character)
        lower = character.lower()
        self[code] = lower if len(lower) == 1 else character
        return self[code]


_FOLDING = _Folding()
