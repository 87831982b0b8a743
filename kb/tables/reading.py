"""Reading a table: from its cells by its mapping to projects; what can't be taken is named with its place and reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import ReadingError
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.tables.cellfile import load_cells
from kb.tables.gathering import Gathering
from kb.tables.mapping import Part, Table
from kb.tables.notices import Named, Notices
from kb.tables.parts import PartReader
from kb.tables.sheets import Sheet
from kb.tables.vocabulary import plain

__all__ = ["Reading", "read_sheets", "read_table"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table gave."""

    projects: tuple[Project, ...]
    """In the order in which they begin."""
    unread: tuple[Named, ...]
    """Cells that were not taken."""
    remarks: tuple[Named, ...]
    """Cells that were taken, or are layout, and of which something must be known."""
    cells: int
    """How many cells print something."""
    layout: int
    """How many of them are title, heading, note or total."""


def read_table(plan: Plan) -> Reading:
    """Read the plan's cells file; raises ReadingError where it can't be read at all."""
    if plan.table is None:
        raise ReadingError(f"{plan.id}: plan.toml に [table] がありません")
    return read_sheets(load_cells(plan.folder / plan.table.cells), plan, plan.table)


def read_sheets(sheets: Sequence[Sheet], plan: Plan, table: Table) -> Reading:
    """Read sheets by a mapping."""
    notices = Notices()
    gathering = Gathering(plan, table, notices)
    layout = 0
    for sheet in sheets:
        parts = [part for part in table.parts if part.covers(sheet)]
        layout += _read_sheet(sheet, parts, gathering, notices)
    projects = tuple(gathering.projects())
    _say_variants(projects, notices)
    cells = sum(len(sheet.printed(row)) for sheet in sheets for row in sheet.rows)
    unread = notices.in_order([sheet.name for sheet in sheets])
    return Reading(projects, unread, tuple(notices.remarks), cells, layout)


# Private functions


def _read_sheet(sheet: Sheet, parts: Sequence[Part], gathering: Gathering, notices: Notices) -> int:
    """Read the parts of a sheet; how many of its cells are layout."""
    unused = {c.at for part in parts for c in gathering.table.columns.get(part.layout, ()) if c.role == "unread"}
    _say_hidden(sheet, unused, notices)
    layout, covered = 0, set[int]()
    for part in parts:
        rows = range(part.headings[0], part.last_row(sheet) + 1)
        covered.update(row for row in sheet.rows if row in rows)
        layout += sum(len(sheet.printed(row)) for row in range(part.headings[0], part.headings[1] + 1))
        layout += PartReader(sheet, part, gathering, notices).read()
    first = min((part.headings[0] for part in parts), default=0)
    reason = "非表示のシート" if sheet.is_hidden else "表の見出しが見つからないシート"
    for row in sorted(set(sheet.rows) - covered):
        if row < first:
            layout += len(sheet.printed(row))
        else:
            notices.leave_row(sheet, row, "表の外の行" if parts else reason)
    return layout


def _say_variants(projects: Sequence[Project], notices: Notices) -> None:
    """Names that differ in width or spaces only are two projects, and that is said."""
    seen: dict[str, str] = {}
    for project in projects:
        other = seen.setdefault(plain(project.name), project.name)
        if other != project.name:
            reason = f"「{other}」と字の幅や空白だけが違う名前です。別の事業として読みました"
            notices.remark_project(project.name, reason)


def _say_hidden(sheet: Sheet, unused: set[int], notices: Notices) -> None:
    rows: dict[int, int] = {}
    for (row, column), note in sheet.notes.items():
        if "hidden" in note and column not in unused:
            rows.setdefault(row, column)
        if "format" in note:
            notices.remark(sheet, row, column, "表示形式が分からないため、保存された数のまま読みました")
    if len(rows) == len(sheet.rows) > 1:
        rows = dict([next(iter(rows.items()))])
    for row, column in rows.items():
        notices.remark(sheet, row, column, "非表示の行か列にありますが、読みました")
