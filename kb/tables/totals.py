"""Totals: whether a line that adds up others says what they add up to."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kb.tables.mapping import Column
from kb.tables.sheets import Sheet
from kb.tables.vocabulary import plain

__all__ = ["Totals"]


class Totals:
    """The figures of a table's columns so far: since its beginning, and since the last line of totals."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = [c.at for c in columns if c.kind != "grade" and plain(c.unit) != "%"]
        self._whole = dict.fromkeys(self._columns, Decimal(0))
        self._since = dict.fromkeys(self._columns, Decimal(0))
        self._counted = dict.fromkeys(self._columns, 0)

    def take(self, row: int, sheet: Sheet) -> None:
        """Add a line."""
        for at in self._columns:
            number = _number(row, at, sheet)
            if number is not None:
                self._whole[at] += number
                self._since[at] += number
                self._counted[at] += 1

    def check(self, row: int, sheet: Sheet) -> Iterator[tuple[int, str]]:
        """The columns of a line of totals that don't add up, and what is wrong."""
        for at in self._columns:
            number = _number(row, at, sheet)
            if number is None or not self._counted[at]:
                continue
            printed = Decimal(1).scaleb(-_places(sheet.text(row, at)))
            sums = [_rounded(added, printed) for added in (self._whole[at], self._since[at])]
            if _rounded(number, printed) not in sums:
                yield at, f"合計が合いません(足すと {sums[0]:,f})"
        self._since = dict.fromkeys(self._columns, Decimal(0))


# Private functions

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
