"""The examiner's own view of the table: read from the export, computed by its own arithmetic.

Nothing here comes from bot, kb or nlp: whoever marks an examination must not copy from the one who sits it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["BLANK", "DASH", "Cell", "Figure", "Project", "Row", "Table", "era_to_western", "figures_of", "read_table"]

BLANK, DASH = "", "-"
HEISEI = 1988


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands in a cell."""

    value: int
    """In base units: 千円 is already multiplied out."""
    unit: str
    """円, 件, 人 (名 is 人), 社 …"""
    text: str
    """As printed: 「10,136千円」."""
    before: str
    """The words directly before it: 「貸付」, 「うち区内」."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a project."""

    activity: str
    """The 細事業, or empty where the line is the project itself."""
    period: str
    """The 実施年度 cell."""
    results: dict[int, str]
    """Era year (23) to the cell's text."""
    grade: str
    """A, B, C or empty."""


@dataclass(frozen=True, slots=True)
class Project:
    """One 事業."""

    no: str
    """Its number as printed."""
    name: str
    """As printed, with its (*…)."""
    goal: str
    """The letter of its 戦略目標."""
    goal_text: str
    """The words of its 戦略目標."""
    policies: tuple[str, ...]
    """施策 and its subdivision, as printed, without blanks."""
    description: str
    """The 内容 cell."""
    rows: tuple[Row, ...]
    """Its lines in the table's order."""

    @property
    def title(self) -> str:
        """The name without its (*…) reference to another plan."""
        return re.sub(r"\(\*.*?\)", "", self.name)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that are printed for it, in order."""
        return tuple(row.grade for row in self.rows if row.grade)


@dataclass(frozen=True, slots=True)
class Cell:
    """The result of one line in one year."""

    project: str
    """Number of the project."""
    activity: str
    """The 細事業, or empty."""
    year: int
    """Era year."""
    text: str
    """The cell as printed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole plan."""

    projects: tuple[Project, ...]
    """In the table's order."""
    years: tuple[int, ...]
    """The era years that it has."""

    def project(self, no: str) -> Project:
        """The project with that number."""
        return next(project for project in self.projects if project.no == no)

    def cells(self, year: int | None = None) -> Iterator[Cell]:
        """Every result cell, blank and dash too."""
        for project in self.projects:
            for cell in cells_of(project):
                if year in (None, cell.year):
                    yield cell

    def at(self, no: str, year: int, activity: str | None = None) -> list[Cell]:
        """The cells of a project in a year; of one activity where it is given."""
        return [c for c in cells_of(self.project(no)) if c.year == year and activity in (None, c.activity)]

    def reported(self, no: str, year: int, activity: str | None = None) -> list[Cell]:
        """The same, without blank and dash."""
        return [cell for cell in self.at(no, year, activity) if cell.text not in (BLANK, DASH)]

    def with_goal(self, letter: str) -> set[str]:
        """Numbers of the projects of a goal."""
        return {p.no for p in self.projects if p.goal == letter}

    def with_policy(self, words: str) -> set[str]:
        """Numbers of the projects of a 施策 or of a subdivision of it."""
        return {p.no for p in self.projects if words in p.policies}

    def with_grade(self, letter: str, wholly: bool) -> set[str]:
        """Numbers of the projects that print that grade; wholly: and no other."""
        return {p.no for p in self.projects if letter in p.grades and not (wholly and set(p.grades) != {letter})}

    def with_state(self, words: str) -> set[str]:
        """Numbers of the projects with that text in a result or in the period."""
        return {p.no for p in self.projects for r in p.rows if words in (*r.results.values(), r.period)}

    def with_word(self, word: str) -> set[str]:
        """Numbers of the projects with that word in name, activity, description or result."""
        return {p.no for p in self.projects if word in _all_text(p)}

    def names(self) -> list[tuple[str, str]]:
        """(number, name) of every project and activity."""
        titles = [(p.no, p.title) for p in self.projects]
        return titles + [(p.no, r.activity) for p in self.projects for r in p.rows if r.activity]


def read_table(path: Path) -> Table:
    """Reads what `kotae export --format json` printed."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    projects = tuple(_project(item) for item in raw)
    return Table(projects, tuple(sorted({year for p in projects for r in p.rows for year in r.results})))


def era_to_western(year: int) -> int:
    """25 → 2013."""
    return year + HEISEI


def cells_of(project: Project) -> list[Cell]:
    """Every result cell of a project, line by line."""
    return [Cell(project.no, r.activity, year, text) for r in project.rows for year, text in sorted(r.results.items())]


UNITS = (
    "百万円", "千円", "円", "件", "人", "名", "社", "店", "部", "事業", "団体", "商店街", "組合", "回", "駅", "施設",
)  # fmt: skip
FIGURE = re.compile(r"(?P<before>[^\d\s、,()]*)\s*(?P<number>\d[\d,]*)(?P<unit>" + "|".join(UNITS) + ")")
SCALE = {"百万円": 1_000_000, "千円": 1_000}


@lru_cache(maxsize=1_000)
def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a cell, left to right."""
    found = []
    for match in FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        number, unit = match["number"], match["unit"]
        value = int(number.replace(",", "")) * SCALE.get(unit, 1)
        plain = "円" if unit.endswith("円") else "人" if unit == "名" else unit
        found.append(Figure(value, plain, number + unit, match["before"]))
    return tuple(found)


# Private functions


def _project(item: dict[str, object]) -> Project:
    text = {key: str(item.get(key) or "") for key in ("no", "name", "goal", "goal_text", "description")}
    policies = tuple(dict.fromkeys(str(item[k]) for k in ("policy", "subpolicy") if item.get(k)))
    rows = item["rows"]
    assert isinstance(rows, list)
    return Project(policies=policies, rows=tuple(_row(row) for row in rows), **text)


def _row(item: dict[str, object]) -> Row:
    results = item["results"]
    assert isinstance(results, dict)
    cells = {int(year): str(text or "") for year, text in results.items()}
    return Row(str(item.get("activity") or ""), str(item.get("period") or ""), cells, str(item.get("grade") or ""))


def _all_text(project: Project) -> str:
    cells = [text for row in project.rows for text in (row.activity, *row.results.values())]
    return "\n".join([project.name, project.description, *cells])
