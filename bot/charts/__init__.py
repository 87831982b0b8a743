"""Charts: what an answer's figures look like, as a picture with a caption that says them."""

from typing import Literal

from bot.charts.chart import Chart, Mark, Panel
from bot.charts.series import to_chart

__all__ = ["Chart", "Mark", "Panel", "draw", "to_chart"]


def draw(chart: Chart, form: Literal["png", "svg"]) -> bytes:
    """A chart as a picture: PNG for a chat, SVG for a page."""
    from bot.charts.drawing import drawn  # matplotlib is loaded when there is something to draw

    return drawn(chart, form)
