"""Folders: where the commands find data/ and the knowledge base."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering import Kotae

__all__ = ["data_folder", "home_folder", "open_kotae"]

HERE = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The plans and the words: KOTAE_DATA, or data/ of this checkout."""
    return _folder("KOTAE_DATA", "data")


def home_folder() -> Path:
    """The knowledge base: KOTAE_HOME, or var/kb of this checkout."""
    return _folder("KOTAE_HOME", "var/kb")


def open_kotae() -> "Kotae":
    """The bot over what is in force."""
    from bot.answering import Kotae
    from kb.storing import KnowledgeBase

    return Kotae(KnowledgeBase.open(home_folder()))


# Private functions


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or HERE / default)
