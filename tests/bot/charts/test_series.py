from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Kotae
from bot.charts import Chart, Mark, Panel, to_chart
from nlp.figures.figures import read_figures
from tests.bot.charts.quoting import answer_of, comparison, history, quote


def chart(kotae: Kotae, question: str) -> Chart:
    """The chart of the answer to a question."""
    found = to_chart(kotae.answer(question)[0])
    assert found is not None
    return found


# ── What is drawn ──


def test_a_history_is_a_line_for_each_unit_with_the_blank_as_a_gap(kotae: Kotae) -> None:
    """Money and numbers of projects have an axis each, in the unit that the cells print; the blank year is no zero."""
    money, projects = chart(kotae, "空き店舗入居促進事業の推移は？").panels
    assert money == Panel(
        "金額(千円)",
        "千円",
        "line",
        (
            Mark("平成23年度", Decimal(10376), "10,376千円"),
            Mark("平成24年度", Decimal(10278), "10,278千円"),
            Mark("平成25年度", Decimal(10136), "10,136千円"),
            Mark("平成26年度", None, "記載なし"),
        ),
        (Decimal(0), Decimal(10376)),
    )
    assert (projects.title, [mark.text for mark in projects.marks]) == (
        "事業数(事業)",
        ["12事業", "13事業", "19事業", "記載なし"],
    )


def test_the_picture_of_two_questions_has_the_gaps_of_both(kotae: Kotae) -> None:
    """What could not take part in either computation stands in the picture of both, as in that of one."""
    both = chart(kotae, "商工相談の件数の合計と空き店舗入居促進事業の金額の平均は？").panels
    ones = [chart(kotae, one) for one in ("商工相談の件数の合計は？", "空き店舗入居促進事業の金額の平均は？")]
    assert [panel.marks for panel in both] == [panel.marks for one in ones for panel in one.panels]
    assert [panel.marks[-1] for panel in both] == [Mark("平成26年度", None, "記載なし")] * 2


def test_two_years_are_columns(kotae: Kotae) -> None:
    """A change from one year to the next is drawn as the two figures that it was computed of."""
    panels = chart(kotae, "空き店舗入居促進事業の24年度から25年度の増減は？").panels
    assert [(panel.unit, panel.form, [mark.text for mark in panel.marks]) for panel in panels] == [
        ("千円", "columns", ["10,278千円", "10,136千円"]),
        ("事業", "columns", ["13事業", "19事業"]),
    ]


def test_years_that_do_not_follow_each_other_are_no_line() -> None:
    """What lies between was not asked, so nothing is drawn through it."""
    found = [to_chart(history(dict.fromkeys(years, "2件"))) for years in ((2019, 2020, 2021), (2019, 2020, 2022))]
    assert [one.panels[0].form for one in found if one] == ["line", "columns"]


def test_two_projects_in_a_year_are_bars(kotae: Kotae) -> None:
    """What is compared stands on one axis, the larger first, each by name and number."""
    found = chart(kotae, "商工相談と経営指導の25年度の比較")
    assert found.title == "平成25年度の商工相談と経営指導の比較"
    assert found.panels == (
        Panel(
            "件数(件)",
            "件",
            "bars",
            (Mark("商工相談(No.17)", Decimal(1025), "1,025件"), Mark("経営指導(No.16)", Decimal(59), "59件")),
            (Decimal(0), Decimal(1025)),
        ),
    )


def test_two_projects_over_the_years_share_their_scale(kotae: Kotae) -> None:
    """Each has a panel of its own; 62 isn't drawn as high as 1,058."""
    panels = chart(kotae, "商工相談と経営指導の比較").panels
    assert [(panel.title, panel.span) for panel in panels] == [
        ("商工相談(No.17) 件数(件)", (Decimal(0), Decimal(1058))),
        ("経営指導(No.16) 件数(件)", (Decimal(0), Decimal(1058))),
    ]


def test_a_ranking_is_drawn_in_its_order_and_of_what_was_asked(kotae: Kotae) -> None:
    """Of cells that print several units only the one that was ranked is drawn."""
    (panel,) = chart(kotae, "25年度の金額が多い上位12事業は？").panels
    assert [mark.text for mark in panel.marks[:3]] == ["712,314,955円", "80,420千円", "27,979千円"]
    assert (panel.unit, panel.form, len(panel.marks)) == ("円", "bars", 11)


def test_a_long_order_shows_twenty_bars_and_counts_the_rest(kotae: Kotae) -> None:
    """32 figures were ordered over the years: each bar names its year."""
    found = chart(kotae, "金額が最も多い事業は？")
    assert (len(found.panels[0].marks), found.hidden) == (20, 12)
    assert found.panels[0].marks[0].label == "産業融資あっせん事業(No.13) 平成23年度"


def test_a_figure_keeps_the_word_that_changes_it(kotae: Kotae) -> None:
    """年3回 and 各8,000部 are neither 3 nor 8,000 in all."""
    panels = chart(kotae, "ペがさすの推移は？").panels
    assert [panel.marks[0].text for panel in panels] == ["年3回", "各8,000部"]


def test_years_whose_figures_are_too_wide_lie_below_each_other(kotae: Kotae) -> None:
    """949,888,008円 three times has no room beside each other on a phone; 2,252件 has."""
    panels = chart(kotae, "産業融資あっせん事業の推移は？").panels
    assert [(panel.title, panel.form) for panel in panels] == [("貸付(件)", "line"), ("利子補給(円)", "bars")]


def test_a_line_of_the_table_that_is_not_drawn_is_counted(kotae: Kotae) -> None:
    """Of two seminars one prints figures in three years, the other in one."""
    found = chart(kotae, "15番の実績は？")
    assert ([panel.title for panel in found.panels], found.hidden) == (
        ["経営者・後継者育成セミナー 受講者(人)"],
        1,
    )


def test_targets_and_results_are_named_once(towns: dict[str, Kotae]) -> None:
    """Two kinds of cells of two lines: each panel says which line and which kind it shows, in which unit."""
    panels = chart(towns["midori"], "図書館運営事業の目標と実績").panels
    assert [panel.title for panel in panels] == [
        "貸出冊数 目標(冊)", "貸出冊数 実績(冊)", "利用者満足度 目標(%)", "利用者満足度 実績(%)",
    ]  # fmt: skip


def test_a_contradiction_is_a_gap(towns: dict[str, Kotae]) -> None:
    """No value of a cell that contradicts itself is drawn."""
    settlement = chart(towns["midori"], "防災訓練事業の予算と決算の推移").panels[1]
    assert [mark.text for mark in settlement.marks] == ["1,420千円", "1,498千円", "不一致"]
    assert settlement.marks[2].value is None


# ── What isn't ──


@pytest.mark.parametrize(
    "question",
    ["空き店舗入居促進事業の25年度実績は？", "事業承継セミナーの実績は？", "44番の実績は？", "商工相談の内容は？", "こんにちは", "達成度Bの事業は？"],
)  # fmt: skip
def test_an_answer_without_two_figures_of_a_unit_has_no_chart(question: str, kotae: Kotae) -> None:
    """One year in two units, one figure beside dashes, words, a description, a greeting, a list."""
    assert to_chart(kotae.answer(question)[0]) is None


def test_a_dash_and_a_cell_without_the_figure_are_gaps_of_their_own() -> None:
    """What stands in a gap says which of the absences it is."""
    found = to_chart(history({2019: "3件", 2020: "-", 2021: "検討", 2022: "", 2023: "5件"}))
    assert found is not None
    assert [(mark.value, mark.text) for mark in found.panels[0].marks] == [
        (Decimal(3), "3件"), (None, "「-」"), (None, "数字なし"), (None, "記載なし"), (Decimal(5), "5件"),
    ]  # fmt: skip


def test_a_cell_with_two_figures_of_a_kind_is_told_and_not_drawn() -> None:
    """Neither of the two is the year's figure, and no cell prints their sum."""
    found = to_chart(history({2019: "3回", 2020: "4回 5回", 2021: "6回"}))
    assert found is not None
    assert found.panels[0].marks[1] == Mark("令和2年度", None, "4回・5回")


def test_a_part_is_not_drawn_beside_its_whole() -> None:
    """うち20社 is in 83社 already."""
    found = to_chart(history({2019: "83社 うち区内20社", 2020: "70社 うち区内10社"}))
    assert found is not None
    assert [[mark.text for mark in panel.marks] for panel in found.panels] == [["83社", "70社"]]


def test_a_project_without_the_figure_stands_below_what_is_compared() -> None:
    """The reader sees that it was asked for."""
    found = to_chart(comparison(["2件", "", "3件"]))
    assert found is not None
    assert [mark.text for mark in found.panels[0].marks] == ["2件", "3件", "記載なし"]


def test_projects_of_two_plans_are_not_compared() -> None:
    """Each plan counts in a way of its own."""
    one, other = quote(1, 2020, "2件"), quote(2, 2020, "3件")
    elsewhere = other._replace(project=other.project._replace(reference="aoi/2"))
    assert to_chart(answer_of([one, other])) is not None
    assert to_chart(answer_of([one, elsewhere])) is None


# ── Never two units on one axis ──

FIGURES = st.tuples(
    st.sampled_from(["", "うち", "延べ", "各", "約", "参加", "補助"]),
    st.integers(0, 10**7),
    st.sampled_from(["円", "千円", "百万円", "件", "人", "名", "社", "%", "か所", "ヶ所", ""]),
)
TEXTS = st.one_of(
    st.sampled_from(["", "-", "検討"]),
    st.lists(FIGURES.map(lambda f: f"{f[0]}{f[1]:,}{f[2]}"), min_size=1, max_size=4).map(" ".join),
)
PLACES = st.tuples(st.integers(1, 4), st.integers(2019, 2024))


def mostly(unit: str) -> st.SearchStrategy[dict[tuple[int, int], str]]:
    """Cells of which most print one figure in this unit, so that there is something to draw."""
    plain = st.integers(0, 10**7).map(lambda number: f"{number:,}{unit}")
    return st.dictionaries(PLACES, st.one_of(plain, plain, plain, TEXTS), min_size=1, max_size=16)


CELLS = st.sampled_from(["円", "千円", "件", "人", "%", "か所"]).flatmap(mostly)


def units(panel: Panel) -> set[str]:
    """The units of everything that stands in a panel."""
    return {figure.unit for mark in panel.marks for figure in read_figures(mark.text)}


def scale(unit: str) -> int:
    """How many of the canonical unit a printed one is."""
    return {"千円": 1000, "百万円": 10**6}.get(unit, 1)


def test_a_panel_has_one_unit_and_every_value_is_printed() -> None:
    """Whatever cells print: one unit to an axis, and what is drawn is what the text beside it reads."""
    drawn = []

    @settings(max_examples=200)
    @given(CELLS)
    def held(cells: dict[tuple[int, int], str]) -> None:
        found = to_chart(answer_of([quote(no, year, text) for (no, year), text in cells.items()]))
        for panel in found.panels if found else ():
            drawn.append(panel)
            assert len(units(panel)) <= 1
            assert sum(mark.value is not None for mark in panel.marks) >= 2
            for mark in panel.marks:
                read = [figure.value for figure in read_figures(mark.text)]
                assert mark.value is None or not read or read == [mark.value * scale(panel.unit)]

    held()
    assert len(drawn) > 60


def test_two_units_on_one_axis_are_noticed() -> None:
    """Negative control: a panel of money and people is seen for what it is."""
    marks = (Mark("令和元年度", Decimal(3), "3千円"), Mark("令和2年度", Decimal(4), "4人"))
    assert units(Panel("", "千円", "columns", marks, (Decimal(0), Decimal(4)))) == {"円", "人"}
