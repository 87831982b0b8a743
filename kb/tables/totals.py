"""Totals: whether a line that adds up others says what they add up to."""

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from kb.tables.mapping import Column
from kb.tables.sheets import Sheet

__all__ = ["Totals"]


class Totals:
    """The figures of a table's columns so far: since its beginning, and since the last line of totals."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = [column.at for column in columns if column.kind != "grade"]
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
            if number is not None and number not in (self._whole[at], self._since[at]) and self._counted[at]:
                yield at, f"合計が合いません(足すと {_shown(self._whole[at])})"
        self._since = dict.fromkeys(self._columns, Decimal(0))


# Private functions


def _number(row: int, column: int, sheet: Sheet) -> Decimal | None:
    raw = next((note[4:] for note in sheet.notes.get((row, column), ()) if note.startswith("raw=")), "")
    text = raw or unicodedata.normalize("NFKC", sheet.text(row, column)).strip()
    text = text.rstrip("円千百万億件人回社%").replace(",", "").replace("△", "-").replace("▲", "-").replace("−", "-")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _shown(number: Decimal) -> str:
    return f"{number.normalize():,f}"
