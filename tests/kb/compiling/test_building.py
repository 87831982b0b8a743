import json
import re
import shutil
import sqlite3
import threading
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from kb.compiling.building import build
from kb.doors import DOORS
from kb.errors import DataError, KnowledgeBaseError
from kb.pointer import read_pointer
from kb.publishing.shelf import KEPT, read_shelf
from kb.source.plan_sections import Access
from kb.source.plans import Plan, load_plan, load_plans
from kb.source.reading import read_projects
from kb.storing import KnowledgeBase
from tests.crashing import killed_at
from tests.helpers import beside, copied_plan, fixed

HOME = Path("data/plans")
PLANS = load_plans(HOME)
ARTIFACTS = {"lexicon": '{"空き店舗":"42"}', "vocabulary": "{}"}
WORDS = fixed(**ARTIFACTS)


def test_the_same_content_has_the_same_revision_anywhere(tmp_path: Path) -> None:
    """Two folders, two orders of the words: one revision, in the file's name and in the pointer."""
    first = build(PLANS, WORDS, tmp_path / "a")
    second = build(PLANS, fixed(**dict(reversed(ARTIFACTS.items()))), tmp_path / "somewhere" / "b")
    assert first.revision == second.revision
    assert re.fullmatch(r"[0-9a-f]{64}", first.revision)
    assert first.path.name == second.path.name == f"kb-{first.revision[:12]}.db"
    assert json.loads((tmp_path / "a" / "current").read_text(encoding="utf-8"))["revision"] == first.revision
    assert (first.projects, first.rows) == (51, 59)


def test_the_place_of_the_plans_is_no_part_of_the_revision(tmp_path: Path) -> None:
    """A copy of the data elsewhere builds the same; one more word doesn't."""
    copy = copied_plan(tmp_path / "plans" / "copy")
    revision = build(PLANS, WORDS, tmp_path / "a").revision
    assert build([load_plan(copy)], WORDS, tmp_path / "b").revision == revision
    assert build(PLANS, fixed(**ARTIFACTS, more=""), tmp_path / "c").revision != revision


def test_every_cell_is_in_the_knowledge_base(tmp_path: Path) -> None:
    """All rows, years, texts and states as they were read."""
    build(PLANS, WORDS, tmp_path)
    connection = KnowledgeBase.open(tmp_path).connection
    stored = connection.execute(
        "SELECT p.plan, p.no, r.activity, r.period, r.grade, c.year, c.text, c.state"
        " FROM project p JOIN row r ON r.project = p.id JOIN cell c ON c.row = r.id"
        " ORDER BY p.position, r.position, c.year"
    ).fetchall()
    assert stored == [
        (project.plan, project.no, row.activity, row.period, row.grade, cell.year, cell.text, cell.state)
        for project in read_projects(PLANS[0])
        for row in project.rows
        for cell in row.cells
    ]
    assert len(stored) == 59 * 4


def test_figures_are_looked_up_by_value_and_unit(tmp_path: Path) -> None:
    """10,136千円 is found as 10136000 円, with the words around it."""
    build(PLANS, WORDS, tmp_path)
    connection = KnowledgeBase.open(tmp_path).connection
    query = (
        "SELECT p.no, f.year, f.text, substr(c.text, f.start + 1, f.stop - f.start)"
        " FROM figure f JOIN row r ON r.id = f.row JOIN project p ON p.id = r.project"
        " JOIN cell c ON c.row = f.row AND c.year = f.year WHERE f.unit = '円' AND f.value = '10136000'"
    )
    assert connection.execute(query).fetchall() == [("42", 2013, "10,136千円", "10,136千円")]
    plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert "idx_figure_unit_value" in plan


def test_labels_carry_their_own_marks_only(tmp_path: Path) -> None:
    """A restored label keeps what is printed; a label that some projects inherit isn't marked for all."""
    build(PLANS, WORDS, tmp_path)
    connection = KnowledgeBase.open(tmp_path).connection
    rows = connection.execute("SELECT text, printed, marks FROM label WHERE level = 'policy' AND goal IN ('D', 'E')")
    labels = {text: (printed, [mark["kind"] for mark in json.loads(marks)]) for text, printed, marks in rows}
    assert labels["ものづくりへの支援"] == ("のくも支りの援へづ", ["restored"])
    assert labels["サ生の支支援へ型"] == ("サ生の支支援へ型", ["disordered"])
    assert labels["魅力的な商店街づくりを進める"] == ("魅力的な商店街づくりを進める", [])


def test_every_table_is_strict(tmp_path: Path) -> None:
    """No column takes a value of another type."""
    published = build(PLANS, WORDS, tmp_path)
    connection = sqlite3.connect(published.path)
    sql = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]
    assert len(sql) == 12
    assert all(statement.rstrip().endswith("STRICT") for statement in sql)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO cell VALUES (1, '平成25', '', 'blank', '[]')")
    connection.close()


def test_building_the_same_again_leaves_the_file_alone(tmp_path: Path) -> None:
    """Whoever has it open isn't disturbed; a file that was damaged is replaced."""
    path = build(PLANS, WORDS, tmp_path).path
    before = path.stat().st_ino
    build(PLANS, WORDS, tmp_path)
    assert path.stat().st_ino == before
    path.write_bytes(b"damaged")
    build(PLANS, WORDS, tmp_path)
    assert KnowledgeBase.open(tmp_path).artifact("vocabulary") == "{}"


def test_the_last_files_are_kept(tmp_path: Path) -> None:
    """The one in force and the nine before it stay, each with its pointer beside it."""
    paths = [build(PLANS, fixed(word=str(number)), tmp_path).path for number in range(KEPT + 2)]
    assert {path.name for path in tmp_path.glob("kb-*.db")} == {path.name for path in paths[-KEPT:]}
    assert {path.stem for path in tmp_path.glob("kb-*.json")} == {path.stem for path in paths[-KEPT:]}
    assert [kept.pointer.file for kept in read_shelf(tmp_path)] == [path.name for path in reversed(paths[-KEPT:])]


def test_a_source_that_does_not_add_up_is_not_published(tmp_path: Path) -> None:
    """A changed cell stops the build by row and cell, and what was in force stays."""
    copy = copied_plan(tmp_path / "copy")
    before = build(PLANS, WORDS, tmp_path / "home").revision
    source = (copy / "source.txt").read_text(encoding="utf-8")
    (copy / "source.txt").write_text(source.replace("10,136千円(19事業)", "10,136千円(91事業)"), encoding="utf-8")
    with pytest.raises(DataError, match=r"49行9列: 「10,136千円\(91事業\)」に変わっています"):
        build([load_plan(copy)], WORDS, tmp_path / "home")
    assert KnowledgeBase.open(tmp_path / "home").revision == before


def test_a_crash_at_any_step_leaves_one_whole_knowledge_base(tmp_path: Path) -> None:
    """Killed at each of its steps on the disk in turn, a build leaves the old one or the new one in force."""
    new = build(PLANS, fixed(lexicon="new"), tmp_path / "expected").revision
    old = build(PLANS, fixed(lexicon="old"), tmp_path / "home").revision
    seen = set()
    for step in count(1):
        home = Path(shutil.copytree(tmp_path / "home", tmp_path / str(step)))
        killed = killed_at(step, partial(build, PLANS, fixed(lexicon="new"), home))
        seen.add(KnowledgeBase.open(home).revision)
        if not killed:
            break
    assert (seen, step > 10) == ({old, new}, True)


def test_a_crash_at_any_step_withholds_the_old_or_the_new(tmp_path: Path) -> None:
    """Killed while another project is made internal, a build leaves one of the two withheld, at every door the same."""
    old, new = ([replace(PLANS[0], access=Access(projects=(no,)))] for no in ("42", "43"))
    seen = set()
    for step in count(1):
        build(old, fixed(lexicon="new"), tmp_path)
        killed = killed_at(step, lambda: build(new, fixed(lexicon="new"), tmp_path))
        seen.add(tuple(withheld(tmp_path)))
        if not killed:
            break
    assert (seen, step > 15) == ({("42", "42", "42", "42", "42"), ("43", "43", "43", "43", "43")}, True)
    build(new, fixed(lexicon="new"), tmp_path)
    assert withheld(tmp_path) == ["43"] * 5


def withheld(home: Path) -> list[str]:
    """The projects that are withheld, from what every door opens whole."""
    found = []
    for door in DOORS:
        knowledge = KnowledgeBase.open(home, door=door)
        numbers = {no for (no,) in knowledge.connection.execute("SELECT no FROM project")}
        found += {project.no for project in read_projects(PLANS[0])} - numbers
        knowledge.close()
    return found


def test_what_a_broken_build_left_is_cleared_away(tmp_path: Path) -> None:
    """Neither its half-made file nor its journal gets into the next one."""
    (tmp_path / ".building.db").write_bytes(b"half")
    (tmp_path / ".building.db-journal").write_bytes(b"half")
    build(PLANS, WORDS, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == [".lock"]


def test_readers_see_the_old_or_the_new_while_it_is_published(tmp_path: Path) -> None:
    """Eight readers open and read all the time; none meets a half-made knowledge base."""
    revisions = {build(PLANS, fixed(word=str(number)), tmp_path / "expected").revision for number in range(6)}
    build(PLANS, fixed(word="0"), tmp_path / "home")
    seen, problems = set(), []

    def read(end: threading.Event) -> None:
        while not end.is_set():
            try:
                knowledge = KnowledgeBase.open(tmp_path / "home")
                count = knowledge.connection.execute("SELECT count(*) FROM cell").fetchone()[0]
                seen.add((knowledge.revision, count))
                knowledge.close()
            except (KnowledgeBaseError, sqlite3.Error) as error:
                problems.append(error)

    with beside(*[read] * 8):
        for number in range(6):
            build(PLANS, fixed(word=str(number)), tmp_path / "home")
    assert problems == []
    assert {count for _, count in seen} == {59 * 4}
    assert {revision for revision, _ in seen} <= revisions


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A file where the folder should be: what to look at."""
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=r"知識ベースを書けません.*空きと権限を確認してください") as caught:
        build(PLANS, WORDS, tmp_path / "home")
    assert "\n" not in str(caught.value)


def test_two_plans_live_side_by_side(tmp_path: Path) -> None:
    """Everything is plan-qualified: the same numbers in two plans don't meet."""
    copy = copied_plan(tmp_path / "copy")
    text = (copy / "plan.toml").read_text(encoding="utf-8")
    (copy / "plan.toml").write_text(text.replace('id = "nerima-shokogyo"', 'id = "second"'), encoding="utf-8")
    plans: list[Plan] = [*PLANS, load_plan(copy)]
    assert build(plans, WORDS, tmp_path / "home").projects == 102
    knowledge = KnowledgeBase.open(tmp_path / "home")
    assert [plan.id for plan in knowledge.plans()] == ["nerima-shokogyo", "second"]
    assert knowledge.connection.execute("SELECT count(*) FROM project WHERE no = '42'").fetchone() == (2,)


# Doors


def test_a_revision_is_kept_and_cleared_with_all_its_files(tmp_path: Path) -> None:
    """Two files each, those of the one in force and the nine before it; none is left of the others."""
    plans = [replace(PLANS[0], access=Access(projects=("42",)))]
    for number in range(KEPT + 2):
        build(plans, fixed(word=str(number)), tmp_path)
    kept = {edition.file for one in read_shelf(tmp_path) for edition in one.pointer.editions}
    assert {path.name for path in tmp_path.glob("kb-*.db")} == kept
    assert len(kept) == 2 * KEPT
    assert len(list(tmp_path.glob("kb-*.json"))) == KEPT


def test_a_revision_that_lost_a_file_is_not_kept(tmp_path: Path) -> None:
    """It can't be put into force again at every door, so it isn't at any; building it again makes it whole."""
    plans = [replace(PLANS[0], access=Access(projects=("42",)))]
    first = build(plans, fixed(word="1"), tmp_path)
    edition = read_pointer(tmp_path).edition(DOORS[0]).file
    build(plans, fixed(word="2"), tmp_path)
    (tmp_path / edition).unlink()
    assert first.revision not in {one.pointer.revision for one in read_shelf(tmp_path)}
    assert build(plans, fixed(word="1"), tmp_path).revision == first.revision
    KnowledgeBase.open(tmp_path, door=DOORS[0]).close()


def test_an_edition_that_was_damaged_is_built_again(tmp_path: Path) -> None:
    """The same content is in force only while every file of it is whole."""
    plans = [replace(PLANS[0], access=Access(projects=("42",)))]
    published = build(plans, WORDS, tmp_path)
    (tmp_path / read_pointer(tmp_path).edition(DOORS[0]).file).write_bytes(b"damaged")
    assert build(plans, WORDS, tmp_path).editions == published.editions == 2
    KnowledgeBase.open(tmp_path, door=DOORS[0]).close()


def test_a_project_that_is_made_internal_is_withheld_at_once(tmp_path: Path) -> None:
    """Though no row changed: what is in force is another revision."""
    before = build(PLANS, WORDS, tmp_path)
    after = build([replace(PLANS[0], access=Access(projects=("42",)))], WORDS, tmp_path)
    knowledge = KnowledgeBase.open(tmp_path, door=DOORS[0])
    assert knowledge.connection.execute("SELECT count(*) FROM project").fetchone() == (50,)
    assert (before.editions, after.editions, after.projects) == (1, 2, 51)
    knowledge.close()
