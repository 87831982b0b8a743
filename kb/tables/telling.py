"""Telling apart: a column that names the lines of one project where no heading says so: 対象, 区分, 地区."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.source.projects import LABELS
from kb.tables.columns import of_line
from kb.tables.covering import Covering
from kb.tables.lines import Line, split_lines
from kb.tables.mapping import Column, Part, Table
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.vocabulary import Headings, plain

__all__ = ["tell_apart"]

_LEAST = 0.2
"""So many of the lines must need it: one line that stands twice by mistake names nothing."""
_LONGEST = 30
"""Characters of a name."""
_TOLD = ("activity", "year", "edition")
"""Columns that tell the lines of a project apart already."""


def tell_apart(sheets: Sequence[Sheet], table: Table, headings: Headings, assumed: list[str]) -> Table:
    """The mapping with names for lines that would contradict each other otherwise."""
    columns = dict(table.columns)
    for layout, known in table.columns.items():
        parts = [part for part in table.parts if part.layout == layout]
        groups = [group for part in parts for group in _groups(sheets, part, table)]
        columns[layout] = tuple(_named(column, groups, table) for column in known)
        if any(column.role in _TOLD for column in known) or any(part.lines or part.year for part in parts):
            continue
        found = _telling([alike for group in groups for alike in _of_one_kind(group, known)], known, headings)
        if found:
            assumed.append(f"同じ名前の行を見分ける「{one_line(found.heading)}」を、細事業や指標の名前としました")
            named = (replace(c, role="activity") if c.at == found.at else c for c in columns[layout])
            columns[layout] = tuple(of_line(column, headings) for column in named)
    return replace(table, columns=columns)


# Private functions

_Group = list[dict[int, str]]
"""The lines of one project, or of one indicator or year of it, each by what holds in its columns."""


def _groups(sheets: Sequence[Sheet], part: Part, table: Table) -> Iterator[_Group]:
    sheet = next(sheet for sheet in sheets if part.covers(sheet))
    covering = Covering(sheet)
    columns = table.columns[part.layout]
    groups: dict[tuple[str, ...], _Group] = {}
    for line in split_lines(sheet, part, table):
        if line.kind == "project":
            texts = {column.at: one_line(covering.text(line.row, column.at)) for column in columns}
            finer = (texts[column.at] for column in columns if column.role in ("year", "edition"))
            groups.setdefault((*_key(line, table), *line.activities.values(), *finer), []).append(texts)
    yield from groups.values()


def _key(line: Line, table: Table) -> tuple[str, ...]:
    values = {"no": line.no, "name": line.name, **dict(zip(LABELS, line.labels, strict=True))}
    return tuple(plain(values[name]) for name in table.identity)


def _named(column: Column, groups: Sequence[_Group], table: Table) -> Column:
    """量の見込み and 確保方策 are two targets of one project: their words name them."""
    if column.role != "kind":
        return column
    words = [{plain(line[column.at]) for line in group} for group in groups]
    kinds = [[table.kinds[word] for word in group if word in table.kinds] for group in words]
    return replace(column, of="activity") if any(len(set(group)) < len(group) for group in kinds) else column


def _of_one_kind(group: _Group, columns: Sequence[Column]) -> Iterator[_Group]:
    """The lines of a group, those of each kind apart: 計画 and 実績 of one thing differ without contradicting each other."""
    kinds = [column.at for column in columns if column.role == "kind"]
    apart: dict[tuple[str, ...], _Group] = {}
    for line in group:
        apart.setdefault(tuple(plain(line[at]) for at in kinds), []).append(line)
    yield from apart.values()


def _telling(groups: Sequence[_Group], columns: Sequence[Column], headings: Headings) -> Column | None:
    values = [column.at for column in columns if column.role == "value"]
    contradicting = [group for group in groups if any(_differ(group, at) for at in values)]
    lines = sum(map(len, groups))
    if sum(map(len, contradicting)) < max(2, lines * _LEAST):
        return None
    name = next(column.at for column in columns if column.role == "name")
    likely = [c for c in columns if c.at < min(values) and _may_name(c, headings)]
    likely.sort(key=lambda column: (column.at < name, column.at))
    return next((c for c in likely if _names_all(contradicting, c.at)), None)


def _may_name(column: Column, headings: Headings) -> bool:
    """A 担当課 or 備考 that the vocabulary knows is what its heading says."""
    listed = any(headings.role(part) for part in column.heading.split(" / "))
    return column.role == "group" or (column.role == "detail" and not listed)


def _differ(group: _Group, at: int) -> bool:
    return len({texts[at] for texts in group if not is_blank(texts[at])}) > 1


def _names_all(groups: Sequence[_Group], at: int) -> bool:
    """Whether a column names the lines of all groups; printed once, it holds for the lines of other kinds below, too."""
    printed = [group for group in groups if any(line[at] for line in group)]
    return bool(printed) and all(_names(group, at) for group in printed)


def _names(group: _Group, at: int) -> bool:
    """Whether each line of a project has a short text of its own there."""
    texts = [line[at] for line in group]
    short = all(text and len(text) <= _LONGEST and not plain(text).replace(",", "").isdecimal() for text in texts)
    return short and len(set(texts)) == len(texts)
