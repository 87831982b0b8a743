"""Measures: which of a cell's figures a question is about, lined up over years and rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kb.cells import is_telling
from kb.running.results import Operand, Quote
from nlp.figures.figures import Figure
from nlp.figures.labels import label_stem

__all__ = ["RATES", "Measure", "Series", "accumulates", "line_up", "once", "read_measures", "span"]

RATES = frozenset({"%", "ポイント", "倍", "割"})
"""Units of figures that are no amount of anything."""

_Kind = tuple[str, str, str]
_Found = list[tuple[Quote, list[Figure]]]

MONEY = "円"
GENERIC = "件"
"""件数 is asked of anything that is counted: 12事業 are 12件 too, where a cell prints no 件."""
NOT_GENERIC = frozenset({MONEY, "人", "%"})
"""Units with a word of their own: 人数 is no 件数."""
APART = frozenset({"うち", "延べ", "各", "年"})
"""Qualifiers of figures that belong to another figure and are never added to it."""
ACCUMULATED = ("累計", "累積", "通算")
"""What a line is called, or its figures are, that holds the years before: adding it up counts them again."""


class Measure(NamedTuple):
    """What is measured: a unit, a label, or both."""

    unit: str = ""
    """Canonical unit, "" for any."""
    label: str = ""
    """The noun before the figure, "" for any."""

    def fits(self, figure: Figure) -> bool:
        """Whether a figure is of this measure."""
        labelled = not self.label or label_stem(self.label) in (figure.label or "")
        return labelled and (not self.unit or figure.unit == self.unit)


class Series(NamedTuple):
    """Figures of one kind, one for each cell that prints it."""

    unit: str
    """Their common unit."""
    label: str
    """Their common label, "" where they have none."""
    points: tuple[Operand, ...]
    """In the order of the cells."""
    missing: tuple[Quote, ...]
    """Cells that print no such figure."""


def read_measures(text: str) -> tuple[Measure, ...]:
    """円 · 円+事業 · 円:補給 · :講座, as queries write them; "" is any figure."""
    pairs = (part.partition(":") for part in text.split("+"))
    return tuple(Measure(unit, label) for unit, _, label in pairs)


def line_up(quotes: Sequence[Quote], measures: Sequence[Measure], *, exactly: bool = False) -> tuple[Series, ...]:
    """The series of some measures over cells; several where cells print several kinds of figure.

    `exactly`: nothing that merely stands where no such figure does; 27件 and 2団体 of two projects are of no one kind.
    """
    alone = len({(quote.project.reference, quote.activity) for quote in quotes}) == 1
    found = _found(quotes, alone, lambda figure: any(measure.fits(figure) for measure in measures))
    if not found and not exactly:
        units = {measure.unit for measure in measures if measure.unit}
        found = _found(quotes, alone, lambda figure: not units or figure.unit in units) or (
            _found(quotes, False, lambda figure: figure.unit not in NOT_GENERIC) if GENERIC in units else []
        )
    kinds = dict.fromkeys(_kind(figure) for _, figures in found for figure in figures)
    main = [kind for kind in kinds if kind[2] not in APART] or list(kinds)
    return tuple(_merge(_series(kind, found) for kind in main))


def accumulates(quote: Quote) -> bool:
    """Whether a cell holds all the years before it, as its line's name or its figures say."""
    names = (quote.activity or "", quote.project.name, *(figure.qualifier or "" for figure in quote.figures))
    return any(word in name for name in names for word in ACCUMULATED)


def span(series: Series) -> tuple[Operand, ...]:
    """The figures of its first and its last year; none where it has one year, or one of them prints several."""
    points = sorted(series.points, key=lambda point: point.quote.year)
    years = [point.quote.year for point in points]
    single = (
        bool(years) and years.count(years[0]) == years.count(years[-1]) == 1
    )  # of 75人 and 44人 in one cell neither is it
    return (points[0], points[-1]) if single and len(points) > 1 else ()


def once(quotes: Sequence[Quote]) -> list[Quote]:
    """An activity that two projects print with the same cells in all years counts once."""
    seen: dict[tuple[str, ...], int] = {}
    kept = []
    for quote in quotes:
        told = quote.activity if is_telling(quote.line, quote.unit) else ""
        key = (told or f"#{quote.row}", quote.kind, *quote.line)
        if seen.setdefault(key, quote.row) == quote.row:
            kept.append(quote)
    return kept


# Private functions


def _found(quotes: Sequence[Quote], alone: bool, fits: Callable[[Figure], bool]) -> _Found:
    """Figures that fit; those without a unit only where one line of the table is `alone`: no other counts the same."""
    found = [
        (quote, [figure for figure in quote.figures if (figure.unit or alone) and fits(figure)]) for quote in quotes
    ]
    return found if any(figures for _, figures in found) else []


def _kind(figure: Figure) -> _Kind:
    return figure.unit, figure.label or "", figure.qualifier or ""


def _series(kind: _Kind, found: _Found) -> Series:
    points = [Operand(quote, (figure,)) for quote, figures in found for figure in figures if _kind(figure) == kind]
    having = {(point.quote.row, point.quote.year) for point in points}
    missing = tuple(q for q, _ in found if q.state != "outside" and (q.row, q.year) not in having)
    return Series(kind[0], kind[1], tuple(points), missing)


def _merge(series: Iterable[Series]) -> list[Series]:
    """Where a label changes from year to year (受講生 → 入門・実践), a year's figures of the unit count together."""
    merged: list[Series] = []
    by_unit: dict[str, list[Series]] = {}
    for one in series:
        by_unit.setdefault(one.unit, []).append(one)
    for unit, group in by_unit.items():
        cells = [{(point.quote.row, point.quote.year) for point in one.points} for one in group]
        if len(group) == 1 or all(cell == cells[0] for cell in cells):
            merged += group
        else:
            merged.append(_together(unit, group))
    return merged


def _together(unit: str, group: list[Series]) -> Series:
    quotes = {(p.quote.row, p.quote.year): p.quote for one in group for p in one.points}
    points = tuple(
        Operand(quote, tuple(f for one in group for p in one.points if p.quote == quote for f in p.figures))
        for quote in (quotes[key] for key in sorted(quotes))
    )
    missing = tuple(quote for quote in group[0].missing if (quote.row, quote.year) not in quotes)
    return Series(unit, "", points, missing)
