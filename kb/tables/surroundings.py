"""Surroundings: what a file says of itself beside its tables: title, publisher, era."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.tables.headers import first_heading
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import cut_years, era_of

__all__ = ["Surroundings", "find_surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file says of itself beside its tables."""

    title: str
    """A title line, else the file's name."""
    publisher: str
    """Who is named above the table, "" where nobody is."""
    era: str
    """The era that years without one are in, "" where nothing names it."""
    from_name: bool
    """Whether the title is only the file's name."""
    year: int = 0
    """The year of columns without one, as whoever imports says it; 0 where nobody does."""
    yearly: tuple[str, ...] = ()
    """Titles of sheets that differ in their years alone; the title is what they have in common."""


def find_surroundings(sheets: Sequence[Sheet], stem: str, headings: Headings, era: str) -> Surroundings:
    """Title, publisher and era, from the rows above the tables, the sheets' names and the file's."""
    above = [text for sheet in sheets if not sheet.is_hidden for text in _above(sheet, headings)]
    titles = [text for text in above if _is_title(text, headings)]
    publisher = next((text for text in above if _is_publisher(text, headings)), "")
    publisher = publisher or next((found for text in titles if (found := _publisher_of(text, headings))), "")
    beside = [*titles[:1], *above, *(sheet.name for sheet in sheets), stem]
    title = max(
        titles,
        key=lambda text: (
            bool(re.search("計画|戦略|プラン|評価|報告|一覧|実績|進捗|調書|表", text)),
            -titles.index(text),
        ),
        default="",
    )
    yearly = tuple(dict.fromkeys(text for text in titles if plain(cut_years(text)) == plain(cut_years(title))))
    title = cut_years(title) if len(yearly) > 1 else title
    return Surroundings(title or stem, publisher, era or era_of(beside), not title, yearly=yearly[1:] and yearly)


# Private functions


def _above(sheet: Sheet, headings: Headings) -> list[str]:
    first = first_heading(sheet, headings)
    rows = [row for row in sorted(sheet.rows)[:20] if row < first] if first else sorted(sheet.rows)[:5]
    return [one_line(text) for row in rows for text in sheet.rows[row] if not is_blank(text)]


def _is_title(text: str, headings: Headings) -> bool:
    bare = plain(text)
    return (
        4 <= len(bare) <= 80
        and not bare.startswith(("(単位", "単位", "※", "作成", "更新"))
        and not (
            bare.replace("年", "")
            .replace("月", "")
            .replace("日", "")
            .replace("令和", "")
            .replace("現在", "")
            .isdecimal()
            or _is_publisher(text, headings)
        )
    )


def _is_publisher(text: str, headings: Headings) -> bool:
    return bool(re.fullmatch(r"[^\d\s()()計画評価]{2,20}", text)) and text.endswith(headings.words["publishers"])


def _publisher_of(title: str, headings: Headings) -> str:
    """みどり市 事務事業評価結果: the first word, where a space ends it."""
    first, _, rest = title.replace("\u3000", " ").partition(" ")
    return first if rest and _is_publisher(first, headings) else ""
