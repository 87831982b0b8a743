"""Catalog: what a plan holds by name: its years, projects, activities, goals, policies and grades."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb.cells import is_plain
from kb.query import Query, Subject
from kb.results import Project
from kb.storing import SourceDocument
from kb.terms import ATTRIBUTES, DETAIL, FIGURED
from nlp.fiscal import Calendar, era_year
from nlp.text import normalize

__all__ = ["SHOWN_UNITS", "Catalog", "read_catalog"]

SHOWN_UNITS = 4
"""Units that a question back offers."""


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
    reported: dict[tuple[str, str], tuple[int, ...]]
    """Row and kind → years in which its cell says something."""
    counted: dict[tuple[str, str], tuple[int, ...]]
    """Row and kind → years in which its cell prints a figure."""
    units_of: dict[str, tuple[str, ...]]
    """Kind → units that the most of its cells print, the commonest first."""
    bare: frozenset[str]
    """Numbers that stand in a cell without any unit."""
    overall: bool
    """Whether it prints a grade for a project as a whole."""
    used: frozenset[str]
    """Grades that some project has: as a whole, or in the last year that has any."""
    graded: tuple[int, ...]
    """Years of which some project has a grade of its own."""
    words: Mapping[str, str]
    """type.value of a word of the vocabulary → how replies call it."""
    documents: tuple[SourceDocument, ...] = ()
    """All that is answered from."""

    @property
    def short(self) -> str:
        """What replies call the plan by, to tell it from the others; "" where there is no other."""
        return self.document.names[0] if len(self.documents) > 1 else ""

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
    def grade_name(self) -> str:
        """What the table calls them."""
        return self.document.grade_name

    @property
    def default(self) -> tuple[str, ...]:
        """What is quoted where nothing is asked by name: the results, or all that a table without results has."""
        kinds = tuple(kind for kind in FIGURED if kind in self.document.kinds)
        return ("result",) if "result" in kinds or not kinds else kinds

    @property
    def units(self) -> tuple[str, ...]:
        """Units that the most results print, the commonest first."""
        return self.units_of.get(self.default[0], ())[:SHOWN_UNITS]

    @property
    def has_columns(self) -> bool:
        """Whether the table has more than one result and one grade for each project: other kinds of cells, further columns."""
        return len(self.document.kinds) > 1 or bool(self.document.details) or self.default != ("result",)

    def has(self, attribute: str) -> bool:
        """Whether the table has a column for an attribute."""
        facts = self.document
        if attribute.startswith(DETAIL):
            return attribute.removeprefix(DETAIL) in facts.details
        return attribute in ("number", "name") or attribute in (*facts.kinds, *facts.attributes)

    def grade(self, said: str) -> str | None:
        """The grade that is meant, as the table prints it."""
        folded = normalize(said).value
        return next((grade for grade in self.grades if normalize(grade).value == folded), None)

    def asked(self, **fields: Any) -> Query:
        """A query of this plan."""
        return Query(self.plan, self.era, grade_name=self.grade_name, **fields)

    @property
    def calendar(self) -> Calendar:
        """For the grammar of years."""
        return Calendar(self.era, self.years[0], self.years[-1])

    def era_year(self, number: int) -> int:
        """The Western year of a bare number in the plan."""
        return self.calendar.western(number)

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
        address = self.addresses[self.project_of(reference)]
        return f"{self.names[reference]}({f'{self.short} {address}' if self.short else address})"

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

    def latest(
        self, references: Sequence[str], count: int, counted: bool = False, kinds: Sequence[str] = ()
    ) -> tuple[int, ...]:
        """The last years in which any of some rows says something (or a figure); the plan's last ones of no row."""
        years = {year for reference in references for year in self.years_reported(reference, counted, kinds)}
        return tuple((sorted(years) or list(self.years))[-count:])

    def word_label(self, word: str) -> str:
        """How replies call a word of the vocabulary (absent.office → 担当課)."""
        return self.words.get(word, word)

    def attribute_label(self, attribute: str) -> str:
        """How replies call an attribute: 担当課, 予算, the table's own word for its grades."""
        if attribute == "grade":
            return self.grade_name
        return attribute.removeprefix(DETAIL) if attribute.startswith(DETAIL) else ATTRIBUTES[attribute]

    def query(self, compact: str) -> Query:
        """The query that a compact form stands for; ValueError or KeyError where it is none of this plan."""
        return Query.from_compact(compact, self.era, self.subject, self.grade_name)

    def phrase(self, query: Query) -> str:
        """A query as it can be asked again: with its plan, where there are others."""
        return f"{self.short}の{query.to_japanese()}" if self.short else query.to_japanese()

    def samples(self) -> tuple[str, ...]:
        """Questions that are sure to work, of this very table."""
        reported = {row: years for (row, kind), years in self.reported.items() if kind == self.default[0]}
        told = [row for row, years in reported.items() if years][:: max(1, len(reported) // 2)][:2]
        of_plan = f"{self.short}の" if self.short else ""
        asked = [f"{of_plan}{self.names[self.project_of(row)]}の{self._sample(reported[row])}" for row in told]
        used = [grade for grade in self.grades if grade in self.used]
        return (*asked, f"{of_plan}{self.grade_name}{used[-1]}の事業一覧") if used else tuple(asked)

    def _sample(self, reported: Sequence[int]) -> str:
        """What a row reports, of the last year but one if it can be."""
        year = self.years[-2] if len(self.years) > 1 else self.years[-1]
        said = era_year(year if year in reported else reported[-1], self.era)
        return f"{said}の{self.attribute_label(self.default[0])}"

    def years_reported(self, reference: str, counted: bool = False, kinds: Sequence[str] = ()) -> tuple[int, ...]:
        """Years in which a row, or any row of a project, says something (or prints a figure)."""
        known = self.counted if counted else self.reported
        asked = [kind for kind in kinds or self.default if kind in self.document.kinds] or self.default
        lines = self.activities.get(reference) or (reference,)
        return tuple(year for line in lines for kind in asked for year in known.get((line, kind), ()))


def read_catalog(
    connection: sqlite3.Connection,
    document: SourceDocument,
    words: Mapping[str, str],
    documents: Sequence[SourceDocument] = (),
) -> Catalog:
    """Read a plan's names; one pass over its projects and rows; `documents`: all that is answered from."""
    names: dict[str, str] = {}
    addresses: dict[str, str] = {}
    activities: dict[str, dict[str, None]] = defaultdict(dict)
    reported: dict[tuple[str, str], tuple[int, ...]] = {}
    counted: dict[tuple[str, str], tuple[int, ...]] = {}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    lines: dict[tuple[str, str], str] = {}
    several = len(document.kinds) > 1
    found_rows = connection.execute(_ROWS, [document.id])
    for no, name, address, position, activity, kind, unit, cells, years, figured in found_rows:
        project = f"{document.id}/{no}"
        names.setdefault(project, name)
        addresses[project] = address
        row = f"{project}.{position}"
        if several:  # a line of the table is several rows: its results, its targets …; the first one stands for it
            row = lines.setdefault((project, activity or ""), row)
        activities[project].setdefault(row)
        reported[row, kind] = _years(years)
        counted[row, kind] = _years(figured)
        if activity:
            names.setdefault(row, activity)
            if not unit and _tells(cells):
                alike[activity, cells].append(row)
    labels = list(
        connection.execute("SELECT level, goal, text FROM label WHERE plan = ? ORDER BY position", [document.id])
    )
    units: dict[str, list[str]] = defaultdict(list)
    for kind, found in connection.execute(_UNITS, [document.id]):
        units[kind].append(found)
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
        units_of={kind: tuple(found) for kind, found in units.items()},
        bare=frozenset(value for (value,) in connection.execute(_BARE, [document.id])),
        used=frozenset(grade for (grade,) in connection.execute(_USED, {"plan": document.id})),
        overall=connection.execute(_OVERALL, [document.id]).fetchone() is not None,
        graded=tuple(year for (year,) in connection.execute(_GRADED, [document.id]))
        if "grade" in document.kinds
        else (),
        words=words,
        documents=tuple(documents),
    )


# Private functions


def _tells(cells: str) -> bool:
    """Whether cells say more than a number each, so that two lines that print the same are the same activity."""
    texts = [cell[4:] for cell in cells.split("\n")]
    return any(text and text != "-" and not is_plain(text) for text in texts)


def _years(joined: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, joined.split(",")))) if joined else ()


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


_UNITS = """
SELECT r.kind, f.unit FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND f.unit != '' GROUP BY r.kind, f.unit ORDER BY count(DISTINCT r.id) DESC, f.unit
"""
_BARE = """
SELECT DISTINCT f.value FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND f.unit = ''
"""
_OVERALL = "SELECT 1 FROM row r JOIN project p ON p.id = r.project WHERE p.plan = ? AND r.grade != '' LIMIT 1"
_USED = """
SELECT r.grade FROM row r JOIN project p ON p.id = r.project WHERE p.plan = :plan AND r.grade != ''
UNION SELECT c.text FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project
WHERE p.plan = :plan AND r.kind = 'grade' AND c.state = 'reported' AND c.year = (
  SELECT max(l.year) FROM cell l JOIN row g ON g.id = l.row JOIN project o ON o.id = g.project
  WHERE o.plan = :plan AND g.kind = 'grade' AND l.state = 'reported'
) AND NOT EXISTS (SELECT 1 FROM row w JOIN project q ON q.id = w.project WHERE q.plan = :plan AND w.grade != '')
"""
_GRADED = """
SELECT DISTINCT c.year FROM cell c JOIN row r ON r.id = c.row JOIN project p ON p.id = r.project
WHERE p.plan = ? AND r.kind = 'grade' AND c.state = 'reported' ORDER BY c.year
"""
_ROWS = """
SELECT p.no, p.name, p.address, r.position, r.activity, r.kind, r.unit, group_concat(c.year || c.text, char(10)),
       group_concat(CASE c.state WHEN 'reported' THEN c.year END),
       group_concat(CASE WHEN EXISTS (SELECT 1 FROM figure f WHERE f.row = r.id AND f.year = c.year) THEN c.year END)
FROM project p JOIN row r ON r.project = p.id JOIN cell c ON c.row = r.id
WHERE p.plan = ? GROUP BY r.id ORDER BY p.position, r.position
"""
