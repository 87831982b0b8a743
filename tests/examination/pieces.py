"""A message in pieces, so that a noise knows what is a name, a year or a particle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Message", "Piece", "fill", "text_of", "year_piece"]

PARTICLES = ("の", "は", "を", "って", "が", "で", "に", "と")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message."""

    kind: str
    """name, number, year, particle or words."""
    text: str
    """What is typed."""
    value: str = ""
    """Number of the project that a name stands for; the era year of a year."""


Message = tuple[Piece, ...]
RUNNING_TOGETHER = re.compile("(?<=[0-9０-９])\x00(?=['0-9０-９])|(?<=[A-Za-zＡ-Ｚａ-ｚ])\x00(?=[A-Za-zＡ-Ｚａ-ｚ])")


def fill(template: str, slots: Mapping[str, Piece] | None = None) -> Message:
    """「{name}|の|{year}|は？」 with its slots; what stands alone between bars as の, は … is a particle."""
    parts = [part for bar in template.split("|") for part in re.split(r"(\{\w+\})", bar) if part]
    return tuple(_piece(part, slots or {}) for part in parts)


def text_of(message: Iterable[Piece]) -> str:
    """The message as typed; two numbers, or two words of Latin letters, are never run together."""
    typed = "\x00".join(p.text for p in message if p.text)
    return re.sub(RUNNING_TOGETHER, " ", typed).replace("\x00", "")


def year_piece(year: int, text: str = "") -> Piece:
    """An era year, 「25年度」 unless said otherwise."""
    return Piece("year", text or f"{year}年度", str(year))


# Private functions


def _piece(part: str, slots: Mapping[str, Piece]) -> Piece:
    if part.startswith("{") and part.endswith("}"):
        return slots[part[1:-1]]
    return Piece("particle" if part in PARTICLES else "words", part)
