"""What an invented table is: its sheets, its columns and lines, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.tables.sheets import Sheet

__all__ = ["Column", "Invention", "Item", "Key", "Truth"]

Key = tuple[str, str | None, str, int]
"""Project, indicator, kind and year of a figure."""


@dataclass
class Truth:
    """What the table says."""

    figures: dict[Key, tuple[str, str]] = field(default_factory=dict)
    """The text and the unit of each figure."""
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By project: heading and text of what else its lines print."""
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By project: goal and policy."""
    grades: dict[str, str] = field(default_factory=dict)
    """By project: the one grade of the project."""


@dataclass
class Invention:
    """A file and its truth."""

    seed: int
    sheets: list[Sheet]
    stem: str
    truth: Truth
    choices: dict[str, object]
    """What was chosen, to name a failure by."""


@dataclass
class Item:
    """One line of the table."""

    project: str
    number: int
    labels: tuple[str, str]
    indicator: str | None
    unit: str
    first: bool
    year: int = 0
    kind: str = ""


@dataclass
class Column:
    """A column: what stands over it and what it prints on a line."""

    path: tuple[str, ...]
    cell: Callable[[Item], str]
    once: str = ""
    """goal, policy, project or indicator: what its text holds for, where it isn't of the line."""
    kind: str = ""
