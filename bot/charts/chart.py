"""Charts as values: what is drawn, before it is drawn; every panel has one unit."""

from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = ["Chart", "Form", "Mark", "Panel"]

Form = Literal["line", "columns", "bars"]


class Mark(NamedTuple):
    """One place of a panel: a value, or why there is none."""

    label: str
    """The year of a history, the project of a comparison."""
    value: Decimal | None
    """In the unit of the panel; None is a gap."""
    text: str
    """The figure as the cell prints it; of a gap what stands there: 記載なし, 「-」."""


class Panel(NamedTuple):
    """Figures of one unit on one axis."""

    title: str
    """What is measured, and whose it is where a chart shows several lines of the table."""
    unit: str
    """As the cells print it: 千円; "" where the table states none."""
    form: Form
    """A line over the years, columns for two years, bars for what is compared."""
    marks: tuple[Mark, ...]
    """In order."""
    span: tuple[Decimal, Decimal]
    """The ends of the axis; 0 lies between them, and panels of one unit share them."""


class Chart(NamedTuple):
    """A picture that can be drawn, with what says the same in words."""

    title: str
    """What all panels are about."""
    panels: tuple[Panel, ...]
    """From top to bottom."""
    hidden: int
    """How many bars or panels there are beside those that are drawn."""
    notes: tuple[str, ...]
    """What the reply says of its figures: what it leaves out, what it took the question for."""
    sources: tuple[str, ...]
    """Where the figures come from, as the reply says it."""
    caption: str
    """Every figure as its cell prints it, short enough for a chat."""

    @property
    def alt(self) -> str:
        """What the picture shows, for those who can't see it."""
        panels = (
            f"{panel.title}: " + "、".join(f"{mark.label} {mark.text}" for mark in panel.marks) for panel in self.panels
        )
        more = (f"ほか{self.hidden}件",) if self.hidden else ()
        return "。".join((self.title, *panels, *more)) + "。"
