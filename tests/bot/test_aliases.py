"""kotae alias: another name works at once, is written as a person would, and what speaks against it is said first."""

from pathlib import Path

import pytest

from kb.publishing.shelf import read_shelf
from kb.source.plans import load_plan
from kb.storing import KnowledgeBase
from tests.bot.conftest import Run
from tests.drafting import CHANGED, FIGURE, PLAN, draft

NAME = "まちの灯り"


@pytest.fixture
def file(place: tuple[Path, Path]) -> Path:
    """The names of the plan."""
    return place[0] / "plans" / PLAN / "aliases.toml"


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples, which cost a second, are not asked: for tests that are about something else."""
    monkeypatch.setattr("bot.publishing.aliases.questions", lambda *_: ())


def test_a_name_works_at_once(run: Run, place: tuple[Path, Path], file: Path) -> None:
    """It is answered, written into data/ beside the comments that were there, and another revision with its own version."""
    before = file.read_text(encoding="utf-8")
    result = run("alias", "add", NAME, "42")
    revision = KnowledgeBase.open(place[1]).revision
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"「まちの灯り」を 空き店舗入居促進事業(No.42) の別名にしました。版 {revision[:12]}\n"
    assert run("ask", f"{NAME}の25年度の実績は？").stdout.startswith(FIGURE)
    assert file.read_text(encoding="utf-8") == before + '"42" = ["まちの灯り"]\n'
    first, second = read_shelf(place[1])
    assert (first.counts.aliases, second.counts.aliases) == (5, 4)
    assert first.counts.words != second.counts.words


@pytest.mark.usefixtures("unasked")
def test_a_name_is_taken_away_again(run: Run, place: tuple[Path, Path], file: Path) -> None:
    """To the letter and the revision of before."""
    before, revision = file.read_bytes(), KnowledgeBase.open(place[1]).revision
    run("alias", "add", NAME, "42")
    result = run("alias", "remove", NAME)
    assert result.stdout == f"別名「まちの灯り」を 空き店舗入居促進事業(No.42) から外しました。版 {revision[:12]}\n"
    assert (file.read_bytes(), KnowledgeBase.open(place[1]).revision) == (before, revision)


@pytest.mark.usefixtures("unasked")
def test_a_second_name_stands_beside_the_first(run: Run, file: Path) -> None:
    """In the same line."""
    run("alias", "add", "会館の計画", "31")
    assert '"31" = ["産業振興会館", "会館の計画"]\n' in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("unasked")
def test_an_activity_gets_a_name_too(run: Run, file: Path) -> None:
    """Under its own heading."""
    assert run("alias", "add", "ぺが", "ペがさす", "--yes").exit_code == 0
    assert file.read_text(encoding="utf-8").endswith('[activities]\n"ペがさす" = ["ぺが"]\n')
    assert "ぺが  ペがさす(No.19)  nerima-shokogyo" in run("alias", "list").stdout.splitlines()
    assert run("alias", "remove", "ぺが").stdout.startswith("別名「ぺが」を ペがさす(No.19) から外しました。版 ")


@pytest.mark.usefixtures("unasked")
def test_the_file_is_made_where_there_is_none(run: Run, file: Path) -> None:
    """With a line that says what it is."""
    file.unlink()
    run("build")
    assert run("alias", "add", NAME, "42").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# 別の呼び名。")
    assert [alias.text for alias in load_plan(file.parent).aliases] == [NAME]


def test_names_are_listed(run: Run) -> None:
    """With what they mean."""
    assert run("alias", "list").stdout.splitlines() == [
        "マルケイ融資  小規模事業者経営改善資金(マル経融資)支援事業(No.14)  nerima-shokogyo",
        "マル経  小規模事業者経営改善資金(マル経融資)支援事業(No.14)  nerima-shokogyo",
        "みほんいち  見本市等出展への支援(No.22)  nerima-shokogyo",
        "産業振興会館  (仮称)産業振興会館の整備(No.31)  nerima-shokogyo",
    ]


# What speaks against a name


@pytest.mark.usefixtures("unasked")
def test_what_is_there_already_is_said_first(run: Run, place: tuple[Path, Path], file: Path) -> None:
    """One line each, and nothing is written where nobody can say yes."""
    before, revision = file.read_bytes(), KnowledgeBase.open(place[1]).revision
    result = run("alias", "add", "空き店舗活用", "42")
    told = result.stderr.splitlines()
    assert result.exit_code == 1
    assert told[0] == "注意: 「空き店舗活用」は、ほかの名前に含まれます: 空き店舗活用事業(No.43)"
    count = len(told) - 1
    assert told[-1] == (
        f"気になる点が{count}件あります。 別名を足しませんでした。 それでもよければ --yes をつけてください。"
    )
    assert (file.read_bytes(), KnowledgeBase.open(place[1]).revision) == (before, revision)


def test_questions_that_would_be_answered_differently_are_named(run: Run) -> None:
    """The first of them with the reply before and after, and how many there are besides."""
    told = run("alias", "add", "金額", "42").stderr.splitlines()
    changed = [line for line in told if line.startswith("注意: 「平成") and "の答えが変わります: " in line]
    assert changed
    assert " → " in changed[0]
    assert any(line.startswith("注意: 答えの変わる質問は、ほかに") for line in told)


def test_a_name_that_would_mean_two_is_named(run: Run) -> None:
    """What is another name of one project already: a question with it has two readings then."""
    told = run("alias", "add", "みほんいち", "42").stderr
    assert "注意: 「みほんいちの達成度は？」の答えがあいまいになります: 達成度A → どちらの事業ですか。\n" in told


@pytest.mark.usefixtures("unasked")
def test_a_name_that_the_plan_itself_is_called_by_is_named(run: Run) -> None:
    """Whoever says it may mean the whole plan, or its town."""
    result = run("alias", "add", "練馬区", "42")
    assert "「練馬区」は、資料の題名や発行者に含まれます: nerima-shokogyo 練馬区\n" in result.stdout + result.stderr


def test_a_name_of_nothing_else_is_not_spoken_against(run: Run) -> None:
    """Negative control: the looks above let a good name through without a word."""
    assert run("alias", "add", "入居の助成", "42").stderr == ""


@pytest.mark.usefixtures("unasked")
def test_with_a_yes_it_is_written_all_the_same(run: Run, file: Path) -> None:
    """What was said stays said."""
    result = run("alias", "add", "空き店舗活用", "42", "--yes")
    assert (result.exit_code, result.stderr.startswith("注意: ")) == (0, True)
    assert "空き店舗活用" in file.read_text(encoding="utf-8")


# What can't be done


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["add", NAME, "99"], "「99」という事業はありません。"),
        (
            ["add", NAME, "空き店舗入居"],
            "「空き店舗入居」という事業はありません(近い名前: 空き店舗入居促進事業(No.42)・",
        ),
        (["add", NAME, "42", "--plan", "x"], "「x」という計画はありません(あるもの: nerima-shokogyo)。"),
        (
            ["add", "25年度の実績を教えて", "42"],
            "「25年度の実績を教えて」: 別名は名前にしてください(文や問いかけは書けません)",
        ),
        (["add", "産業振興会館？", "31"], "「産業振興会館？」: 別名は名前にしてください(文や問いかけは書けません)"),
        (
            ["add", "マル経", "14"],
            "「マル経」は、もう 小規模事業者経営改善資金(マル経融資)支援事業(No.14) の別名です。",
        ),
        (
            ["remove", NAME],
            "「まちの灯り」という別名はありません(あるもの: マルケイ融資・マル経・みほんいち・産業振興会館)。",
        ),
    ],
)
def test_a_mistake_is_one_line(run: Run, file: Path, arguments: list[str], line: str) -> None:
    """What is wrong, and what was near."""
    before = file.read_bytes()
    result = run("alias", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert file.read_bytes() == before


def test_a_name_brings_nothing_else_into_force(run: Run, place: tuple[Path, Path], file: Path) -> None:
    """Where data/ holds what was taken back, a name is refused in one line: the wrong figure would come back with it."""
    draft(place[1], CHANGED)
    run("publish")
    run("rollback")
    before = file.read_bytes()
    for arguments in (["add", NAME, "42"], ["remove", "マル経"]):
        result = run("alias", *arguments)
        assert result.exit_code == 1
        assert result.stderr == (
            "data/ に、まだ使われていない変更があります。kotae diff で確かめ、kotae publish のあとで、もう一度実行してください。\n"
        )
    assert file.read_bytes() == before
    assert run("ask", "空き店舗入居促進事業の25年度実績は？").stdout.startswith(FIGURE)


@pytest.mark.usefixtures("unasked")
def test_names_survive_a_publication(run: Run, place: tuple[Path, Path]) -> None:
    """A new table comes under the names that the old one had."""
    run("alias", "add", NAME, "42")
    draft(place[1], CHANGED)
    run("publish")
    assert run("ask", f"{NAME}の25年度の実績は？").stdout.startswith("10,200千円(19事業)")
