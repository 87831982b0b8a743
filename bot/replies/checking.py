"""Checking: the last look at a reply: every cell is read again, every word piece holds no digit."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from bot.replies.answers import Answer
from bot.replies.pieces import Piece
from bot.replies.showing import show_change, show_formula, show_value
from bot.replies.wording import Wording
from kb.cells import read_cell_figures
from kb.query import Query
from kb.running.arithmetic import compute
from kb.running.results import Computed, Fact, Operand, Project, Quote
from kb.running.running import (
    count_projects,
    read_cell,
    read_fact,
    read_grades,
    read_name,
    read_printed,
    read_source,
    read_year_grade,
)  # fmt: skip
from nlp.years.fiscal import era_year

__all__ = ["Source", "refusal", "unproven"]

REMEMBERED = 4096
"""Things read that are kept: an edition never changes."""

T = TypeVar("T")


class Source:
    """The knowledge base as a witness: each thing that replies quote is read once, apart from what answered them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._read: dict[object, Any] = {}

    def __call__(self, read: Callable[..., T], *what: object) -> T:
        """What `read` finds of something."""
        if (read, what) in self._read:
            known: T = self._read[read, what]
            return known
        found = read(*what, self.connection)
        if len(self._read) < REMEMBERED:
            self._read[read, what] = found
        return found


def unproven(answer: Answer, source: Source) -> tuple[str, ...]:
    """The pieces of a reply that the knowledge base doesn't bear out; none in a good reply."""
    pieces = [*(piece for line in answer.lines for piece in line.pieces), *answer.formal]
    return tuple(piece.text for piece in pieces if not _is_proven(piece, answer, source))


def refusal(answer: Answer, wording: Wording) -> Answer:
    """What is said instead of a reply that could not be proven."""
    lines = (wording.line("error", "refused", "figure"),)
    return Answer("error", lines, plan=answer.plan, revision=answer.revision, document=answer.document)


# Private functions


def _is_proven(piece: Piece, answer: Answer, source: Source) -> bool:
    proof = piece.proof
    if piece.kind == "words":
        return not any(map(str.isdigit, piece.text))
    if piece.kind == "cell":
        return isinstance(proof, Quote) and _is_printed(proof, piece.text, source)
    if piece.kind == "fact":
        return piece.text in set(_facts(proof, source))
    if piece.kind == "year":
        return isinstance(proof, int) and piece.text in set(_years(proof, answer))
    if piece.kind == "computed":
        return isinstance(proof, Computed) and _is_computed_so(proof, piece.text, source)
    if piece.kind == "count":
        return piece.text == _count(proof, answer, source)
    if piece.kind == "name" and isinstance(proof, Project):
        return piece.text in source(read_name, proof.reference)
    if piece.kind == "source":
        return source(read_source, str(proof), piece.text)
    return piece.kind in ("echo", "name")


def _is_printed(quote: Quote, text: str, source: Source) -> bool:
    """Whether the cell reads so; of one that contradicts itself, whether one of its places does."""
    if not quote.conflict:
        return source(read_cell, quote.row, quote.year) == text == quote.shown
    printed = source(read_printed, quote.row, quote.year)
    return printed is not None and text in printed[2] and printed[2] == quote.conflict


def _years(year: int, answer: Answer) -> Iterator[str]:
    """A year as the plans that are quoted say it."""
    for era in dict.fromkeys([answer.era, *(origin.era for origin in answer.parts)]):
        label = era_year(year, era)
        yield from (label, f"{label}({year}年度)")


def _count(proof: object, answer: Answer, source: Source) -> str | None:
    """How many there are: of a query's projects, counted again, or of things that the answer itself holds."""
    if isinstance(proof, Query):
        return str(count_projects(proof, source.connection))
    held = {*answer.projects, *answer.facts, *(choice.label for choice in answer.choices)}
    cells = {(quote.row, quote.year) for quote in (*answer.quotes, *answer.left_out)}
    if type(proof) is not tuple:  # a cell or a project is a tuple too, and counts nothing
        return None
    things = set(proof)
    printed = {thing: thing.quote if isinstance(thing, Operand) else thing for thing in things}
    borne_out = all((q.row, q.year) in cells if isinstance(q, Quote) else q in held for q in printed.values())
    return str(len(proof)) if borne_out and len(things) == len(proof) else None


def _is_computed_so(computed: Computed, text: str, source: Source) -> bool:
    """Its cells are read again, its figures parsed again, its value computed again."""
    for operand in computed.operands:
        printed = source(read_printed, operand.quote.row, operand.quote.year)
        if printed is None or not set(operand.figures) <= set(read_cell_figures(printed[0], printed[1])):
            return False
    again = compute(computed.operation, computed.label, computed.unit, computed.operands)
    return again == computed and text in (show_value(computed), show_change(computed), show_formula(computed))


def _facts(proof: object, source: Source) -> Iterator[str]:
    if isinstance(proof, Quote):
        yield from source(read_year_grade, proof.row, proof.year) or source(read_fact, proof.row, "grade")
        yield from source(read_fact, proof.row, "period")
    elif isinstance(proof, Fact):
        yield from source(read_fact, proof.row, proof.attribute)
    elif isinstance(proof, Project):
        yield "・".join(source(read_grades, proof.reference))
