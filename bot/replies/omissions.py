"""Omissions: the cells that could not take part in a computation or an order, and why."""

from collections.abc import Callable, Sequence

from bot.replies.lines import Lines
from bot.replies.pieces import Line, Piece, count, words
from kb.query import Query
from kb.running.measures import RATES, accumulates
from kb.running.results import Quote, Result
from kb.terms import ADDING, measured

__all__ = ["RANKED", "Omissions", "names_few", "why_nothing"]

RANKED = 5
"""Places of a ranking, and cells left out, that are shown."""
FEW = 3
"""Projects that are named one by one; the line of more of them is shown as one over the whole table is."""


def names_few(query: Query) -> bool:
    """Whether it names so few projects that each is shown with all that was taken of it."""
    return 0 < len({subject.project for subject in query.subjects}) <= FEW


def why_nothing(query: Query, result: Result) -> str:
    """Which phrase says why there is no value: what can't be added, or nothing that fits."""
    if query.operators[-1] not in ADDING:
        return "nothing"
    if _only_rates(result.quotes):
        return "rates"
    return "accumulated" if any(map(accumulates, result.left_out)) else "nothing"


class Omissions:
    """Puts what was left out into lines."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def lines(self, query: Query, result: Result) -> list[Line]:
        """Each reason with the cells that it holds for."""
        lines, rest = [], list(result.left_out)
        for key, applies in _reasons(query):
            told = [quote for quote in rest if applies(quote)]
            rest = [quote for quote in rest if not applies(quote)]
            lines += self._told_apart(key, told) if told else []
        result = result._replace(left_out=tuple(rest))
        if names_few(query) and not _of_lines(query, result):
            return [*lines, *self._untaken(result), *self._of_units(result)]
        rows = self._rows_left_out(result)
        return [*lines, self._lines.wording.line("computed", "left_out_rows", count=count(rows))] if rows else lines

    # Private functions

    def _untaken(self, result: Result) -> list[Line]:
        """The years and cells of which nothing takes part."""
        whole, named = _untaken(result)
        years = self._years(whole, named)
        return [self._lines.wording.line("computed", "left_out", years=years)] if years else []

    def _of_units(self, result: Result) -> list[Line]:
        """The cells that take part with a figure of another unit only, where others of their line have one of this unit."""
        lines, alone = [], len({quote.row for quote in _taken(result)}) == 1
        for unit, cells in _lacking(result).items():
            years = self._years([q.year for q in cells] if alone else [], [] if alone else cells)
            what = words(measured(unit))
            lines.append(self._lines.wording.line("computed", "left_out_unit", what=what, years=years))
        return lines

    def _years(self, whole: Sequence[int], cells: Sequence[Quote]) -> tuple[Piece, ...]:
        """Years, then cells by their lines and years."""
        parts: list[tuple[Piece, ...]] = [(self._lines.year(year),) for year in whole]
        parts += [(*self._lines.named(quote), words(" "), self._lines.year(quote.year)) for quote in cells]
        return tuple(piece for at, part in enumerate(parts) for piece in ((words("・"),) if at else ()) + part)

    def _told_apart(self, key: str, quotes: Sequence[Quote]) -> list[Line]:
        """The cells of which no value was taken for a reason of its own, by name; how many more there are."""
        more = [self._lines.more(quotes[RANKED:])] if quotes[RANKED:] else []
        return [self._left_out_cells(key, quotes[:RANKED]), *more]

    def _left_out_cells(self, key: str, quotes: Sequence[Quote]) -> Line:
        cells = [
            (
                *self._lines.named(quote),
                words(" "),
                self._lines.year(quote.year, short=True),
                *((words(" "), self._lines.column(quote)) if quote.kind != "result" else ()),
                *((words(" "), Piece("cell", quote.shown, quote)) if key in _QUOTED else ()),
            )
            for quote in quotes
        ]
        named = tuple(piece for at, cell in enumerate(cells) for piece in ((words("、"),) if at else ()) + cell)
        return self._lines.wording.line("computed", key, cells=named)

    @staticmethod
    def _rows_left_out(result: Result) -> tuple[Quote, ...]:
        """One cell for each row of which no cell takes part."""
        taking_part = {p.quote.row for c in result.computed for p in c.operands} | {p.quote.row for p in result.ordered}
        rows = {quote.row: quote for quote in result.left_out if quote.row not in taking_part}
        return tuple(rows.values())


# Private functions


_QUOTED = frozenset({"left_out_unclear", "left_out_unsettled"})
"""Reasons that only the cell itself explains."""


def _of_lines(query: Query, result: Result) -> bool:
    """Whether whole lines are left out, of those that were held against a bound."""
    rows = {quote.row for quote in result.left_out} | {point.quote.row for point in result.ordered}
    return query.bound is not None and len(rows) > 1


def _reasons(query: Query) -> Sequence[tuple[str, Callable[[Quote], bool]]]:
    """Why a cell is left out and named, the first one that holds."""
    adding = query.operators[-1] in ADDING
    unit = query.bound.unit if query.bound else None
    return (
        ("left_out_conflict", lambda quote: quote.state == "conflict"),
        ("left_out_accumulated", lambda quote: adding and quote.state == "reported" and accumulates(quote)),
        ("left_out_unsettled", lambda quote: any(figure.unit == unit for figure in quote.figures)),
        ("left_out_unclear", _is_unclear),
    )


def _is_unclear(quote: Quote) -> bool:
    """A number under a stated unit that is no single figure: (600), 600～900."""
    prints_number = any(character.isdigit() for character in quote.text)
    return quote.state == "reported" and bool(quote.unit) and prints_number and not quote.figures


def _taken(result: Result) -> list[Quote]:
    """The cells that take part."""
    return [p.quote for one in result.computed for p in one.operands] + [point.quote for point in result.ordered]


def _lacking(result: Result) -> dict[str, list[Quote]]:
    """Unit → the cells that take part without a figure of it, of lines that print it in other years."""
    points = [*(point for one in result.computed for point in one.operands), *result.ordered]
    units: dict[str, set[tuple[int, int]]] = {}
    for point in points:
        units.setdefault(point.figures[0].unit, set()).add((point.quote.row, point.quote.year))
    taken = set().union(*units.values())
    found = {}
    for unit, places in units.items():
        rows = {row for row, _ in places}
        found[unit] = [q for q in result.left_out if q.row in rows and (q.row, q.year) in taken - places]
    return {unit: cells for unit, cells in found.items() if cells}


def _untaken(result: Result) -> tuple[list[int], list[Quote]]:
    """The years of which nothing takes part, and the cells that are missing beside others of their year that do.

    Where a line goes on in another one of the same project, the year that the other prints isn't missing.
    """
    taken = _taken(result)
    places = {(quote.row, quote.year) for quote in taken}
    left_out = [quote for quote in result.left_out if (quote.row, quote.year) not in places]
    years: dict[int, set[int]] = {}
    for row, year in places:
        years.setdefault(row, set()).add(year)
    known = {(quote.project.reference, quote.year) for quote in taken}
    whole = sorted({quote.year for quote in left_out} - {year for _, year in known})
    named = [
        quote
        for quote in left_out
        if quote.year not in whole
        and (
            (quote.project.reference, quote.year) not in known
            or any(years.get(quote.row, set()) & told for row, told in years.items() if row != quote.row)
        )
    ]
    return whole, named


def _only_rates(quotes: Sequence[Quote]) -> bool:
    figures = [figure for quote in quotes for figure in quote.figures]
    return bool(figures) and all(figure.unit in RATES for figure in figures)
