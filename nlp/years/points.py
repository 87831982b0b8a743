"""Points: single numbers that may be a year, with the era and the 年度 that were said with them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp.figures.numerals import KANA_NUMBER, KANJI_DIGITS, small_number
from nlp.figures.units import unit_at
from nlp.writing.patterns import Pattern
from nlp.years.fiscal import ERAS, fiscal_year

__all__ = ["WESTERN", "Point", "goes_on", "is_counted", "read_points"]

WESTERN = "西暦"
"""The era of FY2013 and '13."""


class Point(NamedTuple):
    """One number that may be a year."""

    start: int
    """Where it begins, its era included."""
    end: int
    """Where it ends, its 年度 and its month included."""
    number: int
    """The number as said: 25, 2013; 元 is 1."""
    era: str | None
    """The era that was said, or 西暦."""
    suffix: str
    """年度, 年 or nothing."""
    month: int
    """The month that was said after it, or 0."""
    is_short_kana: bool
    """Below ten and in kana: に and ご are words more often than numbers."""

    @property
    def is_loose(self) -> bool:
        """Nothing but one or two digits: a year only beside another one."""
        return not self.era and not self.suffix and self.number < 1000

    def fiscal(self, year: int) -> int:
        """The fiscal year: 平成25年3月 is in 24, 25年度の3月 is in 25."""
        return fiscal_year(year, self.month) if self.month and self.suffix != "年度" else year


def read_points(value: str) -> list[Point]:
    """All points in order, none over another."""
    return list(_points(value))


def is_counted(value: str, at: int) -> bool:
    """Does a counter or more of a number follow (2013人, 25番)?"""
    return goes_on(value, at) or unit_at(value, at) is not None


def goes_on(value: str, at: int) -> bool:
    """Does more of a code or of a number follow (H2O, 25万)? No unit does: in H25事業実績 the year has ended."""
    return bool(_COUNTED.match(value, at))


# Private functions

_SOUNDS = {"めいじ": "明治", "たいしょう": "大正", "しょうわ": "昭和", "へいせい": "平成", "れいわ": "令和"}
_LATIN = {"showa": "昭和", "shouwa": "昭和", "heisei": "平成", "reiwa": "令和"}
_SHORT = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和", "昭": "昭和", "平": "平成", "令": "令和"}
_NAMES = {name: name for name in ERAS} | _SOUNDS | _LATIN | _SHORT

_KANJI = f"{KANJI_DIGITS}十百千"
_POINT = Pattern(
    rf"""(?:(?P<era>(?:{"|".join(ERAS)}|{"|".join(_SOUNDS)})|(?<![a-z0-9])(?:{"|".join(_LATIN)})[ ]?
            |(?<![一-龥々])[平令昭]|(?<![a-z0-9])[mtshr](?:[.]|[ ](?=[0-9]))?)
        |(?P<west>西暦|(?<![a-z0-9])(?:fy|fiscal(?:[ ]year)?)[ ]?|(?<![a-z0-9])['’])
        |(?<![0-9a-z])|(?<=[a-z])(?=[0-9]{{1,4}}年度))
    (?:(?P<digits>[0-9]{{1,4}})(?![0-9]|,[0-9]{{3}}(?![0-9]))
        |(?<![{_KANJI}])(?P<kanji>[{_KANJI}][{_KANJI}○]{{0,5}}|元(?=年))(?![{_KANJI}万億])
        |(?P<kana>(?:{KANA_NUMBER}|がん)(?=ねん)))
    (?P<suffix>[ ]?(?:年度|ねんど|nendo|年|ねん))?""",
    flags=re.VERBOSE,
)
_SUFFIXES = {"年度": "年度", "ねんど": "年度", "nendo": "年度", "年": "年", "ねん": "年", "": ""}
_MONTH = Pattern(
    rf"の?(?P<month>[0-9]{{1,2}}|[{_KANJI}]{{1,2}})月(?:(?:[0-9]{{1,2}}|[{_KANJI}]{{1,3}})日|[分度末中])?",
    "月",
)
_DATE = Pattern(r"(?P<mark>[./-])(?P<month>0?[1-9]|1[0-2])(?:[./-][0-9]{1,2})?(?![0-9]|年|ねん)")
_COUNTED = Pattern("[0-9a-z%番位つ月時万億兆円号]|目(?!標)|年|ねん")


def _points(value: str) -> Iterator[Point]:
    position = 0
    while found := _POINT.search(value, position):
        point = _point(value, found)
        position = max(point.end if point else found.end(), found.start() + 1)
        if point:
            yield point


def _point(value: str, found: re.Match[str]) -> Point | None:
    text = found["digits"] or found["kanji"] or found["kana"]
    era = WESTERN if found["west"] else _era(found["era"])
    number = 1 if text in ("元", "がん") else small_number(text)
    suffix = _SUFFIXES[(found["suffix"] or "").strip()]
    unsaid = text in ("元", "がん") and not era and not _is_first_year(value, found, suffix)
    if number is None or unsaid or (era and not suffix and not _is_enough(found)):
        return None
    month, end = _month(value, found.end(), number, era, suffix)
    short = found["kana"] is not None and number < 10
    return Point(found.start(), end, number, era, suffix, month, short)


def _is_first_year(value: str, found: re.Match[str], suffix: str) -> bool:
    """元年度 without its era, no end of another word (還元年度): which era's, the plan's years say."""
    return suffix == "年度" and not re.match("[一-龥々]", value[found.start() - 1 : found.start()])


def _era(text: str | None) -> str | None:
    return _NAMES[text.strip(" .")] if text else None


def _is_enough(found: re.Match[str]) -> bool:
    """Without 年: any number after an era's name, two digits after S; M and T are sizes and times (t5)."""
    letter = (found["era"] or "").strip(" .")
    return letter not in ("m", "t") and (letter != "s" or len(found["digits"] or "") == 2)


def _month(value: str, at: int, number: int, era: str | None, suffix: str) -> tuple[int, int]:
    """The month after a year and where it ends: 25年3月, H25.3, 2014/2; H23.24 and 2011-12 are two years."""
    found = _MONTH.match(value, at) if suffix else None
    if found is None and not suffix and (era or 1900 <= number <= 2100):
        found = _DATE.match(value, at)
        if found and found["mark"] == "-" and int(found["month"]) > number % 100 and found.end() == found.end("month"):
            found = None
        if found and ((found["mark"] == "." and int(found["month"]) == number + 1) or unit_at(value, found.end())):
            found = None
    month = small_number(found["month"]) if found else None
    return (month, found.end()) if found and month and month <= 12 else (0, at)
