"""Laying out: the columns and lines of an invented table as a sheet, with headings, junk, totals and notes around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.tables.sheets import Area, Sheet
from tests.kb.tables.wording import AMOUNTS, JUNK

if TYPE_CHECKING:
    from tests.kb.tables.inventing import Inventor
    from tests.kb.tables.inventions import Column, Item

__all__ = ["lay"]


def lay(name: str, items: Sequence[Item], columns: Sequence[Column], inventor: Inventor) -> Sheet:
    """A sheet of these lines and columns."""
    return _Laying(name, items, columns, inventor).sheet


# Private functions


class _Laying:
    def __init__(self, name: str, items: Sequence[Item], columns: Sequence[Column], inventor: Inventor) -> None:
        self.sheet, self.items, self.inventor = Sheet(name), items, inventor
        self.by, self.merging = inventor.by, inventor.merging
        self.places = self._places(columns)
        self.row = self._above()
        self._headings()
        self._lines()
        self._below()

    def _places(self, columns: Sequence[Column]) -> dict[int, Column]:
        at, places = 1 + self.inventor.choices["offset"], {}
        for column in columns:
            places[at] = column
            at += 2 if self.inventor.gaps and self.by.random() < 0.2 else 1
        return places

    def _above(self) -> int:
        row = 1
        for text in self.by.sample(JUNK, self.by.choice([0, 1, 1, 2])):
            self.sheet.put(row, 1, text)
            row += self.by.choice([1, 1, 2])
        if self.inventor.units == "above":
            self.sheet.put(row, max(self.places), "(単位:千円)")
            row += 1
        if self.inventor.shape == "halves" and not self.inventor.noted:
            self.sheet.put(row, max(self.places), "上段:目標 下段:実績")
            row += 1
        return row

    def _headings(self) -> None:
        deepest = max(len(column.path) for column in self.places.values())
        for at, column in self.places.items():
            for level, text in enumerate(column.path):
                if level == len(column.path) - 1 or not self._goes_on(at, level):
                    self.sheet.put(self.row + level, at, self._noisy(text))
            if len(column.path) == 1 and deepest > 1 and self.merging["heading"] == "merged":
                self._merge(self.row, at, self.row + deepest - 1, at)
        for level in range(deepest - 1):
            self._merge_headings(level)
        self.heading = (self.row, self.row + deepest - 1)
        self.row += deepest

    def _noisy(self, text: str) -> str:
        if "spaced" not in self.inventor.extras or not 1 < len(text) <= 8:
            return text
        return self.by.choice(
            [text, text[0] + " " + text[1:], text + "\n", f" {text}", "　".join(text), text[:2] + "\n" + text[2:]]
        )

    def _goes_on(self, at: int, level: int) -> bool:
        """Whether an upper heading is printed further left already."""
        left = max((other for other in self.places if other < at), default=0)
        return bool(left) and self.places[left].path[: level + 1] == self.places[at].path[: level + 1]

    def _merge_headings(self, level: int) -> None:
        if self.merging["heading"] != "merged":
            return
        starts = [a for a, c in self.places.items() if level < len(c.path) - 1 and not self._goes_on(a, level)]
        for at in starts:
            alike = [
                a
                for a, c in self.places.items()
                if a >= at and c.path[: level + 1] == self.places[at].path[: level + 1]
            ]
            self._merge(self.row + level, at, self.row + level, alike[-1])

    def _lines(self) -> None:
        self.top = self.row
        tops: dict[int, int] = {}
        extras, shape = self.inventor.extras, self.inventor.shape
        if "numbering" in extras:
            for number, at in enumerate(self.places, 1):
                self.sheet.put(self.row, at, f"({number})")
            self.row += 1
        for position, item in enumerate(self.items):
            changed = position == 0 or item.labels[1] != self.items[position - 1].labels[1]
            if "subtotals" in extras and position and changed:
                at = next(a for a, c in self.places.items() if c.path[-1] == self.inventor.label_words["name"])
                self.sheet.put(self.row, at, "小計")
                self.row += 1
            if "again" in extras and item.first and position and self.by.random() < 0.5:
                self._again()
            if "section" in extras and shape != "sheets" and changed:
                self._section(item.labels[1])
            if position and item.first and self.by.random() < self.inventor.blank_rows:
                self.row += 1
            for at, column in self.places.items():
                self._cell(at, column, item, position, tops)
            self.row += 1
        if self.inventor.hiding and self.by.random() < 0.5:
            self._hide(self.by.randrange(self.top, self.row))

    def _cell(self, at: int, column: Column, item: Item, position: int, tops: dict[int, int]) -> None:
        text = column.cell(item)
        own = column.once in ("project", "indicator")
        style = self.merging["project" if own else "label"] if column.once else "each"
        again = bool(position) and self._same(column, item, self.items[position - 1])
        if not again or style == "each":
            tops[at] = self.row
            if text:
                self.sheet.put(self.row, at, text)
                if "broken" in self.inventor.extras and column.kind and self.by.random() < 0.1:
                    self.sheet.notes[self.row, at] = (self.by.choice(["error", "formula"]),)
        elif style == "merged" and tops[at] < self.row:
            self._merge(tops[at], at, self.row, at)

    def _same(self, column: Column, item: Item, before: Item) -> bool:
        """Whether a text goes on from the line before."""
        if column.once == "project":
            return item.project == before.project
        if column.once == "indicator":
            return (item.project, item.indicator) == (before.project, before.indicator)
        level = {"goal": 1, "policy": 2}[column.once] if column.once else 0
        return bool(level) and item.labels[:level] == before.labels[:level]

    def _section(self, text: str) -> None:
        left = min(self.places)
        self.sheet.put(self.row, left, text)
        if self.merging["label"] == "merged":
            self._merge(self.row, left, self.row, max(self.places))
        self.row += 1

    def _again(self) -> None:
        """A page begins: the headings once more."""
        top, bottom = self.heading
        for row in range(top, bottom + 1):
            for at, text in enumerate(self.sheet.rows.get(row, []), 1):
                if text:
                    self.sheet.put(self.row, at, text)
            self.row += 1

    def _hide(self, row: int) -> None:
        for at, text in enumerate(self.sheet.rows.get(row, []), 1):
            if text:
                self.sheet.notes[row, at] = ("hidden",)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.areas[top, left] = Area(top, left, bottom, right)

    def _below(self) -> None:
        if self.inventor.totalled:
            at = next(a for a, c in self.places.items() if c.path[-1] == self.inventor.label_words["name"])
            self.sheet.put(self.row, at, self.by.choice(["合計", "計", "小計"]))
            for place, column in self.places.items():
                if column.once == "project" and column.kind in AMOUNTS:
                    self.sheet.put(self.row, place, "999,999,999")
            self.row += 1
        if self.inventor.choices["note"]:
            self.sheet.put(
                self.row + self.by.choice([0, 1]), min(self.places), "※端数処理のため合計と合わないことがある"
            )
