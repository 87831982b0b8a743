"""Notices: the cells that the report names, each with its place and the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.tables.sheets import Area, Sheet, address, one_line

__all__ = ["Named", "Notices"]


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that is named in the report."""

    sheet: str
    """Its sheet."""
    address: str
    """Where it stands there: C12."""
    text: str
    """What it prints."""
    reason: str
    """Why it wasn't taken, or what is to be known of it."""

    def __str__(self) -> str:
        """One line for the terminal."""
        place = f"{self.sheet} {self.address}" if self.address else "事業"
        return f"{place}「{one_line(self.text)[:40]}」: {self.reason}"


@dataclass(slots=True)
class Notices:
    """What is to be said of the cells that a reader meets."""

    unread: list[Named] = field(default_factory=list)
    """Cells that were not taken."""
    remarks: list[Named] = field(default_factory=list)
    """Cells of which something must be known."""

    def leave(self, sheet: Sheet, row: int, column: int, reason: str) -> None:
        """Put a cell into the report of unread cells."""
        self.unread.append(Named(sheet.name, address(row, column), sheet.text(row, column), reason))

    def leave_row(self, sheet: Sheet, row: int, reason: str) -> None:
        """Put every cell of a row there."""
        for column in sheet.printed(row):
            self.leave(sheet, row, column, reason)

    def remark(self, sheet: Sheet, row: int, column: int, reason: str) -> None:
        """Put a remark on a cell into the report."""
        self.remarks.append(Named(sheet.name, address(row, column), sheet.text(row, column), reason))

    def remark_project(self, name: str, reason: str) -> None:
        """Put a remark on a project into the report."""
        self.remarks.append(Named("", "", name, reason))

    def in_order(self, sheets: Sequence[str]) -> tuple[Named, ...]:
        """The unread cells by sheet, row and column."""
        return tuple(sorted(self.unread, key=lambda named: _place(named, sheets)))


# Private functions


def _place(named: Named, sheets: Sequence[str]) -> tuple[int, int, int]:
    place = Area.from_text(named.address)
    return sheets.index(named.sheet), place.top, place.left
