"""Quotations: the wording of cells and attributes as the table prints them."""

from collections.abc import Sequence
from itertools import groupby

from bot.replies.answers import Answer
from bot.replies.blanks import Blanks
from bot.replies.formals import Formals
from bot.replies.lines import Lines, lines_of, owners
from bot.replies.pieces import Line, Piece, count
from kb.query import Query
from kb.running.measures import line_up, read_measures
from kb.running.results import Quote, Result
from kb.terms import measured

__all__ = ["Quotations"]

CROWDED = 24
"""Cells of one project that are shown one by one; of more of them the blank ones are counted."""


class Quotations:
    """Puts quoted cells and attributes into lines: the figure first, then whose it is."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._formals = Formals(lines)
        self._blanks = Blanks(lines)
        self._wording = lines.wording
        self._catalog = lines.catalog

    def answer(self, query: Query, result: Result) -> Answer:
        """The cells and attributes that were asked, or why there is nothing to quote."""
        heads = owners(result)
        reported = [quote for quote in result.quotes if quote.state == "reported"]
        base = Answer("answer", (), projects=heads, quotes=result.quotes, facts=result.facts)
        sentences = self._formals.lines(result) if query.operators[-1] == "formal" else ()
        if sentences:
            return base._replace(lines=sentences, formal=self._formals.text(result))
        if not reported and not any(fact.value for fact in result.facts):
            return self._blanks.answer(query, result, base)
        lines: list[Line] = []
        if reported and _lacks(query, reported):
            base = base._replace(status="no_data", reason="no_attribute")
            what = Piece("name", measured(query.measure))  # t-CO2数 and 2号認定 hold a digit
            lines.append(self._wording.line("absent", "no_measure", "figure", what=what))
        for _, group in groupby(result.quotes, key=lambda quote: quote.project.reference):
            lines += self._project_quotes(query, list(group))
        lines += self._lines.facts(result.facts)
        if not result.quotes:
            lines += [self._lines.project(project) for project in heads]
        return base._replace(lines=tuple(lines), formal=self._formals.text(result))

    # Private functions

    def _project_quotes(self, query: Query, quotes: list[Quote]) -> list[Line]:
        """One project's cells: the figure first, then whose it is."""
        told = {quote.year for quote in quotes}
        years = [year for year in query.years or self._catalog.years if year in told]
        kinds = {quote.kind for quote in quotes}
        if {"grade", "result"} <= kinds:  # the grade has a line of its own
            quotes = [quote._replace(grade="") for quote in quotes]
        several, named = len(lines_of(quotes)) > 1, len(kinds) > 1
        one_grade = len({quote.grade for quote in quotes if quote.kind == "result"}) < 2
        blank = [quote for quote in quotes if quote.state == "blank"] if len(quotes) > CROWDED else []
        quotes = [quote for quote in quotes if quote not in blank]
        lines = self._by_year(quotes, years, several=several, named=named, graded=not one_grade)
        if blank:
            lines.append(self._wording.line("cell", "rest", "note", count=count(blank)))
        graded = next((quote for quote in quotes if quote.kind == "result" and quote.grade), None)
        if one_grade and graded and (several or (len(years) > 1 and not named)):
            lines.append(self._wording.line("cell", "grade", "figure", grade=self._lines.grade(graded)))
        return [*lines, self._lines.head(quotes[0], years, alone=not several)]

    def _by_year(
        self, quotes: Sequence[Quote], years: Sequence[int], *, several: bool, named: bool, graded: bool
    ) -> list[Line]:
        """The cells of each year, under its name where several stand side by side."""
        headed = len(years) > 1 and (several or named)
        dated = len(years) > 1 and (several or not named)
        lines: list[Line] = []
        for year in years:
            cells = [quote for quote in quotes if quote.year == year]
            if cells and headed:
                named_year = self._lines.year(year, short=True)
                lines.append(self._wording.line("cell", "year_heading", "item", year=named_year))
            lines += [self._lines.quote(quote, several, dated, graded, named) for quote in cells]
        return lines


# Private functions


def _lacks(query: Query, quotes: Sequence[Quote]) -> bool:
    """Whether a unit was asked that none of the cells prints."""
    measures = read_measures(query.measure)
    return any(measure.unit for measure in measures) and not line_up(quotes, measures)
