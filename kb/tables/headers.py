"""Headers: where in a sheet a table begins and ends, and what stands over each of its columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.tables.halves import without_half
from kb.tables.sheets import Area, Sheet, is_blank, one_line
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import find_years, is_span, without_years

__all__ = ["Block", "find_blocks", "first_heading", "heading_paths"]

_TRIED = 400
"""So many printed rows may stand before the first heading."""
_LONGEST = 40
"""Characters of a heading."""
_DEEPEST = 4
"""Rows of headings."""


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet."""

    headings: tuple[int, int]
    """First and last row of its headings."""
    last: int
    """Its last row."""
    before: tuple[int, ...]
    """Rows above it that print something: title, unit, junk."""


def find_blocks(sheet: Sheet, headings: Headings) -> tuple[Block, ...]:
    """The tables of a sheet, from top to bottom."""
    return tuple(_Search(sheet, headings).blocks())


def first_heading(sheet: Sheet, headings: Headings) -> int:
    """The first row of headings; 0 where there is none."""
    search = _Search(sheet, headings)
    anchors = search.first_anchor(sorted(sheet.rows))
    return search.band(anchors[0])[0] if anchors else 0


def heading_paths(sheet: Sheet, rows: tuple[int, int]) -> dict[int, tuple[str, ...]]:
    """What stands over each column, from the upper heading to the lower; merged headings stand over all they cover."""
    covered = _covered(sheet, rows)
    if rows[1] > rows[0] and is_numbering(sheet.printed(rows[1])):
        rows = (rows[0], rows[1] - 1)
    widest = max(
        max((len(sheet.rows.get(row, ())) for row in range(rows[0], rows[1] + 1)), default=0),
        max((area.right for area in covered.values()), default=0),
    )
    paths = {}
    for column in range(1, widest + 1):
        if _is_empty(sheet, rows[0], column):
            continue
        texts = [one_line(_heading(sheet, row, column, rows, covered)) for row in range(rows[0], rows[1] + 1)]
        path = tuple(text for at, text in enumerate(texts) if text and text not in texts[:at])
        if path:
            paths[column] = path
    return paths


def is_numbering(texts: Mapping[int, str]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), ① ② ③, A B C, ア イ ウ."""
    marked = all(_NUMBERED.fullmatch(text.strip()) for text in texts.values())
    shown = [plain(text).strip("()") for text in texts.values()]
    first = shown[0] if len(shown) > (1 if marked else 2) else ""
    if first == "1":
        return shown == [str(number) for number in range(1, len(shown) + 1)]
    order = next((row for row in _NUMBERINGS if first and row.startswith(first)), "")
    return "".join(shown) == order[: len(shown)] and len(shown) <= len(order)


# Private functions

_MONTH = re.compile("[0-9]月")
_NUMBERED = re.compile(r"[(（].[)）]|[①-⑳]")
_NUMBERINGS = ("abcdefghijklmnopqrstuvwxyz", "アイウエオカキクケコサシスセソタチツテト")


@dataclass
class _Search:
    sheet: Sheet
    vocabulary: Headings

    @cached_property
    def tall(self) -> list[Area]:
        return [area for area in self.sheet.areas.values() if area.bottom > area.top]

    def blocks(self) -> Iterator[Block]:
        numbers = sorted(self.sheet.rows)
        anchors = self._anchors(numbers)
        bands = [self.band(anchor) for anchor in anchors]
        for at, band in enumerate(bands):
            following = bands[at + 1][0] if at + 1 < len(bands) else None
            last = max((row for row in numbers if following is None or row < following), default=band[1])
            earlier = bands[at - 1][1] if at else 0
            before = tuple(row for row in numbers if row < band[0]) if not at else ()
            yield Block(band, max(last, earlier), before)

    def _anchors(self, numbers: list[int]) -> list[int]:
        """The first row that names columns, and each later one that names others."""
        anchors = self.first_anchor(numbers)
        if anchors:
            first = self._texts(anchors[0])
            later = (row for row in numbers if row > anchors[0] + _DEEPEST)
            anchors += [row for row in later if self._is_other_heading(row, first)]
        return anchors

    def first_anchor(self, numbers: list[int]) -> list[int]:
        candidates = [(self._hits(row), row) for row in numbers[:_TRIED]]
        named = [row for hits, row in candidates if hits >= 2 and self._names(row)]
        best = max((hits for hits, _ in candidates), default=0)
        return named[:1] or ([row for hits, row in candidates if hits == best][:1] if best >= 2 else [])

    def _is_other_heading(self, row: int, first: dict[int, str]) -> bool:
        known = self.vocabulary.known
        if sum(text.lower() in known for text in self.sheet.rows[row]) < 2:
            return False
        texts = self._texts(row)
        if texts == first:
            return False
        exact = sum(self.vocabulary.says_exactly(text) for text in texts.values())
        return exact >= 3 and exact >= len(texts) / 2 and self._names(row)

    def _texts(self, row: int) -> dict[int, str]:
        return self.sheet.printed(row)

    def _hits(self, row: int) -> int:
        return sum(self._is_heading(text) for text in self._texts(row).values())

    def _names(self, row: int) -> bool:
        return any(len(text) <= _LONGEST and self.vocabulary.role(text) == "name" for text in self._texts(row).values())

    def _is_heading(self, text: str) -> bool:
        text = without_half(text)
        if len(text) > _LONGEST or (text.replace(",", "").replace(".", "").isdecimal() and len(text) != 4):
            return False
        if find_years(text) and not is_span(text):
            rest = without_years(text)
            return not rest or bool(self.vocabulary.kind(rest) or self.vocabulary.role(rest)) or len(rest) <= 8
        return bool(self.vocabulary.role(text) or self.vocabulary.kind(text))

    def _is_lower(self, text: str) -> bool:
        return self._is_heading(text) or self.vocabulary.is_unit(plain(text).strip("()[]"))

    def band(self, anchor: int) -> tuple[int, int]:
        top = bottom = anchor
        while bottom - anchor < _DEEPEST - 1 and self._goes_on_below(bottom, anchor):
            bottom += 1
        if is_numbering(self._texts(bottom + 1)):
            bottom += 1
        while anchor - top < _DEEPEST - 1 and self._goes_on_above(top, anchor):
            top -= 1
        return top, bottom

    def _name_column(self, anchor: int) -> int:
        texts = self._texts(anchor)
        return next((at for at, text in texts.items() if self.vocabulary.role(text) == "name"), min(texts, default=1))

    def _goes_on_below(self, row: int, anchor: int) -> bool:
        name = self._name_column(anchor)
        area = next((a for a in self.tall if a.left <= name <= a.right and a.top <= anchor <= a.bottom), None)
        if area:
            return area.bottom > row
        texts = self._texts(row + 1)
        if not texts or name in texts:
            return False
        hits = sum(map(self._is_lower, texts.values()))
        if hits >= len(texts) * 0.6:
            return True
        below = [at for at in texts if is_blank(self.sheet.text(row, at))]
        return min(texts) > name and bool(hits or below) and len(texts) > 1 and self._are_words(texts.values())

    def _are_words(self, texts: Iterable[str]) -> bool:
        """Whether no text is a figure or a sentence: 予算額 beside a 増減 that nobody has listed."""
        return all(len(text) <= 12 and not any(c.isdigit() for c in plain(text)) for text in texts)

    def _goes_on_above(self, row: int, anchor: int) -> bool:
        if any(area.top < row <= area.bottom for area in self.tall if area.bottom <= anchor + _DEEPEST):
            return True
        texts = self._texts(row - 1)
        if not texts or any(self.vocabulary.is_note(text) or "単位" in text for text in texts.values()):
            return False
        hits = sum(map(self._is_heading, texts.values()))
        if len(texts) == 1:
            at, text = next(iter(texts.items()))
            wide = any(a.top == row - 1 and a.left == at and a.right > at for a in self.sheet.areas.values())
            short = len(text) <= 12 and not _MONTH.search(plain(text))  # 令和6年9月 環境政策課 says when and who
            return hits == 1 and at > self._name_column(anchor) and (wide or short)
        return hits >= 1 and hits >= len(texts) * 0.5


def _covered(sheet: Sheet, rows: tuple[int, int]) -> dict[tuple[int, int], Area]:
    return {
        (row, column): area
        for area in sheet.areas.values()
        if area.top <= rows[1] and area.bottom >= rows[0]
        for row in range(max(area.top, rows[0]), min(area.bottom, rows[1]) + 1)
        for column in range(area.left, min(area.right, area.left + 1_000) + 1)
    }


def _heading(sheet: Sheet, row: int, column: int, rows: tuple[int, int], covered: dict[tuple[int, int], Area]) -> str:
    area = covered.get((row, column))
    if area:
        return sheet.text(area.top, area.left)
    text = sheet.text(row, column)
    if text.strip() or row == rows[1]:
        return text
    return _from_left(sheet, row, column, covered)


def _from_left(sheet: Sheet, row: int, column: int, covered: dict[tuple[int, int], Area]) -> str:
    """An upper heading that is printed once over several lower ones without being merged."""
    for left in range(column, 0, -1):
        if _is_empty(sheet, row, left):
            continue
        if is_blank(sheet.text(row + 1, left)) or (row + 1, left) in covered:
            return ""
        if not is_blank(sheet.text(row, left)):
            return "" if (row, left) in covered else sheet.text(row, left)
    return ""


def _is_empty(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a column prints nothing from a row on: a gap between others."""
    return all(is_blank(sheet.text(below, column)) for below in sheet.rows if below >= row)
