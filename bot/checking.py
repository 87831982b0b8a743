"""Checking: the last look at a reply: every cell is read again, every word piece holds no digit."""

import sqlite3
from collections.abc import Iterator

from bot.answers import Answer, Piece
from bot.wording import Wording
from kb.results import Fact, Project, Quote
from kb.running import read_cell, read_fact, read_name

__all__ = ["refusal", "unproven"]


def unproven(answer: Answer, connection: sqlite3.Connection) -> tuple[str, ...]:
    """The pieces of a reply that the knowledge base doesn't bear out; none in a good reply."""
    pieces = [*(piece for line in answer.lines for piece in line.pieces), *answer.formal]
    return tuple(piece.text for piece in pieces if not _is_proven(piece, connection))


def refusal(answer: Answer, wording: Wording) -> Answer:
    """What is said instead of a reply that could not be proven."""
    lines = (wording.line("error", "refused", "figure"),)
    return Answer("error", lines, plan=answer.plan, revision=answer.revision, document=answer.document)


# Private functions


def _is_proven(piece: Piece, connection: sqlite3.Connection) -> bool:
    proof = piece.proof
    if piece.kind == "words":
        return not any(character.isdigit() for character in piece.text)
    if piece.kind == "cell":
        return isinstance(proof, Quote) and read_cell(proof.row, proof.year, connection) == piece.text == proof.text
    if piece.kind == "fact":
        return piece.text in set(_facts(proof, connection))
    if piece.kind == "year":
        return isinstance(proof, int) and str(proof) in piece.text or piece.text.endswith("年度")
    if piece.kind == "count":
        return piece.text == str(proof)
    if piece.kind == "name" and isinstance(proof, Project):
        return piece.text in read_name(proof.reference, connection)
    return True


def _facts(proof: object, connection: sqlite3.Connection) -> Iterator[str]:
    if isinstance(proof, Quote):
        yield from read_fact(proof.row, "grade", connection)
        yield from read_fact(proof.row, "period", connection)
    elif isinstance(proof, Fact) and proof.row is not None:
        yield from read_fact(proof.row, proof.attribute, connection)
    elif isinstance(proof, Project):
        yield "・".join(proof.grades)


