"""Tables of other towns: targets, budgets, grades of each year, further columns, contradictions; asked like the first one."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from bot.replies.answers import Answer
from bot.replies.checking import Source, unproven
from bot.replies.pieces import Line, Piece
from kb.running.results import Quote
from kb.samples import samples
from kb.source.projects import Project
from kb.tables.mapping import Column, Table
from tests.invented import aoba, midori, open_bot, plan, project, row

QUESTIONS = tomllib.loads(Path("tests/corpora/kinds.toml").read_text(encoding="utf-8"))["question"]
NAMES = {"target": ("目標",), "budget": ("予算",), "settlement": ("決算",)}

Towns = dict[str, Kotae]


def conversation(bot: Kotae, turns: list[str]) -> Answer:
    """The last reply of a conversation."""
    context = None
    for turn in turns:
        answer, context = bot.answer(turn, context)
    return answer


def lines(answer: Answer) -> list[str]:
    """What a reply says, but for its source and whom to ask."""
    return [line.text for line in answer.lines if not line.text.startswith(("出典:", "お問い合わせ"))]


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: f"{entry['table']}: {' ⇒ '.join(entry['turns'])}")
def test_a_question_about_another_towns_table_is_answered_so(towns: Towns, entry: Mapping[str, Any]) -> None:
    """Status, reason, projects and every line of the reply."""
    answer = conversation(towns[entry["table"]], entry["turns"])
    reply = answer.to_dict()
    assert (reply["status"], reply["reason"]) == (entry["status"], entry.get("reason"))
    assert reply["projects"] == entry["projects"]
    assert lines(answer) == entry["lines"]


def test_there_are_enough_questions_about_both_tables() -> None:
    """Fifty at least, of every status but the two that need no table."""
    assert len(QUESTIONS) >= 50
    assert {entry["table"] for entry in QUESTIONS} == {"aoba", "midori"}
    assert {entry["status"] for entry in QUESTIONS} == {"answer", "clarify", "no_data", "not_found"}


@pytest.mark.parametrize(
    "entry", [entry for entry in QUESTIONS if "receipt" in entry], ids=lambda entry: f"{entry['receipt']}"
)
def test_a_button_of_such_a_reply_asks_the_same_again(towns: Towns, entry: Mapping[str, Any]) -> None:
    """The compact query gives the same cells, and so does its Japanese phrase."""
    bot = towns[entry["table"]]
    first = conversation(bot, entry["turns"])
    assert first.query == entry["receipt"]
    again, _ = bot.run(first.query)
    assert (again.quotes, again.projects, again.computed) == (first.quotes, first.projects, first.computed)
    read, _ = bot.answer(first.understood)
    assert (read.query, read.status) == (first.query, first.status)


def test_no_cell_of_one_kind_is_shown_without_its_name(towns: Towns) -> None:
    """A target, a budget or a settlement in a line is always called so; the results stand alone."""
    shown = 0
    for entry in QUESTIONS:
        answer = conversation(towns[entry["table"]], entry["turns"])
        for line in answer.lines:
            for piece in line.pieces:
                if piece.kind == "cell" and isinstance(piece.proof, Quote) and piece.proof.kind in NAMES:
                    shown += 1
                    named = "".join(text.text for each in answer.lines for text in each.pieces)
                    assert any(
                        name in (line.text if not piece.proof.conflict else named) for name in NAMES[piece.proof.kind]
                    )
    assert shown > 50


@pytest.mark.parametrize(
    ("table", "question", "kind"),
    [
        ("midori", "図書館運営事業の令和5年度の決算は？", "settlement"),
        ("midori", "図書館運営事業の令和5年度の予算は？", "budget"),
        ("midori", "貸出冊数の令和5年度の目標は？", "target"),
        ("midori", "貸出冊数の令和5年度の実績は？", "result"),
        ("aoba", "商店街にぎわい補助金の令和5年度の進捗は？", "grade"),
    ],
)
def test_a_reply_says_which_kind_its_cells_are_of(towns: Towns, table: str, question: str, kind: str) -> None:
    """Also to a program."""
    results = conversation(towns[table], [question]).to_dict()["results"]
    assert {result["kind"] for result in results} == {kind}


def test_a_bare_number_is_quoted_and_computed_with_its_stated_unit(towns: Towns) -> None:
    """The cell stays verbatim, the unit stands beside it, the figure is read from both."""
    reply = conversation(towns["midori"], ["図書館運営事業の令和4年度の決算は？"]).to_dict()
    result = reply["results"][0]
    assert (result["cell"], result["unit"]) == ("10,136", "千円")
    assert [(figure["value"], figure["unit"], figure["text"]) for figure in result["figures"]] == [
        (10136000, "円", "10,136千円")
    ]


def test_grades_of_the_years_are_facts_too(towns: Towns) -> None:
    """A program finds them where it finds any grade."""
    facts = conversation(towns["aoba"], ["商店街にぎわい補助金の令和3年度の進捗は？"]).to_dict()["facts"]
    assert [(fact["attribute"], fact["value"], fact["fiscal_year"]) for fact in facts] == [("grade", "遅れ", 2021)]


def test_a_contradiction_is_shown_whole_and_never_chosen(towns: Towns) -> None:
    """Both values with their places, no figure, no value of it in any computation."""
    reply = conversation(towns["midori"], ["防災訓練事業の令和5年度の決算は？"]).to_dict()
    assert (reply["status"], reply["reason"]) == ("no_data", "blank")
    result = reply["results"][0]
    assert (result["state"], result["cell"], result["figures"]) == ("conflict", "", [])
    assert result["conflict"] == ["1,790(2023シート D9)", "1,970(決算シート D9)"]
    total = conversation(towns["midori"], ["防災訓練事業の決算の合計は？"]).to_dict()
    assert [computed["value"] for computed in total["computed"]] == [2918000]


def test_a_blank_beside_a_contradiction_is_said_to_be_blank(towns: Towns) -> None:
    """Two projects of which one contradicts itself and one says nothing: each with what is the matter with it."""
    answer = conversation(towns["midori"], ["防災訓練事業と公園緑地管理事業の令和5年度の決算は？"])
    assert lines(answer) == [
        "防災訓練事業(No.3)の令和5年度(2023年度)の決算の欄は、資料からは値がひとつに定まりません。",
        "・1,790(2023シート D9)",
        "・1,970(決算シート D9)",
        "公園緑地管理事業(No.2)の令和5年度(2023年度)の決算の欄は空白です(記載なし)。理由は資料に書かれていません。",
        "記載がある年度: 令和3年度(2021年度)、令和4年度(2022年度)",
    ]


def test_the_lines_of_a_project_that_say_nothing_in_different_ways_are_told_apart(tmp_path: Path) -> None:
    """Of two lines one is blank and one prints 「-」; of all that are alike the project is said once."""
    rows = [row("result", ["3回", "", ""], "講習会"), row("result", ["5人", "-", ""], "相談会")]
    bot = open_bot(plan(tmp_path, "few", "ある町の計画"), (project("few", "1", "朝市", rows),), tmp_path / "home")
    assert lines(conversation(bot, ["朝市の令和4年度の実績は？"])) == [
        "朝市(No.1)「講習会」の令和4年度(2022年度)の欄は空白です(記載なし)。理由は資料に書かれていません。",
        "記載がある年度: 令和3年度(2021年度)",
        "朝市(No.1)「相談会」の令和4年度(2022年度)の欄は「-」です。理由は資料に書かれていません。",
        "記載がある年度: 令和3年度(2021年度)",
    ]
    assert lines(conversation(bot, ["朝市の令和5年度の実績は？"])) == [
        "朝市(No.1)の令和5年度(2023年度)の欄は空白です(記載なし)。理由は資料に書かれていません。",
        "記載がある年度: 令和3年度(2021年度)",
    ]


def test_only_what_was_not_computed_with_is_said_to_be_left_out(tmp_path: Path) -> None:
    """Two projects that count different things leave nothing out; a year without one of a line's two figures is named."""
    people = project("two", "1", "朝市", [row("result", ["3回(30人)", "4回", "5回(50人)"])])
    shops = project("two", "2", "空き店舗活用", [row("result", ["10件", "12件", "15件"])])
    bot = open_bot(plan(tmp_path, "two", "ある町の計画"), (people, shops), tmp_path / "home")
    assert not [line for line in lines(conversation(bot, ["空き店舗活用の合計は？"])) if "含めていません" in line]
    assert [line for line in lines(conversation(bot, ["朝市の合計は？"])) if "含めていません" in line] == [
        "人数: 令和4年度(2022年度)は数字の記載がないため含めていません。"
    ]
    assert [
        line for line in lines(conversation(bot, ["朝市と空き店舗活用の合計は？"])) if "含めていません" in line
    ] == ["人数: 朝市(No.1) 令和4年度(2022年度)は数字の記載がないため含めていません。"]


def test_what_is_named_first_is_divided_by_the_other(tmp_path: Path) -> None:
    """Of two projects the reply says whose multiple it is; of two years the later one is divided by the earlier one."""
    fair = project("times", "1", "朝市", [row("result", ["参加者20人", "参加者30人", "参加者60人"])])
    walk = project("times", "2", "街歩き", [row("result", ["参加者10人", "参加者15人", "参加者20人"])])
    bot = open_bot(plan(tmp_path, "times", "ある町の計画"), (fair, walk), tmp_path / "home")
    for question, said in {
        "令和5年度の朝市は街歩きの何倍？": ["参加者: 街歩き(No.2)の3倍(計算値)", "式: 60人 ÷ 20人"],
        "令和5年度の街歩きは朝市の何倍？": ["参加者: 朝市(No.1)の0.33倍(計算値)", "式: 20人 ÷ 60人"],
        "朝市の令和5年度は令和4年度の何倍？": ["参加者: 2倍(増)(計算値)", "式: 60人 ÷ 30人"],
        "令和5年度の街歩きと朝市の差は？": ["参加者の差 40人(計算値)、朝市のほうが多い", "式: 60人 − 20人"],
    }.items():
        assert lines(conversation(bot, [question]))[:2] == said


@pytest.mark.parametrize(("table", "projects", "cells"), [("aoba", aoba(), 54), ("midori", midori(), 51)])
def test_every_cell_of_every_kind_is_given_for_itself_and_for_no_other(
    towns: Towns, table: str, projects: tuple[Project, ...], cells: int
) -> None:
    """Each row of the tables, each year, asked by its kind: that very cell, and never one of another kind."""
    asked = 0
    for project_ in projects:
        firsts: dict[str | None, int] = {}
        for position, row_ in enumerate(project_.rows, 1):
            line = firsts.setdefault(row_.activity, position)
            for cell in row_.cells:
                where = f"{table}/{project_.no}.{line}" if row_.activity else f"{table}/{project_.no}"
                answer, _ = towns[table].run(f"{where}/{cell.year - 2018}/{row_.kind}")
                found = [q for q in answer.quotes if q.activity == row_.activity]
                assert [(q.kind, q.year, q.text, q.conflict) for q in found] == [
                    (row_.kind, cell.year, cell.text, cell.conflict)
                ]
                assert {q.kind for q in answer.quotes} == {row_.kind}
                asked += 1
    assert asked == cells


def test_samples_are_sure_to_work(towns: Towns) -> None:
    """What a reply proposes to ask has an answer, in a table of any kind."""
    for bot in towns.values():
        assert [bot.answer(sample)[0].status for sample in samples(bot.catalogs[0])] == ["answer"] * len(
            samples(bot.catalogs[0])
        )


def test_the_blanks_among_very_many_cells_are_counted(tmp_path: Path) -> None:
    """Nine indicators of three years, of which one prints a figure: that one, and that 26 are blank."""
    rows = [row("result", ["", "12回" if at == 4 else "", ""], f"指標{'あいうえおかきくけ'[at]}") for at in range(9)]
    bot = open_bot(plan(tmp_path, "many", "ある町の指標"), (project("many", "1", "朝市", rows),), tmp_path / "home")
    assert lines(conversation(bot, ["朝市の実績は？"])) == [
        "令和4年度",
        "指標お: 12回",
        "ほかの26欄は空白です(記載なし)。",
        "朝市(No.1) 令和3年度(2021年度)・令和4年度(2022年度)・令和5年度(2023年度)",
    ]
    assert len(conversation(bot, ["朝市の実績は？"]).quotes) == 27
    bot.knowledge.close()


SCALES = {
    ("5", "4", "3"): {"評価4の事業は？": "4", "評価が5の事業は？": "5"},
    ("優", "良", "可"): {"評価が良の事業は？": "良", "評価優の事業は？": "優"},
    ("◎", "○", "×"): {"◎の事業は？": "◎", "〇の事業は？": "○", "評価が×の事業は？": "×", "事業で◎は？": "◎"},
    ("A+", "A", "F"): {"A+の事業は？": "A+", "Aの事業は？": "A", "評価Fの事業は？": "F"},
    ("拡大", "継続", "縮小"): {"継続の事業は？": "継続", "方向性が拡大の事業は？": "拡大", "縮小する事業は？": "縮小"},
    ("達成", "一部達成", "未達成"): {
        "達成の事業は？": "達成",
        "一部達成の事業は？": "一部達成",
        "未達成の事業は？": "未達成",
    },
}


@pytest.mark.parametrize("scale", SCALES, ids="・".join)
def test_grades_of_any_scale_are_conditions(tmp_path: Path, scale: tuple[str, ...]) -> None:
    """Digits, one kanji, marks, letters with a sign, words of which one holds another."""
    names = dict(zip(scale, ("道路清掃事業", "橋りょう点検事業", "河川改良事業"), strict=True))
    rows = {grade: [replace(row("result", ["1件", "2件", "3件"]), grade=grade)] for grade in scale}
    projects = tuple(project("scale", str(at), names[grade], rows[grade]) for at, grade in enumerate(scale, 7))
    heading = "方向性" if "拡大" in scale else "評価"
    bot = open_bot(plan(tmp_path, "scale", "ある町の評価", scale, heading), projects, tmp_path / "home")
    for question, grade in SCALES[scale].items():
        assert [found.name for found in bot.answer(question)[0].projects] == [names[grade]], question
    bot.knowledge.close()


# The last check


@pytest.mark.parametrize(
    ("table", "question", "was", "becomes"),
    [
        ("midori", "図書館運営事業の令和4年度の決算は？", "10,136千円", "11,000千円"),
        ("midori", "図書館運営事業の令和4年度の決算は？", "10,136千円", "10,136円"),
        ("midori", "図書館運営事業の令和4年度の決算は？", "10,136千円", "10,136"),
        ("midori", "防災訓練事業の令和5年度の決算は？", "1,790(2023シート D9)", "1,790"),
        ("aoba", "商店街にぎわい補助金の令和3年度の実績は？", "遅れ", "順調"),
        ("aoba", "商店街にぎわい補助金の担当課は？", "商工観光課", "農政課"),
    ],
)
def test_a_changed_piece_is_refused(towns: Towns, table: str, question: str, was: str, becomes: str) -> None:
    """Another kind's cell, another unit, none, one place of a contradiction, another year's grade, another office."""
    bot = towns[table]
    answer = conversation(bot, [question])
    assert unproven(answer, Source(bot.knowledge.connection)) == ()
    spoilt = answer._replace(lines=tuple(_changed(line, was, becomes) for line in answer.lines))
    assert spoilt != answer
    assert unproven(spoilt, Source(bot.knowledge.connection))


def test_a_grade_that_holds_for_another_time_is_not_listed_with_a_year(tmp_path: Path) -> None:
    """A project with △ as a whole and × in 令和5年度 is listed for × without its △."""
    rows = [replace(row("result", ["3回", "2回", "1回"]), grade="△"), row("grade", ["○", "△", "×"])]
    bot = open_bot(
        plan(tmp_path, "marks", "しるし町評価", ("○", "△", "×"), "評価"),
        (project("marks", "1", "朝市", rows),),
        tmp_path / "home",
    )
    assert lines(conversation(bot, ["令和5年度に×の事業は？"])) == ["1事業あります(令和5年度の評価×)。", "No.1 朝市"]
    assert lines(conversation(bot, ["△の事業は？"])) == ["1事業あります(評価△)。", "No.1 朝市(評価△)"]
    assert lines(conversation(bot, ["朝市の評価は？"])) == ["評価△", "朝市(No.1)"]
    assert lines(conversation(bot, ["朝市の令和3年度の評価は？"])) == ["評価 ○", "朝市(No.1) 令和3年度(2021年度)"]
    bot.knowledge.close()


def test_two_projects_that_print_the_same_numbers_are_both_counted(towns: Towns) -> None:
    """開催回数 of two projects with 10, 12 and 14: no activity that is printed twice."""
    reply = conversation(towns["midori"], ["令和5年度の回数の合計は？"]).to_dict()
    assert [computed["value"] for computed in reply["computed"]] == [28]
    assert reply["projects"] == ["2", "3"]


def test_a_year_that_is_in_the_formula_is_not_said_to_be_missing(tmp_path: Path) -> None:
    """A project's lines that go on in one another, and one of rates that is blank: nothing is missing of the sum."""
    rows = [
        row("result", ["410基", "", ""], "策定時"),
        row("result", ["", "418基", "431基"], "設置数"),
        row("result", ["", "", ""], "達成率", "%"),
    ]
    bot = open_bot(
        plan(tmp_path, "mirrors", "ある町の計画"), (project("mirrors", "1", "道路鏡", rows),), tmp_path / "home"
    )
    assert lines(conversation(bot, ["道路鏡の合計は？"])) == [
        "合計 1,259基(計算値)",
        "式: 410基 + 418基 + 431基",
        "策定時: 410基",
        "設置数: 418基",
        "設置数: 431基",
        "道路鏡(No.1) 令和3年度(2021年度)・令和4年度(2022年度)・令和5年度(2023年度)",
    ]
    bot.knowledge.close()


def test_a_word_of_the_name_is_no_cue(tmp_path: Path) -> None:
    """The 割合 of an indicator's name, said after one of its lines, asks for no rate; said once more it does."""
    projects = (
        project(
            "health",
            "1",
            "朝食を欠食する人の割合",
            [
                row("result", ["5.5", "5.4", "5.2"], "中学生", "%"),
                row("result", ["29.0", "28.0", "27.5"], "20歳代", "%"),
            ],
        ),
        project("health", "2", "運動習慣のある人の割合", [row("result", ["27.9", "28.1", "30.0"], "女性", "%")]),
        project("health", "3", "健康診査", [row("result", ["100人", "110人", "121人"])]),
    )
    bot = open_bot(plan(tmp_path, "health", "ある町の健康増進計画"), projects, tmp_path / "home")
    for question, said in {
        "朝食を欠食する中学生の割合の令和3年度は？": "5.5%",
        "運動習慣のある女性の割合のR3は？": "27.9%",
        "健康診査の令和5年度の前年度との割合は？": "令和4年度の110%(10%増)(計算値)",
    }.items():
        assert lines(conversation(bot, [question]))[0] == said, question
    bot.knowledge.close()


def test_the_year_of_a_grade_is_not_that_of_a_line_beside_it(tmp_path: Path) -> None:
    """5年度に評価Aの事業の4年度の利用者数: that of one year, quoted and added up; said once, the year is that of both."""
    grades, users = {"1": ["B", "B", "A"], "2": ["A", "A", "B"], "3": ["B", "A", "A"]}, {"1": 10, "2": 20, "3": 40}
    projects = tuple(
        project(
            "bus",
            no,
            f"{no}番線",
            [row("result", [f"{users[no] + at}人" for at in range(3)], "利用者数"), row("grade", grades[no])],
        )
        for no in grades
    )
    bot = open_bot(plan(tmp_path, "bus", "ある町の交通計画", ("A", "B"), "評価"), projects, tmp_path / "home")
    other = "令和5年度に評価がAの事業の令和4年度の利用者数"
    assert lines(conversation(bot, [f"{other}の合計は？"]))[0] == "合計 52人(計算値)"
    assert [(q.year, q.text) for q in conversation(bot, [f"{other}は？"]).quotes] == [(2022, "11人"), (2022, "41人")]
    assert lines(conversation(bot, ["令和5年度に評価がAの事業の利用者数の合計は？"]))[0] == "合計 54人(計算値)"
    bot.knowledge.close()


def test_indicators_are_listed_where_the_table_calls_its_lines_so(tmp_path: Path) -> None:
    """観光課の指標は lists; a table whose names have another heading has no such column."""
    projects = (
        project("kpi", "1", "宿泊者数", [row("result", ["3人", "4人", "5人"])], details={"担当課": "観光課"}),
        project("kpi", "2", "農業産出額", [row("result", ["3円", "4円", "5円"])], details={"担当課": "農政課"}),
    )
    named = (Column(1, "重要業績評価指標(KPI)", "name"),)
    table = Table("cells.csv", "printed", ("no",), (), (), (), {}, (), {"": named})
    for called, said in ((table, "1事業あります(担当課が観光課)。"), (None, "「指標」はこの資料にありません。")):
        home = tmp_path / ("named" if called else "other")
        plan_ = replace(plan(home / "plan", "kpi", "ある町の戦略"), table=called)
        bot = open_bot(plan_, projects, home / "kb")
        assert said in lines(conversation(bot, ["観光課の指標は？"]))
        bot.knowledge.close()


# Private functions


def _changed(line: Line, was: str, becomes: str) -> Line:
    return Line(line.role, tuple(_changed_piece(piece, was, becomes) for piece in line.pieces))


def _changed_piece(piece: Piece, was: str, becomes: str) -> Piece:
    return piece._replace(text=becomes) if piece.text == was else piece
