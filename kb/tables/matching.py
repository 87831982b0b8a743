"""Matching: next year's file read with the mapping that a person has corrected; headings that changed are named."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from kb.errors import ReadingError
from kb.tables.mapping import Column, Table
from kb.tables.sheets import column_letter
from kb.tables.vocabulary import plain
from kb.tables.years import without_years

__all__ = ["is_alike", "match"]

_ALIKE = 0.5


def match(proposed: Table, known: Table, where: str) -> tuple[Table, list[str]]:
    """The proposed mapping with every role that is already known, and what is to be said of the others.

    Raises ReadingError where the column of the names is among the headings that changed: no project could be read.
    """
    said: list[str] = []
    columns = {}
    for layout, found in proposed.columns.items():
        before = _nearest(found, known)
        columns[layout] = _matched(found, before, said)
        if all(column.role != "name" for column in columns[layout]):
            raise ReadingError(_without_name(before, columns[layout], where))
    grades = tuple(dict.fromkeys((*known.grades, *proposed.grades)))
    units = tuple(dict.fromkeys((*known.units, *proposed.units)))
    same = {column.role for group in columns.values() for column in group}
    number = known.number if "no" in same or known.number == "ordinal" else proposed.number
    return replace(
        proposed,
        columns=columns,
        grades=grades,
        ordered=known.ordered and grades == known.grades,
        units=units,
        grade_name=known.grade_name,
        number=number,
        identity=known.identity,
        kinds={**proposed.kinds, **known.kinds},
    ), said


def is_alike(proposed: Table, known: Table | None) -> bool:
    """Whether at least half of the headings are known, but for their years."""
    old = {without_years(column.heading) for column in (known.all_columns if known else ())}
    new = [without_years(column.heading) for column in proposed.all_columns]
    return sum(heading in old for heading in new) * 2 >= len(new)


# Private functions


def _without_name(before: Sequence[Column], found: Sequence[Column], where: str) -> str:
    name = next((column.heading for column in before if column.role == "name"), "事業名")
    new = "」「".join(column.heading for column in found if column.role == "unread")
    return (
        f"事業名の列「{name}」がありません。新しい見出しは「{new}」です。名前が変わっただけなら、{where} の heading を"
        "書きかえてから取り込んでください。何も変えていません"
    )


def _nearest(found: Sequence[Column], known: Table) -> Sequence[Column]:
    headings = {plain(column.heading) for column in found}
    layouts = sorted(
        known.columns.values(), key=lambda columns: -len(headings & {plain(column.heading) for column in columns})
    )
    return layouts[0] if layouts else ()


def _matched(found: Sequence[Column], before: Sequence[Column], said: list[str]) -> tuple[Column, ...]:
    exact = {plain(column.heading): column for column in before}
    patterns = {without_years(column.heading): column for column in before if column.year}
    gone = {
        heading: column
        for heading, column in exact.items()
        if heading not in {plain(column.heading) for column in found}
    }
    matched = []
    for column in found:
        was = exact.get(plain(column.heading)) or (patterns.get(without_years(column.heading)) if column.year else None)
        if was:
            year = column.year if was.year else was.year
            matched.append(replace(was, at=column.at, heading=column.heading, year=year))
            continue
        matched.append(replace(column, role="unread"))
        said.append(_new(column, gone))
    shown = {without_years(column.heading) for column in found}
    for heading, column in gone.items():
        if not (column.year and without_years(column.heading) in shown):
            said.append(f"なくなった見出し: 「{exact[heading].heading}」({column_letter(column.at)}列にありました)")
    return tuple(matched)


def _new(column: Column, gone: Mapping[str, Column]) -> str:
    near = max(gone.values(), key=lambda old: (old.at == column.at, _likeness(old, column)), default=None)
    if near and (near.at == column.at or _likeness(near, column) >= _ALIKE):
        hint = f'「{near.heading}」が変わったものなら、plan.toml で role = "{near.role}" にしてください'
    else:
        hint = "使うなら plan.toml で role を書いてください"
    return f"新しい見出し: 「{column.heading}」({column_letter(column.at)}列)はまだ読みません。{hint}"


def _likeness(one: Column, other: Column) -> float:
    return SequenceMatcher(None, plain(one.heading), plain(other.heading)).ratio()
