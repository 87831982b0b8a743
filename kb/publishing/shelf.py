"""Shelf: the knowledge bases that a home keeps, a copy of its pointer beside each; one of them is in force."""

import fcntl
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kb.compiling.revision import digest
from kb.errors import KnowledgeBaseError
from kb.pointer import Pointer, read_pointer, write_pointer, write_whole

__all__ = ["KEPT", "Counts", "Kept", "keep_in_force", "last_pointer", "read_shelf", "writing"]

KEPT = 10
"""Knowledge bases that stay: the one in force and those before it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a knowledge base holds, in numbers."""

    plans: int
    """Plans."""
    projects: int
    """Projects of all of them."""
    rows: int
    """Rows of all of them."""
    figures: int
    """Cells that report something."""
    aliases: int
    """Other names."""
    words: str
    """Version of the other names: a hash of all of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A knowledge base that can be put into force."""

    pointer: Pointer
    """The pointer with which it was in force last."""
    counts: Counts
    """What it holds."""


@contextmanager
def writing(home: Path, *, patient: bool = False) -> Iterator[None]:
    """Be the only one who writes in a home; what the disk refuses is told in one line."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / ".lock").open("w") as lock:
            _lock(lock.fileno(), patient)
            yield
    except OSError as error:
        place = error.filename or home
        raise KnowledgeBaseError(
            f"知識ベースを書けません({error.strerror}: {place})。空きと権限を確認してください。"
        ) from error
    except sqlite3.OperationalError as error:
        raise KnowledgeBaseError(f"知識ベースを書けません({error}: {home})。空きと権限を確認してください。") from error


def read_shelf(home: Path) -> tuple[Kept, ...]:
    """Everything that was in force and is kept, the latest first; what can't be read isn't there."""
    found = [kept for path in home.glob("kb-*.json") if (kept := _kept(home, path.name))]
    current = _current(home)
    if current:
        found = [replace(kept, pointer=current) if kept.pointer.file == current.file else kept for kept in found]
    return tuple(sorted((kept for kept in found if kept.pointer.turn), key=lambda kept: -kept.pointer.turn))


def last_pointer(home: Path) -> Pointer | None:
    """What is in force; where the pointer is lost, its latest copy."""
    shelf = read_shelf(home)
    return _current(home) or (shelf[0].pointer if shelf else None)


def keep_in_force(home: Path, pointer: Pointer) -> None:
    """Put a knowledge base of this home into force and keep it; those that are too many go.

    A copy that was never in force is written before the swap and the one that counts after it, so that neither a crash
    before nor one after takes anything from what is kept.
    """
    before = _current(home)
    last = max((kept.pointer.turn for kept in read_shelf(home)), default=before.turn if before else 0)
    if before and before.is_there(home):
        before = before._replace(turn=before.turn or 1)
        last = max(last, before.turn)
        with suppress(sqlite3.DatabaseError):  # a damaged one can't be kept
            _shelve(home, before)
    if _kept(home, _copy(pointer)) is None:
        _shelve(home, pointer._replace(turn=0))
    now = pointer._replace(turn=last + 1)
    write_pointer(home, now)
    _shelve(home, now)
    _prune(home, now)


# Private functions


def _lock(descriptor: int, patient: bool) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if patient else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise KnowledgeBaseError(
            "ほかの kotae が知識ベースを書いています。終わってから、もう一度実行してください。"
        ) from None


def _copy(pointer: Pointer) -> str:
    return f"{Path(pointer.file).stem}.json"


def _current(home: Path) -> Pointer | None:
    try:
        return read_pointer(home)
    except KnowledgeBaseError:
        return None


def _kept(home: Path, name: str) -> Kept | None:
    try:
        pointer = read_pointer(home, name)
        counts = Counts(**json.loads((home / name).read_bytes())["counts"])
    except (KnowledgeBaseError, OSError, ValueError, KeyError, TypeError):
        return None
    return Kept(pointer, counts) if pointer.is_there(home) else None


def _shelve(home: Path, pointer: Pointer) -> None:
    known = _kept(home, _copy(pointer))
    if known and known.pointer == pointer:
        return
    fields = {**pointer.to_fields(), "counts": asdict(known.counts if known else _counts(home / pointer.file))}
    write_whole(home / _copy(pointer), json.dumps(fields, sort_keys=True).encode() + b"\n")


def _counts(path: Path) -> Counts:
    connection = sqlite3.connect(path)
    try:
        plans, projects, rows, figures = connection.execute(_COUNTS).fetchone()
        aliases = connection.execute("SELECT plan, kind, reference, text FROM alias ORDER BY 1, 2, 3, 4").fetchall()
    finally:
        connection.close()
    return Counts(plans, projects, rows, figures, len(aliases), digest(aliases))


_COUNTS = (
    "SELECT (SELECT count(*) FROM plan), (SELECT count(*) FROM project), (SELECT count(*) FROM row),"
    " (SELECT count(*) FROM cell WHERE state = 'reported')"
)


def _prune(home: Path, current: Pointer) -> None:
    """Whole revisions go: first what names them, then their files."""
    staying = (current, *(kept.pointer for kept in read_shelf(home)[:KEPT]))
    files = {edition.file for pointer in staying for edition in pointer.editions}
    gone = [path for path in home.glob("kb-*.db") if path.name not in files]
    for path in gone:
        path.with_suffix(".json").unlink(missing_ok=True)
    for path in gone:
        path.unlink()
