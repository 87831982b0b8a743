"""Value names: what tells columns of one kind and year apart, and what their values are called by it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.tables.mapping import Column
from kb.tables.vocabulary import Headings, plain
from kb.tables.years import find_years, without_years

__all__ = ["name_values"]


def name_values(columns: Sequence[Column], paths: Mapping[int, tuple[str, ...]], headings: Headings) -> list[Column]:
    """Two columns of one kind and year hold different things: what tells them apart names them."""
    groups: dict[tuple[str, int, int], list[Column]] = {}
    for column in columns:
        if column.role == "value" and not column.activity:
            groups.setdefault((column.kind, column.year, _block(column, columns)), []).append(column)
    names: dict[int, str] = {}
    for group in groups.values():
        names.update(_told_apart(group, paths, headings))
    named = [replace(c, activity=names.get(c.at, c.activity)) for c in columns]
    return [_residual(column, paths, headings) for column in named]


# Private functions


def _block(column: Column, columns: Sequence[Column]) -> int:
    """Which of several columns of indicators a value stands after."""
    return max((c.at for c in columns if c.role == "activity" and c.at < column.at), default=0)


def _told_apart(group: Sequence[Column], paths: Mapping[int, tuple[str, ...]], headings: Headings) -> dict[int, str]:
    if len(group) < 2:
        return {}
    rests = {column.at: _rest(paths[column.at], headings) for column in group}
    if len(set(rests.values())) == len(group):
        return {at: rest for at, rest in rests.items() if rest}
    whole = {column.at: " ".join(map(_undated_part, paths[column.at])).strip() for column in group}
    return dict(list(whole.items())[1:]) if len(set(whole.values())) == len(group) else {}


def _residual(column: Column, paths: Mapping[int, tuple[str, ...]], headings: Headings) -> Column:
    """来場者数 over R4 and R5 is what the values are of."""
    if column.role != "value" or column.activity or column.kind != "result":
        return column
    path = paths.get(column.at, ())
    if any(headings.kind(rest) for part in path if (rest := without_years(part))):
        return column
    rest = _rest(path, headings)
    return replace(column, activity=rest) if rest and rest != column.unit else column


def _rest(path: tuple[str, ...], headings: Headings) -> str:
    """A heading without its years, kinds and units."""
    rests = []
    for part in path:
        bare = _undated_part(part)
        known = headings.kind(bare) and (headings.says_exactly(bare) or len(path) > 1)
        inner = plain(bare).strip("()")
        of_year = inner in ("年", "年度", "年度別", *headings.words["calendar_years"])
        of_year = of_year or (len(path) > 1 and headings.role(bare) == "period")
        if inner and not known and not of_year and not headings.is_unit(inner):
            rests.append(bare)
    return " ".join(rests)


def _undated_part(part: str) -> str:
    return without_years(part) if find_years(part) else part
