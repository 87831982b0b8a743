"""Migrations: how a journal of an earlier version becomes one of this version, step by step, each once."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, func, insert, inspect, select

from bot.errors import JournalError
from bot.journal.tables import METADATA, versions

__all__ = ["MIGRATIONS", "VERSION", "migrate", "version_of"]

Migration = Callable[[Connection], None]

MIGRATIONS: tuple[Migration, ...] = ()
"""The first makes version 2 of version 1, and so on; a new journal is made as the last version at once."""
VERSION = len(MIGRATIONS) + 1
"""The last version."""


def migrate(connection: Connection, now: float, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a journal to this version; JournalError where a later version of Kotae wrote it."""
    version, last = version_of(connection), len(migrations) + 1
    if version > last:
        raise JournalError(f"記録は新しい版の kotae のものです(版{version})。新しい kotae で動かしてください。")
    if version == 0:
        METADATA.create_all(connection)
        connection.execute(insert(versions).values(version=last, at=now))
        return
    for number, migration in enumerate(migrations[version - 1 :], version + 1):
        migration(connection)
        connection.execute(insert(versions).values(version=number, at=now))


def version_of(connection: Connection) -> int:
    """The version of a journal; 0 where it has just been made."""
    if not inspect(connection).has_table(versions.name):
        return 0
    return connection.execute(select(func.max(versions.c.version))).scalar() or 0
