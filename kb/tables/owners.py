"""Owners: whether amounts belong to a project or to one of its lines."""

from collections.abc import Sequence
from dataclasses import replace

from kb.tables.contents import rows_of
from kb.tables.headers import Block
from kb.tables.mapping import Column
from kb.tables.sheets import Sheet, is_blank

__all__ = ["owned"]


def owned(column: Column, columns: Sequence[Column], sheets: Sequence[tuple[Sheet, Block]]) -> Column:
    """Amounts that are printed once for a project with several lines are the project's."""
    if column.kind not in ("budget", "settlement", "grade") or all(other.role != "activity" for other in columns):
        return column
    name = next(other.at for other in columns if other.role == "name")
    alike = differing = 0
    for sheet, block in sheets:
        seen: dict[tuple[str, ...], str] = {}
        above = ""
        for row in rows_of(sheet, block):
            text = sheet.text(row, column.at)
            above = sheet.text(row, name) or above
            key = (above, *(sheet.text(row, other.at) for other in columns if other.role in ("year", "edition")))
            if not is_blank(text):
                alike += seen.setdefault(key, text) == text
                differing += seen[key] != text
    return column if differing * 20 > alike + differing else replace(column, of="project")
