"""Looking: a journal as it lies there, for whoever mustn't change it: neither file nor mode nor version."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.journal.engine import described, open_unchanging
from bot.journal.transaction import Transaction

__all__ = ["look"]

T = TypeVar("T")


def look(path: Path, now: float, work: Callable[[Transaction], T]) -> T:
    """What somebody reads of a journal that isn't opened; JournalError where it can't be read."""
    with described(path):
        engine = open_unchanging(path)
        try:
            with engine.connect() as connection, connection.begin():
                return work(Transaction(connection, now))
        finally:
            engine.dispose()
