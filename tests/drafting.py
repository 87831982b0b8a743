"""What tests of publishing work on: a copy of data/, a home that is built from it, and drafts with changed cells."""

import shutil
from pathlib import Path

from bot.building import build_all
from kb.drafts import FOLDER
from kb.plans import load_plan
from kb.stocktaking import take_stock

DATA = Path(__file__).parents[1] / "data"
PLAN = "nerima-shokogyo"
QUESTION = "空き店舗入居促進事業の25年度実績は？"
FIGURE, OTHER = "10,136千円(19事業)", "10,200千円(19事業)"
CHANGED = {FIGURE: OTHER}


def desk(folder: Path) -> tuple[Path, Path]:
    """A copy of data/ and a home in which it is in force."""
    data, home = folder / "data", folder / "home"
    shutil.copytree(DATA, data)
    build_all(data, home, "2026-11-22T09:00:00+09:00")
    return data, home


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
