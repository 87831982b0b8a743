"""Keyboards: the buttons under a message, laid out as a phone shows them, none that the platform refuses."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from bot.channels.telegram.texts import clean
from bot.desk import Button, read_press

__all__ = ["Key", "Rows", "keyboard_fits", "read_rows", "to_rows", "without_reasons"]

LONGEST_LABEL = 40
"""Characters of a button that a phone still shows."""
LONGEST_DATA = 64
"""Bytes."""
MOST_ROWS = 30
"""Choices; more would be a list, and the text has that."""
WIDTHS = {"choice": 1, "place": 1, "move": 3, "reason": 2}
"""Buttons of a kind side by side; whatever can be done with an answer stands in one row."""
WIDEST = 8


class Key(NamedTuple):
    """A button as it is shown."""

    label: str
    """What it shows."""
    data: str
    """What comes back when it is pressed."""


Rows = tuple[tuple[Key, ...], ...]


def to_rows(buttons: Sequence[Button]) -> Rows:
    """Buttons in rows, in their order; those that can't be pressed are left to the text."""
    rows: list[tuple[Key, ...]] = []
    for kind, group in groupby(buttons, _row_kind):
        keys = [Key(_shortened(button.label), button.press) for button in group]
        able = [key for key in keys if key_fits(key)]
        width = WIDTHS.get(kind, WIDEST)
        rows += [tuple(able[at : at + width]) for at in range(0, len(able), width)][:MOST_ROWS]
    return tuple(rows)


def without_reasons(rows: Rows) -> Rows:
    """The rows without the reasons that were offered for a vote."""
    return tuple(row for row in rows if not any(_is_reason(key.data) for key in row))


def read_rows(rows: Sequence[Sequence[Sequence[str]]]) -> Rows:
    """Rows out of JSON."""
    return tuple(tuple(Key(label, data) for label, data in row) for row in rows)


def keyboard_fits(rows: Rows) -> bool:
    """Whether the platform takes it."""
    keys = [key for row in rows for key in row]
    return len(keys) <= 100 and all(0 < len(row) <= WIDEST for row in rows) and all(map(key_fits, keys))


def key_fits(key: Key) -> bool:
    """Whether the platform takes a button."""
    return bool(key.label.strip()) and 0 < len(key.data.encode()) <= LONGEST_DATA


# Private functions


def _row_kind(button: Button) -> str:
    return button.kind if button.kind in WIDTHS else ""


def _is_reason(data: str) -> bool:
    return read_press(data).verb == "vote" and "." in data


def _shortened(label: str) -> str:
    """The beginning and the end of a long label: its end is what tells it from its like."""
    label = " ".join(clean(label).split())
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 13]}…{label[-12:]}"
