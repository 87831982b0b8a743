"""Query: what is asked of the knowledge base; one object gives the SQL, a Japanese sentence and a compact form."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from kb.filters import Filter
from kb.phrasing import condition, phrased, sought
from kb.terms import ATTRIBUTES, DETAIL, OF_A_QUERY
from nlp.bounds import Bound
from nlp.names.names import project_of
from nlp.years.fiscal import era_number, western_year

__all__ = ["LONGEST_COMPACT", "SELECT_ROWS", "Query", "Subject"]

LONGEST_COMPACT = 64
"""Bytes that a button of Telegram can carry."""
MOST_PARTS = 500
"""Subjects, conditions and values that are read: SQLite takes no expression that is deeper than 1,000."""

SELECT_ROWS = (
    "SELECT p.id, p.no, p.name, p.goal, p.goal_text, p.policy, p.subpolicy, p.description, p.grade, p.address, "
    "r.id, r.position, r.activity, r.period, r.grade, r.kind, r.unit FROM project p JOIN row r ON r.project = p.id"
)
"""The rows with their projects, before any condition."""


class Subject(NamedTuple):
    """A project or one of its activities."""

    reference: str
    """midori-sangyo/42, or midori-sangyo/15.1 for its first activity."""
    name: str
    """As the table calls it."""

    @property
    def project(self) -> str:
        """The reference of the project."""
        return project_of(self.reference)

    @property
    def number(self) -> str:
        """The project's number."""
        return self.reference.partition("/")[2].partition(".")[0]

    @property
    def position(self) -> int | None:
        """The activity's place in the project, from 1; None for the whole project."""
        place = self.reference.partition("/")[2].partition(".")[2]
        return int(place) if place else None


class Query(NamedTuple):
    """A selection of cells and what is done with them."""

    plan: str
    """Id of the plan."""
    era: str
    """The era in which the plan's years are said."""
    subjects: tuple[Subject, ...] = ()
    """Projects and activities; none means all."""
    filters: tuple[Filter, ...] = ()
    """Conditions, all of which must hold."""
    years: tuple[int, ...] = ()
    """Western fiscal years in the order asked; none means all of the plan."""
    attributes: tuple[str, ...] = ("result",)
    """What is asked of them."""
    operators: tuple[str, ...] = ("cells",)
    """What is done, in order: cells, projects, count, change, sum …"""
    measure: str = ""
    """Which figures are computed with: 円, 円:補給, 円+事業; "" is any."""
    limit: int = 0
    """How many of an order are asked (上位3); 0 is the first."""
    grade_name: str = ATTRIBUTES["grade"]
    """What the plan calls its grades."""
    bound: Bound | None = None
    """Above or below which figure those must be that are looked for."""
    place: int = 0
    """Which place of an order is asked (2番目); 0 is all of them."""
    start: int = 0
    """From where on a list is shown: how many of it were shown before."""

    def plain(self) -> "Query":
        """The same cells, of which nothing is computed, put in order or held against a bound."""
        return self._replace(operators=("cells",), bound=None, limit=0, place=0, start=0)

    def to_sql(self) -> tuple[str, tuple[str | int, ...]]:
        """The SELECT of the rows that it is about, with bound parameters."""
        clauses = ["p.plan = ?"]
        parameters: list[str | int] = [self.plan]
        if self.subjects:
            clauses.append("(" + " OR ".join(map(_subject_clause, self.subjects)) + ")")
            for subject in self.subjects:
                parameters += [subject.number] if subject.position is None else [subject.number, subject.position]
        for filter_ in self.filters:
            clauses.append(filter_.to_sql())
            parameters += filter_.parameters()
        return f"{SELECT_ROWS} WHERE {' AND '.join(clauses)} ORDER BY p.position, r.position", tuple(parameters)

    def to_japanese(self) -> str:
        """The whole query as a phrase that can be asked again: 平成25年度のある事業の実績."""
        return phrased(self)

    def condition(self) -> str:
        """The filters as a phrase: 戦略目標Dの達成度B."""
        return condition(self)

    def sought(self) -> str:
        """What is looked for backwards, with the conditions beside it: 所管課がスポーツ課の「905千円」."""
        return sought(self)

    def to_compact(self) -> str:
        """The query as a button carries it: midori-sangyo/42/25/result; years in the plan's era."""
        what = ",".join(subject.reference.partition("/")[2] for subject in self.subjects)
        filters = ";".join(
            f"{f.type}{'!' * f.negated}={'|'.join(value.translate(_IN_A_FILTER) for value in (f.value, *f.others))}"
            for f in self.filters
        )
        years = ",".join(str(era_number(year, self.era)) for year in self.years)
        selected = f"?{filters}" if filters or not what else ""
        return "/".join([self.plan, what + selected, years, self._verb()])

    def receipt(self) -> str:
        """The compact form where a button can carry it, "" where it is too long."""
        compact = self.to_compact()
        return compact if len(compact.encode()) <= LONGEST_COMPACT else ""

    @classmethod
    def from_compact(
        cls, compact: str, era: str, name: Callable[[str], Subject], grade_name: str = ATTRIBUTES["grade"]
    ) -> "Query":
        """The query that `to_compact` wrote; ValueError where it is none."""
        parts = compact.split("/")
        if len(parts) != 4 or sum(map(compact.count, ",;|")) > MOST_PARTS:
            raise ValueError(f"質問の記号が読めません({compact[:LONGEST_COMPACT]})")
        plan, what, years, verb = parts
        what, selects, selected = what.partition("?")
        conditions = [item for item in selected.split(";") if item]
        if not verb or not (what or selects) or any("=" not in item for item in conditions):
            raise ValueError(f"質問の記号が読めません({compact[:LONGEST_COMPACT]})")
        filters = tuple(map(_read_filter, conditions))
        subjects = tuple(name(f"{plan}/{no}") for no in what.split(",")) if what else ()
        verb, _, start = verb.partition(">")
        verb, _, place = verb.partition("#")
        verb, _, limit = verb.partition("*")
        verb, _, bound = verb.partition("^")
        attributes, operators, measure = _read_verb(verb)
        read = tuple(western_year(int(year), era) for year in years.split(",") if year)
        limits = (
            max(int(limit or 0), 0),
            grade_name,
            _read_bound(bound),
            max(int(place or 0), 0),
            max(int(start or 0), 0),
        )
        apart = operators[-1] == "each" and (bool(subjects) or sum(bool(one.others) for one in filters) != 1)
        if (operators[-1] == "bounded") != bool(bound) or apart:
            raise ValueError(f"質問の記号が読めません({compact[:LONGEST_COMPACT]})")
        return cls(plan, era, subjects, filters, read, attributes, operators, measure, *limits)

    def _verb(self) -> str:
        if self.operators == ("table",):
            return "table:" + ",".join(self.attributes)
        attributes = ",".join(attribute.translate(_IN_A_VERB) for attribute in self.attributes)
        columns = "" if self.attributes == ("result",) else f"@{attributes}"
        verb = attributes if self.operators == ("cells",) else "-".join(self.operators) + columns
        return (
            verb
            + (f"~{self.measure}" if self.measure else "")
            + (f"^{self.bound.relation}:{self.bound.text.translate(_IN_A_VERB)}" if self.bound else "")
            + (f"*{self.limit}" if self.limit else "")
            + (f"#{self.place}" if self.place else "")
            + (f">{self.start}" if self.start else "")
        )


# Private functions

_IN_A_FILTER, _IN_A_VERB = (
    str.maketrans({mark: f"%{ord(mark):02X}" for mark in dividing}) for dividing in ("%/;|", "%/,~*@>^#")
)
"""What divides a compact query, written otherwise in texts of the table."""


def _read_filter(item: str) -> Filter:
    kind, _, value = item.partition("=")
    first, *others = map(unquote, value.split("|"))
    return Filter(kind.removesuffix("!"), first, kind.endswith("!"), tuple(others)).checked()


def _read_bound(written: str) -> Bound | None:
    relation, _, text = written.partition(":")
    return Bound.read(relation, unquote(text)) if written else None


def _read_verb(verb: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    if verb.startswith("table:"):
        return tuple(verb.partition(":")[2].split(",")), ("table",), ""
    verb, _, measure = verb.partition("~")
    names = tuple(map(unquote, verb.split(",")))
    if all(map(_is_attribute, names)):
        return names, ("cells",), measure
    done, _, columns = verb.partition("@")
    operators = tuple(done.split("-"))
    names = tuple(map(unquote, columns.split(","))) if columns else ("result",)
    if not OF_A_QUERY.issuperset(operators) or not all(map(_is_attribute, names)):
        raise ValueError(f"質問の記号が読めません({verb[:LONGEST_COMPACT]})")
    return names, operators, measure


def _is_attribute(name: str) -> bool:
    return name in ATTRIBUTES or (name.startswith(DETAIL) and name != DETAIL)


def _subject_clause(subject: Subject) -> str:
    """An activity is all rows of its line: its results, its targets …"""
    line = "SELECT a.activity FROM row a WHERE a.project = p.id AND a.position = ?"
    return "p.no = ?" if subject.position is None else f"(p.no = ? AND r.activity IS ({line}))"
