"""Lock: one process serves a journal; whoever else wants to is told so, and the command line can see it."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import JournalError

__all__ = ["alone", "is_served"]

TRIES = 20
PAUSE = 0.05
"""Seconds between two tries: somebody may just have looked whether the journal is served."""


@contextmanager
def alone(path: Path, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Be the only one who serves a journal, or puts another one in its place; JournalError where somebody does already.

    It ends with the process, however that ends.
    """
    with _opened(path) as file:
        for left in range(TRIES, 0, -1):
            if _locked(file, fcntl.LOCK_EX):
                break
            if left == 1:
                raise JournalError(f"kotae serve がもう動いています({path})。先にそれを止めてください。")
            sleep(PAUSE)
        yield


def is_served(path: Path) -> bool:
    """Whether somebody serves a journal."""
    if not _place(path).exists():
        return False
    with _opened(path) as file:
        return not _locked(file, fcntl.LOCK_SH)


# Private functions


def _place(path: Path) -> Path:
    return Path(f"{path}.lock")


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _place(path).open("a", encoding="utf-8")
    except OSError as error:
        raise JournalError(f"記録を扱えません({error.strerror}: {error.filename})。") from error


def _locked(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file.fileno(), how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
