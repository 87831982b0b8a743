"""Drafting: from a file to a draft plan folder and the report of what was read; what is in force isn't touched."""

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tomlkit

from kb.errors import PlanError, ReadingError
from kb.publishing.drafts import FOLDER
from kb.publishing.folders import write_plan
from kb.source.plans import Plan, load_plan
from kb.source.projects import Project
from kb.tables.auditing import account
from kb.tables.carrying import carried
from kb.tables.cellfile import load_cells
from kb.tables.extraction import extract_cells
from kb.tables.flattened import draft_flattened
from kb.tables.notices import Named
from kb.tables.orders import Order
from kb.tables.plan_texts import plan_text
from kb.tables.reading import Reading, read_sheets
from kb.tables.reporting import render_report
from kb.tables.restricting import MOVED, restricted
from kb.tables.sheets import Sheet, is_blank
from kb.tables.vocabulary import load_headings
from kb.tables.workplaces import workplace
from kb.tables.years import year_of

__all__ = ["Draft", "draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was written, and what there is to say about it."""

    plan: Plan
    """The draft as it was loaded."""
    projects: tuple[Project, ...]
    """What its table gives."""
    unread: tuple[Named, ...]
    """Cells that were not taken, with their reasons."""
    remarks: tuple[Named, ...]
    """Cells of which something must be known."""
    assumed: tuple[str, ...]
    """What nobody states and was assumed, and headings that changed."""
    problems: tuple[str, ...]
    """Why it can't be published as it is: what the audit finds in it."""
    cells: int
    """How many cells the file prints."""
    kept: bool
    """Whether a mapping that a person had corrected was used as it is."""


def draft(
    file: Path, data: Path, home: Path, plan: str, era: str, told: Callable[[int], None], year: str = ""
) -> Draft:
    """Read a file into home/drafts/<id>; raises DataError with one clear line and leaves everything as it was."""
    name = plan or _id(file, data)
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", name):
        raise PlanError(f"--plan {name}: 英小文字・数字・ハイフンで32字までにしてください")
    western = year_of(year, era) if year else 0
    if year and not western:
        raise PlanError(f"--year {year}: 令和5 や 2023 のように、年度をひとつ書いてください")
    vocabulary = load_headings(data / "language" / "headings.toml")
    folder = home / FOLDER / name
    with workplace(home) as place:
        cells = place / "cells.csv"
        extract_cells(file, cells, told)
        source = _named("source", file.read_bytes(), file.suffix.lower())
        order = Order(file, name, era, vocabulary, data / "plans" / name, folder, source, western)
        return _draft(order, cells, place)


# Private functions


def _draft(order: Order, cells: Path, place: Path) -> Draft:
    sheets = load_cells(cells)
    if not any(sheet.rows for sheet in sheets):
        raise ReadingError(f"{order.file.name}: 文字のあるセルがありません。何も変えていません")
    base = order.base()
    if base is not None and base.table is None:
        plan, projects, moved = draft_flattened(order.file, base, order.folder, order.source, place)
        cells_read = sum(not is_blank(text) for sheet in sheets for texts in sheet.rows.values() for text in texts)
        return Draft(plan, projects, (), (), moved, (), cells_read, kept=False)
    return _by_table(order, sheets, base, cells, place / order.id)


def _by_table(order: Order, sheets: Sequence[Sheet], base: Plan | None, cells: Path, trial: Path) -> Draft:
    name = _named("cells", cells.read_bytes(), ".csv")
    kept = base is not None and base.file == order.source
    known = _with_cells(base.folder / "plan.toml", name) if kept and base else ""
    text, assumed = (known, []) if known else plan_text(order, sheets, base, name)
    files = {order.source: order.file.read_bytes(), name: cells.read_bytes()}
    plan = _laid(trial, text, files)
    reading = _read(order, sheets, plan)
    if base and not known:
        text, lost = carried(text, base, reading.projects)
        assumed += lost
        plan = _laid(trial, text, files)
        reading = _read(order, sheets, plan) if plan.markings else reading
    careful = restricted(text, order.in_force() or base, plan, reading.projects) if base else text
    if careful != text:
        assumed.append(MOVED)
        plan = _laid(trial, careful, files)
    problems = tuple(f"{where}: {what}" for where, what in account(plan, reading.projects).problems)
    report = render_report(reading.unread, reading.remarks, assumed, problems)
    _write(order, careful, {**files, "report.csv": report})
    return Draft(
        replace(plan, folder=order.folder),
        reading.projects,
        reading.unread,
        reading.remarks,
        tuple(assumed),
        problems,
        reading.cells,
        kept,
    )


def _laid(folder: Path, text: str, files: dict[str, bytes]) -> Plan:
    write_plan(folder, text, files)
    return load_plan(folder)


def _with_cells(path: Path, cells: str) -> str:
    """A draft's plan.toml as a person left it, naming the cells as they are extracted now."""
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    document["source"]["cells"] = cells
    return tomlkit.dumps(document)


def _read(order: Order, sheets: Sequence[Sheet], plan: Plan) -> Reading:
    if plan.table is None:
        raise PlanError(f"{order.id}: plan.toml に [table] がありません")
    reading = read_sheets(sheets, plan, plan.table)
    if not reading.projects:
        raise ReadingError(f"{order.file.name}: 事業がひとつもありません。何も変えていません")
    return reading


def _write(order: Order, text: str, files: dict[str, bytes]) -> None:
    write_plan(order.folder, text, files)
    for path in order.folder.iterdir():
        if path.name not in files and path.name != "plan.toml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _named(word: str, content: bytes, suffix: str) -> str:
    return f"{word}-{hashlib.sha256(content).hexdigest()[:8]}{suffix}"


def _id(file: Path, data: Path) -> str:
    """An id from the file's name, else from its content; one that is taken must be said on purpose."""
    if not file.is_file():
        raise ReadingError(f"{file.name}: ファイルがありません")
    words = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    name = words if re.fullmatch(r"[a-z][a-z0-9-]{2,31}", words) else ""
    name = name or f"table-{hashlib.sha256(file.stem.encode()).hexdigest()[:6]}"
    if (data / "plans" / name).is_dir():
        raise PlanError(f"計画「{name}」はもうあります。その表を差しかえるときは --plan {name} をつけてください")
    return name
