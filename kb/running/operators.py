"""Operators: what can be done with selected cells, one small function each; a query names them in order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from kb.filters import Filter
from kb.query import Query
from kb.running.arithmetic import compute
from kb.running.bounding import bounded
from kb.running.measures import RATES, Series, accumulates, line_up, once, read_measures, span
from kb.running.pairing import by_line, paired
from kb.running.results import Computed, Operand, Quote, Result
from kb.running.trends import alike, gained, moved, trend
from nlp.writing.text import to_key

__all__ = ["OPERATORS", "SELECTING", "apply"]

SELECTING = frozenset({"cells", "projects", "table", "label", "letter", "lacking", "help"})
"""What stands first in a query (cells, projects, table, label) or asks for no query at all."""


def apply(query: Query, result: Result) -> Result:
    """The result after all operators of a query but the first, which selects."""
    for name in query.operators[1:]:
        result = OPERATORS[name](query, result)
    return result


# Private functions


def _keep(_: Query, result: Result) -> Result:
    return result


def _between(operation: str) -> Callable[[Query, Result], Result]:
    """A value of two cells: two years of a row, or two rows in a year; figures of more rows only stand side by side."""

    def operate(query: Query, result: Result) -> Result:
        lined_up = list(paired(query, result.quotes))
        ends = [(series, _ends(operation, series)) for series in lined_up]
        computed = [compute(operation, s.label, _unit(operation, s), two) for s, two in ends if two]
        beside = [point for s in lined_up if _rows(s) > 2 for point in sorted(s.points, key=lambda p: -p.value)]
        left_out = _distinct(quote for series in lined_up for quote in series.missing)
        return result._replace(computed=_given(computed), ordered=tuple(beside), left_out=left_out)

    return operate


def _steps(query: Query, result: Result) -> Result:
    """Each year's figure minus that of the year before; none where either prints none, or several."""
    measures = read_measures(query.measure)
    rows: dict[int, list[Quote]] = defaultdict(list)
    for quote in result.quotes:
        rows[quote.row].append(quote)
    lined_up = [series for row in rows.values() for series in line_up(row, measures)]
    computed = [
        compute("change", series.label, series.unit, two)
        for series in lined_up
        for two in pairwise(sorted(series.points, key=lambda point: point.quote.year))
        if _follow(series, *two)
    ]
    missing = _distinct(quote for series in lined_up for quote in series.missing)
    return result._replace(computed=_given(computed), left_out=missing)


def _follow(series: Series, one: Operand, other: Operand) -> bool:
    """Whether two figures are the only ones of two years side by side."""
    years = [point.quote.year for point in series.points]
    beside = other.quote.year - one.quote.year == 1
    return beside and years.count(one.quote.year) == years.count(other.quote.year) == 1


def _ends(operation: str, series: Series) -> tuple[Operand, ...]:
    """The two figures that a value is of; none where they are not exactly two, or no amounts."""
    if _rows(series) == 1:
        return span(series)
    of_rates = operation in ("rate", "ratio") and series.unit in RATES  # a rate of another line's rate says nothing
    return () if of_rates or len(series.points) != 2 else _ordered(operation, *series.points)


def _ordered(operation: str, one: Operand, other: Operand) -> tuple[Operand, Operand]:
    """From one to the other: from the earlier year to the later one, from what was planned to what came of it.

    Two lines of a year have no such way: what is named first is divided by the other, a difference is from the smaller one.
    """
    if one.quote.year != other.quote.year and one.quote.kind == other.quote.kind:
        return one, other
    if operation == "change":
        return (other, one) if other.value < one.value else (one, other)
    return (other, one) if one.quote.kind == other.quote.kind else (one, other)


def _each_kind(operate: Callable[[Query, Result], Result]) -> Callable[[Query, Result], Result]:
    """The same of each kind of cells: budgets and settlements are never added up or put into one order."""

    def operate_each(query: Query, result: Result) -> Result:
        kinds = dict.fromkeys(quote.kind for quote in result.quotes)
        if len(kinds) < 2:
            return operate(query, result)
        parts = [
            operate(query, result._replace(quotes=tuple(quote for quote in result.quotes if quote.kind == kind)))
            for kind in kinds
        ]
        kept = set.intersection(*({*part.projects} for part in parts))  # 予算も決算も増えた
        return result._replace(
            quotes=tuple(quote for part in parts for quote in part.quotes),
            projects=tuple(project for project in result.projects if project in kept),
            computed=tuple(computed for part in parts for computed in part.computed),
            ordered=tuple(point for part in parts for point in part.ordered),
            left_out=tuple(quote for part in parts for quote in part.left_out),
        )

    return operate_each


def _over_all(operation: str) -> Callable[[Query, Result], Result]:
    """A value of all cells: a sum, an average."""

    def operate(query: Query, result: Result) -> Result:
        quotes = once(result.quotes)
        lines = by_line(quotes) if len(query.subjects) > 1 else [quotes]
        if sum(map(len, lines)) < len(quotes):
            lines = [quotes]  # what one of them prints alone is added too
        lined_up = tuple(s for line in lines for s in line_up(line, read_measures(query.measure)))
        amounts = [series for series in lined_up if series.unit not in RATES]
        totals = [point.quote for series in amounts for point in series.points if accumulates(point.quote)]
        lined_up = tuple(map(_of_single_years, lined_up))
        if len({quote.year for quote in quotes}) == 1 and operation == "sum" and len(lines) == 1:
            lined_up = _one_for_each_unit(lined_up)
        added = [series for series in lined_up if series.points and _may_be_added(operation, series)]
        if len(query.subjects) > 1 and len(added) > 1:  # 27件 and 219人 are no sum, and none of each
            added = [series for series in added if len(series.points) > 1]
        computed = [compute(operation, s.label, _unit(operation, s), s.points) for s in added]
        left_out = [*(quote for series in lined_up for quote in series.missing), *totals]
        return result._replace(computed=_given(computed), left_out=_distinct(left_out))

    return operate


def _extreme(sign: int) -> Callable[[Query, Result], Result]:
    """The cells in order of a figure, from the largest or from the smallest."""

    def operate(query: Query, result: Result) -> Result:
        lined_up = line_up(once(result.quotes), read_measures(query.measure))
        ordered = [point for series in lined_up for point in sorted(series.points, key=lambda p: -sign * p.value)]
        left_out = [quote for series in lined_up for quote in series.missing]
        return result._replace(ordered=tuple(ordered), left_out=_distinct(left_out))

    return operate


def _compare(query: Query, result: Result) -> Result:
    """Two cells or more side by side, the largest first, with the difference of two."""
    ordered = _extreme(1)(query, result)
    if len({figure.unit for operand in ordered.ordered for figure in operand.figures}) != 1:
        return ordered
    changed = _between("change")(query, result)
    return ordered._replace(computed=changed.computed)


def _having(query: Query, result: Result) -> Result:
    """The cells that print a figure or a text: which project and year it belongs to."""
    kept = [quote for quote in result.quotes if any(_prints(quote, filter_) for filter_ in query.filters)]
    projects = {quote.project.reference: quote.project for quote in kept}
    return result._replace(quotes=tuple(kept), projects=tuple(projects.values()))


def _prints(quote: Quote, filter_: Filter) -> bool:
    if filter_.type == "figure":
        value, unit, *_ = filter_.value.split(" ")
        return any(str(figure.value) == value and figure.unit == unit for figure in quote.figures)
    return filter_.type == "text" and to_key(filter_.value) in to_key(quote.text)


def _of_single_years(series: Series) -> Series:
    """Without the figures that hold the years before them: 累計 is never added up."""
    return series._replace(points=tuple(point for point in series.points if not accumulates(point.quote)))


def _may_be_added(operation: str, series: Series) -> bool:
    """Rates are never added up; of one row they have an average."""
    return series.unit not in RATES or (operation == "average" and _rows(series) == 1)


def _rows(series: Series) -> int:
    return len({point.quote.row for point in series.points})


def _unit(operation: str, series: Series) -> str:
    return {"rate": "%", "ratio": "倍"}.get(operation, series.unit)


def _one_for_each_unit(lined_up: Sequence[Series]) -> tuple[Series, ...]:
    """In one year the figures of a unit add up whatever their label."""
    units = dict.fromkeys(series.unit for series in lined_up)
    groups = [[series for series in lined_up if series.unit == unit] for unit in units]
    return tuple(
        group[0] if len(group) == 1 else
        Series(group[0].unit, "", tuple(p for s in group for p in s.points), tuple(
            q for q in group[0].missing if all(q in s.missing for s in group)
        ))
        for group in groups
    )  # fmt: skip


def _given(computed: Iterable[Computed | None]) -> tuple[Computed, ...]:
    return tuple(one for one in computed if one is not None)


def _distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple({(quote.row, quote.year): quote for quote in quotes}.values())


OPERATORS: dict[str, Callable[[Query, Result], Result]] = {
    "formal": _keep,
    "count": _keep,
    "each": _keep,
    "change": _between("change"),
    "steps": _each_kind(_steps),
    "rate": _between("rate"),
    "ratio": _between("ratio"),
    "sum": _each_kind(_over_all("sum")),
    "average": _each_kind(_over_all("average")),
    "largest": _each_kind(_extreme(1)),
    "smallest": _each_kind(_extreme(-1)),
    "bounded": _each_kind(bounded),
    "compare": _compare,
    "having": _having,
    "rising": _each_kind(trend(1)),
    "falling": _each_kind(trend(-1)),
    "risen": _each_kind(moved(1)),
    "fallen": _each_kind(moved(-1)),
    "gained": _each_kind(gained(1)),
    "lost": _each_kind(gained(-1)),
    "unchanged": _each_kind(alike(True)),
    "changed": _each_kind(alike(False)),
}
"""By the name that kinds of question use."""
