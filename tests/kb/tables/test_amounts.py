"""Columns of numbers that name no kind: values where each line or sheet is of one year, else the report names them."""

from pathlib import Path

from tests.kb.tables.tables import details, imported, units, values, workbook

CARDS = [
    ["公共施設の利用状況"],
    ["施設番号", "施設名", "所管", "年度", "利用者数(人)", "維持管理費(円)", "延床面積(㎡)", "設置年"],
    ["101", "中央公民館", "生涯学習課", "R4", 8120, 9800450, 820, "1985"],
    [None, None, None, "R5", 10455, 9650200, None, None],
    ["201", "町民体育館", "スポーツ課", "R4", 15200, 12500000, 2100, "1991"],
    [None, None, None, "R5", 18760, 12875430, None, None],
]
ONCE = [f"{column}{row}:{column}{row + 1}" for column in "ABCGH" for row in (3, 5)]
SHEET = ["No", "取組", "指標", "単位", "目標", "実績", "達成率(%)", "前年比"]
YEARS = {
    "令和4年度": [SHEET, ["1", "ごみの減量", "排出量", "g", 710, 728, 102.5, 98.2]],
    "令和5年度": [SHEET, ["1", "ごみの減量", "排出量", "g", 700, 699, 99.9, 96.0]],
}


def test_a_line_of_one_year_holds_values_of_that_year(tmp_path: Path) -> None:
    """利用者数 and 維持管理費 are results under their own names, in the units of their headings."""
    made = imported(workbook(tmp_path / "a.xlsx", {"カルテ": CARDS}, {"カルテ": ONCE}))
    hall = made.projects[0]
    assert (hall.no, hall.name) == ("101", "中央公民館")
    assert values(hall, "result", "利用者数(人)") == {2022: "8120", 2023: "10455"}
    assert values(hall, "result", "維持管理費(円)") == {2022: "9800450", 2023: "9650200"}
    assert units(hall, "result", "利用者数(人)") == {"人"}


def test_what_is_merged_over_the_years_of_a_project_is_no_value_of_one(tmp_path: Path) -> None:
    """延床面積 is printed once for both years, 設置年 is a year: details, and the first one is named."""
    made = imported(workbook(tmp_path / "a.xlsx", {"カルテ": CARDS}, {"カルテ": ONCE}))
    assert details(made.projects[0]) == {"所管": "生涯学習課", "延床面積(㎡)": "820", "設置年": "1985"}
    assert [line for line in made.assumed if "数字の列" in line] == [
        (
            "「延床面積(㎡)」(G列)は数字の列ですが、年度の値とせず項目として読みました"
            '(年度の値なら plan.toml で role = "value" とし、kind と year を書いてください)'
        )
    ]


def test_a_rate_of_each_sheet_is_that_of_its_year(tmp_path: Path) -> None:
    """達成率 stays with its year; 前年比 has no unit of its own and is not counted in grams: a detail that is named."""
    made = imported(workbook(tmp_path / "a.xlsx", YEARS))
    rows = {row.activity or "": row for row in made.projects[0].rows if row.kind == "result"}
    rate = next(row for name, row in rows.items() if "達成率" in name)
    assert {cell.year: cell.text for cell in rate.cells} == {2022: "102.5", 2023: "99.9"}
    assert rate.unit == "%"
    assert not any("前年比" in name for name in rows)
    assert any("「前年比」(H列)は数字の列" in line for line in made.assumed)


def test_a_column_of_numbers_beside_years_is_named(tmp_path: Path) -> None:
    """Nobody says of which year 利用者数 is: it stays a detail, in one line with the others."""
    head = ["番号", "事業名", "担当課", "R4実績", "R5実績", "面積(㎡)", "利用者数", "基準値(H30)"]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, ["1", "健診", "保健課", "1件", "2件", 12, 30, 8]]}))
    assert [line for line in made.assumed if "数字の列" in line] == [
        (
            "「面積(㎡)」(F列)「利用者数」(G列)は数字の列ですが、年度の値とせず項目として読みました"
            '(年度の値なら plan.toml で role = "value" とし、kind と year を書いてください)'
        )
    ]


def test_words_beside_years_are_not_named(tmp_path: Path) -> None:
    """Negative control: a department and a note are no numbers."""
    head = ["番号", "事業名", "担当課", "R4実績", "備考"]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, ["1", "健診", "保健課", "1件", "3回"]]}))
    assert not any("数字の列" in line for line in made.assumed)


def test_what_an_indicator_counts_is_no_unit_of_the_budget_beside_it(tmp_path: Path) -> None:
    """件 of 利用件数(件) and % of 満足度(%) are those of the results; the budget is in 千円, stated over it or over the table."""
    head = ["番号", "事業名", "指標", "令和5年度実績", "令和5年度予算(千円)"]
    lines = [["1", "窓口", "利用件数(件)", "8815", "6200"], ["2", "案内", "満足度(%)", "71", "940"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert {row.unit for project in made.projects for row in project.rows if row.kind == "budget"} == {"千円"}
    assert [row.unit for project in made.projects for row in project.rows if row.kind == "result"] == ["件", "%"]
    above = [["事業の進捗"], ["(単位:千円)"], [*head[:-1], "令和5年度予算"], *lines]
    made = imported(workbook(tmp_path / "b.xlsx", {"一覧": above}), "other")
    assert {row.unit for project in made.projects for row in project.rows if row.kind == "budget"} == {"千円"}
