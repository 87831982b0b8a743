"""Rows and columns that are no project: numbers of the columns, headings over others, gaps, headings printed again."""

from pathlib import Path

import pytest

from tests.kb.tables.tables import by_name, imported, said, values, workbook

HEAD = ["番号", "事業名", "担当課", "R4実績", "R5実績"]


@pytest.mark.parametrize("row", ["(1) (2) (3) (4) (5)", "① ② ③ ④ ⑤", "A B C D E", "ア イ ウ エ オ", "1 2 3 4 5"])
def test_a_row_that_numbers_the_columns_is_a_heading(tmp_path: Path, row: str) -> None:
    """It is no project, and no heading of what stands below it."""
    lines = [HEAD, row.split(), ["1", "健診", "保健課", "10件", "12件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [project.name for project in made.projects] == ["健診"]
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件"}


def test_lone_names_are_headings_where_the_table_begins_with_one(tmp_path: Path) -> None:
    """Without numbers only the first line tells; the projects below have it as their policy."""
    lines = [HEAD[1:], ["保健"], ["健診", "保健課", "10件", "12件"], ["福祉"], ["相談", "福祉課", "5件", "6件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(p.name, p.policy) for p in made.projects] == [("健診", "保健"), ("相談", "福祉")]


def test_a_lone_name_below_others_is_a_project_and_said(tmp_path: Path) -> None:
    """It may be a project that reports nothing; that it may be a heading is in the report."""
    lines = [HEAD[1:], ["健診", "保健課", "10件", "12件"], ["福祉"], ["相談", "福祉課", "5件", "6件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert list(by_name(made)) == ["健診", "福祉", "相談"]
    assert any("名前だけの行です" in line for line in said(made))


def test_a_goal_in_a_row_of_its_own_is_not_that_of_the_project_above(tmp_path: Path) -> None:
    """It holds for those below."""
    head = ["基本目標", *HEAD[1:]]
    lines = [head, ["1 健やか"], ["", "健診", "保健課", "10件", ""], ["2 安心"], ["", "相談", "福祉課", "5件", "6件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(p.name, p.goal_text) for p in made.projects] == [("健診", "1 健やか"), ("相談", "2 安心")]
    assert all(detail.heading == "担当課" for project in made.projects for detail in project.details)


def test_an_empty_column_under_a_heading_is_no_column(tmp_path: Path) -> None:
    """It takes neither a role nor a name from the heading over it."""
    head = [["番号", "事業名", "目標", "", "", "評価"], ["", "", "R4", "R5", "", ""]]
    lines = [["1", "健診", "10件", "12件", "", "A"], ["2", "相談", "5件", "6件", "", "B"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, *lines]}, {"一覧": ["C1:E1"]}))
    assert values(made.projects[0], "target") == {2022: "10件", 2023: "12件"}
    assert made.projects[0].goal_text == ""


def test_headings_that_each_page_prints_again_are_no_contents(tmp_path: Path) -> None:
    """A column of years stays one though 年度 stands in it again; the amount of the project stays the project's."""
    head = ["番号", "事業名", "指標", "年度", "実績", "予算(円)"]
    lines = [["1", "健診", "受診者", "R4", "9人", "70"], ["", "", "回数", "R4", "3回", "70"]]
    more = [["2", "相談", "件数", "R4", "5件", "80"], ["", "", "満足度", "R4", "90%", "80"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines, head, *more]}))
    assert values(made.projects[0], "budget") == {2022: "70"}
    assert values(made.projects[1], "result", "満足度") == {2022: "90%"}


def test_a_year_with_few_grades_is_graded_like_the_others(tmp_path: Path) -> None:
    """進捗状況 of the last year is a dash and one grade: no results."""
    head = ["番号", "事業名", "R4実績", "R4進捗状況", "R5実績", "R5進捗状況"]
    lines = [["1", "健診", "10件", "順調", "12件", "-"], ["2", "相談", "5件", "遅れ", "6件", "概ね順調"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[1], "grade") == {2022: "遅れ", 2023: "概ね順調"}
    assert values(made.projects[1], "result") == {2022: "5件", 2023: "6件"}


def test_a_year_beside_a_text_heads_the_text(tmp_path: Path) -> None:
    """R5課題 is what its heading says, no result of R5."""
    lines = [["番号", "事業名", "R5実績", "R5課題"], ["1", "健診", "12件", "人手"], ["2", "相談", "6件", "周知"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(d.heading, d.text) for d in made.projects[0].details] == [("R5課題", "人手")]
    assert values(made.projects[0], "result") == {2023: "12件"}


def test_a_legend_below_the_table_is_no_project(tmp_path: Path) -> None:
    """凡例 with what each grade means beside it: named in no list and no problem to the audit; 凡例の整備 is a project."""
    head = ["番号", "事業名", "R4実績", "R5実績", "評価"]
    lines = [
        head,
        ["1", "健診", "10件", "12件", "A"],
        ["2", "凡例の整備", "5件", "6件", "B"],
        ["凡例", "A:達成", "B:概ね達成", "C:未達成"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert list(by_name(made)) == ["健診", "凡例の整備"]
