"""Bounds: the wording of what lies above or below a figure: how many projects do, or that none does."""

from bot.replies.answers import Answer
from bot.replies.lines import Lines
from bot.replies.omissions import Omissions, names_few
from bot.replies.pieces import Line, Piece, count
from kb.query import Query
from kb.running.results import Result

__all__ = ["Bounds"]


class Bounds:
    """Puts into lines what is said of a bound beside the figures that lie within it."""

    def __init__(self, lines: Lines, omissions: Omissions) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._omissions = omissions

    @staticmethod
    def is_empty(query: Query, result: Result) -> bool:
        """Whether figures of the bound's unit are printed, and none of them lies within."""
        if query.bound is None or result.ordered:
            return False
        return any(figure.unit == query.bound.unit for quote in result.quotes for figure in quote.figures)

    def nothing(self, query: Query, result: Result) -> Answer:
        """That none lies within, and what could not be told of."""
        few = names_few(query)
        line = self._wording.line("absent", "empty_years" if few else "empty", "figure", what=self._asked(query))
        lines = (line, *self._omissions.lines(query, result))
        return Answer("no_data", lines, "empty", projects=result.projects if few else (), left_out=result.left_out)

    def counted(self, query: Query, result: Result) -> list[Line]:
        """How many projects lie within; of few that are named nothing is counted."""
        if query.bound is None or names_few(query):
            return []
        projects = {point.quote.project.reference: point.quote.project for point in result.ordered}
        counted = count(list(projects.values()))
        return [self._wording.line("list", "heading", "figure", count=counted, what=self._asked(query))]

    # Private functions

    def _asked(self, query: Query) -> Piece:
        """What must lie within."""
        return Piece("echo", query.to_japanese()) if names_few(query) else self._lines.asked(query)
