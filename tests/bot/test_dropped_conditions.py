"""Words of a question that choose its figures, none of which may be passed over."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Kotae
from kb.source.projects import Cell, Row
from tests.invented import open_bot, plan, project, row


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Kotae:
    """A town's table of targets, results, budgets and settlements."""
    folder: Path = tmp_path_factory.mktemp("dropped")
    projects = (
        project("tachibana", "1", "トップアスリート招へい", [
            row("target", ["2回", "2回", "3回"]),
            row("result", ["1回", "未実施", "2回"]),
        ]),
        project("tachibana", "2", "避難所協定", [
            row("budget", ["0円", "0円", "10,000円"]),
            row("settlement", ["0円", "9,000円", "0円"]),
        ]),
    )  # fmt: skip
    return open_bot(plan(folder / "tachibana", "tachibana", "たちばな町実施計画"), projects, folder / "home")


def said(bot: Kotae, question: str) -> list[str]:
    """The lines of a reply but the source and whom to ask."""
    answer, _ = bot.answer(question)
    return [line.text for line in answer.lines if not line.text.startswith(("出典:", "お問い合わせ"))]


def test_a_figure_is_looked_for_in_the_column_that_is_named(town: Kotae) -> None:
    """決算0円 is no 予算 of 0円."""
    assert said(town, "決算0円の事業は？") == [
        "避難所協定(No.2) 令和3年度: 決算 0円",
        "避難所協定(No.2) 令和5年度: 決算 0円",
    ]
    assert said(town, "0円の事業は？") == [
        "避難所協定(No.2) 令和3年度: 予算 0円",
        "避難所協定(No.2) 令和4年度: 予算 0円",
        "避難所協定(No.2) 令和3年度: 決算 0円",
        "避難所協定(No.2) 令和5年度: 決算 0円",
    ]


def test_two_columns_that_rose_both_did(town: Kotae) -> None:
    """The budget of No. 2 rose and its settlement fell."""
    assert said(town, "予算が増えた事業は？")[1:] == ["No.2 避難所協定"]
    assert town.answer("予算も決算も増えた事業は？")[0].reason == "empty"
    assert town.answer("予算と決算が一番増えた事業は？")[0].status == "clarify"


def test_a_column_with_a_figure_is_read_the_same_from_its_phrase(town: Kotae) -> None:
    """What was understood says the column too."""
    answer, _ = town.answer("決算0円の事業は？")
    again, _ = town.answer(answer.understood)
    assert (answer.understood, again.quotes) == ("0円の決算の事業", answer.quotes)


def test_a_word_of_an_order_at_the_head_of_a_name_is_the_names(town: Kotae) -> None:
    """トップアスリート is no first place of anything, though the name is not typed whole."""
    assert said(town, "トップアスリートの4年度は？") == [
        "未実施",
        "トップアスリート招へい(No.1) 令和4年度(2022年度)",
        "「アスリート」を「トップアスリート招へい」としてお答えします。",
    ]
    assert said(town, "トップの回数は？")[:1] != ["1回"]


def test_a_year_right_before_the_word_for_a_target_is_a_year(town: Kotae) -> None:
    """R5目標 is the target of 令和5年度, and no word that nobody knows."""
    assert said(town, "トップアスリート招へいのR5目標は？") == [
        "目標 3回",
        "トップアスリート招へい(No.1) 令和5年度(2023年度)",
    ]


@pytest.fixture(scope="module")
def goals(tmp_path_factory: pytest.TempPathFactory) -> Kotae:
    """A town's table with results of two years and the target of the year after them."""
    folder: Path = tmp_path_factory.mktemp("goals")
    projects = (
        project("kusunoki", "1", "野菜を食べる量", [
            row("target", ["", "", "350g"], "女性"),
            row("result", ["252g", "258g", ""], "女性"),
            row("target", ["", "", "360g"], "男性"),
            row("result", ["269g", "280g", ""], "男性"),
        ]),
        project("kusunoki", "2", "減塩教室", [
            row("target", ["", "120人", "150人"]),
            row("result", ["100人", "", ""]),
        ]),
        project("kusunoki", "3", "駅の利用", [row("result", ["10人/日", "15人/日", "12人/日"])]),
        project("kusunoki", "4", "朝食をとる割合", [
            row("target", ["", "", "95%"]),
            row("result", ["80.5%", "82.0%", ""]),
        ]),
    )  # fmt: skip
    return open_bot(plan(folder / "kusunoki", "kusunoki", "くすのき町食育計画"), projects, folder / "home")


def test_a_target_of_another_year_is_held_against_the_last_result(goals: Kotae) -> None:
    """Both years are said, and the formula."""
    assert said(goals, "野菜を食べる量の女性は目標まであと何g？") == [
        "令和5年度の目標と令和4年度の実績の差 92g(計算値)",
        "式: 350g − 258g",
        "令和4年度: 実績 258g",
        "令和5年度: 目標 350g",
        "野菜を食べる量(No.1)「女性」 令和4年度(2022年度)・令和5年度(2023年度)",
    ]
    assert said(goals, "野菜を食べる量の女性の令和3年度の達成率は？")[:2] == [
        "令和3年度の実績は令和5年度の目標の72%(計算値)",
        "式: 252g ÷ 350g",
    ]
    assert said(goals, "野菜を食べる量の目標との差は？")[:4] == [
        "女性 令和5年度の目標と令和4年度の実績の差 92g(計算値)",
        "式: 350g − 258g",
        "男性 令和5年度の目標と令和4年度の実績の差 80g(計算値)",
        "式: 360g − 280g",
    ]


def test_a_phrase_across_two_years_is_read_the_same_again(goals: Kotae) -> None:
    """What was understood and the button give the same value."""
    answer, _ = goals.answer("野菜を食べる量の女性は目標まであと何g？")
    assert goals.answer(answer.understood)[0].computed == answer.computed
    assert goals.run(answer.query)[0].computed == answer.computed


def test_which_of_two_targets_is_meant_nobody_says(goals: Kotae) -> None:
    """減塩教室 has targets of two years and a result of neither: nothing is computed."""
    assert goals.answer("減塩教室の達成率は？")[0].computed == ()


def test_a_difference_from_a_year_is_that_of_the_one_target(goals: Kotae) -> None:
    """目標と4年度の差 is no difference of two targets."""
    assert said(goals, "野菜を食べる量の女性の目標と4年度の差は？")[:2] == [
        "令和5年度の目標と令和4年度の実績の差 92g(計算値)",
        "式: 350g − 258g",
    ]


def test_a_target_after_a_difference_of_years_without_one_is_quoted(goals: Kotae) -> None:
    """目標は？ asks for what is printed, and the years of the difference print none; nor is いくら only money."""
    first, context = goals.answer("朝食をとる割合は令和3年度からいくら上がった？")
    assert first.text.startswith("1.5ポイント増(計算値)")
    assert goals.answer("目標は？", context)[0].text.split("\n")[:3] == [
        "令和3年度: 目標 空白(記載なし)",
        "令和4年度: 目標 空白(記載なし)",
        "令和5年度: 目標 95%",
    ]


def test_what_counts_the_difference_of_rates_is_known(goals: Kotae) -> None:
    """何ポイント is no word that the table lacks."""
    answer, _ = goals.answer("朝食をとる割合は令和3年度から何ポイント上がった？")
    assert (answer.text.partition("\n")[0], answer.unread) == ("1.5ポイント増(計算値)", ())


def test_people_of_a_day_are_people(goals: Kotae) -> None:
    """何人 of a line that prints 人/日 alone."""
    answer, _ = goals.answer("駅の利用の人数が一番多い年は？")
    assert answer.text.startswith("最も多い令和4年度: 15人/日")


def test_a_base_year_apart_from_all_others_is_held_against_the_last_one(tmp_path: Path) -> None:
    """The year after it is not in the table."""
    cells = (Cell(2013, "100t"), Cell(2022, "90t"), Cell(2023, "80t"))
    emissions = project("hiiragi", "1", "庁舎の排出量", [Row(None, "", cells, "", "result")])
    table = replace(plan(tmp_path / "hiiragi", "hiiragi", "ひいらぎ町省エネ計画"), years=(2013, 2022, 2023))
    bot = open_bot(table, (emissions,), tmp_path / "home")
    assert said(bot, "庁舎の排出量は平成25年度に比べて何％減った？")[:2] == [
        "平成25年度の80%(20%減)(計算値)",
        "式: 80t ÷ 100t",
    ]


def test_a_grade_beside_a_line_of_all_projects_leaves_it_that_line(tmp_path: Path) -> None:
    """評価Aの利用者数 is no other line of the projects with an A."""
    projects = (
        project("sakaki", "1", "北線", [
            row("result", ["10人", "20人", "30人"], "利用者数"),
            row("result", ["500人", "600人", "700人"], "定員"),
            row("grade", ["B", "B", "A"]),
        ]),
        project("sakaki", "2", "南線", [
            row("result", ["10人", "20人", "15人"], "利用者数"),
            row("result", ["500人", "600人", "700人"], "定員"),
            row("grade", ["B", "A", "A"]),
        ]),
    )  # fmt: skip
    bot = open_bot(plan(tmp_path / "sakaki", "sakaki", "さかき町交通計画", ("A", "B")), projects, tmp_path / "home")
    assert bot.answer("達成度がAで利用者数が増えた事業は？")[0].text.splitlines()[:2] == [
        "1事業あります(令和5年度の達成度Aの令和4年度・令和5年度の利用者数が増えた事業)。",
        "No.1 北線",
    ]
    assert "700人" not in bot.answer("達成度がAで令和5年度の利用者数が一番多い事業は？")[0].text


def test_a_share_is_asked_of_the_next_line_again(goals: Kotae) -> None:
    """男性は？ after the 達成率 of another line, and 令和3年度は？ after that."""
    _, context = goals.answer("野菜を食べる量の女性の達成率は？")
    answer, context = goals.answer("男性は？", context)
    assert answer.text.startswith("令和4年度の実績は令和5年度の目標の77.78%(計算値)\n式: 280g ÷ 360g")
    answer, _ = goals.answer("令和3年度は？", context)
    assert answer.text.startswith("令和3年度の実績は令和5年度の目標の74.72%(計算値)\n式: 269g ÷ 360g")


BOTH = "整備支援、達成度A\n(仮称)産業振興会館の整備(No.31) 平成24年度(2012年度)\n大規模改修工事、達成度A\n勤労者への支援(No.53) 平成24年度(2012年度)"


@pytest.mark.parametrize(
    "question", ["産業振興会館ときんろうしゃの24年度は？", "産業振興会館ときんろうしゃ、両方とも24年度"]
)
def test_a_name_in_kana_behind_another_is_one_of_two(kotae: Kotae, question: str) -> None:
    """Whatever words a tokeniser sees in と and what follows it."""
    assert kotae.answer(question)[0].text.startswith(BOTH)


def test_what_only_calls_a_name_a_project_parts_it_from_no_other(kotae: Kotae) -> None:
    """A part of a name with じぎょう behind it, beside a whole name."""
    answer = kotae.answer("いきいき商店街支援じぎょうと商工相談の24年度の実績は？")[0]
    assert [project.no for project in answer.projects] == ["32", "17"]


def test_one_name_is_not_both(kotae: Kotae) -> None:
    """Who says both and is understood to have named one is asked back; where two years are both, one name is enough."""
    assert kotae.answer("商工相談、両方とも24年度は？")[0].text.startswith("どの事業についてですか。")
    assert kotae.answer("商工相談の24年度と25年度の両方は？")[0].text.startswith("平成24年度: 992件")


@pytest.mark.parametrize(
    "question",
    ["どの事業がおむつ交換をしていますか", "どの事業でおむつ交換ができますか", "おむつ交換をしている事業は？"],
)
def test_no_half_of_a_word_is_looked_for(kotae: Kotae, question: str) -> None:
    """The first half may be kana, with a particle before it."""
    assert kotae.answer(question)[0].text.startswith("1事業あります(「おむつ交換」を含む)。")


def test_what_is_written_together_with_what_is_looked_for_is_named(kotae: Kotae) -> None:
    """Where nobody knows it."""
    assert "「しあわせ」はこの資料では分かりません。" in said(kotae, "どの事業がしあわせ交換をしていますか")


@pytest.mark.parametrize(
    "question",
    ["産業振興公社移った事業はどれ", "産業振興公社に移った事業はどれ", "産業振興公社に移った事業ってどれですか"],
)
def test_what_was_done_is_no_part_of_a_word(kotae: Kotae, question: str) -> None:
    """With the particle before it and without."""
    assert said(kotae, question)[0] == "9事業あります(「産業振興公社」を含む)。"


def test_a_rate_right_behind_a_year_is_one(kotae: Kotae) -> None:
    """達成率 is no 達成, though 度 and 何 stand around it; in the middle of a word it is none."""
    assert said(kotae, "商工相談の25年度達成率何%ですか")[0] == "達成率はこの資料にありません。"


def test_a_name_typed_wrong_right_before_another_is_asked_back(kotae: Kotae) -> None:
    """Without any と it isn't sure that both are meant, and neither is passed over."""
    answer = kotae.answer("伝統工芸展へのしえん商工相談の25年度は？")[0]
    assert (answer.status, [project.no for project in answer.projects]) == ("clarify", ["1", "17"])
