"""What every kind of question shares: a draft of a question and the expectation for a project's result in a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from tests.examination.expectation import AnyOf, Expect, any_of
from tests.examination.gold import BLANK, DASH, Figure, Project, Table, figures_of
from tests.examination.names import Names
from tests.examination.pieces import Message, Piece, fill, year_piece
from tests.examination.words import Measure

__all__ = ["NONE", "Draft", "Kind", "Sheet", "figure_needles", "needles", "stale_figures", "yen_needles"]

NONE = any_of("ない", "ありませ", "ません", "記載なし", "なし", "空欄", "対象外", "範囲外", "「-」")
HELD = ("answer", "no_data")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before noise."""

    turns: tuple[Message, ...]
    """What is typed."""
    expect: Expect
    """The reading that is meant."""
    alternatives: tuple[Expect, ...] = ()
    """What is as good."""
    asked_about: AnyOf = ()
    """How a clarify would name the project; empty: no fuzzy noise on this question."""
    ordinal: int = 0
    """See Question.ordinal."""
    noisy: bool = True
    """Whether any noise may be put on it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a kind of question draws from."""

    table: Table
    """The plan."""
    names: Names
    """What its projects are called."""
    random: Random
    """The only source of chance."""

    def project(self, having: Callable[[Project], bool] = lambda project: True) -> Project:
        """Any project with that property."""
        return self.random.choice([project for project in self.table.projects if having(project)])

    def year(self) -> int:
        """Any year of the table."""
        return self.random.choice(self.table.years)

    def reported(self) -> tuple[Project, int]:
        """A project and a year that it has a result for."""
        project = self.project(lambda p: any(self.table.reported(p.no, year) for year in self.table.years))
        return project, self.random.choice(self.years_of(project))

    def years_of(self, project: Project) -> list[int]:
        """The years with a result."""
        return [year for year in self.table.years if self.table.reported(project.no, year)]

    def ask(
        self, templates: Sequence[str], project: Project, *years: int, number: bool = False, **slots: str
    ) -> Message:
        """One of the templates with {name}, {year}, {year2} and other words filled in."""
        pieces = {"name": self.names.piece(project.no, self.random, number=number)}
        base = self.random.choice(("{}年度", "{}年度", "平成{}年度"))
        for place, year in enumerate(years, 1):
            pieces["year" if place == 1 else f"year{place}"] = year_piece(year, base.format(year))
        pieces |= {key: Piece("words", text) for key, text in slots.items()}
        return fill(self.random.choice(templates), pieces)

    def result(self, project: Project, years: Iterable[int], activity: str | None = None) -> Expect:
        """The expectation for the results of a project (or of one activity) in those years."""
        asked = list(years)
        cells = [cell for year in asked for cell in self.table.reported(project.no, year, activity)]
        if not cells:
            return self.absence(project, asked, activity)
        wanted = [needle for cell in cells for needle in needles(cell.text)]
        stale = tuple(stale_figures(self.table, project, asked, activity)) if len(asked) == 1 else ()
        known = frozenset({project.no})
        return Expect(("answer",), known, cells=tuple(cells), stale=stale, lead=(wanted[0],), must=tuple(wanted))

    def series(self, measure: Measure) -> dict[int, Figure]:
        """The figure of a measure in every year that prints it."""
        wanted = (measure.before, measure.unit)
        found: dict[int, Figure] = {}
        for year in self.table.years:
            for cell in self.table.reported(measure.no, year, measure.activity):
                for figure in figures_of(cell.text):
                    if (figure.before.strip(), figure.unit) == wanted:
                        found.setdefault(year, figure)
        return found

    def measured(self, measure: Measure) -> Piece:
        """What has the measure, as somebody calls it."""
        if measure.activity:
            return Piece("name", measure.activity, measure.no)
        return self.names.piece(measure.no, self.random)

    def called(self, asked: Project | Measure) -> AnyOf:
        """How a clarify may name it."""
        project = self.table.project(asked.no)
        own = (asked.activity,) if isinstance(asked, Measure) and asked.activity else ()
        numbers = (f"No.{project.no}", f"{project.no}番")
        return (*own, *self.names.titles(project), *numbers)

    def absence(self, project: Project, years: Iterable[int], activity: str | None = None) -> Expect:
        """The expectation where the cells are blank or dash."""
        texts = {cell.text for year in years for cell in self.table.at(project.no, year, activity)}
        reasons = frozenset({BLANK: "blank", DASH: "dash"}[text] for text in texts)
        if any(row.period == "未実施" for row in project.rows):
            return Expect(HELD, frozenset({project.no}), must=(any_of("未実施"),))
        if not any(row.period for row in project.rows):
            reasons |= {"no_year"}
        return Expect(("no_data",), frozenset({project.no}), reasons=reasons, must=(NONE,))


Kind = Callable[[Sheet], Draft]


def needles(text: str) -> list[AnyOf]:
    """What must be read where a cell was asked: its figures, or all of it."""
    figures = figures_of(text)
    return [figure_needles(figure) for figure in figures] if figures else [(text,)]


def figure_needles(figure: Figure) -> AnyOf:
    """A figure as printed, in yen, with 名 for 人."""
    forms = [figure.text]
    if figure.unit == "円":
        forms += yen_needles(figure.value)
    if figure.unit == "人":
        forms += [figure.text[:-1] + "人", figure.text[:-1] + "名"]
    return tuple(dict.fromkeys(forms))


def yen_needles(value: int) -> tuple[str, ...]:
    """An amount in yen and, where it comes out even, in thousands and ten thousands."""
    forms = [f"{value}円"]
    if value % 1_000 == 0:
        forms += [
            f"{value // 1_000}千円",
            f"{value // 10_000}万{value % 10_000 // 1_000}千円",
            f"{value / 10_000:g}万円",
        ]
    return tuple(forms)


def stale_figures(table: Table, project: Project, asked: Sequence[int], activity: str | None) -> Iterable[str]:
    """Figures of other years that no asked cell prints."""
    here = {
        figure.text
        for year in asked
        for cell in table.at(project.no, year, activity)
        for figure in figures_of(cell.text)
    }
    others = [c for year in table.years if year not in asked for c in table.at(project.no, year, activity)]
    return dict.fromkeys(f.text for cell in others for f in figures_of(cell.text) if f.text not in here)
