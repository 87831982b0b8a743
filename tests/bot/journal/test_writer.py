"""A write counts once the disk holds it, whole or not at all; many at once cost one commit."""

import shutil
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import event as hook
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.errors import JournalError
from bot.journal import Event, Journal, Transaction
from tests.bot.journal.helpers import BIG, NOON, Clock, done, event, full


def received(*ids: str) -> "list[Event]":
    """Events by their ids."""
    return [event(id_) for id_ in ids]


def waiting(journal: Journal) -> list[str]:
    """The ids of what waits."""
    return [one.event.id for one in journal.read(lambda tx: tx.inbox.waiting(("post",), 99))]


def copied(journal: Journal, folder: Path) -> Journal:
    """The journal as its files are at this moment, opened elsewhere."""
    folder.mkdir()
    for path in journal.path.parent.iterdir():
        if not path.name.endswith("-shm"):
            shutil.copy(path, folder / path.name)
    return Journal(folder / journal.path.name, lambda: NOON)


def test_what_was_acknowledged_is_in_the_files(journal: Journal, tmp_path: Path) -> None:
    """Copied at the moment of the acknowledgement, database and log alone give the row back."""
    done(journal, lambda tx: tx.inbox.receive(received("1")))
    copy = copied(journal, tmp_path / "copy")
    assert waiting(copy) == ["1"]
    copy.close()


def test_what_was_not_committed_is_not_in_the_files(journal: Journal, tmp_path: Path) -> None:
    """Negative control: a copy that is taken while the transaction is open doesn't hold the row."""
    found: list[list[str]] = []

    def peek(transaction: Transaction) -> None:
        transaction.inbox.receive(received("1"))
        copy = copied(journal, tmp_path / "copy")
        found.append(waiting(copy))
        copy.close()

    done(journal, peek)
    assert found == [[]]


def pragmas(journal: Journal) -> dict[str, object]:
    """What decides whether a commit is on the disk, of the connection that writes."""
    names = ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
    return done(journal, lambda tx: {name: tx._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names})


def test_every_commit_is_forced_to_the_disk(journal: Journal) -> None:
    """synchronous=FULL (2): in WAL mode only this one syncs the log at each commit."""
    assert pragmas(journal) == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}


def test_a_commit_that_is_not_forced_is_noticed(journal: Journal) -> None:
    """Negative control: NORMAL (1) can lose what was acknowledged."""
    done(journal, lambda tx: None)
    with journal._engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
        connection.exec_driver_sql("BEGIN")
    assert pragmas(journal)["synchronous"] == 1


def test_only_the_one_that_serves_checkpoints(journal: Journal) -> None:
    """A command of the command line leaves the log alone."""
    command = Journal(journal.path, lambda: NOON)
    each = [
        done(one, lambda tx: tx._connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar())
        for one in (journal, command)
    ]
    command.close()
    assert each == [1000, 0]


def test_nobody_else_may_read_it(journal: Journal) -> None:
    """Neither the database nor what SQLite lays beside it."""
    done(journal, lambda tx: tx.inbox.receive(received("1")))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in journal.path.parent.iterdir()}
    assert modes == {"journal.db": 0o600, "journal.db-wal": 0o600, "journal.db-shm": 0o600}


def test_a_name_with_signs_of_an_address_is_a_name(tmp_path: Path) -> None:
    """A folder may be called as it likes."""
    path = tmp_path / "記録?mode=ro#50%" / "journal.db"
    Journal(path, lambda: NOON).close()
    assert path.exists()


def test_what_raises_is_undone_and_the_others_stand(journal: Journal) -> None:
    """Three writes share a commit; the second one raises after it has written."""

    def spoilt(transaction: Transaction) -> None:
        transaction.inbox.receive(received("2"))
        raise RuntimeError("no")

    with held(journal):
        first = journal.write(lambda tx: tx.inbox.receive(received("1")))
        second = journal.write(spoilt)
        third = journal.write(lambda tx: tx.inbox.receive(received("3")))
    assert (first.result(20), third.result(20)) == (1, 1)
    with pytest.raises(RuntimeError, match="no"):
        second.result(20)
    assert waiting(journal) == ["1", "3"]


class held:  # noqa: N801  reads as a word
    """Holds the writer up until everything is handed over."""

    def __init__(self, journal: Journal) -> None:
        self._gate = threading.Event()
        self._begun = threading.Event()
        journal.write(lambda _: (self._begun.set(), self._gate.wait(20)))

    def __enter__(self) -> None:
        self._begun.wait(20)

    def __exit__(self, *_: object) -> None:
        self._gate.set()


def commits(journal: Journal) -> list[int]:
    """A list that grows by one for each commit from now on."""
    counted: list[int] = []
    hook.listen(journal._engine, "commit", lambda _: counted.append(1))
    return counted


def test_many_at_once_cost_few_commits(journal: Journal) -> None:
    """A hundred that wait are committed in groups."""
    counted = commits(journal)
    with held(journal):
        futures = [journal.write(lambda tx, n=n: tx.inbox.receive(received(str(n)))) for n in range(100)]  # type: ignore[misc]
    assert [future.result(20) for future in futures] == [1] * 100
    assert len(counted) < 50


def test_what_is_heavy_waits_for_what_is_not(journal: Journal) -> None:
    """Somebody who waits for a receipt is served before an answer is made."""
    order: list[str] = []
    with held(journal):
        futures = [journal.write(lambda _, n=n: order.append(f"heavy {n}"), heavy=True) for n in (1, 2)]  # type: ignore[misc]
        futures += [journal.write(lambda _, n=n: order.append(f"light {n}")) for n in (1, 2)]  # type: ignore[misc]
    for future in futures:
        future.result(20)
    assert order == ["light 1", "light 2", "heavy 1", "heavy 2"]


def test_closing_finishes_what_is_handed_over(tmp_path: Path) -> None:
    """Also what is heavy; afterwards one line says that it is closed."""
    journal = Journal(tmp_path / "journal.db", lambda: NOON)
    with held(journal):
        futures = [journal.write(lambda tx, n=n: tx.inbox.last(), heavy=n % 2 == 0) for n in range(10)]  # type: ignore[misc]
    journal.close()
    assert [future.result(0) for future in futures] == [0] * 10
    with pytest.raises(JournalError, match="もう閉じています"):
        journal.write(lambda tx: None)
    journal.close()


def test_a_full_disk_acknowledges_nothing_and_mends_itself(journal: Journal) -> None:
    """Whoever shares the commit is told so, nothing of it stays, and once there is room everything works."""
    with full(journal):
        with held(journal):
            small = journal.write(lambda tx: tx.inbox.receive(received("1")))
            large = journal.write(lambda tx: tx.inbox.receive([event("2", payload=BIG)]))
        for future in (small, large):
            with pytest.raises(JournalError, match="空きと権限"):
                future.result(20)
    assert waiting(journal) == []
    done(journal, lambda tx: tx.inbox.receive([event("2", payload=BIG)]))
    assert waiting(journal) == ["2"]


def test_nothing_is_written_after_sqlite_ended_the_transaction(journal: Journal) -> None:
    """On a fault SQLite may roll back of its own accord; what came next would count at once, and half of it only."""

    def ended(transaction: Transaction) -> None:
        transaction.inbox.receive(received("1"))
        try:
            with transaction.step():
                transaction._connection.exec_driver_sql("ROLLBACK")
                raise OperationalError("INSERT", None, Exception("database or disk is full"))
        except JournalError:
            raise
        except Exception:  # noqa: BLE001  what a careless handler would do
            transaction.inbox.receive(received("half"))

    with pytest.raises(JournalError):
        done(journal, ended)
    assert waiting(journal) == []
    assert done(journal, lambda tx: tx.inbox.receive(received("2"))) == 1


def test_the_work_of_one_may_break_a_rule_without_harm(journal: Journal) -> None:
    """A row that is there already is the mistake of whoever writes it twice, not of the disk."""
    twice = text("INSERT INTO versions VALUES (1, 0)")
    with held(journal):
        first = journal.write(lambda tx: tx._connection.execute(twice))
        second = journal.write(lambda tx: tx.inbox.receive(received("1")))
    assert "UNIQUE" in str(first.exception(20))
    assert second.result(20) == 1


def test_half_of_a_pair_of_characters_is_kept_as_a_question_mark(journal: Journal) -> None:
    """No file can hold it; neither the question nor those beside it are lost for that."""
    done(journal, lambda tx: tx.inbox.receive([event("\ud83d", payload="a\ud83db\0c"), event("2")]))
    found = journal.read(lambda tx: tx.inbox.waiting(("post",), 9))
    assert [(one.event.id, one.event.payload) for one in found] == [("?", "a?b\0c"), ("2", "?")]


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as one" * 30, b"SQLite format 3\0"], ids=["text", "begun"]
)
def test_what_is_no_journal_is_one_line(tmp_path: Path, content: bytes) -> None:
    """The file is named, and stays as it is."""
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    with pytest.raises(JournalError, match=r"記録を扱えません.*journal\.db") as caught:
        Journal(path, lambda: NOON)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_two_processes_may_write(journal: Journal, clock: Clock) -> None:
    """The command line writes beside the server; each sees what the other did."""
    command = Journal(journal.path, clock)
    for n in range(20):
        done((journal, command)[n % 2], lambda tx, n=n: tx.inbox.receive(received(str(n))))  # type: ignore[misc]
    command.close()
    assert len(waiting(journal)) == 20
