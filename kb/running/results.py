"""Results: what running a Query gives; every value knows the row that it stands in."""

from decimal import Decimal
from typing import NamedTuple

from kb.cells import show_cell
from kb.query import Query
from nlp.figures.figures import Figure

__all__ = ["Computed", "Fact", "Label", "Number", "Operand", "Project", "Quote", "Result"]

Number = int | Decimal
"""An exact value in a canonical unit."""


class Project(NamedTuple):
    """The head of a project, as lists show it."""

    reference: str
    """Plan-qualified: midori-sangyo/42."""
    no: str
    """Number as printed."""
    name: str
    """Name as printed."""
    grades: tuple[str, ...]
    """Its grade, or those of its rows; empty where none is printed."""
    address: str
    """Its number as replies show it: No.42."""

    @property
    def titled(self) -> str:
        """Its name with its number: …(No.42)."""
        return f"{self.name}({self.address})"


class Quote(NamedTuple):
    """One result cell, quoted."""

    project: Project
    """Whose it is."""
    row: int
    """Key of the row in the knowledge base."""
    activity: str | None
    """細事業, None where the row is the project's own."""
    year: int
    """Western fiscal year."""
    year_label: str
    """The year in the plan's era: 平成25年度."""
    text: str
    """As printed."""
    state: str
    """reported, blank, dash, conflict; outside where the table has no column for it."""
    grade: str
    """The grade that holds for the row, "" where none does."""
    period: str
    """実施年度 as printed on the row."""
    figures: tuple[Figure, ...]
    """What stands in it."""
    kind: str = "result"
    """What it is: result, target, budget, settlement, grade."""
    unit: str = ""
    """The unit that a heading states for it where it is a bare number."""
    conflict: tuple[str, ...] = ()
    """What several places print, each with its place, where the source contradicts itself."""
    line: tuple[str, ...] = ()
    """All cells of its row, year by year, whichever were asked: what makes two rows one activity."""

    @property
    def shown(self) -> str:
        """As it is quoted: as printed, a bare number with its stated unit."""
        return show_cell(self.text, self.unit) if self.unit else self.text


class Fact(NamedTuple):
    """One attribute of a project or an activity, quoted."""

    project: Project
    """Whose it is."""
    row: int
    """Key of the row that prints it, or of the first row of the project."""
    activity: str | None
    """細事業 of that row."""
    attribute: str
    """grade, description, period, goal, policy, number, detail:担当課."""
    value: str
    """As printed; "" where the table prints none."""
    marks: tuple[str, ...] = ()
    """Why it must be taken with care (原文の文字順が崩れています …), from the plan."""
    year: int | None = None
    """The fiscal year, of a grade of one year."""


class Label(NamedTuple):
    """戦略目標 or 施策 by name."""

    letter: str
    """Of a goal; "" of a policy."""
    text: str
    """As printed, or as restored."""
    marks: tuple[str, ...] = ()
    """Why it must be taken with care."""


class Operand(NamedTuple):
    """What one cell gives to a computation: a figure, or figures of one unit that count together."""

    quote: Quote
    """The cell."""
    figures: tuple[Figure, ...]
    """One or more of its figures."""

    @property
    def value(self) -> Number:
        """Their sum."""
        return sum((figure.value for figure in self.figures), start=0)


class Computed(NamedTuple):
    """計算値: a value that no cell prints, with what it was computed of."""

    operation: str
    """change, rate, ratio, sum, average."""
    label: str
    """What was computed of: the figures' label, "" where they have none."""
    value: Number
    """In `unit`; a rate in %, a ratio in 倍."""
    unit: str
    """Canonical unit."""
    operands: tuple[Operand, ...]
    """In the order of the formula; the earlier one first."""


class Group(NamedTuple):
    """Projects that are counted apart from others."""

    value: str
    """What they have in common: 達成度A."""
    query: Query
    """What selects them."""
    size: int
    """How many they are."""


class Result(NamedTuple):
    """What a query found."""

    quotes: tuple[Quote, ...] = ()
    """Cells, the year that was asked first."""
    facts: tuple[Fact, ...] = ()
    """Attributes."""
    projects: tuple[Project, ...] = ()
    """Projects that fit, in the table's order; complete."""
    groups: tuple[Group, ...] = ()
    """The same, counted apart; one may be in several."""
    labels: tuple[Label, ...] = ()
    """Goals and policies."""
    computed: tuple[Computed, ...] = ()
    """What was computed of the quotes."""
    ordered: tuple[Operand, ...] = ()
    """Figures in the order that was asked, the first one first; complete."""
    left_out: tuple[Quote, ...] = ()
    """Cells that could not take part: blank, 「-」, without such a figure."""
