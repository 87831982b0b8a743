"""Files as offices have them, made in the test: workbooks with merged cells, CSV in CP932, and what an import gives."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from bot.answering import Kotae
from bot.publishing.building import build_all
from kb.source.projects import Project
from kb.storing import KnowledgeBase
from kb.tables.auditing import account
from kb.tables.drafting import Draft, draft

DATA = Path("data")

Lines = Sequence[Sequence[object]]


def workbook(path: Path, sheets: Mapping[str, Lines], merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """A real .xlsx of these sheets; texts are texts even where they look like formulas, unless they begin with =."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                if value is not None and value != "":
                    sheet.cell(row, column).value = value
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def text_file(path: Path, lines: Lines, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV or TSV file."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([["" if v is None else v for v in line] for line in lines])
    return path


def imported(file: Path, plan: str = "town", era: str = "", data: Path = DATA, year: str = "") -> Draft:
    """The draft of a file, in a home beside it; the audit must account for every cell of it."""
    made = draft(file, data, file.parent / "home", plan, era, lambda _: None, year)
    assert account(made.plan, made.projects).problems == []
    return made


def opened(made: Draft, folder: Path) -> Kotae:
    """The bot over a draft as if it were published, the only plan of its data."""
    shutil.copytree(DATA / "language", folder / "data/language")
    shutil.copytree(made.plan.folder, folder / "data/plans" / made.plan.id)
    (folder / "built").mkdir()
    build_all(folder / "data", folder / "built")
    return Kotae(KnowledgeBase.open(folder / "built"))


def by_name(made: Draft) -> dict[str, Project]:
    """Its projects by name."""
    return {project.name: project for project in made.projects}


def values(project: Project, kind: str, activity: str | None = None) -> dict[int, str]:
    """What a project prints of a kind, by year; conflicts as they are said."""
    rows = [row for row in project.rows if row.kind == kind and row.activity == activity]
    return {
        cell.year: " ≠ ".join(cell.conflict) if cell.conflict else cell.text
        for row in rows
        for cell in row.cells
        if cell.text or cell.conflict
    }


def units(project: Project, kind: str, activity: str | None = None) -> set[str]:
    """The units that its rows of a kind state."""
    return {row.unit for row in project.rows if row.kind == kind and row.activity == activity}


def details(project: Project) -> dict[str, str]:
    """Further columns by heading."""
    return {detail.heading: detail.told for detail in project.details}


def said(made: Draft) -> list[str]:
    """Everything that the report names, as lines."""
    return [*made.assumed, *map(str, made.remarks), *map(str, made.unread)]
