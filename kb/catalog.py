"""Catalog: what a plan holds by name: its years, projects, activities, goals and grades."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from kb.query import Query, Subject
from kb.running.results import Project
from kb.storing import SourceDocument
from kb.terms import ATTRIBUTES, DETAIL, FIGURED
from nlp.names.names import project_of
from nlp.writing.text import normalize
from nlp.years.fiscal import Calendar

__all__ = ["SHOWN_UNITS", "Catalog"]

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
    activities: dict[str, tuple[str, ...]]
    """Project → its activities."""
    same: dict[str, tuple[str, ...]]
    """Activity → the same activity under other projects, first one first."""
    reported: dict[tuple[str, str], tuple[int, ...]]
    """Row and kind → years in which its cell says something."""
    counted: dict[tuple[str, str], tuple[int, ...]]
    """Row and kind → years in which its cell prints a figure."""
    printed: dict[str, frozenset[str]]
    """Row → units of its figures."""
    held: dict[tuple[str, str], tuple[int, ...]]
    """Row and kind → years of which the table has a column for it."""
    own: frozenset[str]
    """Kinds of cells that are a project's and no line's."""
    units_of: dict[str, tuple[str, ...]]
    """Kind → units that the most of its cells print, the commonest first."""
    years_of: dict[tuple[str, str], tuple[int, ...]]
    """Kind and unit → years in which some cell prints it."""
    bare: frozenset[str]
    """Numbers that stand in a cell without any unit."""
    overall: bool
    """Whether it prints a grade for a project as a whole."""
    used: frozenset[str]
    """Grades that some project has: as a whole, or in the last year that has any."""
    graded: tuple[int, ...]
    """Years of which some project has a grade of its own."""
    yearly: frozenset[str]
    """Headings of further columns that say something of one year: 今後の方向性 of each sheet."""
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
        return _default(self.document.kinds)

    @property
    def whole(self) -> tuple[str, ...]:
        """What is quoted of a whole project: its own amounts too, where all results are those of its indicators."""
        amounts = tuple(kind for kind in ("budget", "settlement") if kind in self.own)
        apart = self.default == ("result",) and amounts and "result" not in self.own
        return (*amounts, "result") if apart else self.default

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
        if reference in self.names:
            return (reference,)
        printed = ((project, normalize(project.rpartition("/")[2]).value) for project in self.addresses)
        return tuple(project for project, said in printed if said.isdecimal() and int(said) == number)  # ①, 007

    def subject(self, reference: str) -> Subject:
        """A reference with the name that the table gives it; with its project's too, where others print the same line."""
        name, project = self.names[reference], project_of(reference)
        same = self.same.get(reference, (reference,))
        others = (other for other, named in self.names.items() if named == name and other not in same)
        shared = project != reference and any("." in other and project_of(other) != project for other in others)
        return Subject(reference, f"{self.names[project]}の{name}" if shared else name)

    def label(self, reference: str) -> str:
        """A name as a choice shows it: ある事業(No.7); a line that others print too with its project: ある事業の達成率(No.7)."""
        address = self.addresses[project_of(reference)]
        return f"{self.subject(reference).name}({f'{self.short} {address}' if self.short else address})"

    def graded_as(self, reference: str) -> str:
        """What the grade of a line is printed for: the line, or its project where that has a row of grades and the line none."""
        project = project_of(reference)
        graded = {line for line in self.activities.get(project, ()) if (line, "grade") in self.reported}
        return project if reference not in graded and graded - self.names.keys() else reference

    def head(self, reference: str) -> Project:
        """The project of a reference, without its grades."""
        project = project_of(reference)
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

    def latest_of_all(self, references: Sequence[str], kinds: Sequence[str]) -> tuple[int, ...]:
        """The last year in which each of some rows prints a figure; none where there is no such year."""
        held = [set(self.years_reported(reference, True, kinds)) for reference in references]
        return tuple(sorted(set.intersection(*held))[-1:])

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
        return self.of_plan(query.to_japanese())

    def of_plan(self, phrase: str) -> str:
        """A phrase with what the plan is called by, where there are others."""
        return f"{self.short}の{phrase}" if self.short else phrase

    def holds(self, references: Sequence[str], kind: str, years: Sequence[int]) -> bool:
        """Whether the table has a column of a kind for some rows in any of the years."""
        lines = (line for reference in references for line in self.activities.get(reference) or (reference,))
        return any(year in self.held.get((line, kind), ()) for line in lines for year in years)

    def lines_in(self, unit: str) -> dict[str, tuple[str, ...]]:
        """The lines that several projects print in a unit, by name: 収入 and 支出 are both money, and never one sum."""
        lines: dict[str, list[str]] = {}
        for row, units in self.printed.items():
            if row in self.names and unit in units:
                lines.setdefault(self.names[row], []).append(row)
        return {name: tuple(rows) for name, rows in lines.items() if len(set(map(project_of, rows))) > 1}

    def years_reported(self, reference: str, counted: bool = False, kinds: Sequence[str] = ()) -> tuple[int, ...]:
        """Years in which a row, or any row of a project, says something (or prints a figure)."""
        known = self.counted if counted else self.reported
        asked = [kind for kind in kinds or self.default if kind in self.document.kinds] or self.default
        lines = self.activities.get(reference) or (reference,)
        return tuple(year for line in lines for kind in asked for year in known.get((line, kind), ()))


# Private functions


@cache
def _default(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """What was spent is what came of targets where no budget stands beside them: 計画 and 決算 are planned and done."""
    figured = tuple(kind for kind in FIGURED if kind in kinds)
    if figured == ("target", "settlement"):
        return ("settlement",)
    return ("result",) if "result" in figured or not figured else figured
