"""Drafting: from a file to a draft plan folder and the report of what was read; what is in force isn't touched."""

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import tomlkit

from kb.errors import PlanError, ReadingError
from kb.publishing.drafts import FOLDER
from kb.publishing.folders import write_plan
from kb.source.plan_sections import EVERYBODY
from kb.source.plans import Plan, load_plan
from kb.source.projects import Project
from kb.tables.cellfile import load_cells
from kb.tables.extraction import extract_cells
from kb.tables.flattened import draft_flattened
from kb.tables.matching import is_alike, match
from kb.tables.notices import Named
from kb.tables.proposing import Proposal, propose
from kb.tables.reading import Reading, read_sheets
from kb.tables.rendering import Heading, render_plan
from kb.tables.reporting import render_report
from kb.tables.restricting import MOVED, restricted
from kb.tables.sheets import Sheet, is_blank
from kb.tables.surroundings import Surroundings, find_surroundings
from kb.tables.vocabulary import Headings, load_headings, plain
from kb.tables.years import year_key, year_of

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
    cells: int
    """How many cells the file prints."""
    kept: bool
    """Whether a mapping that a person had corrected was used as it is."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be imported, as one value."""

    file: Path
    id: str
    era: str
    vocabulary: Headings
    published: Path
    folder: Path
    source: str
    """Name of the source in the draft."""
    year: int
    """The year of values without one, 0 where nobody says it."""


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
    with TemporaryDirectory(prefix="kotae-") as place:
        cells = Path(place) / "cells.csv"
        extract_cells(file, cells, told)
        source = _named("source", file.read_bytes(), file.suffix.lower())
        order = _Order(file, name, era, vocabulary, data / "plans" / name, folder, source, western)
        return _draft(order, cells, Path(place))


# Private functions


def _draft(order: _Order, cells: Path, place: Path) -> Draft:
    sheets = load_cells(cells)
    if not any(sheet.rows for sheet in sheets):
        raise ReadingError(f"{order.file.name}: 文字のあるセルがありません。何も変えていません")
    base = _base(order)
    if base is not None and base.table is None:
        plan, projects, moved = draft_flattened(order.file, base, order.folder, order.source, place)
        cells_read = sum(not is_blank(text) for sheet in sheets for texts in sheet.rows.values() for text in texts)
        return Draft(plan, projects, (), (), moved, cells_read, kept=False)
    name = _named("cells", cells.read_bytes(), ".csv")
    kept = base is not None and base.file == order.source
    text, assumed = (
        (_with_cells(base.folder / "plan.toml", name), ()) if kept and base else _propose(order, sheets, base, name)
    )
    trial = place / order.id
    files = {order.source: order.file.read_bytes(), name: cells.read_bytes()}
    write_plan(trial, text, files)
    plan = load_plan(trial)
    reading = _read(order, sheets, plan)
    careful = restricted(text, _before(order, base), plan, reading.projects) if base else text
    if careful != text:
        text, assumed = careful, [*assumed, MOVED]
        write_plan(trial, text, files)
        plan = load_plan(trial)
    report = render_report(reading.unread, reading.remarks, assumed)
    _write(order, text, {**files, "report.csv": report})
    return Draft(
        replace(plan, folder=order.folder),
        reading.projects,
        reading.unread,
        reading.remarks,
        tuple(assumed),
        reading.cells,
        kept,
    )


def _with_cells(path: Path, cells: str) -> str:
    """A draft's plan.toml as a person left it, naming the cells as they are extracted now."""
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    document["source"]["cells"] = cells
    return tomlkit.dumps(document)


def _read(order: _Order, sheets: Sequence[Sheet], plan: Plan) -> Reading:
    if plan.table is None:
        raise PlanError(f"{order.id}: plan.toml に [table] がありません")
    reading = read_sheets(sheets, plan, plan.table)
    if not reading.projects:
        raise ReadingError(f"{order.file.name}: 事業がひとつもありません。何も変えていません")
    return reading


def _base(order: _Order) -> Plan | None:
    """The plan whose mapping is used again: the draft of this very file, else the published one, else an older draft."""
    waiting = load_plan(order.folder) if (order.folder / "plan.toml").is_file() else None
    if waiting and waiting.file == order.source:
        return waiting
    return load_plan(order.published) if (order.published / "plan.toml").is_file() else waiting


def _before(order: _Order, base: Plan) -> Plan:
    """The plan whose numbers say what is withheld: the published one, where there is one."""
    return load_plan(order.published) if (order.published / "plan.toml").is_file() else base


def _propose(order: _Order, sheets: Sequence[Sheet], base: Plan | None, cells: str) -> tuple[str, Sequence[str]]:
    published = base is not None and base.folder == order.published
    era = order.era or (base.era if base and published else "")
    surroundings = find_surroundings(sheets, order.file.stem, order.vocabulary, era)
    surroundings = replace(surroundings, year=order.year)
    proposal = propose(sheets, order.file.stem, order.vocabulary, surroundings)
    if base is not None and not published and not is_alike(proposal.table, base.table):
        base = None  # a draft of another table waits under this id: it is replaced, not followed
    if not proposal.table.parts:
        raise ReadingError(f"{order.file.name}: {_without_headings(order.file)}")
    if not proposal.years:
        raise ReadingError(
            f"{order.file.name}: 年度が決められません(見出しか題名かシート名に、値の年度「令和5年度」などがひとつ要ります。"
            "どこにもなければ --year 令和5 のように書けます)"
        )
    assumed = [*_missing(surroundings, base), *proposal.assumed]
    if base is not None and base.table is not None:
        table, said = match(proposal.table, base.table, "/".join((base.folder / "plan.toml").parts[-3:]))
        proposal = replace(proposal, table=table)
        assumed += said
    heading = _heading(order, surroundings, proposal, base, cells)
    return render_plan(heading, proposal.table, assumed), assumed


def _without_headings(file: Path) -> str:
    if file.suffix.lower() in (".txt", ".tsv"):
        return (
            "列の見出しが読みとれません。ページから流し込んだ表なら、plan.toml の [layout] に題名(title)・見出し(header)・"
            "実施年度の言葉(periods)・評価(grades)を書いて data/plans/<計画>/ に置いてください"
        )
    return "表の見出し(事業名と年度や実績などの並ぶ行)が見つかりません。何も変えていません"


def _title(surroundings: Surroundings, base: Plan | None) -> str:
    """What the file prints over its table; where it prints nothing, the title that is known."""
    return base.title if base and surroundings.from_name else surroundings.title


def _missing(surroundings: Surroundings, base: Plan | None) -> list[str]:
    if base is not None:
        title = _title(surroundings, base)
        return (
            []
            if plain(title) == plain(base.title)
            else [f"題名はファイルの「{title}」にしました(前は「{base.title}」)"]
        )
    said = []
    if surroundings.yearly:
        said.append(f"題名はシートごとに年度が違うため(「{surroundings.yearly[0]}」など)、共通の所だけにしました")
    if surroundings.from_name:
        said.append(f"題名の行がないため、ファイル名「{surroundings.title}」を題名にしました")
    if not surroundings.publisher:
        said.append("発行者がどこにも書かれていません(plan.toml の publisher に書けます)")
    return [*said, "問い合わせ先は表からは分かりません(plan.toml の contact に書けます)"]


def _heading(order: _Order, surroundings: Surroundings, proposal: Proposal, base: Plan | None, cells: str) -> Heading:
    return Heading(
        id=order.id,
        title=_title(surroundings, base),
        scope=base.scope if base else "",
        publisher=base.publisher if base else surroundings.publisher,
        contact=base.contact if base else "",
        era=base.era if base else proposal.era,
        years=_years(proposal),
        source=order.source,
        cells=cells,
        address=base.address if base else "",
        access=base.access if base else EVERYBODY,
    )


def _years(proposal: Proposal) -> dict[str, int]:
    for western in (proposal.western, True):
        years = {year_key(year, western): year for year in proposal.years}
        if len(years) == len(proposal.years):
            break
    return years


def _write(order: _Order, text: str, files: dict[str, bytes]) -> None:
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
