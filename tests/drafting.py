"""What tests of publishing work on: a copy of data/, a home that is built from it, and drafts with changed cells."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.publishing.building import build_all
from kb.publishing.drafts import FOLDER
from kb.source.plans import load_plan
from kb.source.reading import read_projects
from kb.source.stocktaking import take_stock

DATA = Path(__file__).parents[1] / "data"
PLAN = "nerima-shokogyo"
QUESTION = "空き店舗入居促進事業の25年度実績は？"
FIGURE, OTHER = "10,136千円(19事業)", "10,200千円(19事業)"
SINCE = "2026-11-22T09:00:00+09:00"
CHANGED = {FIGURE: OTHER}


def desk(folder: Path) -> tuple[Path, Path]:
    """A copy of data/ and a home in which it is in force."""
    data, home = folder / "data", folder / "home"
    shutil.copytree(DATA, data)
    home.mkdir()
    for name, content in _built().items():
        (home / name).write_bytes(content)
    return data, home


@cache
def _built() -> dict[str, bytes]:
    """The files of a home, built once."""
    with TemporaryDirectory() as folder:
        build_all(DATA, Path(folder), SINCE)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def draft(home: Path, changes: dict[str, str], plan: str = PLAN, name: str = "") -> Path:
    """A draft of the real plan, each text replaced where it stands first."""
    folder = home / FOLDER / (name or plan)
    shutil.copytree(DATA / "plans" / plan, folder, ignore=shutil.ignore_patterns("aliases.toml"))
    source = folder / "source.txt"
    text = source.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after, 1)
    source.write_text(text, encoding="utf-8")
    (folder / "inventory.toml").write_text(take_stock(folder), encoding="utf-8")
    assert load_plan(folder).id == plan
    return folder


def changes(count: int) -> dict[str, str]:
    """So many changed cells of the real table, each of a project without corrections, each text printed once."""
    plan = load_plan(DATA / "plans" / PLAN)
    cells = [
        f"\t{cell.text}\t"
        for project in read_projects(plan)
        if not project.corrections
        for row in project.rows
        for cell in row.cells
        if cell.state == "reported" and plan.source.count(f"\t{cell.text}\t") == 1
    ]
    assert len(cells) >= count
    return {cell: f"\t計{cell[1:]}" for cell in cells[:count]}
