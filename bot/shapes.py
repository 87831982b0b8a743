"""Shapes: the wording of a result by its shape, not by the kind of question."""

from collections.abc import Sequence
from itertools import groupby

from bot.answers import Answer, Line, Piece, count, join, to_choice, words
from bot.computations import Computations
from bot.lines import LISTED, Lines, lines_of, owners
from kb.asking import COMPUTING
from kb.measures import line_up, read_measures
from kb.query import Query
from kb.results import Label, Project, Quote, Result
from kb.terms import FIGURED, measured

__all__ = ["Shapes"]

TRENDS = frozenset({"rising", "falling", "unchanged", "changed"})
"""Operators that pick projects."""


CROWDED = 24
"""Cells of one project that are shown one by one; of more of them the blank ones are counted."""


class Shapes:
    """Puts a result into the lines of its shape: cells, a series, attributes, a list, a computation, an order, the table."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._catalog = lines.catalog
        self._computations = Computations(lines, self._cells)

    def answer(self, query: Query, result: Result) -> Answer:
        """The shape of a result decides its wording."""
        if query.operators[-1] == "table":
            return Answer("answer", tuple(self._table(query, result)), projects=result.projects)
        if query.operators[-1] == "label":
            lines = [line for label in result.labels for line in self._label(label, "figure")]
            return Answer("answer" if lines else "no_data", tuple(lines))
        if query.operators[0] == "projects" or query.operators[-1] in TRENDS:
            return self._list(query, result)
        if query.operators[-1] == "having":
            return self._having(query, result)
        if result.computed or result.ordered or query.operators[-1] in COMPUTING:
            return self._computations.answer(query, result)
        return self._cells(query, result)

    # Private functions

    def _having(self, query: Query, result: Result) -> Answer:
        """Where a figure or a text stands: project, year and the whole cell."""
        what = Piece("echo", query.condition())
        if not result.quotes:
            return Answer("no_data", (self._wording.line("absent", "nowhere", "figure", what=what),), reason="empty")
        lines = [self._found(quote) for quote in result.quotes[:LISTED]]
        if result.quotes[LISTED:]:
            lines.append(self._lines.more(result.quotes[LISTED:]))
        return Answer("answer", tuple(lines), projects=result.projects, quotes=result.quotes)

    def _found(self, quote: Quote) -> Line:
        return self._wording.line(
            "ordered",
            "project",
            "figure",
            project=self._lines.named(quote),
            year=self._lines.year(quote.year, short=True),
            cell=self._lines.cell(quote),
        )

    def _cells(self, query: Query, result: Result) -> Answer:
        facts = self._lines.facts(result.facts)
        heads = owners(result)
        reported = [quote for quote in result.quotes if quote.state == "reported"]
        base = Answer("answer", (), projects=heads, quotes=result.quotes, facts=result.facts)
        if query.operators[-1] == "formal":
            return base._replace(
                lines=tuple(self._lines.formal(quote, "figure") for quote in result.quotes),
                formal=self._lines.formal_text(result),
            )
        contradicted = any(quote.state == "conflict" for quote in result.quotes)
        if result.quotes and not reported and contradicted and not any(fact.value for fact in result.facts):
            return base._replace(status="no_data", reason="blank", lines=tuple(self._conflicts(result.quotes)))
        if result.quotes and not reported and not any(fact.value for fact in result.facts):
            return self._blank(query, result)._replace(projects=heads, quotes=result.quotes, facts=result.facts)
        if not result.quotes and not result.facts and set(query.attributes) <= set(FIGURED) and heads:
            return base._replace(status="no_data", reason="blank", lines=(self._unprinted(query, heads),))
        if not result.quotes and not any(fact.value for fact in result.facts):
            whose = [self._lines.project(project) for project in heads]
            return base._replace(status="no_data", reason="blank", lines=(*facts, *whose))
        lines: list[Line] = []
        if reported and _lacks(query, reported):
            base = base._replace(status="no_data", reason="no_attribute")
            what = Piece("words", measured(query.measure))
            lines.append(self._wording.line("absent", "no_measure", "figure", what=what))
        for _, group in groupby(result.quotes, key=lambda quote: quote.project.reference):
            lines += self._project_quotes(list(group))
        lines += facts
        if not result.quotes:
            lines += [self._lines.project(project) for project in heads]
        return base._replace(lines=tuple(lines), formal=self._lines.formal_text(result))

    def _project_quotes(self, quotes: list[Quote]) -> list[Line]:
        """One project's cells: the figure first, then whose it is."""
        years = list(dict.fromkeys(quote.year for quote in quotes))
        kinds = {quote.kind for quote in quotes}
        if {"grade", "result"} <= kinds:  # the grade has a line of its own
            quotes = [quote._replace(grade="") for quote in quotes]
        rows = lines_of(quotes)
        one_grade = len({quote.grade for quote in quotes if quote.kind == "result"}) < 2
        lines: list[Line] = []
        blank = tuple(quote for quote in quotes if quote.state == "blank") if len(quotes) > CROWDED else ()
        quotes = [quote for quote in quotes if quote not in blank]
        for year in dict.fromkeys(quote.year for quote in quotes):
            if len(years) > 1 and (len(rows) > 1 or len(kinds) > 1):
                lines.append(
                    self._wording.line("cell", "year_heading", "item", year=self._lines.year(year, short=True))
                )
            for quote in (quote for quote in quotes if quote.year == year):
                dated = len(years) > 1 and (len(kinds) == 1 or len(rows) > 1)
                lines.append(
                    self._lines.quote(
                        quote, many_rows=len(rows) > 1, many_years=dated, graded=not one_grade, named=len(kinds) > 1
                    )
                )
        if blank:
            lines.append(self._wording.line("cell", "rest", "note", count=count(blank)))
        plain = quotes[0].kind == "result" and (len(rows) > 1 or len(years) > 1)
        if one_grade and quotes[0].grade and plain:
            lines.append(self._wording.line("cell", "grade", "figure", grade=self._lines.grade(quotes[0])))
        return [*lines, self._lines.head(quotes[0], years, alone=len(rows) == 1)]

    def _unprinted(self, query: Query, heads: Sequence[Project]) -> Line:
        """The table has the column, and no line of it for these projects."""
        subject = join((Piece("name", f"{head.name}({head.address})", head) for head in heads), "・")
        columns = join((words(self._catalog.attribute_label(name)) for name in query.attributes), "・")
        return self._wording.line("absent", "unprinted", "figure", subject=subject, column=columns)

    def _blank(self, query: Query, result: Result) -> Answer:
        """Every cell that was asked is blank or 「-」."""
        first = result.quotes[0]
        states = {quote.state for quote in result.quotes}
        state = "dash" if states == {"dash"} else "blank"
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
        for quote in result.quotes[:1]:
            if quote.period and not any(character.isdigit() for character in quote.period):
                lines.append(self._wording.line("fact", "period", "figure", value=Piece("fact", quote.period, quote)))
        references = [subject.reference for subject in query.subjects]
        elsewhere = sorted({year for reference in references for year in self._years_told(reference, query)})
        if elsewhere:
            lines.append(self._wording.line("absent", "reported", years=join(map(self._lines.year, elsewhere), "、")))
        choices = tuple(to_choice(query._replace(years=(year,))) for year in elsewhere[-1:])
        return Answer("no_data", tuple(lines), reason=state, choices=choices)

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

    def _list(self, query: Query, result: Result) -> Answer:
        what = Piece("echo", query.to_japanese() if query.operators[-1] in TRENDS else query.condition() or "すべて")
        listed = result.projects
        if any(filter_.type == "graded" for filter_ in query.filters):  # the grade of another time would contradict it
            listed = tuple(project._replace(grades=()) for project in listed)
        counted = count(listed)
        base = Answer("answer", (), projects=listed)
        if not result.projects:
            line = self._wording.line("absent", "empty", "figure", what=what)
            return base._replace(status="no_data", reason="empty", lines=(line,))
        key = "count" if query.operators[-1] == "count" else "heading"
        heading = self._wording.line("list", key, "figure", count=counted, what=what)
        return base._replace(lines=(heading, *self._lines.items(listed)))

    def _label(self, label: Label, role: str) -> list[Line]:
        """A goal or a policy by name, with what must be said of the name."""
        source = self._catalog.plan
        value, letter = Piece("source", label.text, source), Piece("source", label.letter, source)
        marks = [Piece("source", mark, source) for mark in label.marks]
        return [
            self._wording.line("table", "goal" if label.letter else "policy", role, value=value, letter=letter),
            *(self._wording.line("table", "marked", mark=mark) for mark in marks),
        ]

    def _table(self, query: Query, result: Result) -> list[Line]:
        facts, source = self._catalog.document, self._catalog.plan
        filling = {
            "title": Piece("source", facts.title, source),
            "publisher": Piece("source", facts.publisher, source),
            "first": self._lines.year(facts.years[0]),
            "last": self._lines.year(facts.years[-1]),
            "count": Piece("count", str(len(result.projects)), query._replace(operators=("projects",))),
            "grades": Piece("source", "・".join(self._catalog.grades), source),
        }
        lines = [self._wording.line("table", attribute, "figure", **filling) for attribute in query.attributes]
        for label in result.labels:
            lines += self._label(label, "item")
        if "title" in query.attributes and facts.scope:
            lines.append(self._wording.line("table", "scope", scope=Piece("source", facts.scope, source)))
        return lines


# Private functions


def _one_of_each(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """One cell of each kind."""
    return tuple({quote.kind: quote for quote in reversed(quotes)}.values())[::-1]


def _lacks(query: Query, quotes: Sequence[Quote]) -> bool:
    """Whether a unit was asked that none of the cells prints."""
    measures = read_measures(query.measure)
    return any(measure.unit for measure in measures) and not line_up(quotes, measures)
