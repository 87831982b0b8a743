"""What names its own subject is answered in a conversation as it is alone; a bare computation is of what was just given."""

import re
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.publishing.examples import Filling, fill
from bot.replies.answers import Answer
from kb.compiling.language import kinds_of

OPENERS = ("商工相談の25年度は？", "達成度Bの事業は？", "商店街に関係する事業は？")
FILLED = Filling("空き店舗入居促進事業", "25年度", "経営指導", "24年度")
ELLIPTIC = {
    "25年度の件数の平均は？",
    "達成度の基準は何ですか",
    "事業は全部でいくつありますか",
    "10,136千円は？",
    "25年度の相談件数の合計は？",
    "達成度ごとの事業数は？",
    "達成度別の事業数を教えて",
    "各施策の事業数は？",
    "施策ごとの事業数は？",
    "25年度の4,700人は？",
}
"""Examples that name no subject, so that they are about what was talked about: a figure is held against its figure, a list is counted apart."""


def _examples() -> list[str]:
    table = re.findall(
        r"^\|.*\| ([^|`]*[ぁ-ん][^|`]*？) \|", Path("README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    kinds = kinds_of(Path("data/language"))
    asked = [fill(one.turns[0], FILLED) for kind in kinds for one in kind.examples if len(one.turns) == 1]
    return list(dict.fromkeys((*table, *asked)))


EXAMPLES = [question for question in _examples() if question not in ELLIPTIC]


def test_no_example_is_passed_over() -> None:
    """Each is asked, with every place of it filled."""
    assert (len(EXAMPLES) >= 77, [question for question in EXAMPLES if "{" in question]) == (True, [])


@pytest.mark.parametrize("opener", OPENERS)
def test_a_question_with_its_own_subject_takes_nothing_from_the_conversation(kotae: Kotae, opener: str) -> None:
    """Every example of the documents and of the kinds of question, alone and as a second turn."""
    context = kotae.answer(opener)[1]
    differing = [
        question
        for question in EXAMPLES
        if _given(kotae.answer(question)[0].to_dict()) != _given(kotae.answer(question, context)[0].to_dict())
    ]
    assert differing == []


def test_an_elliptic_question_is_about_what_was_talked_about(kotae: Kotae) -> None:
    """The same question, alone and after a project."""
    context = kotae.answer("商工相談の25年度は？")[1]
    assert kotae.answer("25年度の件数の平均は？")[0].text.startswith("平均 852.6件")
    assert kotae.answer("25年度の件数の平均は？", context)[0].text.startswith("平均 1,025件")


TAKEN = {
    ("商工相談の25年度は？", "24年度は？", "差は？"): "33件増(計算値)\n式: 1,025件 − 992件",
    ("商工相談の24年度は？", "25年度は？", "差は？"): "33件増(計算値)\n式: 1,025件 − 992件",
    ("商工相談の25年度は？", "達成度は？", "23年度は？", "何倍？"): "0.97倍(減)(計算値)\n式: 1,025件 ÷ 1,058件",
    ("商工相談の25年度は？", "24年度は？", "23年度は？", "合計は？"): "合計 3,075件(計算値)",
    ("商工相談の25年度は？", "24年度は？", "23年度は？", "差は？"): "66件減(計算値)\n式: 992件 − 1,058件",
    ("商工相談の25年度は？", "24年度は？", "経営指導は？", "差は？"): "差 945件(計算値)",
    ("見本市の25年度の金額は？", "24年度は？", "差は？", "平均は？"): "平均 774,500円(計算値",
    ("商工相談の25年度は？", "経営指導は？", "どちらが多い？"): "差 966件(計算値)",
    ("工芸展の来場者数が一番多いのは？", "一番少ないのは？", "その差は？"): "式: 4,700人 − 2,850人",
    ("25年度に件数が一番多い事業は？", "一番少ないのは？", "差は？"): "差 4,714件(計算値)",
    ("空き店舗入居促進事業の25年度は？", "空き店舗活用事業は？", "合計は？"): "合計 12,879千円(計算値)",
    ("空き店舗入居促進事業の25年度は？", "空き店舗活用事業は？", "差は？"): "差 7,393千円(計算値)",
    ("戦略目標Dの事業は？", "25年度の金額の合計は？", "全体では？"): "合計 856,440,582円(計算値)",
    ("商工相談の25年度は？", "前年度比は？"): "平成24年度の103.33%(3.33%増)(計算値)",
    ("商工相談は24年度から25年度でいくら増えた？", "何%？"): "平成24年度の103.33%(3.33%増)(計算値)",
    ("10,136千円はどの事業？", "その前の年は？"): "10,278千円(13事業)、達成度A",
}
"""Conversations that end in a bare computation → what it must say."""
OPEN = (
    ("商工相談の25年度は？", "差は？"),
    ("商工相談の25年度は？", "合計は？"),
    ("商工相談の25年度は？", "何%増えた？"),
    ("商工相談の25年度は？", "経営指導の24年度は？", "差は？"),
    ("25年度に件数が一番多い事業は？", "差は？"),
)
"""Conversations after which nobody knows of what a bare computation is."""


@pytest.mark.parametrize("turns", TAKEN, ids=" ⇒ ".join)
def test_a_bare_computation_is_of_what_was_just_given(kotae: Kotae, turns: tuple[str, ...]) -> None:
    """The last two answers where they differ in one thing, in whatever order they were asked."""
    assert TAKEN[turns] in _last(kotae, turns).text


@pytest.mark.parametrize("turns", OPEN, ids=" ⇒ ".join)
def test_a_bare_computation_of_nothing_certain_is_asked_back(kotae: Kotae, turns: tuple[str, ...]) -> None:
    """No other year and no other project is taken in its place."""
    answer = _last(kotae, turns)
    assert (answer.status, answer.computed) == ("clarify", ())
    assert answer.text.startswith("どの数字とどの数字を計算するのか分かりません。")


def test_what_is_offered_beside_one_figure_can_be_chosen(kotae: Kotae) -> None:
    """The change from the year before, by its place."""
    answer = _last(kotae, ("商工相談の25年度は？", "差は？", "1番目"))
    assert answer.text.startswith("33件増(計算値)")


def test_a_computation_that_says_its_years_takes_those(kotae: Kotae) -> None:
    """Negative control: nothing of what was given before is computed with."""
    answer = _last(kotae, ("商工相談の25年度は？", "24年度は？", "23年度から24年度の差は？"))
    assert answer.text.startswith("66件減(計算値)")
    assert _last(kotae, ("商工相談の25年度は？", "前年度との差は？")).text.startswith("33件増(計算値)")
    assert _last(kotae, ("商工相談の25年度は？", "商工相談の合計は？")).text.startswith("合計 3,075件(計算値)")


def test_figures_of_different_kinds_are_no_sum(kotae: Kotae) -> None:
    """What only one of two projects counts stands beside no sum of its own: 全3日開催."""
    answer = _last(kotae, ("伝統工芸体験講座の24年度は？", "工芸展は？", "合計は？"))
    assert answer.text.startswith("合計 3,835人(計算値)")
    assert "合計 3日" not in answer.text


def test_a_piece_of_a_name_where_a_condition_stands_is_asked_back(kotae: Kotae) -> None:
    """It may be another condition; what was listed is remembered meanwhile."""
    turns = ("産業振興公社に移管された事業は？", "そのうち見本市は？")
    assert _last(kotae, turns).text.startswith("「見本市」は分かりませんでした。次の事業のことですか。")
    assert _last(kotae, (*turns, "そのうち戦略目標Cは？")).text.startswith("9事業あります")
    asked = _last(kotae, (turns[0], "そのうち見本市の25年度の実績は？"))
    assert asked.text.startswith("6件 548,000円")


def test_a_list_is_what_is_computed_over(kotae: Kotae) -> None:
    """Also where figures selected it; of all projects only where that is said, or where the question is whole."""
    assert _last(kotae, ("25年度に金額が増えた事業は？", "合計は？")).text.startswith("合計 17,922,627円(計算値)")
    whole = _last(kotae, ("達成度Bの事業は？", "25年度に金額が一番大きい事業は？"))
    assert "直前の一覧だけではなく、すべての事業を対象にしました。" in whole.text
    alone = kotae.answer("25年度に金額が一番大きい事業は？")[0]
    assert "直前の一覧" not in alone.text


def test_both_after_one_question_about_each_are_the_two_that_were_asked(kotae: Kotae) -> None:
    """As if they had been asked together; the year may differ."""
    both = "992件、達成度A\n商工相談(No.17) 平成24年度(2012年度)\n47件、達成度A\n経営指導(No.16) 平成24年度(2012年度)"
    for second in ("経営指導は？", "経営指導の23年度は？"):
        assert _last(kotae, ("商工相談の25年度は？", second, "両方の24年度は？")).text.startswith(both)
    assert _last(kotae, ("商工相談の25年度は？", "経営指導は？", "両方の合計は？")).text.startswith(
        "合計 1,084件(計算値)"
    )


def test_both_of_what_nobody_knows_two_of_are_asked_back(kotae: Kotae) -> None:
    """One of them never stands for the other; where two years are said, both is of these."""
    for opener in (("商工相談の25年度は？",), ("商工相談は？", "経営指導は？")):
        assert _last(kotae, (*opener, "両方の24年度は？")).text.startswith("どの事業についてですか。")
    assert _last(kotae, ("商工相談の25年度は？", "23年度と24年度の両方は？")).text.startswith("平成23年度: 1,058件")


def test_after_a_list_of_all_a_column_is_asked_of_each(kotae: Kotae) -> None:
    """As after one of some; after a sum over all nothing was listed."""
    listed = _last(kotae, ("事業の一覧を見せて", "24年度の実績は？"))
    assert listed.text.startswith("51事業あります(すべて)。\n伝統工芸展への支援(No.1) 平成24年度: 来場者数 3,800人\n")
    assert _last(kotae, ("25年度の金額の合計は？", "内容は？")).status == "clarify"


def _last(kotae: Kotae, turns: tuple[str, ...]) -> Answer:
    context = None
    for turn in turns:
        answer, context = kotae.answer(turn, context)
    return answer


def _given(reply: dict[str, object]) -> list[object]:
    return [reply[key] for key in ("status", "reason", "projects", "facts", "results", "computed")]
