"""Indicators: which of them a line speaks of, where a table prints it once over the lines of its kinds or years."""

from collections.abc import Sequence

from kb.tables.covering import Covering
from kb.tables.mapping import Column, Part
from kb.tables.sheets import one_line
from kb.tables.vocabulary import plain

__all__ = ["Indicators"]


class Indicators:
    """The indicators (or finer projects) of a part, line by line."""

    def __init__(self, covering: Covering, part: Part, columns: Sequence[Column]) -> None:
        self._covering, self._part = covering, part
        self._places = [column.at for column in columns if column.role == "activity"]
        self._name = next((column.at for column in columns if column.role == "name"), 0)
        self._marks = [column.at for column in columns if column.role in ("kind", "year")]
        self._held: dict[int, str] = {}
        self._project = ("", "")
        self._seen: set[tuple[str, ...]] = set()

    def of(self, row: int, no: str, name: str) -> dict[int, str]:
        """Those of the next line of a project; one that prints none goes on if it is of another kind or year."""
        texts = {at: self._text(row, at) for at in self._places}
        mark = self._mark(row)
        if any(texts.values()) or (no, name) != self._project or not mark or mark in self._seen:
            self._held, self._seen = texts, set()
        self._project = (no, name)
        self._seen.add(mark)
        return dict(self._held)

    def _text(self, row: int, at: int) -> str:
        """What holds at a place; a name that is merged over the columns of its indicators names none of them."""
        area = self._covering.area(row, at)
        return "" if area and area.left <= self._name < at else one_line(self._covering.text(row, at))

    def _mark(self, row: int) -> tuple[str, ...]:
        """What tells a line from the others of its indicator; () where nothing does."""
        if self._part.lines:
            count = len(self._seen)
            return (str(count),) if count < len(self._part.lines) else ()
        marks = tuple(plain(self._covering.text(row, at)) for at in self._marks)
        return marks if any(marks) else ()
