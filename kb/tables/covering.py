"""Covering: which merged cell holds for a place."""

from kb.tables.sheets import Area, Sheet

__all__ = ["Covering"]


class Covering:
    """Merged cells that reach over several rows or columns, by every place that they cover."""

    def __init__(self, sheet: Sheet) -> None:
        self._columns: dict[int, list[Area]] = {}
        for area in sheet.areas.values():
            for column in range(area.left, min(area.right, area.left + 1_000) + 1):
                self._columns.setdefault(column, []).append(area)
        self._sheet = sheet

    def area(self, row: int, column: int) -> Area | None:
        """The merged cell that covers a place."""
        areas = self._columns.get(column)
        return next((area for area in areas if area.top <= row <= area.bottom), None) if areas else None

    def text(self, row: int, column: int) -> str:
        """The text that holds at a place: its own, or that of the merged cell over it."""
        own = self._sheet.text(row, column)
        if own or column not in self._columns:
            return own
        area = self.area(row, column)
        return self._sheet.text(area.top, area.left) if area else ""

    def is_merged(self, column: int, rows: tuple[int, int]) -> bool:
        """Whether labels of a column are merged over the rows that they hold for."""
        return any(area.bottom > area.top and rows[0] <= area.top <= rows[1] for area in self._columns.get(column, ()))
