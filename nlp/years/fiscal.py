"""Fiscal years: the eras, a plan's own years, and what a mention of a year is."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

__all__ = ["ERAS", "Calendar", "YearForm", "YearMention", "era_number", "era_year", "fiscal_year", "western_year"]

ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
"""The Western year of each era's first year."""


class YearForm(StrEnum):
    """How a year was said."""

    ERA = "era"
    BARE = "bare"
    WESTERN = "western"
    CALENDAR = "calendar"
    MONTH = "month"
    RANGE = "range"
    LIST = "list"
    ALL = "all"
    EACH = "each"
    FIRST = "first"
    LAST = "last"
    LATEST = "latest"
    COUNT = "count"
    NTH = "nth"
    RELATIVE = "relative"
    STEP = "step"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A plan's own years: what a bare 25年度 and a 2年目 mean in it."""

    era: str
    """The era in which the plan counts: 平成."""
    first: int
    """Its first fiscal year (2011 = 平成23年度)."""
    last: int
    """Its last fiscal year."""

    def __post_init__(self) -> None:
        """Refuse an era that doesn't exist."""
        if self.era not in ERAS:
            raise ValueError(f"元号「{self.era}」は扱えません({'・'.join(ERAS)}のどれか)")

    def western(self, number: int, era: str | None = None) -> int:
        """The Western year of an era's year; where none was said, of the plan's own or of another in which it has years."""
        if era:
            return western_year(number, era)
        years = [western_year(number, name) for name in (self.era, *_eras_between(self.first, self.last))]
        return next((year for year in years if self.first <= year <= self.last), years[0])


class YearMention(NamedTuple):
    """A place in a text where years are meant."""

    start: int
    """Where it begins in the normalised text."""
    end: int
    """Where it ends."""
    form: YearForm
    """How it was said."""
    years: tuple[int, ...] = ()
    """Western fiscal years in the order said; empty where the form is symbolic."""
    offset: int = 0
    """Years from today (relative) or from the conversation's year (step)."""
    number: int = 0
    """How many years (count), or which year of the plan (nth)."""


@lru_cache(maxsize=256)
def _eras_between(first: int, last: int) -> tuple[str, ...]:
    """The eras of which a span of fiscal years holds a part."""
    ends = {
        name: min((other for other in ERAS.values() if other > begin), default=last) for name, begin in ERAS.items()
    }
    return tuple(name for name, begin in ERAS.items() if begin <= last and first <= ends[name])


def fiscal_year(year: int, month: int) -> int:
    """The fiscal year of a month; it begins in April."""
    return year if month >= 4 else year - 1


def western_year(number: int, era: str) -> int:
    """A year that an era counts as a Western one: 25 in 平成 is 2013."""
    return ERAS[era] + number - 1


def era_number(year: int, era: str) -> int:
    """A Western fiscal year as the era counts it: 2013 is 25 in 平成."""
    return year - ERAS[era] + 1


@lru_cache(maxsize=256)
def era_year(year: int, era: str) -> str:
    """A fiscal year as an era's documents print it: 平成25年度; in another era where this one doesn't hold it."""
    following = min((first for first in ERAS.values() if first > ERAS[era]), default=year)
    if not ERAS[era] <= year <= following:
        era = max((name for name in ERAS if ERAS[name] <= year), key=ERAS.__getitem__, default=era)
    number = era_number(year, era)
    return f"{era}{'元' if number == 1 else number}年度"
