"""Printed: what the headings of a table's own columns ask for, and which of them were left unread (build side)."""

from collections.abc import Collection, Iterator, Sequence

from kb.compiling.periods import period_words
from kb.source.plans import Plan
from kb.tables.mapping import Column, bare_heading
from kb.terms import DETAIL
from nlp.writing.text import to_key

__all__ = ["PLANNED", "planned_kind", "printed_words", "short_words", "unread_words"]

_ATTRIBUTES = {
    "period": "period",
    "description": "description",
    "goal": "goal",
    "policy": "policy",
    "subpolicy": "policy",
}
PLANNED = "計画"
"""How the headings of values begin that are planned, beside those that came of it."""


def printed_words(plan: Plan) -> Iterator[tuple[str, str]]:
    """Folded headings with the attribute that stands under each: 計画期間 → period, 計画事業費 → budget.

    What calls lines is no kind, and what calls years is none: 第8期.
    """
    periods = period_words(plan)
    for column in plan.columns:
        key = to_key(bare_heading(column.heading))
        if column.role == "detail":
            yield key, f"{DETAIL}{column.heading}"
        elif column.role in _ATTRIBUTES:
            yield key, _ATTRIBUTES[column.role]
        elif _is_of_a_kind(plan, column) and key not in periods:
            yield key, column.kind


def short_words(plan: Plan) -> Iterator[tuple[str, str]]:
    """A part of a heading with its attribute, where no other heading has it: what follows の, what stands before と.

    Of 今後の方向性 it is 方向性, of 課題と今後の対応 it is 課題. What stands above several columns asks for all of them: 基準値,
    策定時の値 and 策定時.
    """
    details = [column.heading for column in plan.columns if column.role == "detail"]
    bare = {heading: bare_heading(heading) for heading in details}
    ends = {heading: text.rpartition("の")[2] for heading, text in bare.items() if "の" in text}
    begins = {heading: text.partition("と")[0] for heading, text in bare.items() if "と" in text}
    for heading, part in (*ends.items(), *begins.items()):
        if len(part) > 1 and [*ends.values(), *begins.values()].count(part) == 1:
            yield to_key(part), f"{DETAIL}{heading}"
    for heading in details:
        above = heading.partition(" / ")[0]
        for part in dict.fromkeys((above, above.partition("の")[0])) if above != heading else ():
            if len(part) > 1:
                yield to_key(part), f"{DETAIL}{heading}"


def unread_words(plan: Plan) -> frozenset[str]:
    """Folded headings of which no column is read: nothing else of the table may be given for them."""
    keys = {to_key(bare_heading(column.heading)) for column in plan.columns if _is_unread(plan, column)}
    read = {to_key(bare_heading(column.heading)) for column in plan.columns if not _is_unread(plan, column)}
    return frozenset(key for key in keys - read if len(key) > 1)


def planned_kind(plans: Sequence[Plan], kinds: Collection[str]) -> str:
    """What is asked as 計画: the targets or, where there are none, the budget, if what heads them begins so; "" else."""
    kind = "target" if "target" in kinds else "budget"
    headings = [bare_heading(column.heading) for plan in plans for column in plan.columns if column.kind == kind]
    tables = (plan.table for plan in plans if plan.table)
    said = (word for table in tables for word, stands_for in table.kinds.items() if stands_for == kind)
    return kind if any(text.startswith(PLANNED) for text in (*headings, *said)) else ""


# Private functions


def _is_of_a_kind(plan: Plan, column: Column) -> bool:
    return bool(column.role == "value" and column.kind and not column.activity and not _is_unread(plan, column))


def _is_unread(plan: Plan, column: Column) -> bool:
    """A column that is named and not used, or values of which nothing says the year."""
    if column.role != "value" or column.year or not plan.table:
        return column.role == "unread"
    dated = any(part.year for part in plan.table.parts) or any(other.role == "year" for other in plan.columns)
    return not dated
