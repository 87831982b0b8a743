"""Sheets: what a file prints, as texts with their addresses; the one form that every reader of a file gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Area", "Sheet", "address", "column_letter", "column_number", "is_blank", "one_line"]

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Area:
    """A merged cell: the rows and columns that it covers, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """As a spreadsheet writes it: A3:A7."""
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"

    @classmethod
    def from_text(cls, text: str) -> "Area":
        """A3:A7 back to rows and columns; a lone address covers itself."""
        first, _, last = text.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        return cls(top, left, bottom, right)


@dataclass(slots=True)
class Sheet:
    """One sheet as its reader fills it; nothing changes it afterwards."""

    name: str
    """As the file names it; a text file's is its own name."""
    rows: dict[int, list[str]] = field(default_factory=dict)
    """Texts by row number, from column 1 up to the last one that is printed; rows without any are left out."""
    notes: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    """What is to be known of a cell beside its text: formula, error, hidden, hidden-sheet, format, raw=…"""
    areas: dict[tuple[int, int], Area] = field(default_factory=dict)
    """Merged cells, by their first cell."""

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" where there is none."""
        texts = self.rows.get(row)
        return texts[column - 1] if texts and column <= len(texts) else ""

    def printed(self, row: int) -> dict[int, str]:
        """What a row prints, by column."""
        return {at: text for at, text in enumerate(self.rows.get(row, ()), 1) if not is_blank(text)}

    def put(self, row: int, column: int, text: str) -> None:
        """Set a text."""
        texts = self.rows.setdefault(row, [])
        if len(texts) < column:
            texts.extend([""] * (column - len(texts)))
        texts[column - 1] = text

    def cells(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of every cell that prints something or is noted, row by row."""
        noted: dict[int, set[int]] = {}
        for row, column in self.notes:
            noted.setdefault(row, set()).add(column)
        for row in sorted({*self.rows, *noted}):
            texts = self.rows.get(row, [])
            for column in sorted({at for at, text in enumerate(texts, 1) if text} | noted.get(row, set())):
                yield row, column, texts[column - 1] if column <= len(texts) else ""

    @property
    def is_hidden(self) -> bool:
        """Whether the whole sheet is hidden."""
        return any("hidden-sheet" in note for note in self.notes.values())


def column_letter(number: int) -> str:
    """3 → C."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """C → 3."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Row 12 of column 3 → C12."""
    return f"{column_letter(column)}{row}"


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing: empty, or spaces only."""
    return not text.strip()


def one_line(text: str) -> str:
    """A name or heading that a cell breaks over lines; between Latin words a space stays."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    joined = re.sub(r"(?<=[!-~])\s*[\r\n]+\s*(?=[!-~])", " ", text.strip())
    return re.sub(r"\s*[\r\n]+\s*", "", joined)


# Private functions


def _place(text: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[2]), column_number(found[1])
