"""What a reply says, literally, and in which order."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.publishing.building import build_all
from bot.replies.answers import together
from kb.storing import KnowledgeBase
from tests.examination.gold import Table
from tests.helpers import Ask

REPLIES = tomllib.loads(Path("tests/corpora/replies.toml").read_text(encoding="utf-8"))["reply"]
CONVERSATIONS = [(turns, entry["text"]) for entry in REPLIES for turns in entry["asked"]]


@pytest.mark.parametrize(("turns", "text"), CONVERSATIONS, ids=[" ⇒ ".join(turns) for turns, _ in CONVERSATIONS])
def test_the_whole_reply(ask: Ask, turns: list[str], text: str) -> None:
    """Each of these was compared with the source by hand."""
    assert ask(*turns)[-1]["text"] == text


@pytest.mark.parametrize("year", [23, 24, 25, 26])
def test_the_figure_that_was_asked_stands_first(ask: Ask, table: Table, year: int) -> None:
    """For every project with one row: its cell begins the reply, then whose it is, last the source."""
    compared = 0
    for project in table.projects:
        cell = project.rows[0].results[year]
        if len(project.rows) > 1 or project.rows[0].activity or cell in ("", "-"):
            continue
        compared += 1
        (reply,) = ask(f"{project.no}番の{year}年度の実績は？")
        first, second, *_, last = reply["text"].split("\n")
        assert first == f"{cell}、達成度{project.rows[0].grade}"
        assert second.startswith(f"{project.name}(No.{project.no}) 平成{year}年度({year + 1988}年度)")
        assert last == f"出典: 練馬区商工業振興計画(平成23～26年度)進捗状況 No.{project.no}"
    assert compared == {23: 40, 24: 41, 25: 40, 26: 15}[year]


def test_every_row_of_a_project_is_named(ask: Ask, table: Table) -> None:
    """A project with several activities: each with its own cell, blank ones said to be blank."""
    several = [project for project in table.projects if len(project.rows) > 1]
    assert sum(len(project.rows) for project in several) == 13
    for project in several:
        text = ask(f"{project.no}番の23年度の実績は？")[0]["text"]
        for row in project.rows:
            cell = {"": "空白(記載なし)", "-": "「-」"}.get(row.results[23], row.results[23])
            assert f"{row.activity}: {cell}" in text


def test_a_number_is_shown_as_its_plan_says(tmp_path: Path) -> None:
    """In heads, lists, choices, notes, orders, sources, formal sentences, and in the JSON: never as another plan's."""
    copy = Path(shutil.copytree("data", tmp_path / "data"))
    path = copy / "plans" / "nerima-shokogyo" / "plan.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"No.{no}"', '"整理番号{no}"'), encoding="utf-8")
    build_all(copy, tmp_path / "home")
    kotae = Kotae(KnowledgeBase.open(tmp_path / "home"))
    numbered = 0
    for entry in REPLIES:
        for turns in entry["asked"]:
            context = None
            for turn in turns:
                answer, context = kotae.answer(turn, context)
                assert answer.status != "error", turns
                assert "No." not in str(answer.to_dict()), turns
                numbered += "整理番号" in answer.text
    assert numbered > 50


def test_a_premise_that_is_mended_says_what_can_be_asked_again(ask: Ask) -> None:
    """Why a grade is so the table doesn't say; which it is was answered all the same."""
    (reply,) = ask("学生のアイデア活用事業の達成度がBなのはなぜですか")
    assert (reply["status"], reply["understood"]) == ("answer", "学生のアイデア活用事業の達成度")


def test_a_long_list_is_counted_and_cut(ask: Ask) -> None:
    """One screen: 12 of 44 and how many more; `projects` has them all."""
    (reply,) = ask("達成度Aの事業一覧")
    lines = reply["text"].split("\n")
    assert lines[0] == "44事業あります(達成度A)。"
    assert len([line for line in lines if line.startswith("No.")]) == 12
    assert "ほか32件" in lines
    assert len(reply["projects"]) == 44


def test_no_reply_is_longer_than_a_screen(ask: Ask, table: Table) -> None:
    """16 lines at most, whatever is asked of any project."""
    for project in table.projects:
        for asked in ("25年度の実績", "達成度", "実施年度", "施策"):
            assert len(ask(f"{project.no}番の{asked}は？")[0]["text"].split("\n")) <= 16


def test_every_figure_has_a_formal_sentence(ask: Ask, table: Table) -> None:
    """Title, year with its era, name, figure as printed, grade, source: to be pasted into an answer."""
    (reply,) = ask("産業融資あっせん事業の24年度実績は？")
    assert reply["formal"] == (
        "練馬区商工業振興計画(平成23～26年度)進捗状況によると、平成24年度(2012年度)の産業融資あっせん事業の実績は"
        "「貸付2,158件 利子補給 807,994,168円」、達成度は「A」です(出典: No.13)。"
    )
    for project in table.projects:
        for cell in table.reported(project.no, 25):
            formal = ask(f"{project.no}番の25年度の実績は？")[0]["formal"]
            assert f"「{cell.text}」" in formal
    assert ask("商工相談の26年度の実績は？")[0]["formal"] is None


def test_an_absence_is_never_said_alone(ask: Ask) -> None:
    """With what the table has, names or questions that work, or whom to ask."""
    for question in (
        "99番の実績は",
        "商工相談の令和5年度は",
        "商工相談の担当課は",
        "今日の天気は",
        "商工相談の26年度は",
    ):
        assert ask(question)[0]["text"].count("\n") >= 2


def test_nothing_is_explained_that_the_table_does_not_explain(ask: Ask) -> None:
    """No cause for a grade, no office, no budget: the reply holds neither a because nor a figure."""
    for question in ("なぜ8番は達成度Cなの？", "商工相談の担当課は", "商工相談の予算は", "達成度Bはどういう意味？"):
        (reply,) = ask(question)
        assert (reply["status"], reply["reason"]) == ("no_data", "no_attribute")
        assert not re.search(r"ため|からです|によるもの|\d千?円|\d件", reply["text"])


def test_choices_are_as_shown(ask: Ask) -> None:
    """The text names what the buttons name, six at most; `choices` has them all."""
    (reply,) = ask("商店街の25年度の実績は？")
    shown = [line.removeprefix("・") for line in reply["text"].split("\n") if line.startswith("・")]
    labels = [choice["label"] for choice in reply["choices"]]
    assert reply["status"] == "clarify"
    assert shown == labels[:6]
    assert f"ほか{len(labels) - 6}件" in reply["text"]


def test_a_double_question_has_a_formal_sentence_for_each_half(ask: Ask) -> None:
    """A cell with its grade and an attribute; where one half has none, nothing is to be pasted as the whole."""
    title = "練馬区商工業振興計画(平成23～26年度)進捗状況によると、"
    [both] = ask("商工相談の25年度の実績と伝統工芸展への支援の達成度は？")
    assert both["formal"] == (
        f"{title}平成25年度(2013年度)の商工相談の実績は「1,025件」、達成度は「A」です(出典: No.17)。"
        f"{title}伝統工芸展への支援の達成度は「A」です(出典: No.1)。"
    )
    [half] = ask("経営指導の25年度の実績と商工相談の26年度の実績は？")
    assert ("59件" in half["text"], "空白" in half["text"], half["formal"]) == (True, True, None)


def test_of_two_questions_no_list_goes_on(kotae: Kotae) -> None:
    """Neither has a part of its own that could be asked next."""
    one, _ = kotae.answer("達成度Aの事業一覧")
    assert (one.shown, one.rest is not None) == (12, True)
    both = together([one, kotae.answer("商工相談の25年度の実績は？")[0]])
    assert (both.shown, both.rest) == (0, None)


def test_a_comparison_says_which_is_more(ask: Ask) -> None:
    """Each project with its figure in one line, in the order in which they were asked."""
    [reply] = ask("商工相談と経営指導の25年度を比べて")
    assert reply["text"].splitlines()[:4] == [
        "差 966件(計算値)、商工相談のほうが多い",
        "式: 1,025件 − 59件",
        "商工相談(No.17) 平成25年度: 1,025件",
        "経営指導(No.16) 平成25年度: 59件",
    ]
