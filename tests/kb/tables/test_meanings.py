"""What figures mean by what stands over them: counts are no grades, 前年度 is another year, 国庫支出金 is a part."""

from pathlib import Path

from tests.kb.tables.tables import details, imported, units, values, workbook


def test_counts_from_one_to_five_are_no_grades(tmp_path: Path) -> None:
    """A column of years or of 実績 that happens to hold small numbers holds results."""
    head = ["番号", "事業名", "指標", "単位", "R4", "R5", "実績値(R3)"]
    lines = [["1", "健診", "回数", "回", "1", "2", "3"], ["2", "相談", "件数", "件", "5", "4", "1"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "result", "回数") == {2021: "3", 2022: "1", 2023: "2"}
    assert (made.plan.layout.grades, units(made.projects[0], "result", "回数")) == ((), {"回"})


def test_an_era_over_bare_years_is_theirs(tmp_path: Path) -> None:
    """平成 and 令和, each printed once over its years; neither names the values."""
    head = [["番号", "事業名", "平成", "", "令和", ""], ["", "", "29年度", "30年度", "元年度", "2年度"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, ["1", "健診", "1件", "2件", "3件", "4件"]]}))
    assert values(made.projects[0], "result") == {2017: "1件", 2018: "2件", 2019: "3件", 2020: "4件"}


def test_a_line_for_each_kind_and_year(tmp_path: Path) -> None:
    """年度, 区分 and 値: the line says what its figure is."""
    head = ["事業名", "年度", "区分", "値", "単位"]
    lines = [["健診", "R4", "目標", "10", "件"], ["健診", "R4", "実績", "9", "件"], ["健診", "R5", "目標", "12", "件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "target") == {2022: "10", 2023: "12"}
    assert values(made.projects[0], "result") == {2022: "9"}
    assert units(made.projects[0], "target") == {"件"}


def test_parts_of_an_amount_are_named(tmp_path: Path) -> None:
    """総額 and 国庫支出金 under 決算額: no part is the whole, also where only a part is printed."""
    head = [["番号", "事業名", "令和5年度決算額(千円)", "", ""], ["", "", "総額", "国庫支出金", "一般財源"]]
    lines = [["1", "健診", "100", "75", "25"], ["2", "相談", "", "80", ""]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, *lines]}, {"一覧": ["C1:E1"]}))
    assert values(made.projects[0], "settlement", "総額") == {2023: "100"}
    assert values(made.projects[0], "settlement", "国庫支出金") == {2023: "75"}
    assert values(made.projects[1], "settlement", "国庫支出金") == {2023: "80"}
    assert values(made.projects[1], "settlement") == {}


def test_a_year_that_only_the_edition_tells_is_no_value_of_it(tmp_path: Path) -> None:
    """前年度実績 and 次年度予算額 keep their own names."""
    head = ["番号", "事業名", "前年度実績", "実績", "次年度予算額(千円)"]
    lines = [["令和5年度 事務事業評価"], head, ["1", "健診", "8件", "9件", "120"], ["2", "相談", "5件", "6件", "80"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert values(made.projects[0], "result") == {2023: "9件"}
    assert details(made.projects[0]) == {"前年度実績": "8件", "次年度予算額(千円)": "120"}
    assert {row.kind for row in made.projects[0].rows} == {"result"}


def test_a_difference_is_no_result(tmp_path: Path) -> None:
    """差引 beside 計画 and 決算, and 増減 of the year of a line, are quoted as they stand; the report says so."""
    head = [["番号", "事業名", "令和5年度", "", ""], ["", "", "計画", "決算", "差引"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, ["1", "水道", "100円", "90円", "△10円"]]}))
    assert {row.kind for row in made.projects[0].rows} == {"target", "settlement"}
    assert details(made.projects[0]) == {"令和5年度 / 差引": "△10円"}
    assert any("「令和5年度 / 差引」(E列)はほかの欄の差とみて" in line for line in made.assumed)
    head = ["事業名", "年度", "利用者数(人)", "増減(人)"]
    lines = [["水道", "R4", "100", "5"], ["水道", "R5", "90", "△10"], ["下水", "R4", "80", "3"]]
    made = imported(workbook(tmp_path / "b.xlsx", {"一覧": [head, *lines]}), "other")
    assert {row.activity for row in made.projects[0].rows} == {"利用者数(人)"}


def test_the_unit_of_a_name_wins_over_that_of_the_sheet(tmp_path: Path) -> None:
    """千円 above 計画 and 決算, also with 税抜 behind it, is for those lines that name no other unit; 収入計 adds up."""
    head = [["収支計画"], ["(単位:千円、税抜)"], ["項目", "令和5年度", ""], ["", "計画", "決算"]]
    lines = [["収益", 10, 9], ["補助", 5, 4], ["収入計", 15, 13], ["水道事業会計", 7, 7], ["経常収支比率(%)", 103, 101]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, *lines]}, {"一覧": ["B3:C3"]}))
    projects = {one.name: {row.unit for row in one.rows} for one in made.projects}
    assert projects == {"収益": {"千円"}, "補助": {"千円"}, "水道事業会計": {"千円"}, "経常収支比率(%)": {"%"}}
