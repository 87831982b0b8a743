import json
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kb.compiling.building import build
from kb.doors import DOORS, Door
from kb.errors import KnowledgeBaseError
from kb.pointer import read_pointer
from kb.source.plan_sections import Access
from kb.source.plans import load_plans
from kb.storing import KnowledgeBase
from tests.helpers import fixed


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a knowledge base in force."""
    build(load_plans(Path("data/plans")), fixed(lexicon="言葉"), tmp_path)
    return tmp_path


def refusal(home: Path) -> str:
    """The line with which a home is refused."""
    with pytest.raises(KnowledgeBaseError) as caught:
        KnowledgeBase.open(home)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def change_pointer(home: Path, **fields: object) -> None:
    """Write other fields into the pointer."""
    pointer = json.loads((home / "current").read_text(encoding="utf-8"))
    (home / "current").write_text(json.dumps({**pointer, **fields}), encoding="utf-8")


def test_what_was_built_is_served(home: Path) -> None:
    """Its revision, its words and its documents."""
    knowledge = KnowledgeBase.open(home)
    plan = knowledge.plans()[0]
    assert len(knowledge.revision) == 64
    assert knowledge.artifact("lexicon") == "言葉"
    assert plan.title == "練馬区商工業振興計画(平成23～26年度)進捗状況"
    assert (plan.years[0], plan.keys[0], plan.address, plan.grades) == (2011, "23", "", ("A", "B", "C"))
    with pytest.raises(KeyError):
        knowledge.artifact("nothing")
    knowledge.close()


def test_a_missing_knowledge_base_says_what_to_do(tmp_path: Path) -> None:
    """No folder, no pointer, no file behind the pointer."""
    assert refusal(tmp_path / "nowhere") == "知識ベースがありません。kotae build を実行してください。"
    assert refusal(tmp_path) == "知識ベースがありません。kotae build を実行してください。"


def test_a_missing_file_says_so(home: Path) -> None:
    """The pointer is there, what it points to isn't."""
    next(home.glob("kb-*.db")).unlink()
    assert "のファイルがありません" in refusal(home)


@pytest.mark.parametrize("pointer", ["", "{", "[]", "{}", "null", '{"file": 1}', pytest.param("\udcff", id="bytes")])
def test_a_broken_pointer_is_refused(home: Path, pointer: str) -> None:
    """Whatever stands in it, one line."""
    (home / "current").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    assert refusal(home) == "知識ベースの current が壊れています。kotae build を実行してください。"


def test_a_pointer_never_leads_out_of_its_home(home: Path) -> None:
    """A path in place of a name is a broken pointer."""
    change_pointer(home, file="../other.db")
    assert "current が壊れています" in refusal(home)


def test_every_flipped_byte_is_refused(home: Path) -> None:
    """One bit anywhere in the file: the checksum sees it."""
    path = next(home.glob("kb-*.db"))
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert "壊れています" in refusal(home)
    path.write_bytes(whole[: len(whole) // 2])
    assert "壊れています" in refusal(home)
    path.write_bytes(whole)
    KnowledgeBase.open(home).close()


def test_another_schema_is_refused(home: Path) -> None:
    """An older one asks for a build, a newer one for a newer program."""
    change_pointer(home, schema=0)
    assert "古い形式です" in refusal(home)
    assert refusal(home).endswith("kotae build を実行してください。")
    change_pointer(home, schema=999)
    assert "新しい形式です" in refusal(home)


def test_a_pointer_with_another_revision_is_refused(home: Path) -> None:
    """The revision that answers carry is the one inside the file."""
    change_pointer(home, revision="0" * 64)
    assert "壊れています" in refusal(home)


def test_nothing_can_be_written(home: Path) -> None:
    """Every writing statement is refused by SQLite itself."""
    connection = KnowledgeBase.open(home).connection
    for statement in ("DELETE FROM cell", "CREATE TABLE x (y)", "UPDATE meta SET value = ''"):
        with pytest.raises(sqlite3.OperationalError):
            connection.execute(statement)


def test_each_thread_has_its_connection(home: Path) -> None:
    """Threads never share one; a thread keeps its own."""
    knowledge = KnowledgeBase.open(home)
    connections = [knowledge.connection, knowledge.connection]
    thread = threading.Thread(target=lambda: connections.append(knowledge.connection))
    thread.start()
    thread.join()
    assert connections[0] is connections[1]
    assert connections[2] is not connections[0]
    knowledge.close()


def test_opening_imports_no_build_side() -> None:
    """sqlite_utils alone would cost a fifth of a second."""
    code = "import sys, kb.storing; print(sorted({'sqlite_utils', 'openpyxl', 'kb.source.plans'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# Doors


@pytest.fixture
def doors(tmp_path: Path) -> Path:
    """A home in which one project is for members only."""
    (plan,) = load_plans(Path("data/plans"))
    build([replace(plan, access=Access(projects=("42",)))], fixed(lexicon="言葉"), tmp_path)
    return tmp_path


def numbers(home: Path, door: Door | None) -> set[str]:
    """The projects that a door is given."""
    knowledge = KnowledgeBase.open(home, door=door)
    found = {no for (no,) in knowledge.connection.execute("SELECT no FROM project")}
    knowledge.close()
    return found


def test_a_door_is_given_its_own_file(doors: Path) -> None:
    """Everything without a door and for members on the web, one project less at the others."""
    everything = numbers(doors, None)
    assert {door.name: everything - numbers(doors, door) for door in DOORS} == {
        **{door.name: {"42"} for door in DOORS},
        "web/member": set(),
    }
    assert len(list(doors.glob("kb-*.db"))) == 2


def test_a_pointer_that_lost_its_doors_gives_nothing_away(doors: Path) -> None:
    """What is withheld stands in the file that holds everything: it refuses to answer at a door, whoever points to it."""
    pointer = json.loads((doors / "current").read_text(encoding="utf-8"))
    whole = {key: pointer[key] for key in ("file", "revision", "sha256")}
    for wrong in ({}, {**pointer["doors"], "line/public": whole}):
        change_pointer(doors, doors=wrong)
        with pytest.raises(KnowledgeBaseError, match="知識ベースが壊れています"):
            KnowledgeBase.open(doors, door=Door("line", member=False))
        assert "42" in numbers(doors, Door("web", member=True))


def test_a_door_that_the_pointer_does_not_know_is_refused(doors: Path) -> None:
    """A platform that was added after the build is given nothing until the next one."""
    pointer = json.loads((doors / "current").read_text(encoding="utf-8"))
    change_pointer(doors, doors={name: edition for name, edition in pointer["doors"].items() if name != "line/public"})
    with pytest.raises(KnowledgeBaseError, match="窓口 line/public のものがありません"):
        KnowledgeBase.open(doors, door=Door("line", member=False))


def test_an_edition_is_checked_as_the_whole_is(doors: Path) -> None:
    """A flipped bit, a missing file, a path that leads elsewhere."""
    door = Door("line", member=False)
    path = doors / read_pointer(doors).edition(door).file
    whole = path.read_bytes()
    path.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(KnowledgeBaseError, match="壊れています"):
        KnowledgeBase.open(doors, door=door)
    path.unlink()
    with pytest.raises(KnowledgeBaseError, match="ファイルがありません"):
        KnowledgeBase.open(doors, door=door)
    pointer = json.loads((doors / "current").read_text(encoding="utf-8"))
    edition = {**pointer["doors"]["line/public"], "file": "../kb.db"}
    change_pointer(doors, doors={**pointer["doors"], "line/public": edition})
    assert "current が壊れています" in refusal(doors)


def test_a_pointer_without_doors_gives_everything_everywhere(home: Path) -> None:
    """As where nothing is withheld, and as older programs wrote it."""
    pointer = json.loads((home / "current").read_text(encoding="utf-8"))
    assert pointer.pop("doors") == {}
    (home / "current").write_text(json.dumps(pointer), encoding="utf-8")
    assert {frozenset(numbers(home, door)) for door in DOORS} == {frozenset(numbers(home, None))}
