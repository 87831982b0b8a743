"""Totals: whether a line that adds up others says what they add up to."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kb.tables.mapping import Column
from kb.tables.sheets import Sheet
from kb.tables.vocabulary import plain

__all__ = ["Totals"]


class Totals:
    """The figures of a table's columns so far: since its beginning, and since the last line of totals."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = [c.at for c in columns if c.kind != "grade" and plain(c.unit) != "%"]
        self._lines: list[_Line] = []
        self._last = 0

    def take(self, row: int, sheet: Sheet, marks: Mapping[int, str]) -> None:
        """Add a line; its marks say what it counts: indicator, kind, unit."""
        numbers = {at: number for at in self._columns if (number := _number(row, at, sheet)) is not None}
        self._lines.append((marks, numbers))

    def check(self, row: int, sheet: Sheet, marks: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """The columns of a line of totals that don't add up, and what is wrong; it adds up the lines that it names."""
        for at in self._columns:
            number = _number(row, at, sheet)
            added = [[line[at] for line in self._of(marks, since) if at in line] for since in (0, self._last)]
            if number is None or not added[0]:
                continue
            printed = Decimal(1).scaleb(-_places(sheet.text(row, at)))
            sums = [_rounded(sum(numbers, Decimal(0)), printed) for numbers in added]
            if _rounded(number, printed) not in sums:
                yield at, f"合計が合いません(足すと {sums[0]:,f})"
        self._last = len(self._lines)

    def _of(self, marks: Mapping[int, str], since: int) -> Iterator[Mapping[int, Decimal]]:
        """The figures of the lines that print what a line of totals prints beside its amounts: 給付費(千円), no 回数."""
        for own, numbers in self._lines[since:]:
            if all(own.get(at, "") == text for at, text in marks.items()):
                yield numbers


# Private functions

_Line = tuple[Mapping[int, str], Mapping[int, Decimal]]
"""What a line counts, by column, and its figures."""
_LARGEST = 10**15
"""No amount of a town is larger; a code of twenty digits is none."""


def _number(row: int, column: int, sheet: Sheet) -> Decimal | None:
    """The number that a cell holds; rates are none, because nobody adds them up."""
    if plain(sheet.text(row, column)).endswith("%"):
        return None
    raw = next((note[4:] for note in sheet.notes.get((row, column), ()) if note.startswith("raw=")), "")
    text = raw or unicodedata.normalize("NFKC", sheet.text(row, column)).strip()
    text = text.rstrip("円千百万億件人回社").replace(",", "").replace("△", "-").replace("▲", "-").replace("−", "-")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _LARGEST else None


def _places(text: str) -> int:
    """The decimals that a cell prints, whatever the file holds behind them."""
    found = re.match(r"[^.]*\.(\d{1,6})", plain(text))
    return len(found[1]) if found else 0


def _rounded(number: Decimal, places: Decimal) -> Decimal:
    return number.quantize(places, ROUND_HALF_UP)
