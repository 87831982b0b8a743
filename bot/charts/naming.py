"""Naming: what the parts of a chart are called; what all of them share stands in the title, the rest at each."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.running.measures import RATES, Series
from kb.running.results import Quote
from kb.terms import ATTRIBUTES, measured
from nlp.figures.figures import Figure

__all__ = ["Naming", "gap", "said", "shown"]

_GAPS = {"blank": "記載なし", "dash": "「-」", "conflict": "不一致", "reported": "数字なし"}
_SAID = {"blank": "空白(記載なし)", "dash": "「-」"}


class Naming(NamedTuple):
    """Which parts of a cell's name differ from cell to cell."""

    title: str
    """What all cells share."""
    projects: bool
    """Whether they are of several projects."""
    activities: bool
    """Whether they are of several lines."""
    years: bool
    """Whether they are of several years."""
    kinds: bool
    """Whether they are results and budgets, targets …"""

    @classmethod
    def of(cls, cells: Sequence[Quote]) -> "Naming":
        """What some cells share, and what they don't."""
        projects, activities, years, kinds = (
            len(set(parts)) > 1
            for parts in (
                [quote.project.reference for quote in cells],
                [quote.activity for quote in cells],
                [quote.year_label for quote in cells],
                [quote.kind for quote in cells],
            )
        )
        naming = cls("", projects, activities, years, kinds)
        return naming._replace(title=naming._title(cells[0])) if cells else naming

    def line(self, quote: Quote) -> str:
        """A line of the table, as far as it isn't in the title."""
        name = f"{quote.activity or quote.project.name}({quote.project.address})" if self.projects else ""
        activity = quote.activity or quote.project.name if self.activities and not self.projects else ""
        return " ".join(filter(None, (name or activity, ATTRIBUTES[quote.kind] if self.kinds else "")))

    def label(self, quote: Quote) -> str:
        """A cell, as far as it isn't in the title."""
        return " ".join(filter(None, (self.line(quote), quote.year_label if self.years else "")))

    def cell(self, quote: Quote) -> str:
        """A cell with everything that it prints."""
        return ": ".join(filter(None, (self.label(quote), said(quote))))

    def panel(self, series: Series, unit: str, history: bool) -> str:
        """What a panel measures, in which unit."""
        first = series.points[0].quote
        line = self.line(first) if history else ""
        counted = series.unit not in RATES and not series.unit.isascii()
        what = series.label or (measured(series.unit) if counted else ATTRIBUTES[first.kind])
        named = " ".join(filter(None, (line, "" if what in line else what)))
        return f"{named}({unit or '単位の記載なし'})"

    # Private functions

    def _title(self, quote: Quote) -> str:
        project = "" if self.projects else quote.project.titled
        activity = f"「{quote.activity}」" if quote.activity and not self.activities and not self.projects else ""
        year = "" if self.years else quote.year_label
        kind = "" if self.kinds or quote.kind == "result" else ATTRIBUTES[quote.kind]
        return " ".join(filter(None, (project + activity, year, kind)))


def shown(quote: Quote, figure: Figure) -> str:
    """A figure as its cell prints it, with the word that changes what it says: 各8,000部, 500人以上."""
    word, cell = figure.qualifier or "", quote.shown
    if word and cell[figure.end :].lstrip().startswith(word):
        return figure.text + word
    return word + figure.text if word in cell[: figure.start] else figure.text


def gap(quote: Quote) -> str:
    """What stands in a picture where a cell gives no such figure."""
    return _GAPS[quote.state]


def said(quote: Quote) -> str:
    """What a cell says, in words where it prints nothing."""
    if quote.state == "conflict":
        return f"値がひとつに定まりません({' / '.join(quote.conflict)})"
    return _SAID.get(quote.state) or quote.shown
