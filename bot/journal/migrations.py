"""Migrations: how a journal of an earlier version becomes one of this version, step by step, each once."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, func, insert, inspect, select

from bot.errors import JournalError
from bot.journal.tables import METADATA, versions

__all__ = ["MIGRATIONS", "migrate"]

Migration = Callable[[Connection], None]

MIGRATIONS: tuple[Migration, ...] = (METADATA.create_all,)
"""The n-th makes version n of the version before it."""


def migrate(connection: Connection, now: float, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a journal to this version; JournalError where a later version of Kotae wrote it."""
    version = _version(connection)
    if version > len(migrations):
        raise JournalError(f"記録は新しい版の kotae のものです(版{version})。新しい kotae で動かしてください。")
    for number, migration in enumerate(migrations[version:], version + 1):
        migration(connection)
        connection.execute(insert(versions).values(version=number, at=now))


# Private functions


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table(versions.name):
        return 0
    return connection.execute(select(func.max(versions.c.version))).scalar() or 0
