"""Series: which figures of an answer make a picture; figures of one unit stand in one panel."""

from collections.abc import Sequence

from bot.charts.captions import caption, notes, sources
from bot.charts.chart import Chart
from bot.charts.panels import Board, key_of, readable
from bot.replies.answers import Answer
from kb.running.measures import Measure, Series, line_up
from kb.running.results import Operand, Quote
from kb.terms import FIGURED
from nlp.figures.figures import Figure

__all__ = ["to_chart"]

MOST_BARS = 20
"""Bars of a panel."""
MOST_PANELS = 6
"""Panels of a picture."""
ANY = (Measure(),)


def to_chart(answer: Answer) -> Chart | None:
    """The picture of an answer's figures; None where fewer than two of them can stand side by side."""
    cells = _cells(answer) if answer.status == "answer" else ()
    history = _is_history(answer, cells)
    board = Board.of(_line_by_line(cells) if history else cells, history)
    series = _series(board)
    told = [one for one in series if len(readable(one)) > 1][:MOST_PANELS]
    if not told:
        return None
    panels = [board.panel(one, told) for one in told]
    drawn = tuple(panel._replace(marks=panel.marks[:MOST_BARS]) for panel in panels)
    hidden = len(series) - len(told) + sum(len(panel.marks[MOST_BARS:]) for panel in panels)
    title = (answer.understood if board.naming.projects else "") or board.naming.title or answer.document
    said = caption(title, [board.naming.cell(quote) for quote in board.cells], answer)
    return Chart(title, drawn, hidden, notes(answer), sources(answer), said)


# Private functions


def _cells(answer: Answer) -> tuple[Quote, ...]:
    """The cells that may be drawn, in order; where something was computed they hold the figures that it was made of."""
    operands = answer.ordered or tuple(operand for computed in answer.computed for operand in computed.operands)
    named = {project.reference for project in answer.projects}
    beside: list[Quote] = []  # of an order of the whole table only what it orders
    if all(operand.quote.project.reference in named for operand in operands):
        beside = [quote for quote in (*answer.quotes, *answer.left_out) if quote.project.reference in named]
    cells = {key_of(quote): quote for quote in (*(operand.quote for operand in operands), *beside)}
    quotes = [quote for quote in cells.values() if quote.kind in FIGURED]
    return _with_figures(quotes, operands) if operands else tuple(quotes)


def _with_figures(quotes: Sequence[Quote], operands: Sequence[Operand]) -> tuple[Quote, ...]:
    """Cells with no other figures than those that some operands took."""
    taken: dict[object, list[Figure]] = {}
    for operand in operands:
        taken.setdefault(key_of(operand.quote), []).extend(operand.figures)
    return tuple(
        quote._replace(figures=tuple(figure for figure in quote.figures if figure in taken.get(key_of(quote), ())))
        for quote in quotes
    )


def _is_history(answer: Answer, cells: Sequence[Quote]) -> bool:
    """Whether years are drawn; an order of many lines over several years stays an order."""
    lines = {quote.row for quote in cells}
    return len({quote.year for quote in cells}) > 1 and not (answer.ordered and len(lines) > MOST_PANELS)


def _line_by_line(cells: Sequence[Quote]) -> tuple[Quote, ...]:
    """The years of a line of the table one after the other."""
    places = {row: at for at, row in enumerate(dict.fromkeys(quote.row for quote in cells))}
    return tuple(sorted(cells, key=lambda quote: (places[quote.row], quote.year)))


def _series(board: Board) -> list[Series]:
    """Each line of the table over its years; or lines of one plan against each other: no table prints those of two."""
    groups: dict[object, list[Quote]] = {}
    for quote in board.cells:
        plan = quote.project.reference.partition("/")[0]
        groups.setdefault(quote.row if board.history else plan, []).append(quote)
    return [series for group in groups.values() for series in line_up(group, ANY)]
