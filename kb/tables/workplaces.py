"""Workplaces: the folder in which one import works, below a home; what imports that were ended left there is cleared."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["workplace"]

_NAME = ".importing-"


@contextmanager
def workplace(home: Path) -> Iterator[Path]:
    """A folder that is this import's as long as it runs, however it ends."""
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{_NAME}*"):
        _clear(left)
    place, held = _hold(home)
    try:
        yield place
    finally:
        shutil.rmtree(place)
        os.close(held)


# Private functions


def _hold(home: Path) -> tuple[Path, int]:
    """A new folder with the lock that says that somebody works in it; anew where it was cleared before it was locked."""
    while True:
        place = Path(mkdtemp(prefix=_NAME, dir=home))
        held = os.open(place, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        if place.is_dir():
            return place, held
        os.close(held)


def _clear(place: Path) -> None:
    """Remove a folder in which nobody works any more: the lock of a process ends with it."""
    try:
        held = os.open(place, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(place)
    except BlockingIOError:
        pass
    finally:
        os.close(held)
