"""Classes: a column left of the names that says what sort each project is: 種別, merged over コミュニティバス."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.tables.contents import rows_of
from kb.tables.covering import Covering
from kb.tables.discovery import Found
from kb.tables.mapping import Column
from kb.tables.sheets import is_blank

__all__ = ["classed"]


def classed(columns: Sequence[Column], tables: Sequence[Found]) -> tuple[Column, ...]:
    """Columns of which the groups that stand over whole projects select these, and don't tell apart the lines of one.

    What is printed beside or merged over every project is told under its own heading; what is printed once over several
    of them holds for those below, as a goal does.
    """
    roles = {column.role: column for column in reversed(columns)}
    group, name = roles.get("group"), roles.get("name")
    if group is None or name is None or group.at > name.at:
        return tuple(columns)
    values = [column for column in columns if column.role == "value"]
    if any(_goes_on(group, name, values, found) for found in tables):
        return tuple(columns)  # 男性, and 女性 below it: lines of one project
    printed = [list(_printed(group, name, found)) for found in tables]
    if any(len({called for called, _ in lines}) < len(lines) for lines in printed):
        return tuple(columns)  # one name under several: lines of one project
    texts = [text for lines in printed for _, text in lines]
    told = [text for text in texts if not is_blank(text)]
    over = len(told) == len(set(told)) and len(told) * 2 <= len(texts) and "goal" not in roles
    role = "goal" if over else "detail"
    return tuple(replace(column, role=role) if column is group else column for column in columns)


# Private functions


def _goes_on(group: Column, name: Column, values: Sequence[Column], found: Found) -> bool:
    """Whether a group stands beside cells of a line that has no name of its own."""
    sheet = found.sheet
    unnamed = (row for row in rows_of(sheet, found.block) if is_blank(sheet.text(row, name.at)))
    return any(
        not is_blank(sheet.text(row, group.at)) and any(not is_blank(sheet.text(row, value.at)) for value in values)
        for row in unnamed
    )


def _printed(group: Column, name: Column, found: Found) -> Iterator[tuple[str, str]]:
    """Each project's name with what is printed beside it, or merged over it."""
    covering = Covering(found.sheet)
    for row in rows_of(found.sheet, found.block):
        called = found.sheet.text(row, name.at)
        if not is_blank(called):
            yield called, covering.text(row, group.at)
