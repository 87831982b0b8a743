"""Catalog: what a plan holds by name: its years, projects, activities, goals, policies and grades."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.query import Query, Subject
from kb.results import Project
from kb.storing import SourceDocument
from nlp.fiscal import Calendar, era_year, western_year

__all__ = ["Catalog", "read_catalog"]


class Catalog(NamedTuple):
    """The names of one plan, read once from its knowledge base."""

    document: SourceDocument
    """About the table itself."""
    names: dict[str, str]
    """Reference → name, of projects and activities, in the table's order."""
    addresses: dict[str, str]
    """Project → its number as replies show it."""
    goals: dict[str, str]
    """Letter → name."""
    policies: tuple[str, ...]
    """Names of policies, in the table's order."""
    activities: dict[str, tuple[str, ...]]
    """Project → its activities."""
    same: dict[str, tuple[str, ...]]
    """Activity → the same activity under other projects, first one first."""
    reported: dict[str, tuple[int, ...]]
    """Row → years in which its cell says something."""
    counted: dict[str, tuple[int, ...]]
    """Row → years in which its cell prints a figure."""

    units: tuple[str, ...]
    """Units that the most cells print, the commonest first."""
    words: Mapping[str, str]
    """type.value of a word of the vocabulary → how replies call it."""

    @property
    def plan(self) -> str:
        """Id of the plan."""
        return self.document.id

    @property
    def era(self) -> str:
        """The plan's era."""
        return self.document.era

    @property
    def years(self) -> tuple[int, ...]:
        """The plan's fiscal years."""
        return self.document.years

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that the table uses."""
        return self.document.grades

    @property
    def calendar(self) -> Calendar:
        """For the grammar of years."""
        return Calendar(self.era, self.years[0], self.years[-1])

    def era_year(self, number: int) -> int:
        """The Western year of a bare number in the plan's era."""
        return western_year(number, self.era)

    def numbered(self, number: int) -> tuple[str, ...]:
        """The project with a number, if there is one."""
        reference = f"{self.plan}/{number}"
        return (reference,) if reference in self.names else ()

    def subject(self, reference: str) -> Subject:
        """A reference with the name that the table gives it."""
        return Subject(reference, self.names[reference])

    @staticmethod
    def project_of(reference: str) -> str:
        """The project of an activity; a project itself."""
        return reference.partition(".")[0]

    def label(self, reference: str) -> str:
        """A name as a choice shows it: ある事業(No.7)."""
        return f"{self.names[reference]}({self.addresses[self.project_of(reference)]})"

    def head(self, reference: str) -> Project:
        """The project of a reference, without its grades."""
        project = self.project_of(reference)
        return Project(project, project.rpartition("/")[2], self.names[project], (), self.addresses[project])

    def twins(self, reference: str) -> tuple[str, ...]:
        """The same activity under other projects."""
        return tuple(other for other in self.same.get(reference, ()) if other != reference)

    def without_twins(self, references: Sequence[str]) -> tuple[str, ...]:
        """References with an activity that two projects print named once, by its first place."""
        firsts = (self.same[reference][0] if reference in self.same else reference for reference in references)
        return tuple(dict.fromkeys(firsts))

    def latest(self, references: Sequence[str], count: int, counted: bool = False) -> tuple[int, ...]:
        """The last years in which any of some rows says something (or a figure); the plan's last ones of no row."""
        years = {year for reference in references for year in self.years_reported(reference, counted)}
        return tuple((sorted(years) or list(self.years))[-count:])

    def word_label(self, word: str) -> str:
        """How replies call a word of the vocabulary (absent.office → 担当課)."""
        return self.words.get(word, word)

    def query(self, compact: str) -> Query:
        """The query that a compact form stands for; ValueError or KeyError where it is none of this plan."""
        return Query.from_compact(compact, self.era, self.subject)

    def samples(self) -> tuple[str, ...]:
        """Questions that are sure to work, of this very table."""
        told = [ref for ref, years in self.reported.items() if years][:: max(1, len(self.reported) // 2)][:2]
        year = era_year(self.years[-2] if len(self.years) > 1 else self.years[-1], self.era)
        asked = [f"{self.names[self.project_of(reference)]}の{year}の実績" for reference in told]
        return (*asked, f"達成度{self.grades[-1]}の事業一覧") if self.grades else tuple(asked)

    def years_reported(self, reference: str, counted: bool = False) -> tuple[int, ...]:
        """Years in which a row, or any row of a project, says something (or prints a figure)."""
        known = self.counted if counted else self.reported
        rows = (reference,) if reference in known else self.activities.get(reference, ())
        return tuple(year for row in rows for year in known[row])


def read_catalog(connection: sqlite3.Connection, document: SourceDocument, words: Mapping[str, str]) -> Catalog:
    """Read a plan's names; one pass over its projects and rows."""
    names: dict[str, str] = {}
    addresses: dict[str, str] = {}
    activities: dict[str, list[str]] = defaultdict(list)
    reported: dict[str, tuple[int, ...]] = {}
    counted: dict[str, tuple[int, ...]] = {}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for no, name, address, position, activity, cells, years, figured in connection.execute(_ROWS, [document.id]):
        project = f"{document.id}/{no}"
        names.setdefault(project, name)
        addresses[project] = address
        row = f"{project}.{position}"
        activities[project].append(row)
        reported[row] = tuple(sorted(map(int, years.split(",")))) if years else ()
        counted[row] = tuple(sorted(map(int, figured.split(",")))) if figured else ()
        if activity:
            names[row] = activity
            alike[activity, cells].append(row)
    labels = list(
        connection.execute("SELECT level, goal, text FROM label WHERE plan = ? ORDER BY position", [document.id])
    )
    return Catalog(
        document=document,
        names=names,
        addresses=addresses,
        goals=_first_of_each((goal, text) for level, goal, text in labels if level == "goal"),
        policies=tuple(dict.fromkeys(text for level, _, text in labels if level != "goal")),
        activities={project: tuple(rows) for project, rows in activities.items()},
        same={row: tuple(rows) for rows in alike.values() if len(rows) > 1 for row in rows},
        reported=reported,
        counted=counted,
        units=tuple(unit for (unit,) in connection.execute(_UNITS, [document.id])),
        words=words,
    )


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


_UNITS = """
SELECT f.unit FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? GROUP BY f.unit ORDER BY count(DISTINCT r.id) DESC, f.unit LIMIT 4
"""
_ROWS = """
SELECT p.no, p.name, p.address, r.position, r.activity, group_concat(c.year || c.text, char(10)),
       group_concat(CASE c.state WHEN 'reported' THEN c.year END),
       group_concat(CASE WHEN EXISTS (SELECT 1 FROM figure f WHERE f.row = r.id AND f.year = c.year) THEN c.year END)
FROM project p JOIN row r ON r.project = p.id JOIN cell c ON c.row = r.id
WHERE p.plan = ? GROUP BY r.id ORDER BY p.position, r.position
"""
