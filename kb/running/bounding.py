"""Bounding: the cells whose figures lie on one side of a figure, in their order; and those of which that can't be told."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kb.query import Query
from kb.running.measures import APART, line_up, once, read_measures
from kb.running.results import Number, Operand, Quote, Result
from nlp.bounds import Bound
from nlp.figures.figures import Figure

__all__ = ["bounded"]


def bounded(query: Query, result: Result) -> Result:
    """The cells that surely lie within the bound; what may or may not, and what prints no such figure, is left out."""
    bound = query.bound
    if bound is None:
        return result
    quotes = once(result.quotes)
    measured = _measured(query, quotes, bound)
    told = {at: _told(point.figures, bound) for at, point in measured.items()}
    kept = [point for at, point in measured.items() if told[at] == {True}]
    unsettled = {at for at, said in told.items() if len(said) > 1}
    sign = -1 if bound.is_lower else 1
    return result._replace(
        ordered=tuple(sorted(kept, key=lambda point: sign * point.value)),
        left_out=tuple(
            quote for quote in _left_out(quotes, measured.keys(), unsettled) if not _lies_beyond(quote, bound)
        ),
    )


# Private functions

_ABOVE = frozenset({"以上", "超", "余", "余り", "強"})
_BELOW = frozenset({"以下", "以内", "未満", "弱"})
_EXACT = frozenset({"", "全", "計", "合計", "総計", "小計", "累計", "累積"})
"""Qualifiers of a figure that is itself what is counted; any other (約, 平均, そのうち, 毎回) leaves open how much that is."""
_EVER = Decimal("Infinity")

_Cell = tuple[int, int]


def _measured(query: Query, quotes: Sequence[Quote], bound: Bound) -> dict[_Cell, Operand]:
    """What is measured of each cell: all its figures of the bound's unit that stand for themselves."""
    found: dict[_Cell, tuple[Quote, list[Figure]]] = {}
    for series in line_up(quotes, read_measures(query.measure)):
        for point in series.points:
            own = [one for one in point.figures if one.unit == bound.unit and one.qualifier not in APART]
            if own:
                found.setdefault((point.quote.row, point.quote.year), (point.quote, []))[1].extend(own)
    return {at: Operand(quote, tuple(figures)) for at, (quote, figures) in found.items()}


def _told(figures: Sequence[Figure], bound: Bound) -> set[bool]:
    """Whether figures lie within a bound; both where that can't be told."""
    return {bound.holds(value) for value in _reach(figures)}


def _lies_beyond(quote: Quote, bound: Bound) -> bool:
    """Whether all that a cell counts in the bound's unit, under whatever label, surely lies beyond it."""
    figures = [figure for figure in quote.figures if figure.unit == bound.unit]
    parts = any(figure.qualifier in APART for figure in figures)
    return bool(figures) and not parts and _told(figures, bound) == {False}


def _reach(figures: Sequence[Figure]) -> Iterator[Number]:
    """What a cell may mean by its figures: from where to where each of them goes, and all of them together."""
    ends = [_ends(figure) for figure in figures]
    yield from (end for both in ends for end in both)
    yield sum(low for low, _ in ends)
    yield sum(high for _, high in ends)


def _ends(figure: Figure) -> tuple[Number, Number]:
    """約500人 may be more or less, 500人以上 any number from there on."""
    said = figure.qualifier or ""
    low = figure.value if said in _EXACT | _ABOVE else -_EVER
    high = figure.value if said in _EXACT | _BELOW else _EVER
    return low, high


def _left_out(quotes: Iterable[Quote], measured: Iterable[_Cell], unsettled: set[_Cell]) -> Iterator[Quote]:
    """Cells of which the bound can't be told, and those without a figure; of several lines only whole lines are."""
    cells = [quote for quote in quotes if quote.state != "outside"]
    told, alone = {*measured}, len({quote.row for quote in cells}) == 1
    rows = {row for row, _ in told}
    for quote in cells:
        at = quote.row, quote.year
        if at in unsettled or (at not in told and (alone or quote.row not in rows)):
            yield quote
