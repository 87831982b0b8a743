"""Quotations: the wording of cells and attributes as the table prints them, and of those that say nothing."""

from collections.abc import Sequence
from itertools import groupby

from bot.replies.answers import Answer, to_choice
from bot.replies.formals import Formals
from bot.replies.lines import Lines, lines_of, owners
from bot.replies.pieces import Line, Piece, count, join, words
from kb.query import Query
from kb.running.measures import line_up, read_measures
from kb.running.results import Project, Quote, Result
from kb.terms import FIGURED, measured

__all__ = ["Quotations"]

CROWDED = 24
"""Cells of one project that are shown one by one; of more of them the blank ones are counted."""


class Quotations:
    """Puts quoted cells and attributes into lines: the figure first, then whose it is."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._formals = Formals(lines)
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
            return self._nothing(query, result, base)
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

    def _nothing(self, query: Query, result: Result, base: Answer) -> Answer:
        """No cell reports anything and no attribute says anything: contradictions, blanks, lines that aren't printed."""
        absent = base._replace(status="no_data", reason="blank")
        if any(quote.state == "conflict" for quote in result.quotes):
            return absent._replace(lines=tuple(self._conflicts(result.quotes)))
        if result.quotes:
            return self._blank(query, result, base)
        if not result.facts and set(query.attributes) <= set(FIGURED) and base.projects:
            return absent._replace(lines=(self._unprinted(query, base.projects),))
        whose = [self._lines.project(project) for project in base.projects]
        return absent._replace(lines=(*self._lines.facts(result.facts), *whose))

    def _project_quotes(self, query: Query, quotes: list[Quote]) -> list[Line]:
        """One project's cells: the figure first, then whose it is."""
        told = {quote.year for quote in quotes}
        years = [year for year in query.years or self._catalog.years if year in told]
        kinds = {quote.kind for quote in quotes}
        if {"grade", "result"} <= kinds:  # the grade has a line of its own
            quotes = [quote._replace(grade="") for quote in quotes]
        rows = lines_of(quotes)
        one_grade = len({quote.grade for quote in quotes if quote.kind == "result"}) < 2
        lines: list[Line] = []
        blank = tuple(quote for quote in quotes if quote.state == "blank") if len(quotes) > CROWDED else ()
        quotes = [quote for quote in quotes if quote not in blank]
        several, named = len(rows) > 1, len(kinds) > 1
        dated = len(years) > 1 and (several or not named)
        for year in [year for year in years if any(quote.year == year for quote in quotes)]:
            if len(years) > 1 and (several or named):
                lines.append(
                    self._wording.line("cell", "year_heading", "item", year=self._lines.year(year, short=True))
                )
            lines += [
                self._lines.quote(quote, many_rows=several, many_years=dated, graded=not one_grade, named=named)
                for quote in quotes
                if quote.year == year
            ]
        if blank:
            lines.append(self._wording.line("cell", "rest", "note", count=count(blank)))
        graded = next((quote for quote in quotes if quote.kind == "result" and quote.grade), None)
        if one_grade and graded and (several or (len(years) > 1 and not named)):
            lines.append(self._wording.line("cell", "grade", "figure", grade=self._lines.grade(graded)))
        return [*lines, self._lines.head(quotes[0], years, alone=not several)]

    def _unprinted(self, query: Query, heads: Sequence[Project]) -> Line:
        """The table has the column, and no line of it for these projects."""
        subject = join((Piece("name", f"{head.name}({head.address})", head) for head in heads), "・")
        columns = join((words(self._catalog.attribute_label(name)) for name in query.attributes), "・")
        return self._wording.line("absent", "unprinted", "figure", subject=subject, column=columns)

    def _blank(self, query: Query, result: Result, base: Answer) -> Answer:
        """Every cell that was asked is blank or 「-」, or the table has no column for it."""
        result = result._replace(quotes=_of_columns(result.quotes))
        first = result.quotes[0]
        states = {quote.state for quote in result.quotes}
        state = next(iter(states)) if len(states) == 1 else "blank"
        subject: tuple[Piece, ...] = (Piece("name", f"{first.project.name}({first.project.address})", first.project),)
        if len({quote.row for quote in result.quotes}) == 1:
            subject += self._lines.activity(first)
        years = join(map(self._lines.year, dict.fromkeys(quote.year for quote in result.quotes)), "・")
        columns = join((self._lines.column(quote) for quote in _one_of_each(result.quotes)), "・")
        named = (*columns, words("の")) if query.attributes != ("result",) else ()
        lines = [
            self._wording.line("absent", state, "figure", subject=subject, years=years, column=named)
            if query.years
            else Line("figure", (*subject, words("の"), *self._wording.pieces("absent", "nothing", column=columns)))
        ]
        if first.period and not any(character.isdigit() for character in first.period):
            lines.append(self._wording.line("fact", "period", "figure", value=Piece("fact", first.period, first)))
        references = [subject.reference for subject in query.subjects]
        elsewhere = sorted({year for reference in references for year in self._years_told(reference, query)})
        if elsewhere:
            lines.append(self._wording.line("absent", "reported", years=join(map(self._lines.year, elsewhere), "、")))
        choices = tuple(to_choice(query._replace(years=(year,))) for year in elsewhere[-1:])
        return base._replace(
            status="no_data", lines=tuple(lines), reason="no_year" if state == "outside" else state, choices=choices
        )

    def _years_told(self, reference: str, query: Query) -> tuple[int, ...]:
        return self._catalog.years_reported(reference, kinds=query.attributes)

    def _conflicts(self, quotes: Sequence[Quote]) -> list[Line]:
        """Cells in which the source contradicts itself: everything that it prints, with its place, and no choice."""
        lines = []
        for quote in (quote for quote in quotes if quote.state == "conflict"):
            name = f"{quote.project.name}({quote.project.address})"
            subject = (Piece("name", name, quote.project), *self._lines.activity(quote))
            column = (self._lines.column(quote), words("の"))
            years = self._lines.year(quote.year)
            lines.append(
                self._wording.line("absent", "conflict", "figure", subject=subject, years=years, column=column)
            )
            lines += [
                self._wording.line("absent", "conflicting", "item", printed=Piece("cell", text, quote))
                for text in quote.conflict
            ]
        return lines


# Private functions


def _of_columns(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The cells that a column holds; all where none does."""
    return tuple(quote for quote in quotes if quote.state != "outside") or tuple(quotes)


def _one_of_each(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """One cell of each kind."""
    return tuple({quote.kind: quote for quote in reversed(quotes)}.values())[::-1]


def _lacks(query: Query, quotes: Sequence[Quote]) -> bool:
    """Whether a unit was asked that none of the cells prints."""
    measures = read_measures(query.measure)
    return any(measure.unit for measure in measures) and not line_up(quotes, measures)
