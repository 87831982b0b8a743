"""Pairing: which cells are held against each other: a row over its years, rows in a year, or two kinds of cells."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from kb.query import Query
from kb.running.measures import RATES, Series, line_up, read_measures
from kb.running.results import Quote
from kb.terms import FIGURED

__all__ = ["by_line", "paired"]


def paired(query: Query, quotes: Sequence[Quote]) -> Iterable[Series]:
    """Each row on its own over the years; several rows against each other where one year is asked.

    Two kinds of cells (目標 and 実績) are held against each other line by line and year by year.
    """
    measures = read_measures(query.measure)
    kinds = {quote.kind for quote in quotes}
    if len(kinds) == 1 and len(set(query.attributes) & set(FIGURED)) > 1:
        return []  # 目標と実績の差, of a project without 目標: no change of its results over the years
    if len(kinds) > 1:
        lines: dict[tuple[str, str | None, int], list[Quote]] = {}
        for quote in sorted(quotes, key=lambda quote: FIGURED.index(quote.kind)):
            lines.setdefault((quote.project.reference, quote.activity, quote.year), []).append(quote)
        return [series for line in _beside(lines) for series in line_up(line, measures)]
    if len({quote.year for quote in quotes}) == 1:
        return [series for line in by_line(quotes) for series in line_up(line, measures)]
    rows = [list(row) for _, row in groupby(quotes, key=lambda quote: quote.row)]
    return [series for row in rows for series in line_up(row, measures)]


def by_line(quotes: Sequence[Quote]) -> list[Sequence[Quote]]:
    """Cells of projects by the lines that all of them print, where there are any: 管理費 is never held against 収入."""
    projects = {quote.project.reference for quote in quotes}
    lines: dict[str | None, list[Quote]] = {}
    for quote in quotes:
        lines.setdefault(quote.activity, []).append(quote)
    common = [line for line in lines.values() if {quote.project.reference for quote in line} == projects]
    return [*common] if common and len(projects) > 1 else [quotes]


# Private functions


def _beside(lines: Mapping[tuple[str, str | None, int], list[Quote]]) -> list[list[Quote]]:
    """The lines that hold two kinds of cells; of a project without any its only two amounts: 計画事業費 and 実績事業費."""
    across = _across(lines)
    years: dict[tuple[str, int], list[list[Quote]]] = {}
    for (project, activity, year), line in lines.items():
        if (project, activity) not in across:
            years.setdefault((project, year), []).append(line)
    beside = [line for of_year in years.values() for line in (_two_amounts(of_year) or of_year)]
    return [*beside, *across.values()]


def _across(lines: Mapping[tuple[str, str | None, int], list[Quote]]) -> dict[tuple[str, str | None], list[Quote]]:
    """Lines that print one figure of one kind in one year and one of the other kind in another: a target of the last year."""
    told: dict[tuple[str, str | None], list[Quote]] = {}
    for (project, activity, _), line in lines.items():
        told.setdefault((project, activity), []).extend(quote for quote in line if quote.figures)
    return {
        place: sorted(quotes, key=lambda quote: FIGURED.index(quote.kind))
        for place, quotes in told.items()
        if len(quotes) == len({quote.kind for quote in quotes}) == len({quote.year for quote in quotes}) == 2
    }


def _two_amounts(lines: Sequence[Sequence[Quote]]) -> list[list[Quote]]:
    """Two lines of a project of one year with one kind of cell each, where no other line counts the same."""
    if any(len({quote.kind for quote in line}) > 1 for line in lines):
        return []
    told = [quote for line in lines for quote in line if any(f.unit not in RATES for f in quote.figures)]
    units = {figure.unit for quote in told for figure in quote.figures}
    return [told] if len(told) == len({quote.kind for quote in told}) == 2 and len(units) == 1 else []
