"""Drawing: a chart as PNG or SVG; the only place that knows matplotlib, and it touches none of its global settings."""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from importlib.metadata import distribution
from io import BytesIO
from threading import Lock
from typing import Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from bot.charts.chart import Chart, Mark, Panel
from bot.charts.fitting import MARGIN, SMALL, WIDTH, width, wrapped

__all__ = ["drawn"]

FONT = str(distribution("matplotlib-fontja").locate_file("matplotlib_fontja/fonts/ipaexg.ttf"))
"""Found without importing the package, which would set the font of every picture in the process."""
SHARP = 144
"""Dots to the inch of a PNG: a pixel of the phone is two of the picture's."""
TITLE, HEADING = 15, 13
INK, SOFT, RULE, COLOUR = "#1a1a1a", "#555555", "#d5d5d5", "#0b5394"
PLOT = 120
"""Height of a line or of columns, in pixels."""
BAR = 10
"""Height of a bar."""
UNKNOWN = "〓"
"""Stands for a character that the font doesn't have, as it does in print."""

_ONE_AT_A_TIME = Lock()
"""matplotlib's caches of fonts and glyphs aren't made for several threads."""


class _Block(NamedTuple):
    """Something that stands below what is above it."""

    height: float
    """In pixels."""
    paint: Callable[[Axes, float], None]
    """Draws it, from this pixel down."""


def drawn(chart: Chart, form: Literal["png", "svg"]) -> bytes:
    """A chart as the bytes of a file."""
    with _ONE_AT_A_TIME:
        blocks = _blocks(chart)
        height = sum(block.height for block in blocks) + 2 * MARGIN
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        axes.set_axis_off()
        top: float = MARGIN
        for block in blocks:
            block.paint(axes, top)
            top += block.height
        target = BytesIO()
        figure.savefig(target, format=form, dpi=SHARP if form == "png" else 72)
    return target.getvalue() if form == "png" else _page(target.getvalue().decode(), chart, round(height))


# Private functions


def _blocks(chart: Chart) -> list[_Block]:
    blocks = [_text(chart.title, TITLE, INK)]
    for panel in chart.panels:
        blocks.append(_text(panel.title, HEADING, INK, above=12))
        blocks += [_bar(mark, panel) for mark in panel.marks] if panel.form == "bars" else [_years(panel)]
    if chart.hidden:
        blocks.append(_text(f"ほか{chart.hidden}件は図にありません。", SMALL, SOFT, above=8))
    return [*blocks, *(_text(line, SMALL, SOFT, above=4) for line in (*chart.notes, *chart.sources))]


def _text(text: str, size: int, colour: str, above: int = 0) -> _Block:
    lines = wrapped(text, WIDTH - 2 * MARGIN, size)

    def paint(axes: Axes, top: float) -> None:
        for at, line in enumerate(lines):
            _write(axes, MARGIN, top + above + (at + 0.5) * 1.35 * size, line, size, colour)

    return _Block(above + len(lines) * 1.35 * size, paint)


def _bar(mark: Mark, panel: Panel) -> _Block:
    """A name, its figure, and the bar below them."""
    room = WIDTH - 2 * MARGIN
    names = wrapped(mark.label, room)
    beside = width(names[-1]) + width(mark.text) + SMALL <= room
    figures = [mark.text] if beside else wrapped(mark.text, room)
    rows = len(names) + len(figures) - beside
    height = rows * 1.35 * SMALL + 2

    def paint(axes: Axes, top: float) -> None:
        for at, line in enumerate(names):
            _write(axes, MARGIN, top + 6 + (at + 0.5) * 1.35 * SMALL, line, SMALL, INK)
        for at, line in enumerate(figures, rows - len(figures)):
            y, colour = top + 6 + (at + 0.5) * 1.35 * SMALL, SOFT if mark.value is None else INK
            _write(axes, WIDTH - MARGIN, y, line, SMALL, colour, align="right")
        _lying(axes, top + 6 + height, mark, panel)

    return _Block(6 + height + BAR, paint)


def _lying(axes: Axes, top: float, mark: Mark, panel: Panel) -> None:
    """A bar from the zero of its panel; of a gap the zero alone."""
    zero = _scaled(panel, 0, MARGIN, WIDTH - MARGIN)
    axes.plot([zero, zero], [top, top + BAR], color=SOFT, linewidth=1)
    if mark.value is not None:
        end = _scaled(panel, float(mark.value), MARGIN, WIDTH - MARGIN)
        axes.add_patch(Rectangle((zero, top), end - zero, BAR, color=COLOUR, linewidth=0))


def _years(panel: Panel) -> _Block:
    """A line with points, broken where there is a gap, or columns; with an axis in the panel's unit."""

    def paint(axes: Axes, top: float) -> None:
        bottom, above = top + 24 + PLOT, top + 24
        left = MARGIN + _axis(axes, panel, bottom, above)
        room = (WIDTH - MARGIN - left) / len(panel.marks)
        places = [left + (at + 0.5) * room for at in range(len(panel.marks))]
        heights = [None if m.value is None else _scaled(panel, float(m.value), bottom, above) for m in panel.marks]
        _shape(axes, panel, places, heights, _scaled(panel, 0, bottom, above))
        for mark, x, y in zip(panel.marks, places, heights, strict=True):
            _write(axes, x, bottom + 12, mark.label, SMALL, INK, align="center")
            at = bottom - 10 if y is None else y - 12
            _write(axes, x, at, mark.text, SMALL, SOFT if y is None else INK, align="center", ground="white")

    return _Block(24 + PLOT + 22, paint)


def _shape(axes: Axes, panel: Panel, places: Sequence[float], heights: Sequence[float | None], zero: float) -> None:
    if panel.form == "columns":
        for x, y in zip(places, heights, strict=True):
            if y is not None:
                axes.add_patch(Rectangle((x - 22, zero), 44, y - zero, color=COLOUR, linewidth=0))
        return
    ys = [float("nan") if y is None else y for y in heights]
    axes.plot(places, ys, color=COLOUR, linewidth=2, marker="o", markersize=7)


def _axis(axes: Axes, panel: Panel, bottom: float, above: float) -> int:
    """Lines of round values with their labels; how wide these are."""
    low, high = map(float, panel.span)
    whole = all(mark.value is None or mark.value == mark.value.to_integral_value() for mark in panel.marks)
    ticks = MaxNLocator(nbins=4, integer=whole, steps=[1, 2, 5, 10]).tick_values(low, high or 1)
    ticks = [float(tick) for tick in ticks if low <= tick <= high] or [0.0]
    labels = [f"{tick:,.0f}" if tick == round(tick) else f"{tick:,.2f}" for tick in ticks]
    left = max(map(width, labels)) + 6
    for tick, label in zip(ticks, labels, strict=True):
        y = _scaled(panel, tick, bottom, above)
        axes.plot([MARGIN + left, WIDTH - MARGIN], [y, y], color=SOFT if tick == 0 else RULE, linewidth=1, zorder=0)
        _write(axes, MARGIN + left - 6, y, label, SMALL, SOFT, align="right")
    return left


def _scaled(panel: Panel, value: float, start: float, end: float) -> float:
    """Where a value lies between two pixels that stand for the ends of the axis."""
    low, high = map(float, panel.span)
    return start + (value - low) / ((high - low) or 1) * (end - start)


def _write(
    axes: Axes, x: float, y: float, text: str, size: int, colour: str,
    align: Literal["left", "right", "center"] = "left", ground: str = "none",
) -> None:  # fmt: skip
    """A text as it is: a $ begins no formula; on a ground of its own no line crosses it."""
    shown = "".join(character if ord(character) in _known() else UNKNOWN for character in text)
    axes.text(
        x, y, shown, color=colour, ha=align, va="center_baseline", parse_math=False,
        fontproperties=FontProperties(fname=FONT, size=size), bbox={"facecolor": ground, "linewidth": 0, "pad": 1},
    )  # fmt: skip


@cache
def _known() -> frozenset[int]:
    """The characters that the font has."""
    return frozenset(get_font(FONT).get_charmap())


def _page(svg: str, chart: Chart, height: int) -> bytes:
    """An SVG that stands for itself: it names nothing outside, and says what it shows to those who can't see it."""
    drawing = svg[svg.index('<g id="figure_1"') :]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">\n'
        f"<title>{_said(chart.title)}</title>\n<desc>{_said(chart.alt)}</desc>\n{drawing}"
    ).encode()


def _said(text: str) -> str:
    """A text as XML can hold it."""
    return escape("".join(character for character in " ".join(text.split()) if character.isprintable()))
