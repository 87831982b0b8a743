"""Computations: the wording of values that were computed and of figures in order: what they are of, and what is left out."""

from collections.abc import Callable, Sequence
from itertools import repeat

from bot.replies.answers import Answer
from bot.replies.bounds import Bounds
from bot.replies.lines import Lines, lines_of, owners
from bot.replies.omissions import Omissions, names_few, why_nothing
from bot.replies.operations import OF_KINDS, in_order, operation_of
from bot.replies.orders import first_places, orders, places_of, shown_so_far
from bot.replies.pieces import Line, Piece, count, join, words
from bot.replies.showing import kinds_in, show_change, show_formula, show_value
from kb.query import Query
from kb.running.results import Computed, Operand, Project, Quote, Result
from kb.terms import ENDINGS, ORDERING, measured

__all__ = ["Computations"]

SHOWN_TERMS = 8
"""Terms of a formula that is shown."""


class Computations:
    """Puts computed values and orders into lines; `cells` says the plain cells where nothing could be computed."""

    def __init__(self, lines: Lines, cells: Callable[[Query, Result], Answer]) -> None:
        self._lines = lines
        self._omissions = Omissions(lines)
        self._bounds = Bounds(lines, self._omissions)
        self._wording = lines.wording
        self._catalog = lines.catalog
        self._cells = cells

    def answer(self, query: Query, result: Result) -> Answer:
        """Values that were computed, or figures in order; what they were made of, and what could not take part."""
        if self._bounds.is_empty(query, result):
            return self._bounds.nothing(query, result)
        if not result.computed and not result.ordered:
            return self._nothing(query, result)
        quotes = _used(result)
        lines = [*self._bounds.counted(query, result), *self._ordered(query, result)]
        several = len({operand.quote.activity for one in result.computed for operand in one.operands}) > 1
        for computed in result.computed:
            line, *formula = self._computed_lines(computed, ranked=bool(result.ordered))
            lines += [self._of_line(computed, line) if several else line, *formula]
        lines += self._made_of(query, result, quotes) if names_few(query) else []
        lines += self._omissions.lines(query, result)
        return Answer(
            "answer",
            tuple(lines),
            projects=self._heads(query, result),
            quotes=quotes,
            computed=result.computed,
            ordered=result.ordered,
            left_out=result.left_out,
            shown=shown_so_far(query, result),
        )

    # Private functions

    def _nothing(self, query: Query, result: Result) -> Answer:
        """Why there is no value, and what the cells print instead."""
        cells = self._cells(query.plain()._replace(measure=""), result)
        line = self._wording.line("computed", why_nothing(query, result), "figure")
        shown = cells.lines if names_few(query) or len(cells.quotes) <= SHOWN_TERMS else ()  # not a whole table
        return cells._replace(status="no_data", reason=cells.reason or "blank", lines=(line, *shown))

    def _heads(self, query: Query, result: Result) -> tuple[Project, ...]:
        """The projects that were asked; of many those whose figures answer."""
        if names_few(query):
            return owners(result._replace(projects=()) if query.filters else result)
        return tuple(
            {point.quote.project.reference: point.quote.project for point in self._top(query, result)}.values()
        )

    def _made_of(self, query: Query, result: Result, quotes: Sequence[Quote]) -> list[Line]:
        """The cells of each project, in the order in which the projects were asked; one of each is one line."""
        asked = [subject.project for subject in query.subjects]
        groups: dict[str, list[Quote]] = {reference: [] for reference in asked}
        for quote in sorted(quotes, key=lambda quote: (quote.year, quote.row)):
            groups.setdefault(quote.project.reference, []).append(quote)
        found = [group for group in groups.values() if group]
        if len(found) > 1 and not result.ordered and all(len(group) == 1 for group in found):
            return [self._named_cell(quote) for (quote,) in found]
        lines = []
        for group in found:
            lines += [] if result.ordered else self._terms(group)
            years = list(dict.fromkeys(quote.year for quote in group))
            lines.append(self._lines.head(group[0], years, alone=len(lines_of(group)) == 1))
        return lines

    def _named_cell(self, quote: Quote) -> Line:
        """A cell beside those of other projects."""
        return self._wording.line(
            "ordered",
            "project",
            "figure",
            project=self._lines.named(quote),
            year=self._lines.year(quote.year, short=True),
            cell=self._lines.cell(quote),
        )

    def _terms(self, listed: Sequence[Quote]) -> list[Line]:
        """The cells that a computation was made of."""
        several, mixed = len(lines_of(listed)) > 1, len({quote.kind for quote in listed}) > 1
        dated = not several and (not mixed or len({quote.year for quote in listed}) > 1)
        return [self._lines.quote(quote, several, dated, False, mixed) for quote in listed]

    def _top(self, query: Query, result: Result) -> tuple[Operand, ...]:
        """The figures that answer: all that are as large as the first of their unit, or everything that is compared."""
        if not result.ordered:
            return tuple(point for computed in result.computed for point in computed.operands)
        if query.operators[-1] in ("compare", "bounded"):
            return result.ordered
        groups = orders(query, result.ordered)
        if query.start or query.place:
            return tuple(point for group in groups for point in group[places_of(query, group)])
        return tuple(point for group in groups for point in first_places(group, max(query.limit, 1)))

    def _ordered(self, query: Query, result: Result) -> list[Line]:
        """Each unit in its own order: amounts and numbers of projects are never mixed."""
        top = set(map(id, self._top(query, result))) if result.ordered else set()
        groups = orders(query, result.ordered)
        kinds = {point.quote.kind for point in result.ordered}
        several = not names_few(query) or len({point.quote.row for point in result.ordered}) > 1
        lines: list[Line] = []
        for group in groups:
            if len(groups) > 1:
                unit = group[0].figures[0].unit
                what = self._lines.column(group[0].quote) if len(kinds) > 1 else Piece("name", measured(unit))
                lines.append(self._wording.line("ordered", "unit", "item", what=what))
            places = places_of(query, group)
            lines += self._lines.before([point.quote for point in group[: places.start]]) if query.start else []
            shown = [self._place(query, point, several, id(point) in top) for point in group[places]]
            numbered = bool(query.place) or (query.limit > 1 and several and query.operators[-1] in ORDERING)
            lines += [*map(self._ranked, shown, group[places], repeat(group))] if numbered else shown
            lines += self._fewer(group) if query.place > len(group) else []
            hidden = [*(group[: places.start] if query.place else ()), *group[places.stop :]]
            lines += [self._lines.more([point.quote for point in hidden])] if hidden else []
        return lines

    def _place(self, query: Query, point: Operand, several: bool, top: bool) -> Line:
        quote = point.quote
        first = (top and not query.place) or query.operators[-1] == "compare"
        key = "project" if several else "year" if first else "other"
        return self._wording.line(
            "ordered",
            key,
            "figure",
            cell=self._lines.cell(quote),
            year=self._lines.year(quote.year, short=True),
            project=self._lines.named(quote) if names_few(query) else self._lines.whole_name(quote),
            extreme=Piece("words", _extreme(query.operators[-1])),
        )

    def _fewer(self, group: Sequence[Operand]) -> list[Line]:
        """That an order ends before the place that is asked."""
        return [self._wording.line("ordered", "fewer", "note", count=count(group))]

    def _ranked(self, line: Line, point: Operand, group: Sequence[Operand]) -> Line:
        """A line with its place: how many stand before it, and itself; equal ones share theirs."""
        before = group[: next(at for at, other in enumerate(group) if other.value == point.value)]
        place = self._wording.pieces("ordered", "place", place=count((*before, point)))
        return line._replace(pieces=(*place, *line.pieces))

    def _computed_lines(self, computed: Computed, *, ranked: bool) -> list[Line]:
        """The value, and how it was computed."""
        key, kinds = operation_of(computed), kinds_in(computed)
        label = self._computed_of(computed, kinds)
        first, operands = computed.operands[0].quote, computed.operands
        planned, came = in_order(computed)
        value = self._wording.line(
            "computed",
            f"{key}_label" if label and key not in OF_KINDS else key,
            "figure",
            value=Piece("computed", show_value(computed), computed),
            direction=Piece("computed", show_change(computed), computed),
            label=label,
            count=count([operand.quote for operand in operands]),
            year=self._lines.year(first.year, short=True),
            base=self._lines.column(first),
            project=self._lines.named(first),
            planned=self._lines.column(planned),
            planned_year=self._lines.year(planned.year, short=True),
            came=self._lines.column(came),
            came_year=self._lines.year(came.year, short=True),
        )
        if key == "difference" and not ranked:
            value = value._replace(pieces=(*value.pieces, *self._larger(computed)))
        formula = Piece("computed", show_formula(computed), computed)
        shown = [self._wording.line("computed", "formula", "note", formula=formula)]
        return [value, *(shown if len(operands) <= SHOWN_TERMS else [])]

    @staticmethod
    def _of_line(computed: Computed, line: Line) -> Line:
        """A value between two kinds of cells with the line that it is of, where there are several."""
        name = computed.operands[0].quote.activity
        if len(kinds_in(computed)) < 2 or not name:
            return line
        named = (Piece("name", name, computed.operands[0].quote.project), words(" "))
        return line._replace(pieces=(*named, *line.pieces))

    def _larger(self, computed: Computed) -> tuple[Piece, ...]:
        """Which of two lines of the table prints more; nothing where both print the same, or where they have one name."""
        smaller, larger = sorted(computed.operands, key=lambda operand: operand.value)
        names = [operand.quote.activity or operand.quote.project.name for operand in (smaller, larger)]
        if smaller.value == larger.value or names[0] == names[1]:
            return ()
        return self._wording.pieces("computed", "larger", name=Piece("name", names[1], larger.quote.project))

    def _computed_of(self, computed: Computed, kinds: Sequence[str]) -> tuple[Piece, ...]:
        """What was computed of, where that is more than the plain results: 人数, 予算, 目標と実績."""
        quotes = {operand.quote.kind: operand.quote for operand in computed.operands}
        columns = [self._lines.column(quotes[kind]) for kind in kinds] if kinds != ("result",) else []
        label = (Piece("source", computed.label, self._catalog.plan),) if computed.label else ()
        return (*join(columns, "と"), *((words("の"),) if columns and label else ()), *label)


# Private functions


def _used(result: Result) -> tuple[Quote, ...]:
    """Every cell that takes part, once."""
    points = [*(point for computed in result.computed for point in computed.operands), *result.ordered]
    return tuple({id(point.quote): point.quote for point in points}.values())


def _extreme(operator: str) -> str:
    return ENDINGS[operator].format("") if operator in ORDERING else ""
