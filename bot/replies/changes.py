"""Changes: the wording of what moved most between two years: each project's change in its place."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.replies.answers import Answer
from bot.replies.lines import Lines
from bot.replies.omissions import RANKED, Omissions
from bot.replies.orders import place_of
from bot.replies.pieces import Line, Piece, count
from bot.replies.showing import show_change, show_formula, show_value
from kb.query import Query
from kb.running.results import Computed, Result

__all__ = ["Changes"]


class Changes:
    """Puts changes that were put in order into lines; every one is said with its formula."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._omissions = Omissions(lines)
        self._wording = lines.wording

    def answer(self, query: Query, result: Result) -> Answer:
        """The first places with their years; or that nothing moved so."""
        omitted = self._omissions.lines(query, result)
        if not result.computed:
            line = self._wording.line("absent", "empty", "figure", what=self._lines.asked(query))
            return Answer("no_data", (line, *omitted), "empty", left_out=result.left_out)
        orders = [list(order) for _, order in groupby(result.computed, key=lambda one: one.unit)]
        tops, places = [*_tops(query, orders)], [_shown(query, order) for order in orders]
        shown = [one for order, place in zip(orders, places, strict=True) for one in order[place]]
        hidden = [one.operands[-1] for order in orders for one in order if one not in shown]
        more = [self._lines.more(hidden)] if hidden else []
        if query.place > max(map(len, orders)):
            omitted = [
                self._wording.line("ordered", "fewer", "note", count=count([one.operands[-1] for one in shown])),
                *omitted,
            ]
        return Answer(
            "answer",
            (self._years(shown), *map(self._place, shown), *more, *omitted),
            projects=tuple({p.reference: p for p in (one.operands[-1].quote.project for one in tops)}.values()),
            quotes=tuple(operand.quote for one in result.computed for operand in one.operands),
            computed=result.computed,
            left_out=result.left_out,
        )

    def steps(self, cells: Answer, result: Result) -> Answer:
        """How each year differs from the one before, above the cells that it is of."""
        several = len({one.operands[-1].quote.row for one in result.computed}) > 1
        lines = tuple(self._step(one, several) for one in result.computed)
        return cells._replace(lines=(*lines, *cells.lines), computed=result.computed, left_out=result.left_out)

    # Private functions

    def _step(self, computed: Computed, several: bool) -> Line:
        quote = computed.operands[-1].quote
        return self._wording.line(
            "ordered",
            "step_project" if several else "step",
            "figure",
            project=self._lines.whole_name(quote),
            year=self._lines.year(quote.year, short=True),
            value=Piece("computed", show_value(computed), computed),
            direction=Piece("computed", show_change(computed), computed),
            formula=Piece("computed", show_formula(computed), computed),
        )

    def _years(self, shown: Sequence[Computed]) -> Line:
        """Between which two years."""
        first, last = (self._lines.year(operand.quote.year) for operand in shown[0].operands)
        return self._wording.line("ordered", "moved", "head", first=first, last=last)

    def _place(self, computed: Computed) -> Line:
        return self._wording.line(
            "ordered",
            "moved_project",
            "figure",
            project=self._lines.whole_name(computed.operands[-1].quote),
            value=Piece("computed", show_value(computed), computed),
            direction=Piece("computed", show_change(computed), computed),
            formula=Piece("computed", show_formula(computed), computed),
        )


# Private functions


def _shown(query: Query, order: Sequence[Computed]) -> slice:
    """Which places of an order are shown."""
    if query.place:
        return place_of([one.value for one in order], query.place)
    return slice(0, max(RANKED, query.limit))


def _tops(query: Query, orders: Sequence[Sequence[Computed]]) -> Iterator[Computed]:
    """The changes that answer: the places that are asked, else all that are as large as the first."""
    for order in orders:
        asked = order[_shown(query, order)] if query.place else order[: query.limit]
        yield from asked or [one for one in order if one.value == order[0].value]
