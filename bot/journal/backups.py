"""Backups: a copy of the journal while it is being written, and back; a copy counts once it has been read again."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from bot.errors import JournalError
from bot.journal.engine import SIDES
from bot.journal.lock import alone
from bot.journal.migrations import VERSION
from bot.journal.tables import METADATA
from kb.pointer import sync

__all__ = ["Copied", "back_up", "look_into", "restore"]

PATIENCE = 10.0


class Copied(NamedTuple):
    """What a copy of the journal holds."""

    version: int
    """Version of its form."""
    rows: dict[str, int]
    """How many rows there are by table."""


def back_up(journal: Path, file: Path) -> Copied:
    """Copy a journal, also while it is being written; JournalError where the copy isn't whole."""
    if not journal.is_file():
        raise JournalError(f"記録がありません({journal})。")
    if file.exists():
        raise JournalError(f"{file} はもうあります。別の名前を指定してください。")
    with _refusals(file), _part(file) as part:
        with _opened(journal) as source, _opened(part) as copy:
            source.execute("BEGIN")  # what is counted is what is copied
            rows = _rows(source)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        copied = _checked(part)
        if copied.rows != rows:
            raise JournalError(f"控えが元と同じになりませんでした({file})。もう一度行ってください。")
        sync(part)
        part.rename(file)
        sync(file.parent)
    return copied


def look_into(file: Path, journal: Path) -> Copied:
    """What a copy holds that could take the journal's place; JournalError where it couldn't, or while somebody is serving."""
    if not file.is_file():
        raise JournalError(f"控えがありません({file})。")
    with alone(journal), _refusals(journal), _part(journal) as part:
        return _usable(file, part)


def restore(file: Path, journal: Path) -> tuple[Copied, Path | None]:
    """Put a copy in the journal's place; what it holds, and where the journal from before is. Nobody may be serving."""
    with alone(journal), _refusals(journal), _part(journal) as part:
        copied = _usable(file, part)
        sync(part)
        before = _put_aside(journal)
        part.replace(journal)
        sync(journal.parent)
    return copied, before


# Private functions


def _usable(file: Path, part: Path) -> Copied:
    """A copy brought beside the journal, and what it holds; JournalError where it isn't whole, or of a later kotae."""
    part.write_bytes(file.read_bytes())
    copied = _checked(part)
    if copied.version > VERSION:
        raise JournalError(f"{file} は新しい版の kotae の記録です(版{copied.version})。")
    return copied


@contextmanager
def _refusals(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(f"記録を扱えません({error}: {place})。") from error
    except OSError as error:
        raise JournalError(f"ファイルを扱えません({error.strerror}: {error.filename or place})。") from error


@contextmanager
def _part(file: Path) -> Iterator[Path]:
    """A file beside another one, which is gone afterwards where it wasn't put into force."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        yield connection


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = sorted(METADATA.tables)
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def _checked(path: Path) -> Copied:
    """What a copy holds; JournalError where it isn't whole."""
    try:
        with _opened(path) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            version = connection.execute("SELECT max(version) FROM versions").fetchone()[0] or 0
            rows = _rows(connection)
    except sqlite3.Error as error:
        raise JournalError(f"記録の控えとして読めません({error})。") from error
    if faults != ["ok"] or broken or not version:
        raise JournalError("記録の控えが壊れています。別の控えを使ってください。")
    return Copied(version, rows)


def _put_aside(journal: Path) -> Path | None:
    """Keep the journal that there is under another name, with what its log holds."""
    if not journal.exists():
        return None
    with suppress(sqlite3.Error), _opened(journal) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # takes the log in; one that is broken keeps it beside
    before = next(name for n in range(1, 10_000) if not (name := journal.with_name(f"{journal.name}.{n}")).exists())
    for side in SIDES:
        if (part := Path(f"{journal}{side}")).exists():
            os.link(part, f"{before}{side}")
    for side in SIDES[1:]:
        Path(f"{journal}{side}").unlink(missing_ok=True)  # another database's log would be read into the new one
    return before
