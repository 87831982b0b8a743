"""Query: what is asked of the knowledge base; one object gives the SQL, a Japanese sentence and a compact form."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from kb.filters import FILTERS, Filter
from kb.terms import ATTRIBUTES, BETWEEN, DETAIL, ENDINGS, OF_A_QUERY, SELECTS, TABLE, measured
from nlp.years.fiscal import era_number, era_year, western_year

__all__ = ["LONGEST_COMPACT", "SELECT_ROWS", "Query", "Subject"]

LONGEST_COMPACT = 64
"""Bytes that a button of Telegram can carry."""


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
    start: int = 0
    """From where on a list is shown: how many of it were shown before."""

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
        years = "・".join(era_year(year, self.era) for year in self.years)
        subjects = "と".join(dict.fromkeys(subject.name for subject in self.subjects))
        said = "の".join(filter(None, (subjects, self._ending())))
        if any(
            filter_.type in ("graded", "said") for filter_ in self.filters
        ):  # a year before a grade would be the grade's
            whose = "事業" if not subjects and self.operators == ("cells",) else ""
            years, said = "", "の".join(filter(None, (whose, years, said)))
        if self.filters:
            said = self.condition() + ("の" if FILTERS[self.filters[-1].type].noun else "") + said
        return "の".join(filter(None, (years, said)))

    def _phrase(self, kind: str) -> str:
        """How a filter is said; of cells of any kind not as the results' alone."""
        phrase = FILTERS[kind].japanese
        return phrase if self.attributes == ("result",) else phrase.removeprefix("実績が")

    def _condition(self, filter_: Filter) -> str:
        said = self._phrase(filter_.type).format(self._said(filter_))
        return said + ("以外" if filter_.negated and filter_.type != "state" else "")

    def _said(self, filter_: Filter) -> str:
        value = filter_.value
        if filter_.type == "goal" and len(value) > 1:
            return f"「{value}」"
        if filter_.type == "grade":
            return f"{self.grade_name}{value}"
        if filter_.type in ("state", "numeric", "graded", "said"):
            year, *rest = value.split(":", 1 if filter_.type in ("graded", "said") else -1)
            return f"{era_year(int(year), self.era)}{self._said_of_year(filter_, rest)}"
        if filter_.type == "detail":
            return "が".join(filter(None, (*value.partition("=")[::2],)))
        return value.split(" ")[-1] if filter_.type == "figure" else value

    def _said_of_year(self, filter_: Filter, rest: list[str]) -> str:
        if filter_.type == "said":
            return f"が{rest[0]}"
        if filter_.type == "graded":
            return f"の{self.grade_name}{rest[0]}"
        state = rest.pop(0) if filter_.type == "state" else "numeric"
        column = ATTRIBUTES[rest[0] if rest else "result"]
        if state == "numeric":
            return f"に数字の{column}がある"
        return f"に{column}が{'ある' if state == 'reported' and not filter_.negated else 'ない'}"

    def _ending(self) -> str:
        last = self.operators[-1]
        if last == "table":
            return "と".join(TABLE.get(attribute, attribute) for attribute in self.attributes)
        if last == "count" and not self.filters:
            return "事業の総数"
        if last not in ENDINGS:
            return self._columns() or ATTRIBUTES["result"]
        said = self._columns() if last != "having" else measured(self.measure)
        between = BETWEEN if len(self.attributes) > 1 else {}
        ending = between.get(last) or ENDINGS[last].format(
            "年度" if self.subjects else f"上位{self.limit}事業" if self.limit else "事業"
        )
        joint = "が" if last in SELECTS else "の"
        return f"{said}{joint}{ending}" if said else ending

    def _columns(self) -> str:
        """What is asked of each project, but for its plain result: 予算と決算, 金額, 予算の金額."""
        plain = "" if self.attributes == ("result",) else "と".join(map(self._attribute, self.attributes))
        return "の".join(filter(None, (plain, measured(self.measure))))

    def _attribute(self, name: str) -> str:
        return (
            self.grade_name
            if name == "grade"
            else name.removeprefix(DETAIL)
            if name.startswith(DETAIL)
            else ATTRIBUTES[name]
        )

    def condition(self) -> str:
        """The filters as a phrase: 戦略目標Dの達成度B."""
        said = [(FILTERS[one.type], "か".join(map(self._condition, one.alternatives()))) for one in self.filters]
        return "".join(
            text + ("の" if template.noun and at + 1 < len(said) else "") for at, (template, text) in enumerate(said)
        )

    def sought(self) -> str:
        """What is looked for backwards, with the conditions beside it: 所管課がスポーツ課の「905千円」."""
        sought = [filter_ for filter_ in self.filters if filter_.type in ("figure", "text")]
        beside = self._replace(filters=tuple(filter_ for filter_ in self.filters if filter_ not in sought)).condition()
        said = "".join(f"「{self._said(filter_)}」" for filter_ in sought)
        return f"{beside}の{said}" if beside else said

    def to_compact(self) -> str:
        """The query as a button carries it: midori-sangyo/42/25/result; years in the plan's era."""
        what = ",".join(subject.reference.partition("/")[2] for subject in self.subjects)
        filters = ";".join(
            f"{f.type}{'!' * f.negated}={'|'.join(_written(value, '%/;|') for value in (f.value, *f.others))}"
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
        if len(parts) != 4:
            raise ValueError(f"質問の記号が読めません({compact[:LONGEST_COMPACT]})")
        plan, what, years, verb = parts
        what, selects, selected = what.partition("?")
        conditions = [item for item in selected.split(";") if item]
        if not verb or not (what or selects) or any("=" not in item for item in conditions):
            raise ValueError(f"質問の記号が読めません({compact[:LONGEST_COMPACT]})")
        filters = tuple(map(_read_filter, conditions))
        subjects = tuple(name(f"{plan}/{no}") for no in what.split(",")) if what else ()
        verb, _, start = verb.partition(">")
        verb, _, limit = verb.partition("*")
        attributes, operators, measure = _read_verb(verb)
        read = tuple(western_year(int(year), era) for year in years.split(",") if year)
        limits = int(limit or 0), grade_name, max(int(start or 0), 0)
        return cls(plan, era, subjects, filters, read, attributes, operators, measure, *limits)

    def _verb(self) -> str:
        if self.operators == ("table",):
            return "table:" + ",".join(self.attributes)
        attributes = ",".join(map(_written, self.attributes))
        columns = "" if self.attributes == ("result",) else f"@{attributes}"
        verb = attributes if self.operators == ("cells",) else "-".join(self.operators) + columns
        return (
            verb
            + (f"~{self.measure}" if self.measure else "")
            + (f"*{self.limit}" if self.limit else "")
            + (f">{self.start}" if self.start else "")
        )


# Private functions


def _read_filter(item: str) -> Filter:
    kind, _, value = item.partition("=")
    first, *others = map(unquote, value.split("|"))
    return Filter(kind.removesuffix("!"), first, kind.endswith("!"), tuple(others))


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


def _written(text: str, dividing: str = "%/,~*@>") -> str:
    """A text of the table without what divides a compact query."""
    return "".join(f"%{ord(character):02X}" if character in dividing else character for character in text)


def _subject_clause(subject: Subject) -> str:
    """An activity is all rows of its line: its results, its targets …"""
    line = "SELECT a.activity FROM row a WHERE a.project = p.id AND a.position = ?"
    return "p.no = ?" if subject.position is None else f"(p.no = ? AND r.activity IS ({line}))"
