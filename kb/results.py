"""Results: what running a Query gives; every value knows the row that it stands in."""

from dataclasses import dataclass, field

from nlp.figures import Figure

__all__ = ["Fact", "Project", "Quote", "Result"]


@dataclass(frozen=True, slots=True)
class Project:
    """The head of a project, as lists show it."""

    reference: str
    """Plan-qualified: nerima-shokogyo/42."""
    no: str
    """Number as printed."""
    name: str
    """Name as printed."""
    grades: tuple[str, ...]
    """Its grade, or those of its rows; empty where none is printed."""


@dataclass(frozen=True, slots=True)
class Quote:
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
    """reported, blank, dash."""
    grade: str
    """The grade that holds for the row, "" where none does."""
    period: str
    """実施年度 as printed on the row."""
    figures: tuple[Figure, ...]
    """What stands in it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One attribute of a project or an activity, quoted."""

    project: Project
    """Whose it is."""
    row: int | None
    """Key of the row that prints it, None where it is the project's."""
    activity: str | None
    """細事業 of that row."""
    attribute: str
    """grade, description, period, goal, policy, number."""
    value: str
    """As printed; "" where the table prints none."""
    marks: tuple[str, ...] = ()
    """Why it must be taken with care (原文の文字順が崩れています …), from the plan."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found."""

    quotes: tuple[Quote, ...] = ()
    """Cells, the year that was asked first."""
    facts: tuple[Fact, ...] = ()
    """Attributes."""
    projects: tuple[Project, ...] = ()
    """Projects that fit, in the table's order; complete."""
    labels: tuple[tuple[str, str], ...] = ()
    """(letter or level, name) of goals and policies."""
    texts: tuple[tuple[str, str], ...] = field(default=())
    """(what, text) about the table itself."""
