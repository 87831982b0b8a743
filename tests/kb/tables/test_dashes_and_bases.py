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
