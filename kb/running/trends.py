"""Trends: the projects whose figures rise or fall, or whose cells stay as they are, over the years."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from kb.query import Query
from kb.running.arithmetic import compute
from kb.running.measures import Series, line_up, once, read_measures, span
from kb.running.results import Number, Operand, Quote, Result

__all__ = ["alike", "gained", "moved", "trend"]


def trend(sign: int) -> Callable[[Query, Result], Result]:
    """The projects whose figures rise (or fall) from each year to the next that prints one; in years that are said, each must."""

    def operate(query: Query, result: Result) -> Result:
        rows = ((quote, one.points) for quote, one in _series(query, result))
        told = ((quote, points) for quote, points in rows if _of_all_years(query, points))
        return _keep(result, [quote for quote, points in told if _goes(sign, [point.value for point in points])])

    return operate


def moved(sign: int) -> Callable[[Query, Result], Result]:
    """The projects of which a figure of the later year is larger (or smaller) than that of the earlier one."""

    def operate(query: Query, result: Result) -> Result:
        kept = []
        for quote, series in _series(query, result):
            ends = span(series)
            if ends and sign * (ends[-1].value - ends[0].value) > 0:
                kept.append(quote)
        return _keep(result, kept)

    return operate


def gained(sign: int) -> Callable[[Query, Result], Result]:
    """The changes of each row between two years, the largest rise (or fall) first; what moved the other way is none."""

    def operate(query: Query, result: Result) -> Result:
        changes = [
            changed
            for _, series in _series(query, result)
            if (ends := span(series)) and (changed := compute("change", series.label, series.unit, ends))
        ]
        held = {operand.quote.row for one in changes for operand in one.operands}
        units = [*dict.fromkeys(one.unit for one in changes)]  # 27件 and 219人 are in no one order
        rising = (one for one in changes if sign * one.value > 0)
        moved = sorted(rising, key=lambda one: (units.index(one.unit), -sign * one.value))
        left_out = tuple(quote for quote in once(result.quotes) if quote.row not in held)
        return result._replace(computed=tuple(moved), left_out=left_out)

    return operate


def alike(same: bool) -> Callable[[Query, Result], Result]:
    """The projects whose cells read the same in all years that report something, or don't; of what is measured, whose figures."""

    def operate(query: Query, result: Result) -> Result:
        if query.measure:
            rows = ((quote, one.points) for quote, one in _series(query, result) if len(one.points) > 1)
            figured = [(quote, points) for quote, points in rows if _of_all_years(query, points)]
            return _keep(result, [quote for quote, points in figured if (len({p.value for p in points}) == 1) is same])
        kept = []
        for _row, cells in groupby(once(result.quotes), key=lambda quote: quote.row):
            told = [quote for quote in cells if quote.state == "reported"]
            if len(told) > 1 and (len({quote.text for quote in told}) == 1) is same:
                kept.append(told[0])
        return _keep(result, kept)

    return operate


# Private functions


def _series(query: Query, result: Result) -> Iterator[tuple[Quote, Series]]:
    """A cell of each row with each kind of figure that the row prints of what is measured."""
    for _, cells in groupby(once(result.quotes), key=lambda quote: quote.row):
        row = list(cells)
        lined_up = line_up(row, read_measures(query.measure), exactly=not query.subjects)
        yield from ((row[0], series) for series in lined_up)


def _of_all_years(query: Query, points: Sequence[Operand]) -> bool:
    """Whether each of the years that are said has a figure."""
    return {*query.years} <= {point.quote.year for point in points}


def _keep(result: Result, quotes: Sequence[Quote]) -> Result:
    kept = {quote.project.reference for quote in quotes}
    return result._replace(projects=tuple(p for p in result.projects if p.reference in kept), quotes=())


def _goes(sign: int, values: Sequence[Number]) -> bool:
    return len(values) > 2 and all(sign * (later - earlier) > 0 for earlier, later in pairwise(values))
