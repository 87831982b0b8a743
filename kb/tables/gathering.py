"""Gathering: what the lines of a table say, put together project by project and row by row."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from kb.source.plans import Plan
from kb.source.projects import LABELS, Cell, Mark, Project, Row
from kb.tables.details import Details
from kb.tables.lines import Line
from kb.tables.mapping import Table
from kb.tables.notices import Named, Notices
from kb.tables.numbering import number

__all__ = ["Gathered", "Gathering", "Key", "RowDraft", "Value", "figures"]

Value = tuple[str, str, str]
"""What a cell prints, where, and why it can't be taken ("" where it can)."""
Key = tuple[str | None, str, str, str]
"""activity, kind, unit and group: what makes two lines one row."""

_SHOWN = 3
"""So many places of one contradiction are named."""
_GOAL = re.compile(r"\(?([A-Z])\)?[.．:：\s]+(.+)", re.DOTALL)


@dataclass(slots=True, eq=False)
class RowDraft:
    """A row that is being gathered."""

    period: str = ""
    grade: str = ""
    cells: dict[int, list[Value]] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """A project that is being gathered."""

    no: str
    name: str
    labels: dict[str, str]
    description: str = ""
    details: Details = field(default_factory=Details)
    rows: dict[Key, RowDraft] = field(default_factory=dict)


class Gathering:
    """The projects of a plan, in the order in which they begin."""

    def __init__(self, plan: Plan, table: Table, notices: Notices) -> None:
        self.plan, self.table, self.notices = plan, table, notices
        self._differing: set[str] = set()
        self._found: dict[tuple[str, ...], Gathered] = {}

    def project(self, line: Line) -> Gathered:
        """The project that a line belongs to."""
        values = {"no": line.no, "name": line.name, **dict(zip(LABELS, line.labels, strict=True))}
        key = tuple(values[name] for name in self.table.identity)
        found = self._found.get(key)
        if found is None:
            labels = {role: values[role] for role in LABELS}
            found = self._found[key] = Gathered(line.no, line.name, labels)
        return found

    def projects(self) -> Iterator[Project]:
        """All of them, once every line is read."""
        numbered = number(list(self._found.values()), self.table.number, self.notices)
        for gathered, (no, printed) in zip(self._found.values(), numbered, strict=True):
            self._say_differing(gathered)
            letter, text = _goal(gathered.labels["goal"])
            yield Project(
                plan=self.plan.id,
                no=no,
                name=gathered.name,
                goal=letter,
                goal_text=text,
                policy=gathered.labels["policy"],
                subpolicy=gathered.labels["subpolicy"],
                description=gathered.description,
                rows=tuple(self._row(gathered.name, key, draft) for key, draft in gathered.rows.items()),
                corrections=(),
                marks=tuple(_marks(self.plan, no)),
                details=gathered.details.all(self.plan),
                printed=printed,
            )

    # Private functions

    def _say_differing(self, gathered: Gathered) -> None:
        """Name each column that says several things of one project though nothing tells whose they are, once."""
        for group in gathered.details.differing():
            place, first = next(iter(group.items()))
            if first.heading in self._differing:
                continue
            self._differing.add(first.heading)
            said = "、".join(f"「{one.text}」({at})" for at, one in list(group.items())[:_SHOWN])
            reason = f"{gathered.name}の「{first.heading}」が行により違い、すべて答えます({said}など。ほかの事業にもあるかもしれません)"
            sheet, _, at = place.rpartition(" ")
            self.notices.remarks.append(Named(sheet, at, first.text, reason))

    def _row(self, name: str, key: Key, draft: RowDraft) -> Row:
        activity, kind, unit, _ = key
        cells = tuple(_cell(year, draft.cells.get(year, ())) for year in self.plan.years)
        for cell in cells:
            if len(cell.conflict) > 1:
                sheet, _, place = draft.cells[cell.year][0][1].rpartition(" ")
                reason = f"{name}の{cell.year}年度の値が食い違うため、どれも使いません({'、'.join(cell.conflict)})"
                printed = draft.cells[cell.year][0][0]
                self.notices.remarks.append(Named(sheet, place.partition("・")[0], printed, reason))
        return Row(activity, draft.period, cells, draft.grade, kind, unit)


def figures(text: str) -> str:
    """A text in half width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


# Private functions


def _goal(label: str) -> tuple[str, str]:
    found = _GOAL.fullmatch(label)
    return (found[1], found[2]) if found else ("", label)


def _marks(plan: Plan, no: str) -> Iterator[Mark]:
    yield from (marking.mark for marking in plan.markings if no in marking.projects)


def _cell(year: int, values: Sequence[Value]) -> Cell:
    """One text, or all that differ with their places."""
    if len(values) == 1 and not values[0][2]:
        return Cell(year, values[0][0])
    distinct: list[Value] = []
    for value in values:
        if not any(_same(value, other) for other in distinct):
            distinct.append(value)
    if not distinct:
        return Cell(year, "")
    if len(distinct) == 1 and not distinct[0][2]:
        return Cell(year, distinct[0][0])
    return Cell(year, "", tuple(f"{text}({place}{reason and f' {reason}'})" for text, place, reason in distinct))


def _same(one: Value, other: Value) -> bool:
    if one[2] or other[2]:
        return one == other
    return one[0].strip() == other[0].strip() or (
        _decimal(one[0]) is not None and _decimal(one[0]) == _decimal(other[0])
    )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(figures(text).replace(",", "").replace("△", "-").replace("▲", "-").replace("−", "-"))
    except InvalidOperation:
        return None
