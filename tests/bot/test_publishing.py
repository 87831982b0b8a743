"""kotae diff, publish, rollback and revisions: what they print, what they change, and what they leave alone."""

import errno
import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.publishing.comparing import compare
from kb.publishing.drafts import drafts
from kb.source.plans import load_plan
from kb.storing import KnowledgeBase
from tests.bot.conftest import Run
from tests.drafting import CHANGED, FIGURE, OTHER, PLAN, QUESTION, changes, draft


@pytest.fixture
def home(place: tuple[Path, Path]) -> Path:
    """The home."""
    return place[1]


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples, which cost seconds, are not asked: for tests that are about something else."""
    monkeypatch.setattr("bot.publishing.reviewing.questions", lambda *_: ())


def snapshot(*folders: Path) -> dict[str, bytes]:
    """Every file with its content; the lock is no content."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): path.read_bytes() for path in paths if path.name != ".lock"}


# diff


def test_diff_names_each_changed_figure_and_answer(run: Run, home: Path) -> None:
    """The cell, and the questions that would be answered differently, before and after."""
    draft(home, CHANGED)
    result = run("diff")
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[1] == "下書き: nerima-shokogyo"
    assert lines[3:5] == ["数字: 1件", "  No.42 平成25年度 10,136千円(19事業) → 10,200千円(19事業)"]
    assert re.fullmatch(r"答えの変わる質問\(\d{3}問中\): \d+件(\(はじめの20件\))?", lines[6])
    asked = lines.index("  空き店舗入居促進事業の実績は？")
    assert lines[asked + 1 : asked + 3] == [
        "    前: 平成25年度: 10,136千円(19事業)",
        "    後: 平成25年度: 10,200千円(19事業)",
    ]


@pytest.mark.usefixtures("unasked")
def test_diff_tells_every_sort_of_change(run: Run, home: Path) -> None:
    """New and gone projects, names, grades, labels, activities, periods; each with the number of all."""
    draft(
        home,
        {
            "\t33\tにぎわい商店街支援事業": "\t133\tにぎわい商店街応援事業",
            "\t13\t産業融資あっせん事業": "\t13\t産業資金あっせん事業",
            "ビジネスサポートセンターの整備": "起業支援室の整備",
            "10,136千円(19事業)\t\tA": "10,136千円(19事業)\t\tB",
        },
    )
    found = run("diff").stdout
    assert "事業: 2件" in found
    assert "  － No.33 にぎわい商店街支援事業" in found
    assert "  ＋ No.133 にぎわい商店街応援事業" in found
    assert "事業名: 1件\n  No.13 産業融資あっせん事業 → 産業資金あっせん事業" in found
    assert "細事業: 2件\n  － No.27 ビジネスサポートセンターの整備\n  ＋ No.27 起業支援室の整備" in found
    assert "達成度: 1件\n  No.42 A → B" in found


@pytest.mark.usefixtures("unasked")
def test_diff_shows_the_first_of_many_and_how_many_they_are(run: Run, home: Path) -> None:
    """Twenty lines a part, with the true number over them; the JSON holds all."""
    draft(home, changes(30))
    lines = run("diff").stdout.splitlines()
    told = json.loads(run("diff", "--json").stdout)
    figures = [change for change in told["changes"] if change["kind"] == "figure"]
    assert len(figures) > 20
    assert f"数字: {len(figures)}件(はじめの20件)" in lines
    at = lines.index(f"数字: {len(figures)}件(はじめの20件)")
    assert [line for line in lines[at + 1 :] if " → 計" in line and line.startswith("  No.")][20:] == []
    assert (told["figures"], told["figures_lost"]) == (179, len(figures))
    assert told["drafts"] == [PLAN]


def test_diff_json_holds_each_change_apart(run: Run, home: Path) -> None:
    """For programs: what kind, where, before and after."""
    draft(home, CHANGED)
    told = json.loads(run("diff", "--json").stdout)
    assert told["changes"] == [
        {
            "kind": "figure",
            "plan": PLAN,
            "project": "42",
            "year": 2013,
            "place": "No.42 平成25年度",
            "before": FIGURE,
            "after": OTHER,
        }
    ]
    assert {"turns", "before", "after", "status"} == set(told["answers"][0])
    assert told["before"] != told["after"]


@pytest.mark.usefixtures("unasked")
def test_diff_leaves_nothing_behind(
    run: Run, place: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in data/, nor in the home, nor where temporary files go."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    draft(place[1], CHANGED)
    before = snapshot(*place)
    assert run("diff").exit_code == 0
    assert snapshot(*place) == before
    assert list(elsewhere.iterdir()) == []


def test_diff_of_nothing_says_so(run: Run) -> None:
    """What is in force is what data/ holds."""
    assert run("diff").stdout.splitlines()[1:] == ["変わるところはありません。"]


@pytest.mark.usefixtures("unasked")
def test_another_word_is_told_too(run: Run, place: tuple[Path, Path]) -> None:
    """data/ itself may have been changed: its words and other names are looked at like the table."""
    aliases = place[0] / "plans" / PLAN / "aliases.toml"
    aliases.write_text(aliases.read_text(encoding="utf-8").replace('"みほんいち"', '"みほん市"'), encoding="utf-8")
    found = run("diff").stdout
    assert "別名: 2件\n  － 「みほんいち」 No.22\n  ＋ 「みほん市」 No.22" in found


# publish


def test_a_draft_is_published(run: Run, place: tuple[Path, Path]) -> None:
    """It answers, data/ holds it, the draft is gone, and building from data/ gives the same revision."""
    data, home = place
    draft(home, CHANGED)
    result = run("publish")
    revision = KnowledgeBase.open(home).revision
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"公表しました: 51事業 59行 版 {revision[:12]}(数字1件)\n"
    assert run("ask", QUESTION).stdout.startswith(OTHER)
    assert (drafts(home), OTHER in load_plan(data / "plans" / PLAN).source) == ((), True)
    assert run("build").stdout == f"知識ベースをつくりました: 51事業 59行 版 {revision[:12]}\n"


def test_what_a_person_wrote_into_the_plan_stays(run: Run, place: tuple[Path, Path]) -> None:
    """Comments and order of plan.toml, and the other names, which have a command of their own."""
    data, home = place
    before = (data / "plans" / PLAN / "plan.toml").read_text(encoding="utf-8").splitlines()
    draft(home, CHANGED)
    run("publish")
    after = (data / "plans" / PLAN / "plan.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ['file = "source.txt"']
    assert len([line for line in after if line not in before]) == 2
    assert len(load_plan(data / "plans" / PLAN).aliases) == 4


def test_nothing_to_publish_is_said(run: Run, place: tuple[Path, Path]) -> None:
    """No draft, and data/ is in force: nothing is written."""
    before = snapshot(*place)
    result = run("publish")
    assert (result.exit_code, result.stdout[:12]) == (0, "公表するものはありません")
    assert snapshot(*place) == before


def test_a_new_plan_is_published(run: Run, place: tuple[Path, Path]) -> None:
    """A second plan comes to stand beside the first."""
    data, home = place
    folder = draft(home, {}, name="second")
    text = (folder / "plan.toml").read_text(encoding="utf-8").replace(f'id = "{PLAN}"', 'id = "second"')
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    assert "計画1件 事業51件" in run("publish").stdout
    assert [plan.id for plan in KnowledgeBase.open(home).plans()] == [PLAN, "second"]
    assert load_plan(data / "plans" / "second").id == "second"


def test_a_large_change_asks_first(run: Run, place: tuple[Path, Path]) -> None:
    """More than a fifth of the figures: without a terminal it is refused in one line, with --yes it is done."""
    draft(place[1], changes(40))
    before = snapshot(*place)
    result = run("publish")
    assert result.exit_code == 1
    assert re.fullmatch(
        r"179個の数字のうち\d+個\(\d\d%\)が変わるか、なくなります。 公表しませんでした\(何が変わるかは kotae diff で見られます\)。 "
        r"それでもよければ --yes をつけてください。\n",
        result.stderr,
    )
    assert snapshot(*place) == before
    assert run("publish", "--yes").exit_code == 0


def test_a_change_of_a_fifth_does_not_ask(run: Run, place: tuple[Path, Path]) -> None:
    """Negative control: the guard is for more than that."""
    draft(place[1], changes(35))
    assert run("publish").exit_code == 0


def test_figures_that_go_count_as_changed(run: Run, place: tuple[Path, Path]) -> None:
    """A plan that is no more in data/ takes its figures with it: only with a yes."""
    folder = draft(place[1], {}, name="second")
    text = (folder / "plan.toml").read_text(encoding="utf-8").replace(f'id = "{PLAN}"', 'id = "second"')
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    shutil.rmtree(place[0] / "plans" / PLAN)
    result = run("publish")
    assert result.stderr.startswith("179個の数字のうち179個(100%)が変わるか、なくなります。")
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (lambda text: text.replace("contact =", "contakt ="), 2),
        (lambda text: text.replace('era = "平成"', 'era = "平"').replace("contact =", "contakt ="), 3),
        (lambda text: text + "[", 1),
    ],
    ids=["a key", "two keys", "no TOML"],
)
def test_a_draft_with_mistakes_changes_nothing(
    run: Run, place: tuple[Path, Path], change: Callable[[str], str], lines: int
) -> None:
    """Each mistake in one line that names the draft's file."""
    folder = draft(place[1], CHANGED)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(change(text), encoding="utf-8")
    before = snapshot(*place)
    result = run("publish")
    assert (result.exit_code, result.stdout) == (1, "")
    told = result.stderr.splitlines()
    assert len(told) == lines
    assert all(line.startswith("drafts/nerima-shokogyo/plan.toml: ") for line in told)
    assert snapshot(*place) == before


def test_build_mentions_drafts_and_leaves_them(run: Run, place: tuple[Path, Path]) -> None:
    """It builds data/ alone."""
    draft(place[1], CHANGED)
    result = run("build")
    assert (
        result.stdout.splitlines()[1]
        == "下書きがあります(nerima-shokogyo)。kotae diff で確かめ、kotae publish で公表してください。"
    )
    assert run("ask", QUESTION).stdout.startswith(FIGURE)
    assert len(drafts(place[1])) == 1


# rollback and revisions


def test_a_publication_is_taken_back(run: Run, home: Path) -> None:
    """The figure before it answers again; a build leaves it so, in one line; publishing puts it into force again."""
    old = KnowledgeBase.open(home).revision[:12]
    draft(home, CHANGED)
    run("publish")
    new = KnowledgeBase.open(home).revision[:12]
    assert run("rollback").stdout.startswith(f"版 {old} に戻しました: 1計画 51事業 59行 ")
    assert run("ask", QUESTION).stdout.startswith(FIGURE)
    built = run("build")
    assert (built.exit_code, built.stderr) == (0, "")
    assert built.stdout == (
        f"data/ の版 {new} は取り消されているので、版 {old} のままにしました。使うときは kotae publish を実行してください。\n"
    )
    assert run("ask", QUESTION).stdout.startswith(FIGURE)
    assert run("publish").stdout.startswith(f"公表しました: 51事業 59行 版 {new}")
    assert run("ask", QUESTION).stdout.startswith(OTHER)


def test_revisions_are_listed(run: Run, home: Path) -> None:
    """The latest first, with when, what they hold, and which is in force or was taken back."""
    draft(home, CHANGED)
    run("publish")
    run("rollback")
    first, second = run("revisions").stdout.splitlines()
    held = r"1計画 51事業 59行 数字179個 別名4件\(版 [0-9a-f]{8}\)"
    assert re.fullmatch(rf"[0-9a-f]{{12}}  \d{{4}}-\d\d-\d\d \d\d:\d\d  使用中  {held}", first)
    assert re.fullmatch(rf"[0-9a-f]{{12}}  \d{{4}}-\d\d-\d\d \d\d:\d\d  取り消し  {held}", second)


def test_any_kept_revision_can_be_named(run: Run, home: Path) -> None:
    """By its first characters; an unknown one, the one in force and too few characters are one line each."""
    old = KnowledgeBase.open(home).revision
    draft(home, CHANGED)
    run("publish")
    new = KnowledgeBase.open(home).revision
    assert run("rollback", "ffff0000").stderr == f"「ffff0000」という版は残っていません(戻せる版: {old[:12]})。\n"
    assert run("rollback", new[:12]).stderr == f"版 {new[:12]} は、いま使っている版です。\n"
    assert run("rollback", old[:2]).exit_code == 1
    assert run("rollback", old[:6]).exit_code == 0
    assert KnowledgeBase.open(home).revision == old


def test_without_anything_before_there_is_nothing_to_take_back(run: Run) -> None:
    """One line."""
    result = run("rollback")
    assert (result.exit_code, result.stderr) == (
        1,
        "戻せる版がありません。残っている版は kotae revisions で見られます。\n",
    )


def test_a_lost_pointer_can_be_rolled_back_too(run: Run, home: Path) -> None:
    """The copies beside the files are enough."""
    draft(home, CHANGED)
    run("publish")
    (home / "current").write_bytes(b"{")
    assert run("ask", QUESTION).stderr == "知識ベースの current が壊れています。kotae build を実行してください。\n"
    assert run("rollback").exit_code == 0
    assert run("ask", QUESTION).stdout.startswith(FIGURE)


def test_a_lost_pointer_does_not_bring_back_what_was_taken_back(run: Run, home: Path) -> None:
    """A build puts the last good revision into force again, not the one of data/ that was taken back."""
    draft(home, CHANGED)
    run("publish")
    run("rollback")
    (home / "current").unlink()
    assert "取り消されている" in run("build").stdout
    assert run("ask", QUESTION).stdout.startswith(FIGURE)


# What the surroundings refuse


def test_two_who_write_at_once(run: Run, home: Path) -> None:
    """The second one is told so in one line, whatever it wants to do."""
    draft(home, CHANGED)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in (["publish"], ["rollback"], ["alias", "add", "まちの灯り", "42"]):
            result = run(*command)
            assert (result.exit_code, result.stdout) == (1, "")
            assert (
                result.stderr == "ほかの kotae が知識ベースを書いています。終わってから、もう一度実行してください。\n"
            )


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A disk that is full from the n-th fsync on; 0 is never."""
    left, real = [0], os.fsync

    def refuse(descriptor: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device", "disk")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    return left


def test_a_full_disk_is_one_line(run: Run, place: tuple[Path, Path], full: list[int]) -> None:
    """Wherever it is met, and what was in force answers; when there is room again, publishing goes on."""
    draft(place[1], CHANGED)
    for step in range(1, 40, 3):
        full[0] = step
        result = run("publish")
        if result.exit_code == 0:
            break
        assert (
            result.stderr == "知識ベースを書けません(No space left on device: disk)。空きと権限を確認してください。\n"
        )
        assert run("ask", QUESTION).stdout.startswith((FIGURE, OTHER))
        assert load_plan(place[0] / "plans" / PLAN).source
    assert step > 5
    full[0] = 0
    assert run("ask", QUESTION).stdout.startswith(OTHER)


def test_a_full_disk_under_the_database_is_one_line(
    run: Run, place: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has errors of its own."""
    import sqlite3

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    draft(place[1], CHANGED)
    monkeypatch.setattr("kb.compiling.building._write", refuse)
    result = run("publish")
    assert result.stderr.startswith("知識ベースを書けません(database or disk is full: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("unasked")
def test_a_home_that_is_read_only_is_one_line(
    run: Run, place: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publishing, taking back and naming say so; diff needs to write nothing there."""
    home, real = place[1], Path.open
    draft(home, CHANGED)

    def refuse(path: Path, mode: str = "r", *arguments: object, **named: object) -> object:
        if set(mode) & set("wa+") and home in path.parents:
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return real(path, mode, *arguments, **named)

    monkeypatch.setattr(Path, "open", refuse)
    for command in (["publish"], ["rollback"], ["alias", "add", "まちの灯り", "42"]):
        result = run(*command)
        assert (
            result.stderr
            == f"知識ベースを書けません(Read-only file system: {home / '.lock'})。空きと権限を確認してください。\n"
        )
    assert run("diff").exit_code == 0
    assert run("ask", QUESTION).stdout.startswith(FIGURE)


# The comparison itself


def test_a_knowledge_base_differs_in_nothing_from_itself(home: Path) -> None:
    """No change, and all its figures."""
    knowledge = KnowledgeBase.open(home)
    found = compare(knowledge, knowledge)
    assert (found.changes, found.figures, found.lost) == ((), 179, 0)
    knowledge.close()
