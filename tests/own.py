"""Small tables of fifteen towns, as kotae import drafts them, and the conversations about them."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.answering import Kotae
from bot.publishing.building import build_all
from kb.storing import KnowledgeBase

__all__ = ["CONVERSATIONS", "Conversation", "open_town"]

PLANS = Path("tests/plans/own")
Conversation = dict[str, Any]


def _read(path: Path) -> Sequence[Conversation]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


CONVERSATIONS = _read(Path("tests/corpora/own.jsonl"))
"""Which tables are asked, and each turn with its status and what is said."""


def open_town(folder: Path, tables: str) -> Kotae:
    """The bot over one of the tables, or over several: hinoki+momiji."""
    shutil.copytree("data/language", folder / "data/language")
    for name in tables.split("+"):
        shutil.copytree(PLANS / name, folder / "data/plans" / name)
    home = folder / "home"
    home.mkdir()
    build_all(folder / "data", home)
    return Kotae(KnowledgeBase.open(home))
