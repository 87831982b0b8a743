"""How a question was read, as text for whoever extends the words."""

import pytest

from bot.answering import Kotae
from bot.explaining import explain


def test_all_stages_stand_in_order(kotae: Kotae) -> None:
    """Question, normalised text, words, kinds, reading, reply."""
    text = explain(kotae, "空き店舗入居促進事業の２５年度実績は？")
    places = [text.index(f"{stage}") for stage in ("質問: ", "整えた文: ", "言葉:", "質問の種類", "読み:", "返事:")]
    assert places == sorted(places)


def test_the_kinds_that_lost_are_shown(kotae: Kotae) -> None:
    """Each with its rank, the one that won marked."""
    text = explain(kotae, "達成度Bの事業はいくつありますか")
    kinds = text.partition("質問の種類")[2].partition("読み:")[0].splitlines()[1:]
    assert kinds[0].startswith("  → count (")
    assert any(line.startswith("    list (") for line in kinds[1:])
    assert sum("→" in line for line in kinds) == 1


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("商工相談の25年3月は", ["推定: calendar 25年3月 2012", "記号: nerima-shokogyo/17/24/result"]),
        ("空き店舗の25年度は", ["聞き返す(name)", "空き店舗入居促進事業(No.42)", "空き店舗活用事業(No.43)"]),
        ("商工相談の令和5年度は", ["ない(no_year)", "2023"]),
        ("商工相談の担当課は", ["ない(no_attribute)", "absent.office"]),
        ("今日の天気は", ["どれも当てはまらない", "ない(no_project)"]),
    ],
)
def test_what_was_inferred_or_is_missing_is_named(kotae: Kotae, question: str, parts: list[str]) -> None:
    """A year that was read, a name that fits two projects, an absence."""
    text = explain(kotae, question)
    assert [part for part in parts if part not in text] == []


def test_each_question_of_a_message_is_explained_as_it_is_answered(kotae: Kotae) -> None:
    """Two questions have all stages twice, and their replies are the answer's lines."""
    message = "空き店舗入居促進事業の25年度の実績と、買物支援事業の達成度は？"
    text = explain(kotae, message)
    first, second = text.split("\n\n")
    assert first.startswith("質問: 空き店舗入居促進事業の25年度の実績\n")
    assert second.startswith("質問: 買物支援事業の達成度は？\n")
    assert "記号: nerima-shokogyo/42/25/result" in first
    assert "記号: nerima-shokogyo/48//grade" in second
    told = [line[2:] for part in (first, second) for line in part.partition("返事:\n")[2].splitlines()]
    assert told == kotae.answer(message)[0].text.splitlines()


def test_a_message_that_was_too_long_is_explained_as_such(kotae: Kotae) -> None:
    """As its reply says."""
    assert "長い文は先頭だけを読みました。" in explain(kotae, "商工相談の25年度の実績は？" + "あ" * 5000)
    assert "長い文は先頭だけを読みました。" not in explain(kotae, "商工相談の25年度の実績は？")
