"""Ranges: what is said of figures above or below one, and asked again."""

import pytest

from bot.answering import Kotae
from bot.charts.series import to_chart
from bot.replies.answers import Answer

SOURCE = "出典:"


def said(answer: Answer) -> list[str]:
    """The lines of a reply but for its source."""
    return [line.text for line in answer.lines if not line.text.startswith(SOURCE)]


def test_projects_above_a_figure_are_counted_and_listed_from_the_largest(kotae: Kotae) -> None:
    """Each with its whole cell; how many print no amount."""
    answer, _ = kotae.answer("25年度の実績が5,000千円以上の事業は？")
    assert said(answer) == [
        "6事業あります(平成25年度の実績が5,000千円以上の事業)。",
        "産業融資あっせん事業(No.13) 平成25年度: 貸付2,271件 利子補給 712,314,955円",
        "にぎわい商店街支援事業(No.33) 平成25年度: 152事業 80,420千円",
        "練馬区商店街連合会等への支援(No.34) 平成25年度: 27,979千円",
        "空き店舗入居促進事業(No.42) 平成25年度: 10,136千円(19事業)",
        "小規模事業者経営改善資金(マル経融資)支援事業(No.14) 平成25年度: 補助409件 補助額 9,824,627円",
        "いきいき商店街支援事業(No.32) 平成25年度: 10事業 8,098千円",
        "この数字の記載がない47行は含めていません。",
    ]
    assert [project.no for project in answer.projects] == ["13", "33", "34", "42", "14", "32"]


def test_a_cell_that_may_lie_within_is_named(kotae: Kotae) -> None:
    """8,000 copies each or 200 each quarter is no sum that is printed, and the reply doesn't say that there are none at all."""
    answer, _ = kotae.answer("25年度に8,000部以上の事業は？")
    assert (answer.status, answer.reason, answer.projects) == ("no_data", "empty", ())
    each, quarterly = (
        "ペがさす(No.19) 平成25年度 年3回 各8,000部発行",
        "区内景況調査(No.21) 平成25年度 四半期毎に200部発行",
    )
    assert said(answer) == [
        "当てはまる事業はありません(平成25年度の実績が8,000部以上の事業)。",
        f"範囲に入るかどうかが数字だけでは決まらない欄は含めていません: {each}、{quarterly}",
        "この数字の記載がない56行は含めていません。",
    ]


def test_years_of_a_project_are_those_that_hold(kotae: Kotae) -> None:
    """The blank year is named; where none holds that is said of years."""
    answer, _ = kotae.answer("商工相談で1,000件を超えたのは何年度？")
    assert said(answer) == [
        "平成23年度: 1,058件",
        "平成25年度: 1,025件",
        "商工相談(No.17) 平成23年度(2011年度)・平成25年度(2013年度)",
        "平成26年度(2014年度)は数字の記載がないため含めていません。",
    ]
    none, _ = kotae.answer("商工相談で4,000件を超えたのは何年度？")
    assert said(none)[0] == "当てはまる年度はありません(商工相談の実績が4,000件を超える年度)。"
    assert (none.status, [project.no for project in none.projects]) == ("no_data", ["17"])


def test_a_unit_that_a_project_never_prints_is_no_figure_of_it(kotae: Kotae) -> None:
    """商工相談 counts 件: of people nothing can be told, and its cells are shown."""
    answer, _ = kotae.answer("商工相談で100人以上の年度は？")
    assert (answer.status, said(answer)[0]) == ("no_data", "計算できる数字がそろっていません。")


@pytest.mark.parametrize(
    "question",
    [
        "25年度の実績が5,000千円以上の事業は？",
        "100件を超えない事業は？",
        "戦略目標Dで25年度に金額が1,000千円以下の事業は？",
        "25年度の補助額が5,000千円以上の事業は？",
        "商工相談で1,000件を超えたのは何年度？",
        "事業承継セミナーで20人以上の年度は？",
        "商工相談と経営指導で60件以上の年度は？",
        "達成度B以下の事業は？",
        "達成度B以下で25年度に3人以上の事業は？",
    ],
)
def test_a_range_asked_again_gives_the_same(kotae: Kotae, question: str) -> None:
    """In the words in which it was understood, and by its button."""
    first, _ = kotae.answer(question)
    again, _ = kotae.answer(first.understood)
    assert (again.query, again.projects, again.ordered, again.left_out) == (
        first.query, first.projects, first.ordered, first.left_out,
    )  # fmt: skip
    pressed, _ = kotae.run(first.query) if first.query else (first, None)
    assert (pressed.projects, pressed.ordered, said(pressed)) == (first.projects, first.ordered, said(first))


def test_a_label_counts_before_the_figure_only(kotae: Kotae) -> None:
    """補助額が… is that of the cells that call it so; 補助をした behind it says nothing of which figure."""
    assert [p.no for p in kotae.answer("25年度の補助額が5,000千円以上の事業は？")[0].projects] == ["14"]
    done, _ = kotae.answer("25年度に8,000千円以上の補助をした事業は？")
    assert [project.no for project in done.projects] == ["13", "33", "34", "42", "14", "32"]


def test_a_long_list_goes_on(kotae: Kotae) -> None:
    """Twelve, then the rest, which tells the count once more."""
    first, context = kotae.answer("100件を超えない事業は？")
    assert said(first)[13] == "ほか7件"
    rest, _ = kotae.answer("続き", context)
    assert said(rest)[:3] == [
        "5事業あります(実績が100件以下の事業)。",
        "はじめの12件の続きです。",
        "見本市等出展への支援(No.22) 平成24年度: 11件 1,001,000円",
    ]


def test_what_follows_keeps_the_range_or_the_list(kotae: Kotae) -> None:
    """24年度は asks for the same range; そのうち is of the projects; another project is no list."""
    _, context = kotae.answer("25年度に100件を超えた事業は？")
    assert kotae.answer("24年度は？", context)[0].understood == "平成24年度の実績が100件を超える事業"
    assert [p.no for p in kotae.answer("そのうち戦略目標Cは？", context)[0].projects] == ["13", "14", "17"]
    assert kotae.answer("経営指導は？", context)[0].understood == "平成25年度の経営指導の件数"
    _, years = kotae.answer("商工相談で1,000件を超えたのは何年度？")
    assert kotae.answer("経営指導は？", years)[0].understood == "経営指導の実績が1,000件を超える年度"


def test_a_range_is_drawn_as_its_figures(kotae: Kotae) -> None:
    """The bars are the cells that are listed."""
    chart = to_chart(kotae.answer("25年度に100人より多い事業は？")[0])
    assert chart is not None
    assert len(chart.panels) == 1


@pytest.mark.parametrize(
    "question",
    [
        "25年度に100件以上200件未満の事業は？",
        "24年度と25年度に100件を超えた事業は？",
        "25年度に5,000千円以上増えた事業は？",
        "25年度の合計が5,000千円以上の事業は？",
        "25年度に100件以上で一番多い事業は？",
        "25年度に10事業以上の事業は？",
        "25年度に延べ100人以上の事業は？",
        "25年度に件数が5回以上の事業は？",
        "25年度の実績が5以上の事業は？",
        "42番以上の事業は？",
        "25年度の目標が100件以上の事業は？",
        "25年度に100件以上の事業の達成度は？",
        "25年度に100件以上ではない事業は？",
        "商工相談は25年度に1,000件を超えましたか？",
        "商工相談で1,000件を超えた年度の達成度は？",
        "商工相談は達成度B以上ですか？",
        "達成度B以上ではない事業は？",
        "戦略目標B以上の事業は？",
    ],
)
def test_what_is_no_single_range_is_asked_back(kotae: Kotae, question: str) -> None:
    """Nothing of it is passed over: two bounds, two years, differences, sums, what is listed, what stands beside."""
    assert kotae.answer(question)[0].status == "clarify"
