"""Engine: the journal's database through SQLAlchemy: how it is opened, that a commit is on the disk before it counts."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
)

from bot.errors import JournalError

__all__ = ["PATIENCE_MS", "SIDES", "WRITES", "described", "is_fault", "make_file", "open_engine", "open_unchanging"]

PATIENCE_MS = 10_000
"""How long a writer waits for another one, of the command line or of the server."""
WRITES = "kotae_writes"
"""Option of a connection that is going to write."""
SIDES = ("", "-wal", "-shm")
"""What SQLite puts behind the name of the file for each of its parts."""


def make_file(path: Path) -> None:
    """Make the file where there is none; nobody else may read it, nor what SQLite lays beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    for side in SIDES:
        part = Path(f"{path}{side}")
        if part.exists():
            part.chmod(0o600)


def open_engine(path: Path, *, checkpoints: bool = True) -> Engine:
    """The engine of a journal file.

    One process checkpoints, the one that serves: SQLite before 3.51.3 could lose pages where two did it at once.
    """
    address = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(address, connect_args={"timeout": PATIENCE_MS / 1000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins and ends transactions, not the driver
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is forgotten is overwritten
            f"busy_timeout={PATIENCE_MS}",
            f"wal_autocheckpoint={1000 if checkpoints else 0}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes then would fail where somebody else has written between.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def open_unchanging(path: Path) -> Engine:
    """An engine that reads a journal file and writes nothing, not even what SQLite lays beside it."""
    # Without a log nobody writes it just now; told so, SQLite makes no log of its own, which nobody would take away.
    still = {} if Path(f"{path}-wal").exists() else {"immutable": "1"}
    how = {"uri": "true", "mode": "ro", **still}
    address = URL.create("sqlite+pysqlite", database=f"file:{quote(str(path))}", query=how)
    return create_engine(address, connect_args={"timeout": PATIENCE_MS / 1000})


def is_fault(error: Exception) -> bool:
    """Whether the file or its disk is at fault, so that nothing more may be done in the transaction.

    SQLite may have ended it of its own accord; what was executed then would count at once.
    """
    mistakes = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
    return isinstance(error, JournalError) or (isinstance(error, DatabaseError) and not isinstance(error, mistakes))


@contextmanager
def described(path: Path) -> Iterator[None]:
    """Whatever the database refuses becomes a JournalError of one line."""
    try:
        yield
    except DatabaseError as error:
        raise JournalError(f"記録を扱えません({error.orig}: {path})。空きと権限を確かめてください。") from error
    except (SQLAlchemyError, OSError) as error:
        raise JournalError(f"記録を扱えません({error}: {path})。") from error
