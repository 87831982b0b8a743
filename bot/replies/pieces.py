"""Pieces: what the lines of replies are made of; every piece says where its text comes from."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kb.query import Query
from kb.running.results import Computed, Fact, Project, Quote

__all__ = ["Kind", "Line", "Piece", "count", "join", "words"]

Kind = Literal["words", "cell", "fact", "year", "name", "count", "echo", "source", "computed"]


class Piece(NamedTuple):
    """A part of a line; `proof` says where its text comes from."""

    kind: Kind
    """words hold no digit; cell, fact, name and source are the table's; year and count are made; echo is the asker's."""
    text: str
    """As it is shown."""
    proof: Quote | Fact | Project | Computed | Query | tuple[object, ...] | int | str | None = None
    """The cell, attribute, project, computation, year, plan, or what was counted (a query, or the things themselves)."""
    part: Literal["", "grade"] = ""
    """What it is a part of: a grade with what it is called is shown as one."""


class Line(NamedTuple):
    """One line of a reply."""

    role: str
    """figure, head, note, source, item, choice, more: what a channel may set apart."""
    pieces: tuple[Piece, ...]
    """In order."""

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(piece.text for piece in self.pieces)


def words(text: str) -> Piece:
    """A piece that claims nothing: it may hold no digit."""
    return Piece("words", text)


def count(things: Sequence[object]) -> Piece:
    """How many things there are; the last check counts them again."""
    return Piece("count", str(len(things)), tuple(things))


def join(pieces: Iterable[Piece], separator: str) -> tuple[Piece, ...]:
    """Pieces with words between them."""
    joined: list[Piece] = []
    for piece in pieces:
        joined += [words(separator), piece] if joined else [piece]
    return tuple(joined)
