"""Filters: the conditions of a selection, each with how it is said in SQL and in Japanese."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.cells import DASHES
from kb.terms import FIGURED
from nlp.writing.text import to_key

__all__ = ["DATED", "FILTERS", "STATED", "Filter", "Template"]


class Template(NamedTuple):
    """How a filter is said in SQL and in Japanese; {} is its value."""

    sql: str
    japanese: str
    noun: bool = True


FILTERS = {
    "goal": Template("? IN (p.goal, p.goal_text)", "戦略目標{}"),  # by its letter, by its name where it has none
    "policy": Template("(p.policy = ? OR p.subpolicy = ?)", "施策「{}」"),
    "grade": Template("EXISTS (SELECT 1 FROM row g WHERE g.project = p.id AND g.grade = ?)", "{}"),
    "graded": Template(
        "EXISTS (SELECT 1 FROM cell s JOIN row t ON t.id = s.row "
        "WHERE t.project = p.id AND t.kind = 'grade' AND s.year = ? AND s.text = ?)",
        "{}",
    ),
    "said": Template(
        "EXISTS (SELECT 1 FROM cell s JOIN row t ON t.id = s.row "
        "WHERE t.project = p.id AND t.kind = 'result' AND s.year = ? AND s.text = ?)",
        "{}",
    ),
    "detail": Template(
        "EXISTS (SELECT 1 FROM detail d WHERE d.project = p.id AND (? = '' OR d.heading = ?) AND d.members LIKE ? ESCAPE '!')",
        "{}",
    ),
    "told": Template(
        f"EXISTS (SELECT 1 FROM detail d WHERE d.project = p.id AND trim(d.text, '{DASHES} ') != '' AND d.heading = ? "
        "AND instr(d.text, ?) AND (? = 0 OR d.year IN (0, ?)))",
        "{}",
        noun=False,
    ),
    "project": Template("p.no = ?", "No.{}"),
    "keyword": Template("p.haystack LIKE ? ESCAPE '!'", "「{}」を含む", noun=False),
    "state": Template(
        "EXISTS (SELECT 1 FROM cell s JOIN row t ON t.id = s.row "
        "WHERE t.project = p.id AND s.year = ? AND s.state IN (?, 'conflict') AND t.kind = 'result')",
        "{}",
        noun=False,
    ),
    "figure": Template(
        "EXISTS (SELECT 1 FROM figure f JOIN row t ON t.id = f.row WHERE t.project = p.id AND f.value = ? AND f.unit = ?)",
        "実績が{}の",
        noun=False,
    ),
    "text": Template("p.haystack LIKE ? ESCAPE '!'", "実績が「{}」となっている", noun=False),
    "numeric": Template(
        "EXISTS (SELECT 1 FROM figure f JOIN row t ON t.id = f.row WHERE t.project = p.id AND f.year = ? AND t.kind = 'result')",
        "{}",
        noun=False,
    ),
    "unit": Template(
        "EXISTS (SELECT 1 FROM figure f JOIN row t ON t.id = f.row "
        "WHERE t.project = p.id AND f.year = ? AND f.unit = ? AND t.kind = 'result')",
        "{}",
        noun=False,
    ),
}
"""The filters that a selection can combine."""
DATED = frozenset({"graded", "said"})
"""Those of what a year prints: its grade, its text."""
STATED = frozenset({"state", "numeric", "unit"})
"""Those of whether a year's cell says anything, prints a figure, or one in a unit."""


class Filter(NamedTuple):
    """A condition on projects."""

    type: str
    """One of FILTERS."""
    value: str
    """Letter, name, text, year:state, year:unit, year:grade, heading=text, or year:heading=text that it holds (0, "" of any)."""
    negated: bool = False
    """Whether it must not hold."""
    others: tuple[str, ...] = ()
    """Values that do as well: 達成度Bか達成度C; negated none of them may hold."""

    def alternatives(self) -> tuple["Filter", ...]:
        """A filter for each of its values, of which one must hold, or all where they are negated."""
        return tuple(self._replace(value=value, others=()) for value in (self.value, *self.others))

    def checked(self) -> "Filter":
        """Itself; ValueError where one of its values is none of its type: a press may be older, or made up."""
        if self.type not in FILTERS or not all(_is_value(self.type, value) for value in (self.value, *self.others)):
            raise ValueError(f"条件が読めません({self.type})")
        return self

    def to_sql(self) -> str:
        """Its condition; about the cells of another kind where the value ends with one."""
        if self.others:
            joint = " AND " if self.negated else " OR "  # neither B nor C
            return f"({joint.join(one.to_sql() for one in self.alternatives())})"
        sql = FILTERS[self.type].sql
        if self.type in STATED and self.value.rpartition(":")[2] in FIGURED:
            sql = sql.replace("'result'", "?")
        if not self.negated:
            return sql
        return f"NOT ({sql}) AND {_TOLD[self.type]}" if self._needs_told() else f"NOT ({sql})"

    def parameters(self) -> Sequence[str | int]:
        """What is bound in it."""
        if self.others:
            return [parameter for one in self.alternatives() for parameter in one.parameters()]
        found = _parameters(self)
        return [*found, found[0]] if self.negated and self._needs_told() else found

    def _needs_told(self) -> bool:
        """Whether only what says something is another than what is left out; of any column at all nothing can be told."""
        return self.type in _TOLD and not self.value.startswith("=")


# Private functions

_STATES = frozenset({"reported", "blank", "dash", "conflict", "outside"})


def _is_value(type_: str, value: str) -> bool:
    """Whether a value has the parts of its type."""
    year, *rest = value.split(":", 1 if type_ in DATED else -1)
    if type_ in DATED:
        return _is_year(year) and len(rest) == 1
    if type_ == "told":
        return (year == "0" or _is_year(year)) and value.partition("=")[1] != ""
    if type_ in STATED:
        what, kind = ([], rest) if type_ == "numeric" else (rest[:1], rest[1:])
        known = bool(what and what[0] in _STATES) if type_ == "state" else type_ == "numeric" or any(what)
        return _is_year(year) and known and len(kind) < 2 and set(kind) <= set(FIGURED)
    return type_ != "figure" or value.count(" ") > 1


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


_TOLD = {
    "graded": (
        "EXISTS (SELECT 1 FROM cell s JOIN row t ON t.id = s.row "
        "WHERE t.project = p.id AND t.kind = 'grade' AND s.year = ? AND s.state = 'reported')"
    ),
    "detail": "EXISTS (SELECT 1 FROM detail e WHERE e.project = p.id AND e.heading = ?)",
}
"""That a project has a grade in a year, or says anything in a column: a blank is no other grade."""


def _parameters(filter_: Filter) -> Sequence[str | int]:
    value = filter_.value
    if filter_.type == "policy":
        return [value, value]
    if filter_.type == "figure":
        return list(value.split(" ")[:2])
    if filter_.type in ("keyword", "text"):
        return [f"%{_like(value)}%"]
    if filter_.type == "detail":
        heading, _, member = value.partition("=")
        return [heading, heading, f"%\n{_like(member)}\n%"]
    if filter_.type == "told":
        year, _, said = value.partition(":")
        heading, _, text = said.partition("=")
        return [heading, text, int(year), int(year)]
    if filter_.type in DATED:
        year, _, grade = value.partition(":")
        return [int(year), grade]
    if filter_.type in STATED:
        year, *rest = value.split(":")
        return [int(year), *rest]
    return [value]


def _like(text: str) -> str:
    return to_key(text).replace("%", "!%")
