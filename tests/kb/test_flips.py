"""Flipped bits of a knowledge base's file, of its pointer and of a kept one: refused, or without any effect on an answer."""

import random
import sqlite3
import threading
from collections import Counter
from pathlib import Path

import pytest

from bot.answering import Kotae
from kb.errors import KnowledgeBaseError
from kb.publishing.rollback import roll_back
from kb.storing import KnowledgeBase
from tests.drafting import CHANGED, desk, draft

NOW = "2026-11-22T10:00:00+09:00"
FLIPS = 2000

Flip = tuple[int, int]
"""Which byte, and which of its bits."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The knowledge base in force."""
    _, home = desk(tmp_path)
    return next(home.glob("kb-*.db"))


def flips(size: int, count: int = FLIPS) -> list[Flip]:
    """Bits of a file, the same on every machine."""
    choose = random.Random(20261122)
    return [(choose.randrange(size), choose.randrange(8)) for _ in range(count)]


def flip(path: Path, at: Flip) -> None:
    """Turn one bit over in place; the same again turns it back."""
    with path.open("r+b") as stream:
        stream.seek(at[0])
        byte = stream.read(1)[0]
        stream.seek(at[0])
        stream.write(bytes([byte ^ 1 << at[1]]))


def cells(knowledge: KnowledgeBase) -> list[tuple[object, ...]] | str:
    """Everything that could be quoted, or that it can't be read any more."""
    try:
        return knowledge.connection.execute(
            "SELECT p.no, p.name, r.activity, r.grade, c.year, c.text FROM project p JOIN row r ON r.project = p.id"
            " JOIN cell c ON c.row = r.id ORDER BY p.no, r.position, c.year"
        ).fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return "detected"


@pytest.mark.parametrize("count", [200, pytest.param(FLIPS, marks=pytest.mark.slow)])
def test_every_flip_is_refused(file: Path, count: int) -> None:
    """Not one of them is opened."""
    opened = []
    for at in flips(file.stat().st_size, count):
        flip(file, at)
        try:
            KnowledgeBase.open(file.parent).close()
            opened.append(at)
        except KnowledgeBaseError:
            pass
        flip(file, at)
    assert opened == []
    KnowledgeBase.open(file.parent).close()


@pytest.mark.parametrize("count", [200, pytest.param(FLIPS, marks=pytest.mark.slow)])
def test_a_reader_without_the_checksum_lets_flips_through(file: Path, count: int) -> None:
    """Negative control: opened without a look at the checksum, some flips change what would be quoted."""
    whole, outcomes = cells(KnowledgeBase.open(file.parent)), Counter[str]()
    for at in flips(file.stat().st_size, count):
        flip(file, at)
        knowledge = KnowledgeBase(file, "unchecked")
        try:
            found = cells(knowledge)
        except KnowledgeBaseError:
            found = "detected"
        outcomes["detected" if found == "detected" else "wrong" if found != whole else "harmless"] += 1
        knowledge.close()
        flip(file, at)
    assert outcomes["wrong"] > 0
    assert outcomes.total() == count


def test_a_flip_after_opening_changes_nothing(file: Path) -> None:
    """The bytes that were checked are those that answer: the file is not read again, also not by another thread."""
    knowledge = KnowledgeBase.open(file.parent)
    whole = cells(knowledge)
    for at in flips(file.stat().st_size):
        flip(file, at)
    assert cells(knowledge) == whole
    knowledge._local = threading.local()  # a thread that comes later
    assert cells(knowledge) == whole
    knowledge.close()


def test_a_flip_after_opening_a_large_file_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control, and what holds for a file that is not kept in memory: what the disk makes of it is read."""
    monkeypatch.setattr("kb.storing.IN_MEMORY", 0)
    whole = cells(KnowledgeBase.open(file.parent))
    knowledge = KnowledgeBase.open(file.parent)
    for at in flips(file.stat().st_size):
        flip(file, at)
    try:
        assert cells(knowledge) != whole
    finally:
        knowledge.close()


def test_a_flipped_pointer_gives_no_wrong_figure(file: Path) -> None:
    """Bits of all its bytes: refused in one line, or what is quoted is what was built."""
    home, pointer = file.parent, file.parent / "current"
    whole, lines = cells(KnowledgeBase.open(home)), []
    for at in range(0, pointer.stat().st_size * 8, 5):
        flip(pointer, (at // 8, at % 8))
        try:
            knowledge = KnowledgeBase.open(home)
            assert cells(knowledge) == whole
            knowledge.close()
        except KnowledgeBaseError as error:
            lines.append(str(error))
        flip(pointer, (at // 8, at % 8))
    assert len(lines) > 100
    assert [line for line in lines if "\n" in line] == []


def test_a_flipped_kept_one_is_not_put_into_force(tmp_path: Path) -> None:
    """A rollback looks at the checksum before it swaps; what is in force stays."""
    from bot.publishing.publishing import publish

    data, home = desk(tmp_path)
    old = next(home.glob("kb-*.db"))
    draft(home, CHANGED)
    new = publish(data, home, NOW, lambda _: True).revision
    for at in flips(old.stat().st_size, 25):
        flip(old, at)
        with pytest.raises(KnowledgeBaseError, match=rf"^版 {old.stem[3:]} には戻せません: 知識ベースが壊れています"):
            roll_back(home, "", NOW)
        flip(old, at)
    assert KnowledgeBase.open(home).revision == new
    assert roll_back(home, "", NOW).pointer.file == old.name


def test_the_data_is_the_real_one(file: Path) -> None:
    """The flips above are held against a knowledge base that answers."""
    kotae = Kotae(KnowledgeBase.open(file.parent))
    assert kotae.answer("空き店舗入居促進事業の25年度実績は？")[0].quotes[0].text == "10,136千円(19事業)"
