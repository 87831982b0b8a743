"""Identity: what makes two lines one project: its name, its number too, or the labels that it stands under."""

from collections.abc import Sequence
from dataclasses import replace

from kb.tables.lines import Line, split_lines
from kb.tables.mapping import Table
from kb.tables.sheets import Sheet
from kb.tables.vocabulary import plain

__all__ = ["identify"]


def identify(sheets: Sequence[Sheet], table: Table, assumed: list[str]) -> Table:
    """The mapping with number and identity settled by what the table prints."""
    lines = _lines(sheets, table)
    numbered = any(column.role == "no" for column in table.all_columns)
    editions = len({edition for edition, _ in lines})
    if not numbered:
        assumed.append("番号の列がないため、並んだ順の番号をつけました")
        labelled = editions == 1 and _same_name_elsewhere(lines)
        return replace(
            table, number="ordinal", identity=("goal", "policy", "subpolicy", "name") if labelled else ("name",)
        )
    if not _is_steady(lines):
        assumed.append("番号の列は同じ事業でも版ごとに違うため、事業名で結び、並んだ順の番号をつけました")
        return replace(table, number="ordinal", identity=("name",))
    twice = _same_name_elsewhere(lines, by_number=True)
    return replace(table, number="printed", identity=("no", "name") if twice or editions == 1 else ("name",))


# Private functions


_Lines = list[tuple[str, Line]]


def _lines(sheets: Sequence[Sheet], table: Table) -> _Lines:
    found = []
    for part in table.parts:
        sheet = next(sheet for sheet in sheets if part.covers(sheet))
        edition = [c.at for c in table.columns[part.layout] if c.role in ("edition", "year")][:1]
        for line in split_lines(sheet, part, table):
            if line.kind == "project" and line.begins:
                label = sheet.text(line.row, edition[0]) if edition else str(part.year)
                found.append((label, line))
    return found


def _same_name_elsewhere(lines: _Lines, *, by_number: bool = False) -> bool:
    """Whether one name stands in one edition under different labels, or different numbers."""
    seen: dict[tuple[str, str], object] = {}
    for edition, line in lines:
        other = plain(line.no) if by_number else line.labels
        if (not by_number or line.no) and seen.setdefault((edition, plain(line.name)), other) != other:
            return True
    return False


def _is_steady(lines: _Lines) -> bool:
    """Whether a project keeps its number over the editions, and a number its project within one."""
    numbers: dict[str, set[str]] = {}
    editions: dict[str, set[str]] = {}
    for edition, line in lines:
        if line.no:
            numbers.setdefault(plain(line.name), set()).add(plain(line.no))
            editions.setdefault(plain(line.name), set()).add(edition)
    several = [name for name, seen in editions.items() if len(seen) > 1]
    steady = sum(len(numbers[name]) == 1 for name in several)
    return steady >= len(several) * 0.8
