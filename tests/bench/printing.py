"""Printing: a table for each part, as Markdown, so that it can be pasted into docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import unicodedata
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

__all__ = ["machine", "print_table"]

SHOWN = ("sudachipy", "sudachidict-core", "rapidfuzz", "tantivy", "bm25s")


def machine() -> str:
    """What a figure of this run stands for."""
    cores = len(os.sched_getaffinity(0))
    packages = [f"{name} {found}" for name in SHOWN if (found := _version(name))]
    load = os.getloadavg()[0]
    parts = [
        f"{cores} cores (load {load:.1f})",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    return ", ".join([*parts, *packages])


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]], note: str = "") -> None:
    """A titled table; the first column to the left, figures to the right."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    print(f"\n## {title}\n")
    for at, line in enumerate(lines):
        print(
            "| "
            + " | ".join(
                _padded(cell, width, place) for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            + " |"
        )
        if at == 0:
            print(
                "|"
                + "|".join("-" * (width + 1) + ("-" if place == 0 else ":") for place, width in enumerate(widths))
                + "|"
            )
    if note:
        print(f"\n{note}")


# Private functions


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(cell: str, width: int, place: int) -> str:
    gap = " " * (width - _width(cell))
    return cell + gap if place == 0 else gap + cell
