"""A dash in whichever writing says that there is nothing; what a plan set out from is no result of a year."""

from pathlib import Path

import pytest

from kb.cells import is_dash
from kb.tables.mapping import bare_heading
from tests.kb.tables.tables import details, imported, opened, text_file, values


@pytest.mark.parametrize(
    ("text", "dash"),
    [("-", True), ("－", True), ("―", True), (" － ", True), ("---", True), ("−", True), ("", False), (" ", False), ("-5", False), ("－件", False)],
)  # fmt: skip
def test_a_dash_is_one_in_any_writing(text: str, dash: bool) -> None:
    """A blank and a negative number are none."""
    assert is_dash(text) is dash


def test_a_full_width_dash_of_a_table_is_answered_as_a_dash(tmp_path: Path) -> None:
    """No result, which lists know; the cell stays as it is printed."""
    lines = [
        ["番号", "事業名", "R4実績", "R5実績", "評価"],
        ["1", "見守り事業", "－", "12件", "A"],
        ["2", "相談事業", "5件", "―", "B"],
    ]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert values(made.projects[0], "result") == {2022: "－", 2023: "12件"}
    bot = opened(made, tmp_path)
    assert (bot.answer("見守り事業の令和4年度の実績は？")[0].reason, bot.answer("相談事業の5年度は？")[0].reason) == (
        "dash",
        "dash",
    )
    assert [project.no for project in bot.answer("令和4年度に実績がない事業は？")[0].projects] == ["1"]
    bot.knowledge.close()


@pytest.mark.parametrize(
    "heading", ["基準値", "基準値(R2)", "基準値 令和2年度", "令和2年度 基準値", "現状値", "策定時の値 2020年度"]
)
def test_what_a_plan_set_out_from_is_kept_beside_the_years(tmp_path: Path, heading: str) -> None:
    """Whichever year it is of: it is asked by its name, and no result of that year."""
    lines = [["番号", "指標", heading, "R4実績", "R5実績"], ["1", "健診の受診率", "10%", "13%", "14%"]]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert (made.plan.years, values(made.projects[0], "result")) == ((2022, 2023), {2022: "13%", 2023: "14%"})
    assert list(details(made.projects[0]).values()) == ["10%"]
    bot = opened(made, tmp_path)
    answer, _ = bot.answer(f"健診の受診率の{bare_heading(heading)}は？")
    assert answer.text.startswith(f"{heading}: 10%\n")
    bot.knowledge.close()


def test_the_year_of_a_base_is_no_year_of_its_line(tmp_path: Path) -> None:
    """年度 beside 基準値 and 目標値: no target is one of the base's year, and what has no year is named."""
    head = ["番号", "指標", "基準値", "年度", "目標値", "年度", "R4実績", "R5実績"]
    lines = [
        head,
        ["1", "健診の受診率", "10%", "R2", "30%", "R7", "13%", "14%"],
        ["2", "喫煙率", "20%", "R1", "12%", "R7", "18%", "17%"],
    ]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert (made.plan.years, values(made.projects[0], "target")) == ((2022, 2023), {})
    assert values(made.projects[0], "result") == {2022: "13%", 2023: "14%"}
    assert details(made.projects[0]) == {"基準値": "10%", "基準値の年度": "R2", "目標値の年度": "R7"}
    assert [(one.text, one.reason) for one in made.unread] == [
        ("30%", "年度の分からない列"),
        ("12%", "年度の分からない列"),
    ]


def test_the_year_of_each_line_stays_it(tmp_path: Path) -> None:
    """Negative control: a column of years dates the values beside it where no heading does, wherever it stands."""
    lines = [["指標", "目標", "年度", "実績"], ["受診率", "30%", "R4", "13%"], ["受診率", "31%", "R5", "14%"]]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert values(made.projects[0], "target") == {2022: "30%", 2023: "31%"}
    assert values(made.projects[0], "result") == {2022: "13%", 2023: "14%"}
