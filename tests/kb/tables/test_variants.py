"""Layouts that invented tables showed to be misread: each is read as it is meant, or says what it can't tell."""

from pathlib import Path

import pytest

from tests.kb.tables.tables import by_name, details, imported, units, values, workbook

HALVES = [
    ["1", "健診", "100人", "120人"],
    ["", "", "98人", "119人"],
    ["2", "相談", "", "30件"],
    ["", "", "20件", "31件"],
]


@pytest.mark.parametrize("form", ["令和{}年度末", "R{}年度末", "令和{}年度の", "令和{}年度({west}年度)", "{}年度末の"])
def test_what_stands_around_a_year_is_no_name_of_the_values(tmp_path: Path, form: str) -> None:
    """R5年度末, 令和5年度の実績 and a year that is printed in both counts."""
    head = ["番号", "事業名", *(form.format(year, west=2018 + year) + "実績" for year in (4, 5))]
    made = imported(workbook(tmp_path / "a.xlsx", {"令和": [head, ["1", "健診", "10件", "12件"]]}))
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件"}


def test_a_line_of_a_year_that_is_printed_in_both_counts(tmp_path: Path) -> None:
    """令和5年度(2023年度) in a column of years is one year, not two."""
    head = ["番号", "事業名", "年度", "実績"]
    lines = [["1", "健診", "令和4年度(2022年度)", "10件"], ["1", "健診", "令和5年度(2023年度)", "12件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件"}


@pytest.mark.parametrize("place", ["heading", "above", "below"])
def test_the_upper_line_is_the_target_where_the_table_says_so(tmp_path: Path, place: str) -> None:
    """上段:目標 下段:実績, wherever it stands: no target becomes a result, also where one of the two is blank."""
    said = "(上段:目標 下段:実績)"
    head = ["番号", "事業名", *(f"R{year}{said if place == 'heading' else ''}" for year in (4, 5))]
    lines = [[said]] * (place == "above") + [head, *HALVES] + [["※" + said]] * (place == "below")
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert values(made.projects[0], "target") == {2022: "100人", 2023: "120人"}
    assert values(made.projects[0], "result") == {2022: "98人", 2023: "119人"}
    assert values(made.projects[1], "target") == {2023: "30件"}
    assert values(made.projects[1], "result") == {2022: "20件", 2023: "31件"}
    assert made.unread == ()


def test_a_single_line_may_be_either_half(tmp_path: Path) -> None:
    """Where a project prints one line of the two, nobody can tell which: its figures are named, not taken."""
    lines = [["番号", "事業名", "R4(上段:計画 下段:実績)", "R5"], *HALVES, ["3", "訪問", "7件", "8件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    reason = "何の値か(目標・実績など)が分からない行"
    assert [(one.text, one.reason) for one in made.unread] == [("7件", reason), ("8件", reason)]


@pytest.mark.parametrize("heading", ["目標・実績", "種別", ""])
def test_a_column_that_says_target_and_result_tells_what_each_line_holds(tmp_path: Path, heading: str) -> None:
    """By what stands in it, however it is headed."""
    head = ["番号", "事業名", heading, "R4", "R5"]
    lines = [["1", "健診", "目標値", "100人", "120人"], ["", "", "実績値", "98人", ""]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "target") == {2022: "100人", 2023: "120人"}
    assert values(made.projects[0], "result") == {2022: "98人"}


def test_an_empty_column_does_not_end_a_heading(tmp_path: Path) -> None:
    """決算額 is printed once; the gap between its years belongs to it."""
    head = [["番号", "事業名", "実績", "", "決算額"], ["", "", "R4", "R5", "R4", "", "R5"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, ["1", "健診", "1件", "2件", "3円", "", "4円"]]}))
    assert values(made.projects[0], "settlement") == {2022: "3円", 2023: "4円"}
    assert values(made.projects[0], "result") == {2022: "1件", 2023: "2件"}


def test_a_lower_heading_that_nobody_has_listed_is_a_heading(tmp_path: Path) -> None:
    """予算額 beside 増減: the row is no project's, and the budget stays a budget."""
    head = [["番号", "事業名", "R4", "", "評価"], ["", "", "予算額", "増減", ""]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, ["1", "健診", "100円", "7円", "A"]]}))
    assert values(made.projects[0], "budget") == {2022: "100円"}
    assert details(made.projects[0])["R4 / 増減"] == "7円"


def test_a_word_that_is_also_a_counter_is_no_unit(tmp_path: Path) -> None:
    """計画 counts plans elsewhere; over figures it says that they are targets."""
    head = [["番号", "事業名", "R4", ""], ["", "", "計画", "実績"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*head, ["1", "健診", 100, 98]]}))
    assert (values(made.projects[0], "target"), units(made.projects[0], "target")) == ({2022: "100"}, {""})


def test_an_indicator_without_values_stays(tmp_path: Path) -> None:
    """Its line holds the project's budget only: no result of it is blank, and its name is not lost."""
    head = ["番号", "事業名", "指標", "R4予算額(千円)", "R5予算額(千円)"]
    lines = [["1", "健診", "受診率", 10, 12], ["", "", "回数", "", ""], ["2", "相談", "件数", 5, 6]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "budget") == {2022: "10", 2023: "12"}
    assert {row.activity for row in made.projects[0].rows} == {None}
    assert [(one.heading, one.text) for one in made.projects[0].details] == [("指標", "受診率"), ("指標", "回数")]


def test_a_named_figure_of_an_indicator_keeps_the_indicator(tmp_path: Path) -> None:
    """達成率 of each indicator: neither a result of it nor one figure of the project."""
    head = ["番号", "事業名", "指標", "R4実績", "R4達成率"]
    lines = [["1", "健診", "受診者", "10人", "50%"], ["", "", "回数", "3回", "60%"]]
    (project,) = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]})).projects
    assert values(project, "result", "受診者") == {2022: "10人"}
    assert values(project, "result", "受診者 達成率") == {2022: "50%"}
    assert values(project, "result", "回数 達成率") == {2022: "60%"}


def test_sheets_of_a_year_each_may_have_other_columns(tmp_path: Path) -> None:
    """The grade of a sheet is that of its year, though a later sheet has a column more."""
    first = [
        ["番号", "事業名", "指標", "実績", "評価"],
        ["1", "健診", "受診者", "10人", "A"],
        ["", "", "回数", "3回", ""],
    ]
    second = [["番号", "事業名", "課題", "指標", "実績", "評価"], ["1", "健診", "なし", "受診者", "9人", "B"]]
    second.append(["", "", "", "回数", "4回", ""])
    project = by_name(imported(workbook(tmp_path / "a.xlsx", {"令和4年度": first, "令和5年度": second})))["健診"]
    assert values(project, "grade") == {2022: "A", 2023: "B"}
    assert values(project, "result", "回数") == {2022: "3回", 2023: "4回"}


def test_sheets_of_a_policy_each_may_have_other_columns(tmp_path: Path) -> None:
    """The sheet's name is the policy nonetheless."""
    first = [["番号", "事業名", "R4実績"], ["1", "健診", "10人"]]
    second = [["番号", "事業名", "課題", "R4実績"], ["2", "相談", "なし", "9人"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"保健": first, "福祉": second}))
    assert [project.policy for project in made.projects] == ["保健", "福祉"]
