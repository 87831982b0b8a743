"""A backup is whole or there is none; a restored journal is the backup, and the one from before is kept."""

import os
import shutil
import sqlite3
import stat
import threading
from itertools import count, takewhile
from pathlib import Path

import pytest

from bot.errors import JournalError
from bot.journal import Journal, alone
from bot.journal.backups import back_up, restore
from tests.bot.journal.helpers import NOON, answered, done
from tests.crashing import killed_at
from tests.helpers import beside


def asked(journal: Journal, *receipts: str) -> None:
    """Questions, each in a write of its own."""
    for receipt in receipts:
        done(journal, lambda tx, r=receipt: tx.audit.record(None, answered(r)))  # type: ignore[misc]


def receipts(path: Path) -> list[str]:
    """What a journal holds."""
    journal = Journal(path, lambda: NOON)
    found = journal.read(
        lambda tx: tx._connection.exec_driver_sql("SELECT receipt FROM audit ORDER BY id").scalars().all()
    )
    journal.close()
    return list(found)


def test_a_backup_is_one_file_that_nobody_else_may_read(journal: Journal, tmp_path: Path) -> None:
    """Also what only the log holds is in it, and it says what it holds."""
    asked(journal, "A", "B")
    file = tmp_path / "backups" / "copy.db"
    copied = back_up(journal.path, file)
    assert (copied.version, copied.rows["audit"], copied.rows["members"]) == (1, 2, 0)
    assert [path.name for path in file.parent.iterdir()] == ["copy.db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert receipts(file) == ["A", "B"]


def test_a_backup_while_everything_is_written(journal: Journal, tmp_path: Path) -> None:
    """Each is a moment: every row of it has its text, and none before it is missing."""
    sizes = []

    def busy(end: threading.Event) -> None:
        for number in takewhile(lambda _: not end.is_set(), count()):
            asked(journal, f"R{number:06}")

    with beside(busy):
        for n in range(10):
            copied = back_up(journal.path, tmp_path / f"copy{n}.db")
            assert copied.rows["audit"] == copied.rows["texts"]
            sizes.append(copied.rows["audit"])
            assert receipts(tmp_path / f"copy{n}.db") == [f"R{m:06}" for m in range(sizes[-1])]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]


def test_no_file_is_written_over(journal: Journal, tmp_path: Path) -> None:
    """Neither what somebody has, nor the journal itself."""
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    for file in (tmp_path / "mine", journal.path):
        with pytest.raises(JournalError, match="もうあります"):
            back_up(journal.path, file)
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


@pytest.fixture
def copy(journal: Journal, tmp_path: Path) -> Path:
    """A backup of two questions; a third one came since, and the server was stopped."""
    asked(journal, "A", "B")
    back_up(journal.path, tmp_path / "copy.db")
    asked(journal, "C")
    journal.close()
    return tmp_path / "copy.db"


def test_a_restored_journal_is_the_backup(journal: Journal, copy: Path) -> None:
    """The one from before lies beside it, whole, each time under another name; the backup stays."""
    copied, before = restore(copy, journal.path)
    assert (copied.rows["audit"], receipts(journal.path)) == (2, ["A", "B"])
    assert before == journal.path.with_name("journal.db.1")
    assert receipts(before) == ["A", "B", "C"]
    _, again = restore(copy, journal.path)
    assert again == journal.path.with_name("journal.db.2")
    assert receipts(copy) == ["A", "B"]


def test_where_there_is_no_journal_it_is_made(copy: Path, tmp_path: Path) -> None:
    """On a new machine."""
    assert restore(copy, tmp_path / "new" / "journal.db")[1] is None
    assert receipts(tmp_path / "new" / "journal.db") == ["A", "B"]


@pytest.mark.parametrize("broken", [False, True])
def test_a_log_of_the_journal_before_is_not_read_into_the_new_one(
    journal: Journal, tmp_path: Path, broken: bool
) -> None:
    """Left by a server that was killed; what it holds goes aside with its database."""
    asked(journal, "A")
    back_up(journal.path, tmp_path / "copy.db")
    asked(journal, "B", "C")
    killed = Path(shutil.copytree(journal.path.parent, tmp_path / "killed"))
    assert (killed / "journal.db-wal").stat().st_size > 0
    if broken:
        for name in ("journal.db", "journal.db-wal"):
            (killed / name).write_bytes(b"broken" * 1000)
    _, before = restore(tmp_path / "copy.db", killed / "journal.db")
    assert receipts(killed / "journal.db") == ["A"]
    assert before == killed / "journal.db.1"
    assert broken or receipts(before) == ["A", "B", "C"]


@pytest.mark.parametrize("at", [0, 4096, 40960])
def test_a_broken_backup_is_refused(journal: Journal, copy: Path, at: int) -> None:
    """In one line; the journal stays as it is."""
    content = bytearray(copy.read_bytes())
    content[at : at + 4096] = os.urandom(4096)
    copy.write_bytes(content)
    with pytest.raises(JournalError, match="控え"):
        restore(copy, journal.path)
    assert receipts(journal.path) == ["A", "B", "C"]
    assert not [path for path in journal.path.parent.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize("size", [0, 100, 4096, 30000])
def test_a_backup_that_was_cut_off_is_refused(journal: Journal, copy: Path, size: int) -> None:
    """As a copy over a slow line may be."""
    copy.write_bytes(copy.read_bytes()[:size])
    with pytest.raises(JournalError, match="控え"):
        restore(copy, journal.path)
    assert receipts(journal.path) == ["A", "B", "C"]


def test_what_is_no_backup_is_refused(journal: Journal, copy: Path, tmp_path: Path) -> None:
    """A missing file, another database, one of a later version."""
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE things (name)")
    other.close()
    with sqlite3.connect(copy) as later:
        later.execute("INSERT INTO versions VALUES (99, 0)")
    later.close()
    for name, line in (("nowhere.db", "ファイルを扱えません"), ("other.db", "読めません"), ("copy.db", "新しい版")):
        with pytest.raises(JournalError, match=line):
            restore(tmp_path / name, journal.path)
    assert receipts(journal.path) == ["A", "B", "C"]


def test_nothing_is_restored_under_a_server(journal: Journal, copy: Path) -> None:
    """It would go on writing into the file that was put aside."""
    with alone(journal.path), pytest.raises(JournalError, match="もう動いています"):
        restore(copy, journal.path)
    assert receipts(journal.path) == ["A", "B", "C"]


def test_killed_at_any_step_there_is_one_journal_or_the_other(journal: Journal, copy: Path, tmp_path: Path) -> None:
    """Never none, never half of one; done again it is restored."""
    killed, step, kept = True, 0, set()
    while killed:
        step += 1
        place = Path(shutil.copytree(journal.path.parent, tmp_path / str(step))) / "journal.db"
        killed = killed_at(step, lambda place=place: restore(copy, place))  # type: ignore[misc]
        kept.add("".join(receipts(place)))
        restore(copy, place)
        assert receipts(place) == ["A", "B"]
    assert kept == {"ABC", "AB"}
    assert step > 5


def test_killed_at_any_step_a_backup_is_whole_or_none(journal: Journal, tmp_path: Path) -> None:
    """What was begun is taken away by the next one."""
    asked(journal, "A", "B")
    killed, step = True, 0
    while killed:
        step += 1
        file = tmp_path / str(step) / "copy.db"
        killed = killed_at(step, lambda file=file: back_up(journal.path, file))  # type: ignore[misc]
        if not file.exists():
            back_up(journal.path, file)
        assert receipts(file) == ["A", "B"]
        assert not [path for path in file.parent.iterdir() if path.name.endswith(".part")]
    assert step > 5
