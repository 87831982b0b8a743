"""Years in headings, titles and year columns: 令和4年度, R4, H30, 2023, 5年度; an era that isn't printed comes from beside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.years.fiscal import ERAS, era_number, fiscal_year

__all__ = [
    "PrintedYear",
    "cut_years",
    "era_of",
    "era_of_bare",
    "find_years",
    "is_span",
    "resolve",
    "without_years",
    "year_of",
]

_LETTERS = {"h": "平成", "r": "令和"}
"""Of the eras of the plans that exist; t2 and s3 are names of files and sheets."""
_NUMBER = r"(?:元|\d{1,2})"
_YEAR = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|(?<![a-z])[hr]\.?)(?P<number>{_NUMBER})(?!\d)(?P<era_end>年度?末?|fy)?(?P<era_month>\d{{1,2}}月)?"
    r"|(?<!\d)(?:fy)?(?P<western>(?:19|20)\d\d)(?!\d)(?P<end>年度?末?|fy)?(?P<month>\d{1,2}月)?"
    rf"|(?<![\d.,第])(?P<bare>{_NUMBER})年度末?"
)
_EMPTY = re.compile(r"[(（]\s*[)）]|(?<=\s)\s+")
"""What is left of a bracket with a year, and a second space where a year stood between two."""
_SPAN = re.compile(r"\d\s*年?度?\s*[~〜～\-－―ー–—→]+\s*(?:令和|平成|昭和|[hrs])?\.?\s*(?:元|\d)")


@dataclass(frozen=True, slots=True)
class PrintedYear:
    """A year as it is printed."""

    text: str
    """令和4年度."""
    western: int
    """2022, 0 where only an era could tell."""
    number: int
    """4 of a year without era, else 0."""
    era: str
    """The era that is printed, "" where none is."""


@lru_cache(maxsize=65536)
def find_years(text: str) -> tuple[PrintedYear, ...]:
    """Every year that a text prints, in order."""
    return tuple(_printed(found) for found in _YEAR.finditer(_plain(text)))


def is_span(text: str) -> bool:
    """Whether a text prints a span of years: 令和3〜7年度."""
    return _SPAN.search(_plain(text)) is not None


def without_years(text: str) -> str:
    """What is left of a heading."""
    return _YEAR.sub("", _plain(text)).replace("()", "").replace("[]", "").strip("・:/-_").removeprefix("の")


def cut_years(text: str) -> str:
    """A title without its years, else as it is printed."""
    folded = "".join(narrow.lower() if len(narrow := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    for found in reversed(list(_YEAR.finditer(folded))):
        text = text[: found.start()] + text[found.end() :]
    return _EMPTY.sub("", text).strip()


def era_of(texts: Sequence[str]) -> str:
    """The era that texts name last, by title, sheet, file name or other headings; "" where none does."""
    eras = [year.era for text in texts for year in find_years(text) if year.era]
    westerns = [year.western for text in texts for year in find_years(text) if year.western and not year.era]
    if eras:
        return max(eras, key=lambda era: ERAS[era])
    return ("令和" if max(westerns) >= ERAS["令和"] else "平成") if westerns else ""


def era_of_bare(texts: Sequence[str]) -> str:
    """The era that headings name for those without one; H30 beside 3年度 names none: the count began again."""
    era = era_of(texts)
    years = [year for text in texts for year in find_years(text)]
    bare = [year.number for year in years if not year.western]
    last = max((year.western - ERAS[era] + 1 for year in years if year.western), default=0) if era else 0
    return "" if bare and last > max(bare) else era


def year_of(text: str, era: str) -> int:
    """The one year that a cell of years prints, also as 令和5年度(2023年度) or a bare 5; 0 where it is none or several."""
    printed = find_years(text) or find_years(f"{_plain(text)}年度")
    years = set(resolve(printed, era)[0].values())
    return years.pop() if len(years) == 1 and not is_span(text) else 0


def resolve(years: Sequence[PrintedYear], era: str) -> tuple[dict[str, int], str]:
    """Western years of what is printed, by text; of those without era by `era`, and which era had to be assumed."""
    bare = list(dict.fromkeys(year.number for year in years if not year.western))
    eras, assumed = _eras(bare, era)
    resolved = {year.text: year.western or ERAS[eras[year.number]] + year.number - 1 for year in years}
    return resolved, assumed


# Private functions


def _eras(numbers: list[int], era: str) -> tuple[dict[int, str], str]:
    """29, 30, 元, 2 run over the change of an era: the large ones belong to 平成."""
    large = [number for number in numbers if number >= 20]
    crossing = bool(large) and len(large) < len(numbers) and min(numbers) < 10
    if crossing:
        return {number: "平成" if number >= 20 else "令和" for number in numbers}, "" if era else "平成・令和"
    if era and not (era == "令和" and large and max(large) <= 31):
        return dict.fromkeys(numbers, era), ""
    assumed = "平成" if large else "令和"
    return dict.fromkeys(numbers, assumed), assumed if numbers else ""


def _printed(found: re.Match[str]) -> PrintedYear:
    if found["western"]:
        return PrintedYear(found[0], _fiscal(int(found["western"]), found["month"]), 0, "")
    if found["bare"]:
        return PrintedYear(found[0], 0, _count(found["bare"]), "")
    era = found["era"].rstrip(".")
    era = _LETTERS.get(era, era)
    return PrintedYear(found[0], _fiscal(ERAS[era] + _count(found["number"]) - 1, found["era_month"]), 0, era)


def _fiscal(year: int, month: str | None) -> int:
    return fiscal_year(year, int(month[:-1])) if month else year


def _count(text: str) -> int:
    return 1 if text == "元" else int(text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def year_key(year: int, western: bool) -> str:
    """How [years] in plan.toml writes a year: 4 in the year's own era, 2022 where the table counts so."""
    if western:
        return str(year)
    era = max((name for name in ERAS if ERAS[name] <= year), key=ERAS.__getitem__)
    return str(era_number(year, era))
