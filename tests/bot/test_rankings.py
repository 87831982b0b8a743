"""Rankings: the places that are asked, and what goes on from them."""

import pytest

from bot.answering import Kotae

SAID = {
    (
        "25年度で2番目に金額が多い事業は？",
    ): "1位 産業融資あっせん事業(No.13) 平成25年度: 貸付2,271件 利子補給 712,314,955円\n"
    "2位 にぎわい商店街支援事業(No.33) 平成25年度: 152事業 80,420千円\nほか9件",
    (
        "25年度に件数が3番目に少ない事業は？",
        "1番目は？",
    ): "3件、達成度A\nEMS推進事業への助成(No.9)「ISO認証取得支援事業補助金」",
    (
        "25年度の人数が一番多い事業は？",
        "24年度だと上位3つは？",
    ): "1位 伝統工芸展への支援(No.1) 平成24年度: 来場者数 3,800人\n"
    "2位 消費者意識の啓発(No.54) 平成24年度: 開催回数17回 参加者数585名\n3位 創業・起業への支援",
    ("25年度の人数が一番多い事業は？", "24年度で一番少ないのは？"): "経営者・後継者経営力向上事業",
    (
        "25年度で一番金額が多い事業は？",
        "100人以上は？",
    ): "4事業あります(平成25年度の実績が100人以上の事業)。\n伝統工芸展への支援(No.1)",
    ("商工相談の25年度は24年度と比べて？", "一番多い年は？"): "最も多い平成23年度: 1,058件",
    (
        "大規模店舗と中規模店舗、25年度どっちが多い？",
    ): "中規模小売店舗立地調整(No.45) 平成25年度: 5件\n大規模小売店舗立地調整(No.45) 平成25年度: 4件",
    (
        "伝統工芸展と体験講座と表彰、25年度の人数を比べて",
    ): "伝統工芸展への支援(No.1) 平成25年度: 来場者数 2,850人\n商工業従業員表彰(No.52) 平成25年度: 129人表彰\n伝統工芸体験講座の開催(No.2)",
    ("25年度に金額が減った事業は？", "じゃあ増えたのは？"): "2事業あります(平成24年度・平成25年度の金額が増えた事業)。",
    (
        "25年度に金額が減った事業は？",
        "増えた事業は？",
        "減ったのは？",
    ): "8事業あります(平成24年度・平成25年度の金額が減った事業)。",
    (
        "25年度に金額が減った事業は？",
        "24年度に減ったのは？",
    ): "6事業あります(平成23年度・平成24年度の金額が減った事業)。",
    (
        "25年度に金額が減った事業は？",
        "変わらないのは？",
    ): "1事業あります(平成24年度・平成25年度の金額が変わらない事業)。\nNo.36",
    (
        "24年度と25年度で件数が変わらない事業は？",
    ): "当てはまる事業はありません(平成24年度・平成25年度の件数が変わらない事業)。",
    ("25年度に件数が変わった事業は？",): "9事業あります(平成24年度・平成25年度の件数が変わった事業)。",
}
"""Conversations → how their last reply begins."""


@pytest.mark.parametrize("turns", SAID, ids=" ⇒ ".join)
def test_what_is_put_in_order(kotae: Kotae, turns: tuple[str, ...]) -> None:
    """Places are numbered where some of them are asked, and nothing that was asked is left out."""
    context = None
    for turn in turns:
        answer, context = kotae.answer(turn, context)
    assert answer.text.startswith(SAID[turns])


def test_a_range_after_one_project_is_of_its_years(kotae: Kotae) -> None:
    """Negative control: only a ranking of projects is gone back to."""
    _, context = kotae.answer("商工相談の件数は？")
    assert kotae.answer("1000件以上は？", context)[0].text.startswith(
        "平成23年度: 1,058件\n平成25年度: 1,025件\n商工相談"
    )
