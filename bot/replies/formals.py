"""Formals: 回答文, sentences to paste into a document, each with its plan, its place in the table and what stands there."""

from bot.replies.lines import Lines
from bot.replies.pieces import Line, Piece, words
from kb.running.results import Fact, Quote, Result

__all__ = ["Formals"]


class Formals:
    """Puts cells and attributes into sentences."""

    def __init__(self, lines: Lines) -> None:
        self._lines, self._wording, self._catalog = lines, lines.wording, lines.catalog

    def lines(self, result: Result) -> tuple[Line, ...]:
        """A sentence for each cell, blank ones too, and for each attribute that no cell has told."""
        sentences = [*map(self._quoted, result.quotes), *map(self._told, _untold(result))]
        return tuple(Line("figure", sentence) for sentence in sentences)

    def text(self, result: Result) -> tuple[Piece, ...]:
        """Everything that is reported: each cell with its grade, then the attributes that no cell has told."""
        quotes = [quote for quote in result.quotes if quote.state == "reported"]
        sentences = [*map(self._quoted, quotes), *map(self._told, _untold(result))]
        return tuple(piece for sentence in sentences for piece in sentence)

    # Private functions

    def _quoted(self, quote: Quote) -> tuple[Piece, ...]:
        sentence = "sentence" if quote.grade and quote.kind == "result" else "ungraded"
        key = sentence if quote.state == "reported" else quote.state
        project = Piece("name", quote.project.name, quote.project)
        return self._wording.pieces(
            "formal",
            key,
            title=self._title,
            years=self._lines.year(quote.year),
            project=(project, *self._lines.activity(quote)),
            cell=Piece("cell", quote.shown, quote),
            grade=Piece("fact", quote.grade, quote),
            column=self._lines.column(quote),
            rows=Piece("name", quote.project.address, quote.project),
        )

    def _told(self, fact: Fact) -> tuple[Piece, ...]:
        activity = (words("「"), Piece("name", fact.activity, fact.project), words("」")) if fact.activity else ()
        return self._wording.pieces(
            "formal",
            "fact",
            title=self._title,
            project=(Piece("name", fact.project.name, fact.project), *activity),
            attribute=self._lines.attribute(fact.attribute),
            value=Piece("fact", fact.value, fact),
            rows=Piece("name", fact.project.address, fact.project),
        )

    @property
    def _title(self) -> Piece:
        return Piece("source", self._catalog.document.title, self._catalog.plan)


# Private functions


def _untold(result: Result) -> list[Fact]:
    """The attributes that say something, but for a grade that stands in the sentence of its cell."""
    graded = {q.project.reference for q in result.quotes if q.state == "reported" and q.grade and q.kind == "result"}
    return [f for f in result.facts if f.value and not (f.attribute == "grade" and f.project.reference in graded)]
