"""A journal of an earlier version becomes one of this version; one of a later version is left alone."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bot.errors import JournalError
from bot.journal import Journal
from bot.journal.migrations import migrate, version_of
from bot.journal.tables import METADATA
from tests.bot.journal.helpers import NOON, done


def colour(connection: Connection) -> None:
    """A step that would fail if it were made twice."""
    connection.execute(text("ALTER TABLE members ADD COLUMN colour TEXT"))


def test_a_new_journal_is_made_as_the_last_version(journal: Journal) -> None:
    """Every table, and no step of the past."""
    tables = done(journal, lambda tx: set(inspect(tx._connection).get_table_names()))
    assert tables - {"sqlite_sequence"} == set(METADATA.tables)
    assert done(journal, lambda tx: version_of(tx._connection)) == 1


def test_an_earlier_journal_is_brought_forward_once(journal: Journal) -> None:
    """What is there stays; the second time there is nothing to do."""
    done(journal, lambda tx: tx.members.invite("code", "taro", False, 60))
    for _ in range(2):
        done(journal, lambda tx: migrate(tx._connection, NOON, (colour,)))
    columns = done(journal, lambda tx: [one["name"] for one in inspect(tx._connection).get_columns("members")])
    assert columns[-1] == "colour"
    assert done(journal, lambda tx: version_of(tx._connection)) == 2
    assert [invite.name for invite in journal.read(lambda tx: tx.members.invites())] == ["taro"]


def test_a_step_that_fails_leaves_the_earlier_version(journal: Journal) -> None:
    """Whole or not at all."""

    def broken(_: Connection) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        done(journal, lambda tx: migrate(tx._connection, NOON, (colour, broken)))
    columns = done(journal, lambda tx: [one["name"] for one in inspect(tx._connection).get_columns("members")])
    assert "colour" not in columns
    assert done(journal, lambda tx: version_of(tx._connection)) == 1


def test_a_later_journal_is_refused(journal: Journal, tmp_path: Path) -> None:
    """In one line, which says what to do."""
    done(journal, lambda tx: tx._connection.execute(text("INSERT INTO versions VALUES (7, 0)")))
    with pytest.raises(JournalError, match=r"新しい版の kotae のものです\(版7\)"):
        Journal(journal.path, lambda: NOON)
