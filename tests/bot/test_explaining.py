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
