"""Fitting: how wide a text is, and where it is broken, on a picture as wide as a phone."""

import unicodedata
from decimal import Decimal

from bot.charts.chart import Mark

__all__ = ["MARGIN", "SMALL", "WIDTH", "fits", "shortened", "width", "wrapped"]

WIDTH = 390
"""Of a picture, in the pixels of a phone."""
MARGIN = 12
"""Left and right of everything."""
SMALL = 11
"""The smallest type, in pixels."""
LINES = 3
"""Lines of one text; the rest is left out (…)."""


def width(text: str, size: int = SMALL) -> int:
    """Pixels that a text takes: a full-width character is as wide as the type is high, others a little more than half."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return round(size * (wide + 0.58 * (len(text) - wide)))


def wrapped(text: str, room: int, size: int = SMALL) -> list[str]:
    """A text in lines that fit into the room; Japanese may be broken anywhere."""
    lines = [""]
    for character in " ".join(text.split()):
        if width(lines[-1] + character, size) > room:
            lines.append("")
        lines[-1] += character
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], lines[LINES - 1][:-1] + "…"]


def shortened(text: str, length: int) -> str:
    """The beginning of a text that is longer."""
    return text if len(text) <= length else text[: length - 1] + "…"


def fits(marks: tuple[Mark, ...], top: Decimal) -> bool:
    """Whether marks side by side have room for what is written at them, beside an axis that reaches to the top."""
    room = (WIDTH - 2 * MARGIN - width(f"{top:,.0f}")) // len(marks)
    return all(width(part) + SMALL // 2 <= room for mark in marks for part in (mark.label, mark.text))
