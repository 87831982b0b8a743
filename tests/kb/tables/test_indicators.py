"""Tables of indicators alone, what a plan set out from, and values whose year only a title or an option names."""

from pathlib import Path

import pytest

from kb.errors import DataError
from tests.kb.tables.tables import by_name, details, imported, units, values, workbook

HEAD = [
    [
        "基本目標",
        "施策",
        "重要業績評価指標(KPI)",
        "単位",
        "基準値\n(H30)",
        "目標値\n(R6)",
        "実績値",
        "",
        "",
        "進捗状況",
        "担当課",
    ],
    ["", "", "", "", "", "", "R1", "R2", "R3", "", ""],
]
LINES = [
    ["1 しごとをつくる", "創業支援", "創業件数", "件", 12, 30, 14, 15, 21, "順調", "商工課"],
    ["1 しごとをつくる", "雇用", "就職者数", "人", 110, 150, 108, "-", 121, "遅れ", "商工課"],
    ["2 ひとをよぶ", "観光", "入込客数", "人", "4,300", "5,000", "4,410", "1,200", "2,050", "遅れ", "観光課"],
]


def test_a_table_of_indicators_has_them_for_projects(tmp_path: Path) -> None:
    """Without a column of projects the indicator is what is asked for; goal and policy stay what they are."""
    made = imported(workbook(tmp_path / "a.xlsx", {"KPI": [["みどり町総合戦略 KPI一覧"], *HEAD, *LINES]}))
    project = by_name(made)["創業件数"]
    assert (project.goal_text, project.policy, project.grade) == ("1 しごとをつくる", "創業支援", "順調")
    assert values(project, "target") == {2024: "30"}
    assert values(project, "result") == {2019: "14", 2020: "15", 2021: "21"}
    assert units(project, "result") == {"件"}
    assert details(project) == {"基準値(H30)": "12", "担当課": "商工課"}
    assert list(by_name(made)) == ["創業件数", "就職者数", "入込客数"]
    assert made.unread == ()


def test_what_an_indicator_set_out_from_is_no_result(tmp_path: Path) -> None:
    """Under a project it is said with its indicator, and 平成30 makes no column of years."""
    head = ["番号", "事業名", "指標", "現状値(平成30年度)", "3年度実績", "4年度実績"]
    lines = [["1", "健診", "受診者", "90人", "98人", "99人"], ["", "", "回数", "3回", "4回", "5回"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    (project,) = made.projects
    assert made.plan.years == (2021, 2022)
    assert values(project, "result", "受診者") == {2021: "98人", 2022: "99人"}
    assert [detail.told for detail in project.details] == ["受診者: 90人", "回数: 3回"]


@pytest.mark.parametrize(
    ("title", "file", "year"),
    [
        ("令和5年度 事務事業評価", "a", ""),
        ("事務事業評価", "令和5年度評価", ""),
        ("事務事業評価", "a", "令和5"),
        ("事業評価", "a", "2023"),
    ],
)
@pytest.mark.parametrize("head", [["番号", "事業名", "目標値", "実績値", "評価"], ["番号", "事業名", "評価"]])
def test_the_one_year_of_a_title_or_an_option_holds(
    tmp_path: Path, title: str, file: str, year: str, head: list[str]
) -> None:
    """Where no column names one; a table of grades alone has a year, too."""
    line = {"番号": "1", "事業名": "健診", "目標値": "10件", "実績値": "9件", "評価": "A"}
    lines = [[title], head, [line[word] for word in head], [{**line, "番号": "2", "事業名": "相談"}[w] for w in head]]
    made = imported(workbook(tmp_path / f"{file}.xlsx", {"一覧": lines}), year=year)
    assert made.plan.years == (2023,)
    assert made.projects[0].grade == "A"
    assert values(made.projects[0], "result") == ({2023: "9件"} if "実績値" in head else {})


def test_an_option_changes_no_year_that_is_printed(tmp_path: Path) -> None:
    """A sheet that names its own year keeps it."""
    head = ["番号", "事業名", "実績"]
    sheets = {"令和3年度": [head, ["1", "健診", "8件"]], "令和4年度": [head, ["1", "健診", "9件"]]}
    made = imported(workbook(tmp_path / "a.xlsx", sheets), year="令和5")
    assert values(made.projects[0], "result") == {2021: "8件", 2022: "9件"}


def test_a_year_that_is_none_is_said(tmp_path: Path) -> None:
    """In one line, and nothing is written."""
    with pytest.raises(DataError, match="--year ことし: "):
        imported(
            workbook(tmp_path / "a.xlsx", {"一覧": [["番号", "事業名", "実績"], ["1", "健診", "8件"]]}), year="ことし"
        )


def test_the_unit_in_the_name_of_an_indicator_is_that_of_its_bare_figures(tmp_path: Path) -> None:
    """相談件数（件） 12 is 12件; a figure of another name beside it, an amount and a place in brackets are not."""
    head = ["番号", "事業名", "指標名", "R4実績", "R5実績", "R5達成率", "R5決算(千円)"]
    lines = [
        ["1", "相談(町)", "相談件数（件）", "12", "14", "93", "500"],
        ["", "", "満足の割合（％）", "78.4", "80人", "", ""],
        ["", "", "補助の件数(町)", "3", "4", "", ""],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    (project,) = made.projects
    assert made.plan.table is not None
    assert made.plan.table.units == ("件", "％")
    assert units(project, "result", "相談件数（件）") == {"件"}
    assert units(project, "result", "満足の割合（％）") == {"％"}
    assert units(project, "result", "補助の件数(町)") == {""}
    assert {unit for row in project.rows if row.activity and "達成率" in row.activity for unit in [row.unit]} == {""}
    assert values(project, "settlement") == {2023: "500"}


def test_an_indicator_that_is_the_project_says_its_unit(tmp_path: Path) -> None:
    """Where no column names projects, and next year's table keeps it."""
    lines = [["指標名", "R4実績", "R5実績"], ["創業件数(件)", "5", "6"], ["就職者数（千人）", "1.2", "1.4"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(project.name, units(project, "result")) for project in made.projects] == [
        ("創業件数(件)", {"件"}),
        ("就職者数（千人）", {"千人"}),
    ]
    assert not any("単位がどこにも" in str(one) for one in made.remarks)


def test_brackets_behind_a_project_are_no_unit(tmp_path: Path) -> None:
    """A project's name says what it is, not what is counted."""
    lines = [["番号", "事業名", "R5実績"], ["1", "道路整備(線)", "5"], ["2", "健診", "6"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert units(made.projects[0], "result") == {""}


@pytest.mark.parametrize("name", ["健診", ""])
def test_an_indicator_that_is_printed_once_holds_for_its_lines(tmp_path: Path, name: str) -> None:
    """目標 and 実績 of 受診者 stand below each other, and its unit beside the first of them; the cells aren't merged."""
    head = ["番号", "事業名", "指標", "単位", "区分", "R4", "R5"]
    lines = [["1", "健診", "受診者", "人", "目標", "90", "95"], ["", name, "", "", "実績", "88", "97"]]
    lines += [["", name, "満足度", "%", "目標", "60", "70"], ["", name, "", "", "実績", "61", ""]]
    lines += [["2", "相談", "件数", "件", "目標", "5", "6"], ["", "相談" if name else "", "", "", "実績", "4", "7"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    project = by_name(made)["健診"]
    assert values(project, "target", "受診者") == {2022: "90", 2023: "95"}
    assert values(project, "result", "受診者") == {2022: "88", 2023: "97"}
    assert values(project, "result", "満足度") == {2022: "61"}
    assert (units(project, "result", "受診者"), units(project, "result", "満足度")) == ({"人"}, {"%"})
    assert {row.activity for row in by_name(made)["相談"].rows} == {"件数"}


def test_a_second_line_of_the_same_kind_is_of_no_indicator_for_sure(tmp_path: Path) -> None:
    """Negative control: another 実績 below it belongs to something that the table doesn't name."""
    head = ["番号", "事業名", "指標", "区分", "R4", "R5"]
    lines = [["1", "健診", "受診者", "目標", "90人", "95人"], ["", "", "", "実績", "88人", "97人"]]
    lines += [["", "", "", "実績", "12人", "13人"], ["2", "相談", "件数", "実績", "4件", "7件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    project = by_name(made)["健診"]
    assert values(project, "result", "受診者") == {2022: "88人", 2023: "97人"}
    assert values(project, "result") == {2022: "12人", 2023: "13人"}
