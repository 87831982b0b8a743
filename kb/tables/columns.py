"""Columns: what each column of a table is, by its heading and by what stands in it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.tables.contents import Contents
from kb.tables.mapping import Column
from kb.tables.roles import settle_roles
from kb.tables.units import unit_of
from kb.tables.value_names import name_values
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import find_years, is_span, resolve, without_years, year_of
from nlp.years.fiscal import ERAS

__all__ = ["of_line", "recognise"]

_BESIDE = re.compile("(?:前|昨|次|翌|来)年度?(?!比)")
"""Years that only the edition tells: their figures are no values of its own year."""


def recognise(
    paths: Mapping[int, tuple[str, ...]],
    contents: Mapping[int, Contents],
    headings: Headings,
    era: str,
    *,
    by_line: bool = False,
) -> tuple[tuple[Column, ...], str]:
    """The columns of a table, and the era that had to be assumed."""
    paths = {at: _with_era(path) for at, path in paths.items()}
    printed = [year for path in paths.values() for part in path if not is_span(part) for year in find_years(part)]
    years, assumed = resolve(printed, era)
    found = []
    for at in sorted({*paths, *(at for at, content in contents.items() if content.texts)}):
        path = paths.get(at, ())
        found.append(_column(at, path, contents.get(at, Contents(())), headings, years))
    columns = settle_roles(found, contents, headings)
    if by_line or any(column.role == "kind" for column in columns):
        columns = [_by_line(column, paths.get(column.at, ()), headings) for column in columns]
    if any(column.role == "kind" for column in columns):
        columns = [_of_kinds(column, headings) for column in columns]
    columns = [column if column.role == "value" else replace(column, unit="") for column in columns]
    if any(column.role == "activity" for column in columns):
        columns = [of_line(column, headings) for column in columns]
    return tuple(name_values(columns, paths, headings)), assumed


def of_line(column: Column, headings: Headings) -> Column:
    """基準値 is that of the indicator on its line, and so is 増減."""
    parts = column.heading.split(" / ")
    measured = any(map(headings.is_base, parts)) or headings.is_difference(parts[-1])
    return replace(column, of="activity") if column.role == "detail" and measured else column


# Private functions


def _with_era(path: tuple[str, ...]) -> tuple[str, ...]:
    """令和 over 3年度 is 令和3年度."""
    eras = [part for part in path if part in ERAS]
    rest = tuple(part for part in path if part not in ERAS)
    if not eras or not rest:
        return path
    return tuple(f"{eras[0]}{part}" if any(not year.western for year in find_years(part)) else part for part in rest)


def _column(at: int, path: tuple[str, ...], content: Contents, headings: Headings, years: Mapping[str, int]) -> Column:
    heading = " / ".join(path)
    column = Column(at, heading, "detail" if path else "unread", unit=unit_of(path, headings))
    printed = [year for part in path if not is_span(part) for year in find_years(part)]
    if printed:
        return _dated(column, path, content, headings, years[printed[-1].text])
    if content.kinds(headings):
        return replace(column, role="kind")
    if any(map(headings.is_base, path)) or any(_BESIDE.match(plain(part)) for part in path):
        return column
    for part in reversed(path):
        if found := _undated(column, part, content, headings):
            return found
    return column


def _dated(column: Column, path: tuple[str, ...], content: Contents, headings: Headings, year: int) -> Column:
    value = replace(column, role="value", year=year)
    rests = _rests(path, content, headings)
    kind = next((kind for rest in reversed(rests) if (kind := headings.kind(rest))), "")
    last = rests[-1] if rests else ""
    role = headings.role(last) if last else ""
    if role in ("detail", "description", "period") and not headings.kind(last):
        return column
    if any(map(headings.is_base, rests)) or headings.is_difference(last):
        return column
    if role == "unit":
        return replace(column, role="unit")
    if kind == "grade":
        return _graded(value, column, last, content, headings)
    if kind == "result" and any(word in last for word in ("状況", "進捗")) and content.grades(headings) >= 0.6:
        return replace(value, kind="grade")
    if not kind and last and content.is_long():
        return column
    if not kind and not last and content.is_graded(headings):
        return replace(value, kind="grade")
    return replace(value, kind=kind or "result")


def _rests(path: tuple[str, ...], content: Contents, headings: Headings) -> list[str]:
    """What headings say beside their years; 計画期間 over the years of 実績値, or over figures, only says which these are."""
    rests = [rest for part in path if (rest := without_years(part))]
    over = (
        len(path) > 1 and not without_years(path[-1]) and (any(map(headings.kind, rests)) or content.numbers() >= 0.5)
    )
    return [rest for rest in rests if not (over and headings.role(rest) == "period")]


def _graded(value: Column, column: Column, last: str, content: Contents, headings: Headings) -> Column:
    if content.grades(headings) >= 0.6 or content.is_short_scale():
        return replace(value, kind="grade")
    if content.numbers() >= 0.6:
        return replace(value, kind="result", activity=last)
    return column


def _undated(column: Column, part: str, content: Contents, headings: Headings) -> Column | None:
    role, kind = headings.role(part), headings.kind(part)
    if role == "goal" and headings.says_kind(part) and content.numbers() >= 0.5:
        role = ""
    if kind and not role:
        return _undated_kind(column, kind, content, headings)
    if role == "group" and content.share(bool(headings.kind(text)) for text in content.texts) >= 0.8:
        role = "kind"
    if role == "group" and len(set(content.texts)) > 10:
        role = "detail"
    if role == "year" and content.texts and not _are_years(content):
        role = "period"
    return replace(column, role=role) if role else None


def _undated_kind(column: Column, kind: str, content: Contents, headings: Headings) -> Column | None:
    if kind == "grade":
        graded = content.grades(headings) >= 0.6 or content.is_short_scale()
        return replace(column, role="grade") if graded else replace(column, role="detail")
    if kind == "result" and content.is_graded(headings):
        return replace(column, role="grade")
    return replace(column, role="value", kind=kind)


def _are_years(content: Contents) -> bool:
    """R4, R5, with headings over the lines between them; R3～R5 is a period."""
    return content.share(map(_is_year, content.texts)) >= 0.5 and content.share(map(is_span, content.texts)) <= 0.2


def _is_year(text: str) -> bool:
    bare = plain(text)
    return bool(year_of(text, "")) and (bool(find_years(text)) or len(bare) in (1, 2, 4))


def _of_kinds(column: Column, headings: Headings) -> Column:
    """値 beside a column of kinds holds what each line says."""
    is_value = column.role == "detail" and headings.is_value(column.heading)
    return replace(column, role="value", kind="") if is_value else column


def _by_line(column: Column, path: tuple[str, ...], headings: Headings) -> Column:
    """A column of years that names no kind itself holds what each line says."""
    named = any(headings.kind(rest) for part in path if (rest := without_years(part)))
    return column if column.role != "value" or named else replace(column, kind="")
