"""Roles: where several columns could be one thing, which of them is it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.tables.contents import Contents
from kb.tables.mapping import Column
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import without_years

__all__ = ["settle_roles"]

_ONCE = ("no", "name", "description", "period", "year", "edition", "kind", "goal", "policy", "subpolicy")
_NEXT = {"goal": "policy", "policy": "subpolicy"}
_STRONG = ("事業名", "取組名", "project_name")
_LATER_GRADES = ("方向", "方針", "区分", "判定", "結果", "進捗", "状況")


def settle_roles(columns: Sequence[Column], contents: Mapping[int, Contents], headings: Headings) -> list[Column]:
    """The columns with one name, one grade and one of each label."""
    columns = _like_siblings(columns, contents)
    columns = _settle_names(columns, contents)
    columns = _settle_repeated(columns, contents, headings)
    columns = _settle_years(columns, headings)
    columns = _settle_twice(columns)
    return _settle_grades(columns, contents, headings)


# Private functions


def _like_siblings(columns: Sequence[Column], contents: Mapping[int, Contents]) -> list[Column]:
    """進捗状況 of a year that has few grades yet is what it is in the other years."""
    grades = {without_years(column.heading) for column in columns if column.kind == "grade" and column.year}
    return [
        replace(column, role="value", kind="grade", activity="", unit="")
        if column.role == "value"
        and without_years(column.heading) in grades
        and contents.get(column.at, Contents(())).numbers() < 0.5
        else column
        for column in columns
    ]


def _settle_names(columns: Sequence[Column], contents: Mapping[int, Contents]) -> list[Column]:
    """Of several columns that could be the project's name, the plainest; those to its right are finer lines."""
    named = [column for column in columns if column.role == "name"]
    if len(named) < 2:
        return list(columns)
    strong = [column for column in named if any(word in plain(column.heading) for word in _STRONG)]
    name = (strong or named)[0]
    others = {column.at for column in named} - {name.at}
    settled = []
    for column in columns:
        role = column.role
        if column.at in others:
            role = _beside(column, name, columns, contents)
        settled.append(replace(column, role=role))
    return settled


def _settle_repeated(columns: Sequence[Column], contents: Mapping[int, Contents], headings: Headings) -> list[Column]:
    """給付費, 回数, 人数 below 項目 come again for each サービス on their left: it is the name, they are its indicators."""
    name = next((column for column in columns if column.role == "name"), None)
    if name is None or any(column.role == "activity" for column in columns):
        return list(columns)
    again = contents.get(name.at, Contents(()))
    over = [c for c in columns if c.at < name.at and c.role == "detail" and not headings.role(c.heading)]
    over = [c for c in over if _stands_over(contents.get(c.at, Contents(())), again)]
    if not over or len(set(again.texts)) * 2 > len(again.texts):
        return list(columns)
    roles = {name.at: "activity", over[-1].at: "name"}
    roles.update({c.at: "policy" for c in columns[:1] if c.role == "group" and c.at < over[-1].at})
    return [replace(column, role=roles.get(column.at, column.role)) for column in columns]


def _settle_years(columns: Sequence[Column], headings: Headings) -> list[Column]:
    """年度 right of 基準値 or 目標値 is the year of that one, where headings date other values or several columns are years."""
    several = sum(column.role == "year" for column in columns) > 1
    if not several and not any(column.role == "value" and column.year for column in columns):
        return list(columns)
    left = dict(zip((column.at for column in columns[1:]), columns, strict=False))
    return [
        replace(column, role="detail", heading=f"{left[column.at].heading}の{column.heading}")
        if column.role == "year" and column.at in left and _is_undated_figure(left[column.at], headings)
        else column
        for column in columns
    ]


def _is_undated_figure(column: Column, headings: Headings) -> bool:
    based = any(map(headings.is_base, column.heading.split(" / ")))
    return based or (column.role == "value" and not column.year)


def _stands_over(content: Contents, below: Contents) -> bool:
    """Whether each text is printed once, over several lines of another column."""
    return 1 < len(content.texts) == len(set(content.texts)) and content.filled * 2 <= below.filled


def _beside(column: Column, name: Column, columns: Sequence[Column], contents: Mapping[int, Contents]) -> str:
    if column.at < name.at:
        return "policy" if all(other.role != "policy" for other in columns) else "detail"
    finer = contents.get(column.at, Contents(())).filled > contents.get(name.at, Contents(())).filled
    return "activity" if finer and all(other.role != "activity" for other in columns) else "detail"


def _settle_twice(columns: Sequence[Column]) -> list[Column]:
    seen: set[str] = set()
    settled = []
    for column in columns:
        role = column.role
        while role in seen and role in _ONCE:
            role = _NEXT.get(role, "detail")
        seen.add(role)
        settled.append(replace(column, role=role))
    return settled


def _settle_grades(columns: Sequence[Column], contents: Mapping[int, Contents], headings: Headings) -> list[Column]:
    """One column is the grade of the project; further ones stay details under their own headings."""
    grades = [column.at for column in columns if column.role == "grade"]
    if not grades and not any(column.kind == "grade" for column in columns):
        likely = [column for column in columns if column.role == "detail" and _may_grade(column, contents, headings)]
        grades = [column.at for column in likely[:1]]
    kept = [at for at in grades if contents.get(at, Contents(())).texts][:1] or grades[:1]
    settled = []
    for column in columns:
        if column.at in kept:
            settled.append(replace(column, role="grade"))
        else:
            settled.append(replace(column, role="detail") if column.role == "grade" else column)
    return settled


def _may_grade(column: Column, contents: Mapping[int, Contents], headings: Headings) -> bool:
    content = contents.get(column.at, Contents(()))
    named = any(word in column.heading for word in _LATER_GRADES)
    return named and len(content.texts) > 1 and content.grades(headings) >= 0.8
