"""Layout: the source as lines of cells with their addresses, told apart from title and headings."""

import re
from dataclasses import dataclass, replace

from kb.errors import ReadingError
from kb.source.plan_sections import Layout

__all__ = ["Block", "Line", "is_period", "split_blocks", "split_lines"]

_NUMBER = re.compile(r"\d{1,3}")
_PERIOD = re.compile(r"[MTSHR]\d{1,2}(?:[～〜~.,、，・-][MTSHR]?\d{1,2})*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source."""

    number: int
    """Its number in the file, from 1."""
    cells: tuple[str, ...]
    """Its cells up to the last one that is not empty."""

    def address(self, at: int) -> str:
        """Where a cell stands, for messages: 12行8列「1件」."""
        return f"{self.number}行{at + 1}列「{self.cells[at]}」"

    def replaced(self, start: int, end: int, cells: tuple[str, ...]) -> "Line":
        """The line with some of its cells replaced by others."""
        return replace(self, cells=(*self.cells[:start], *cells, *self.cells[end:]))


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one project; the first holds its number."""

    no: str
    """The number that anchors it."""
    lines: tuple[Line, ...]
    """From the number to the line before the next number."""


def split_lines(source: str, layout: Layout) -> tuple[Line, ...]:
    """The lines that hold cells and are neither title nor column headings."""
    lines = (Line(number, _cells(text)) for number, text in enumerate(source.split("\n"), 1))
    words = {*layout.title, *layout.header, ""}
    return tuple(line for line in lines if any(line.cells) and not words.issuperset(line.cells))


def split_blocks(lines: tuple[Line, ...], layout: Layout) -> tuple[Block, ...]:
    """The lines by project: a lone number before the period cell begins one."""
    blocks: list[Block] = []
    for line in lines:
        at = number_at(line, layout)
        if at is not None:
            blocks.append(Block(line.cells[at], (line,)))
        elif blocks:
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, line))
        else:
            raise ReadingError(f"{line.address(_first(line))}: 事業の番号より前にあります")
    return tuple(blocks)


def number_at(line: Line, layout: Layout) -> int | None:
    """Where the lone number stands that anchors a project."""
    for at, cell in enumerate(line.cells):
        if is_period(cell, layout):
            return None
        if _NUMBER.fullmatch(cell):
            return at
    return None


def is_period(cell: str, layout: Layout) -> bool:
    """Whether a cell reads as 実施年度: H23～H26, H23.24, H24, 未実施."""
    return cell in layout.periods or _PERIOD.fullmatch(cell) is not None


# Private functions


def _cells(text: str) -> tuple[str, ...]:
    return tuple(text.rstrip("\t").split("\t"))


def _first(line: Line) -> int:
    return next(at for at, cell in enumerate(line.cells) if cell)
