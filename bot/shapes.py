"""Shapes: the wording of a result by its shape, not by the kind of question."""

from collections.abc import Sequence
from itertools import groupby

from bot.answers import Answer, Line, Piece, count, join, to_choice, words
from bot.lines import LISTED, Lines
from bot.showing import show_change, show_formula, show_value
from kb.asking import COMPUTING
from kb.measures import line_up, read_measures
from kb.operators import RATES
from kb.query import FIGURED, Query
from kb.results import Computed, Label, Operand, Project, Quote, Result
from kb.terms import ENDINGS, measured

__all__ = ["Shapes", "owners"]

TRENDS = frozenset({"rising", "falling", "unchanged", "changed"})
"""Operators that pick projects."""
RANKED = 5
"""Places of a ranking that are shown."""
SHOWN_TERMS = 8
"""Terms of a formula that is shown."""


class Shapes:
    """Puts a result into the lines of its shape: cells, a series, attributes, a list, a computation, an order, the table."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._catalog = lines.catalog

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
            return self._computed(query, result)
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

    def _computed(self, query: Query, result: Result) -> Answer:
        """Values that were computed, or figures in order; what they were made of, and what could not take part."""
        heads = owners(result._replace(projects=() if query.filters or not query.subjects else result.projects))
        if not result.computed and not result.ordered:
            cells = self._cells(query._replace(operators=("cells",), measure=""), result)
            key = "rates" if _only_rates(result.quotes) and query.operators[-1] in ("sum", "average") else "nothing"
            line = self._wording.line("computed", key, "figure")
            return cells._replace(status="no_data", reason=cells.reason or "blank", lines=(line, *cells.lines))
        lines = [*self._ordered(query, result)]
        for computed in result.computed:
            lines += self._computed_lines(computed)
        used = {id(p.quote): p.quote for c in result.computed for p in c.operands} | {
            id(p.quote): p.quote for p in result.ordered
        }
        quotes = tuple(used.values())
        if query.subjects:
            for _, group in groupby(sorted(quotes, key=lambda q: q.row), key=lambda quote: quote.project.reference):
                listed = sorted(group, key=lambda quote: (quote.year, quote.row))
                lines += [] if result.ordered else self._terms(listed)
                lines.append(
                    self._lines.head(
                        listed[0],
                        list(dict.fromkeys(q.year for q in listed)),
                        alone=len(_lines_of(listed)) == 1,
                    )
                )
        lines += self._left_out(query, result)
        if not query.subjects:
            heads = tuple(
                {point.quote.project.reference: point.quote.project for point in self._top(query, result)}.values()
            )
        return Answer(
            "answer",
            tuple(lines),
            projects=heads,
            quotes=quotes,
            computed=result.computed,
            left_out=result.left_out,
        )

    def _terms(self, listed: Sequence[Quote]) -> list[Line]:
        """The cells that a computation was made of."""
        several, mixed = len(_lines_of(listed)) > 1, len({quote.kind for quote in listed}) > 1
        dated = not several and (not mixed or len({quote.year for quote in listed}) > 1)
        return [self._lines.quote(quote, several, dated, False, mixed) for quote in listed]

    def _top(self, query: Query, result: Result) -> tuple[Operand, ...]:
        """The figures that answer: all that are as large as the first of their unit, or everything that is compared."""
        if not result.ordered:
            return tuple(point for computed in result.computed for point in computed.operands)
        if query.operators[-1] == "compare":
            return result.ordered
        return tuple(point for group in _by_unit(result.ordered) for point in _first_places(group, max(query.limit, 1)))

    def _ordered(self, query: Query, result: Result) -> list[Line]:
        """Each unit in its own order: amounts and numbers of projects are never mixed."""
        top = set(map(id, self._top(query, result))) if result.ordered else set()
        groups = _by_unit(result.ordered)
        shown = len(result.ordered) if query.subjects else max(RANKED, query.limit)
        several = not query.subjects or len({point.quote.row for point in result.ordered}) > 1
        lines: list[Line] = []
        for group in groups:
            if len(groups) > 1:
                what = Piece("words", measured(group[0].figures[0].unit))
                lines.append(self._wording.line("ordered", "unit", "item", what=what))
            lines += [self._place(query, point, several, id(point) in top) for point in group[:shown]]
            if group[shown:]:
                lines.append(self._lines.more([point.quote for point in group[shown:]]))
        return lines

    def _place(self, query: Query, point: Operand, several: bool, top: bool) -> Line:
        quote = point.quote
        key = "project" if several else "year" if top or query.operators[-1] == "compare" else "other"
        return self._wording.line(
            "ordered",
            key,
            "figure",
            cell=self._lines.cell(quote),
            year=self._lines.year(quote.year, short=True),
            project=self._lines.named(quote),
            extreme=Piece("words", _extreme(query.operators[-1])),
        )

    def _computed_lines(self, computed: Computed) -> list[Line]:
        value = Piece("computed", show_value(computed), computed)
        direction = Piece("computed", show_change(computed), computed)
        kinds = tuple(dict.fromkeys(operand.quote.kind for operand in computed.operands))
        label = self._computed_of(computed, kinds)
        apart = computed.operation == "change" and len({operand.quote.row for operand in computed.operands}) > 1
        operation = "difference" if apart else computed.operation
        key = operation if not label else f"{operation}_label"
        if len(kinds) > 1:
            key = {"rate": "rate_between", "change": "difference_year"}.get(computed.operation, key)
        count_ = count([operand.quote for operand in computed.operands])
        formula = Piece("computed", show_formula(computed), computed)
        year = self._lines.year(computed.operands[0].quote.year, short=True)
        first = self._wording.line(
            "computed", key, "figure", value=value, direction=direction, label=label, count=count_, year=year,
            base=self._lines.column(computed.operands[0].quote),
        )  # fmt: skip
        return (
            [first, self._wording.line("computed", "formula", "note", formula=formula)]
            if len(computed.operands) <= SHOWN_TERMS
            else [first]
        )

    def _computed_of(self, computed: Computed, kinds: Sequence[str]) -> tuple[Piece, ...]:
        """What was computed of, where that is more than the plain results: 人数, 予算, 目標と実績."""
        quotes = {operand.quote.kind: operand.quote for operand in computed.operands}
        columns = [self._lines.column(quotes[kind]) for kind in kinds] if kinds != ("result",) else []
        label = (Piece("source", computed.label, self._catalog.plan),) if computed.label else ()
        return (*join(columns, "と"), *((words("の"),) if columns and label else ()), *label)

    def _left_out(self, query: Query, result: Result) -> list[Line]:
        conflicting = [quote for quote in result.left_out if quote.state == "conflict"]
        lines = [self._left_out_conflicts(conflicting)] if conflicting else []
        result = result._replace(left_out=tuple(quote for quote in result.left_out if quote.state != "conflict"))
        if not result.left_out:
            return lines
        if query.subjects:
            years = join(map(self._lines.year, sorted({quote.year for quote in result.left_out})), "・")
            return [*lines, self._wording.line("computed", "left_out", years=years)]
        rows = self._rows_left_out(result)
        return [*lines, self._wording.line("computed", "left_out_rows", count=count(rows))] if rows else lines

    def _left_out_conflicts(self, quotes: Sequence[Quote]) -> Line:
        """Each cell in which the source contradicts itself, by name: no value of it was taken."""
        cells = [
            (
                *self._lines.named(quote),
                words(" "),
                self._lines.year(quote.year, short=True),
                *((words(" "), self._lines.column(quote)) if quote.kind != "result" else ()),
            )
            for quote in quotes
        ]
        named = tuple(piece for at, cell in enumerate(cells) for piece in ((words("、"),) if at else ()) + cell)
        return self._wording.line("computed", "left_out_conflict", cells=named)

    @staticmethod
    def _rows_left_out(result: Result) -> tuple[Quote, ...]:
        """One cell for each row of which no cell takes part."""
        taking_part = {p.quote.row for c in result.computed for p in c.operands} | {p.quote.row for p in result.ordered}
        rows = {quote.row: quote for quote in result.left_out if quote.row not in taking_part}
        return tuple(rows.values())

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
        rows = _lines_of(quotes)
        one_grade = len({quote.grade for quote in quotes if quote.kind == "result"}) < 2
        lines: list[Line] = []
        for year in years:
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


def owners(result: Result) -> tuple[Project, ...]:
    """Every project that a result is about, in its order."""
    heads = [*(quote.project for quote in result.quotes), *(fact.project for fact in result.facts), *result.projects]
    return tuple({project.reference: project for project in heads}.values())


# Private functions


def _extreme(operator: str) -> str:
    return ENDINGS[operator].format("") if operator in ("largest", "smallest") else ""


def _only_rates(quotes: Sequence[Quote]) -> bool:
    figures = [figure for quote in quotes for figure in quote.figures]
    return bool(figures) and all(figure.unit in RATES for figure in figures)


def _lines_of(quotes: Sequence[Quote]) -> tuple[int | str | None, ...]:
    """The lines of the table that cells of one project stand in: rows, or activities where a line has several rows."""
    mixed = len({quote.kind for quote in quotes}) > 1
    return tuple(dict.fromkeys(quote.activity if mixed else quote.row for quote in quotes))


def _one_of_each(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """One cell of each kind."""
    return tuple({quote.kind: quote for quote in reversed(quotes)}.values())[::-1]


def _lacks(query: Query, quotes: Sequence[Quote]) -> bool:
    """Whether a unit was asked that none of the cells prints."""
    measures = read_measures(query.measure)
    return any(measure.unit for measure in measures) and not line_up(quotes, measures)


def _by_unit(ordered: Sequence[Operand]) -> list[list[Operand]]:
    groups: dict[tuple[str, str], list[Operand]] = {}
    for point in ordered:
        figure = point.figures[0]
        groups.setdefault((figure.unit, "" if len(point.figures) > 1 else figure.label or ""), []).append(point)
    return list(groups.values()) if len({unit for unit, _ in groups}) > 1 else [list(ordered)]


def _first_places(group: Sequence[Operand], places: int) -> list[Operand]:
    """As many as were asked, and all that are as large as the last of them."""
    last, first = group[min(places, len(group)) - 1].value, group[0].value
    return [point for point in group if min(last, first) <= point.value <= max(last, first)]
