"""Folders: where the commands find data/ and the knowledge base."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering import Kotae
    from bot.editions.bots import Bot
    from bot.editions.current import Current
    from bot.editions.editions import Editions
    from bot.journal import Journal

__all__ = [
    "data_folder", "home_folder", "now", "open_at", "open_current", "open_editions", "open_journal", "open_kotae", "state_file",
]  # fmt: skip

HERE = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The plans and the words: KOTAE_DATA, or data/ of this checkout."""
    return _folder("KOTAE_DATA", "data")


def home_folder() -> Path:
    """The knowledge base: KOTAE_HOME, or var/kb of this checkout."""
    return _folder("KOTAE_HOME", "var/kb")


def state_file() -> Path:
    """The journal: KOTAE_STATE, or var/state/journal.db of this checkout."""
    return _folder("KOTAE_STATE", "var/state/journal.db")


@contextmanager
def open_journal() -> "Iterator[Journal]":
    """The journal, for as long as a command needs it; another process may be serving it meanwhile."""
    from bot.journal import Journal

    journal = Journal(state_file(), time.time)
    try:
        yield journal
    finally:
        journal.close()


def open_kotae() -> "Kotae":
    """The bot over what is in force."""
    from bot.answering import Kotae
    from kb.storing import KnowledgeBase

    return Kotae(KnowledgeBase.open(home_folder()))


def open_at(name: str) -> "Bot":
    """The bot over what is in force at a door, by its name: web/public."""
    from bot.editions.watches import bot_over
    from kb.doors import DOORS
    from kb.storing import KnowledgeBase

    door = next(door for door in DOORS if door.name == name)
    return bot_over(KnowledgeBase.open(home_folder(), door=door))


def open_editions() -> "Editions":
    """The bots at all doors over whatever is in force, for a process that lives long."""
    from bot.editions.editions import Editions

    return Editions(home_folder())


def open_current() -> "Current":
    """The bot over whatever is in force, for a process that lives long."""
    from bot.editions.current import Current

    return Current(home_folder())


def now() -> str:
    """The time of day as it is kept with what is put into force."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


# Private functions


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or HERE / default)
