"""Computations: the wording of values that were computed and of figures in order: what they are of, and what is left out."""

from collections.abc import Callable, Sequence
from itertools import groupby

from bot.answers import Answer
from bot.lines import Lines, lines_of, owners
from bot.pieces import Line, Piece, count, join, words
from bot.showing import kinds_in, show_change, show_formula, show_value
from kb.operators import RATES
from kb.query import Query
from kb.results import Computed, Operand, Quote, Result
from kb.terms import ENDINGS, measured

__all__ = ["Computations"]

RANKED = 5
"""Places of a ranking that are shown."""
SHOWN_TERMS = 8
"""Terms of a formula that is shown."""


class Computations:
    """Puts computed values and orders into lines; `cells` says the plain cells where nothing could be computed."""

    def __init__(self, lines: Lines, cells: Callable[[Query, Result], Answer]) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._catalog = lines.catalog
        self._cells = cells

    def answer(self, query: Query, result: Result) -> Answer:
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
                        alone=len(lines_of(listed)) == 1,
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
            ordered=result.ordered,
            left_out=result.left_out,
        )

    # Private functions

    def _terms(self, listed: Sequence[Quote]) -> list[Line]:
        """The cells that a computation was made of."""
        several, mixed = len(lines_of(listed)) > 1, len({quote.kind for quote in listed}) > 1
        dated = not several and (not mixed or len({quote.year for quote in listed}) > 1)
        return [self._lines.quote(quote, several, dated, False, mixed) for quote in listed]

    def _top(self, query: Query, result: Result) -> tuple[Operand, ...]:
        """The figures that answer: all that are as large as the first of their unit, or everything that is compared."""
        if not result.ordered:
            return tuple(point for computed in result.computed for point in computed.operands)
        if query.operators[-1] == "compare":
            return result.ordered
        groups = _groups(query, result.ordered)
        return tuple(point for group in groups for point in _first_places(group, max(query.limit, 1)))

    def _ordered(self, query: Query, result: Result) -> list[Line]:
        """Each unit in its own order: amounts and numbers of projects are never mixed."""
        top = set(map(id, self._top(query, result))) if result.ordered else set()
        groups = _groups(query, result.ordered)
        kinds = {point.quote.kind for point in result.ordered}
        shown = len(result.ordered) if query.subjects else query.limit or RANKED
        several = not query.subjects or len({point.quote.row for point in result.ordered}) > 1
        lines: list[Line] = []
        for group in groups:
            if len(groups) > 1:
                unit = group[0].figures[0].unit
                what = self._lines.column(group[0].quote) if len(kinds) > 1 else words(measured(unit))
                lines.append(self._wording.line("ordered", "unit", "item", what=what))
            places = max(shown, len(_first_places(group, shown))) if query.limit else shown
            lines += [self._place(query, point, several, id(point) in top) for point in group[:places]]
            if group[places:]:
                lines.append(self._lines.more([point.quote for point in group[places:]]))
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
        kinds = kinds_in(computed)
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
            whole, named = _untaken(result)
            parts: list[tuple[Piece, ...]] = [(self._lines.year(year),) for year in whole]
            parts += [(*self._lines.named(quote), words(" "), self._lines.year(quote.year)) for quote in named]
            years = tuple(piece for at, part in enumerate(parts) for piece in ((words("・"),) if at else ()) + part)
            return [*lines, self._wording.line("computed", "left_out", years=years)] if parts else lines
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


# Private functions


def _untaken(result: Result) -> tuple[list[int], list[Quote]]:
    """The years of which nothing takes part, and the cells that are missing beside others of their year that do.

    Where a line goes on in another one of the same project, the year that the other prints isn't missing.
    """
    taken = [point.quote for computed in result.computed for point in computed.operands]
    taken += [point.quote for point in result.ordered]
    years: dict[int, set[int]] = {}
    for quote in taken:
        years.setdefault(quote.row, set()).add(quote.year)
    known = {(quote.project.reference, quote.year) for quote in taken}
    whole = sorted({quote.year for quote in result.left_out} - {year for _, year in known})
    named = [
        quote
        for quote in result.left_out
        if quote.year not in whole
        and (
            (quote.project.reference, quote.year) not in known
            or any(years.get(quote.row, set()) & told for row, told in years.items() if row != quote.row)
        )
    ]
    return whole, named


def _extreme(operator: str) -> str:
    return ENDINGS[operator].format("") if operator in ("largest", "smallest") else ""


def _only_rates(quotes: Sequence[Quote]) -> bool:
    figures = [figure for quote in quotes for figure in quote.figures]
    return bool(figures) and all(figure.unit in RATES for figure in figures)


def _groups(query: Query, ordered: Sequence[Operand]) -> list[list[Operand]]:
    """Each kind of cells and each unit in its own order; what is compared is one."""
    groups: dict[tuple[str, str, str], list[Operand]] = {}
    for point in ordered:
        figure, kind = point.figures[0], "" if query.operators[-1] == "compare" else point.quote.kind
        label = "" if len(point.figures) > 1 else figure.label or ""
        groups.setdefault((kind, figure.unit, label), []).append(point)
    apart = len({(kind, unit) for kind, unit, _ in groups}) > 1
    return list(groups.values()) if apart else [list(ordered)]


def _first_places(group: Sequence[Operand], places: int) -> list[Operand]:
    """As many as were asked, and all that are as large as the last of them."""
    last, first = group[min(places, len(group)) - 1].value, group[0].value
    return [point for point in group if min(last, first) <= point.value <= max(last, first)]
