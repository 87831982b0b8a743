"""Panels: figures of one unit lined up on one axis, with what stands where there is none."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from bot.charts.chart import Form, Mark, Panel
from bot.charts.fitting import fits
from bot.charts.naming import Naming, gap, shown
from bot.replies.showing import printed_unit
from kb.running.measures import Series
from kb.running.results import Quote
from nlp.figures.figures import Figure

__all__ = ["Board", "key_of", "readable"]


class Board(NamedTuple):
    """All cells of a chart, and how they are arranged."""

    cells: tuple[Quote, ...]
    """In the order of the picture."""
    history: bool
    """Whether it shows years of a line of the table, or lines against each other."""
    naming: Naming
    """What they are called."""

    @classmethod
    def of(cls, cells: tuple[Quote, ...], history: bool) -> "Board":
        """The board of some cells."""
        return cls(cells, history, Naming.of(cells))

    def panel(self, series: Series, drawn: Sequence[Series]) -> Panel:
        """A series as a panel; those of its unit that are drawn with it have the same axis."""
        alike = [one for one in drawn if one.unit == series.unit]
        unit, scale = printed_unit((f for one in alike for f in readable(one).values()), series.unit)
        values = [Decimal(figure.value) / scale for one in alike for figure in readable(one).values()]
        span = min(Decimal(0), *values), max(Decimal(0), *values)
        quotes, figures = self._quotes(series), _figures(series)
        marks = tuple(self._mark(quote, figures.get(key_of(quote), []), scale) for quote in quotes)
        form = self._form(marks, [quote.year for quote in quotes], span[1])
        return Panel(self.naming.panel(series, unit, self.history), unit, form, marks, span)

    # Private functions

    def _quotes(self, series: Series) -> list[Quote]:
        """The cells of a series, with those that print no such figure; in a comparison these stand below the others."""
        missing = set(map(key_of, series.missing))
        there = _figures(series).keys() | missing
        quotes = [quote for quote in self.cells if key_of(quote) in there]
        return quotes if self.history else sorted(quotes, key=lambda quote: key_of(quote) in missing)

    def _mark(self, quote: Quote, figures: Sequence[Figure], scale: int) -> Mark:
        """A value is one that a cell prints: where it prints several of a kind, all are said and none is drawn."""
        label = quote.year_label if self.history else self.naming.label(quote)
        text = "・".join(shown(quote, figure) for figure in figures) or gap(quote)
        return Mark(label, Decimal(figures[0].value) / scale if len(figures) == 1 else None, text)

    def _form(self, marks: tuple[Mark, ...], years: Sequence[int], top: Decimal) -> Form:
        """A line says that one year follows the other; what is too wide for a phone lies."""
        if not self.history or not fits(marks, top):
            return "bars"
        follow = all(later - earlier == 1 for earlier, later in pairwise(years))
        return "line" if follow and len(marks) > 2 else "columns"


def key_of(quote: Quote) -> tuple[int, int]:
    """What makes a cell the same cell."""
    return quote.row, quote.year


def readable(series: Series) -> dict[tuple[int, int], Figure]:
    """The figures that can be drawn: those of cells that print one of the series, not several."""
    return {key: figures[0] for key, figures in _figures(series).items() if len(figures) == 1}


# Private functions


def _figures(series: Series) -> dict[tuple[int, int], list[Figure]]:
    figures: dict[tuple[int, int], list[Figure]] = {}
    for point in series.points:
        figures.setdefault(key_of(point.quote), []).extend(point.figures)
    return figures
