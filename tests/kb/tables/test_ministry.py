"""A ministry's sheets of the 行政事業レビュー: one name is one project over the years, and editions that differ contradict.

The lines are made up in the form of the tables of JUDGIT! (行政事業レビュー, JUDGIT! / 構想日本ほか, CC BY 4.0).
"""

from pathlib import Path

from tests.kb.tables.tables import by_name, details, imported, text_file, units, values, workbook

HEAD = [
    "source",
    "gov_level",
    "government",
    "department",
    "project_id",
    "project_name",
    "sheet_fiscal_year",
    "start_year",
    "end_year",
    "initial_budget_yen",
    "total_budget_yen",
    "executed_yen",
    "amount_fiscal_year",
    "evaluation",
    "source_ref",
    "licence",
]
INDICATORS = [
    "government",
    "project_name",
    "sheet_year",
    "kind",
    "indicator",
    "unit",
    "fiscal_year",
    "target",
    "actual",
]


def sheet(
    name: str, number: str, year: int, initial: str, total: str, executed: str, office: str = "総務課"
) -> list[str]:
    """A line of the table of sheets: a sheet of a year holds the amounts of the year before."""
    amounts = [initial, total, executed, str(year - 1), "", f"ref/{year}/{number}", "CC BY 4.0"]
    return ["judgit", "national", "試験省", office, number, name, str(year), "2013", "", *amounts]


SHEETS = [
    HEAD,
    sheet("監視に必要な経費", "2", 2015, "63680000", "13800000", "3430000"),
    sheet("監視に必要な経費", "0001", 2016, "50000000", "51000000", "0", "監視課"),
    sheet("普及啓発", "3", 2015, "92901000", "15336000", "12457000"),
    sheet("普及啓発", "0002", 2016, "80000000", "80000000", "70000000"),
    sheet("重なる経費", "4", 2015, "1000", "1000", "900"),
    sheet("重なる経費", "5", 2015, "1000", "1000", "800"),
]
OUTCOMES = [
    INDICATORS,
    ["試験省", "監視に必要な経費", "2015", "output", "説明会", "件", "2014", "", "172.0"],
    ["試験省", "監視に必要な経費", "2016", "output", "説明会", "件", "2014", "", "172"],
    ["試験省", "監視に必要な経費", "2016", "output", "説明会", "件", "2015", "150.0", "160.0"],
    ["試験省", "監視に必要な経費", "2016", "output", "説明会", "回", "2015", "", "12.0"],
    ["試験省", "普及啓発", "2015", "outcome", "認知度", "％", "2014", "50", "48"],
    ["試験省", "普及啓発", "2016", "outcome", "認知度", "％", "2014", "50", "45"],
]


def test_one_name_is_one_project_over_the_years(tmp_path: Path) -> None:
    """Its id differs from edition to edition, so the order counts; each edition's amounts land in their own year."""
    made = imported(text_file(tmp_path / "sheets.tsv", SHEETS, delimiter="\t"))
    projects = by_name(made)
    assert [(p.no, p.name) for p in made.projects] == [
        ("1", "監視に必要な経費"),
        ("2", "普及啓発"),
        ("3", "重なる経費"),
    ]
    first = projects["監視に必要な経費"]
    assert values(first, "budget") == {2014: "63680000", 2015: "50000000"}
    assert values(first, "budget", "total_budget_yen") == {2014: "13800000", 2015: "51000000"}
    assert values(first, "settlement") == {2014: "3430000", 2015: "0"}
    assert units(first, "budget") == units(first, "settlement") == {"円"}
    assert made.plan.years == (2014, 2015)
    assert "番号の列は同じ事業でも版ごとに違うため、事業名で結び、並んだ順の番号をつけました" in made.assumed


def test_there_is_no_grade(tmp_path: Path) -> None:
    """A column of evaluations that is empty all over gives no grade and no row of grades."""
    made = imported(text_file(tmp_path / "sheets.tsv", SHEETS, delimiter="\t"))
    assert made.plan.layout.grades == ()
    assert {row.kind for project in made.projects for row in project.rows} == {"budget", "settlement"}


def test_offices_of_all_editions_are_kept(tmp_path: Path) -> None:
    """A text that changes over the editions is said as often as it is printed differently."""
    made = imported(text_file(tmp_path / "sheets.tsv", SHEETS, delimiter="\t"))
    offices = [detail.text for detail in made.projects[0].details if detail.heading == "department"]
    assert offices == ["総務課", "監視課"]
    assert details(made.projects[1])["licence"] == "CC BY 4.0"


def test_two_sheets_of_one_year_contradict_each_other(tmp_path: Path) -> None:
    """Both amounts stay, each with its line and its edition; neither is taken."""
    made = imported(text_file(tmp_path / "sheets.tsv", SHEETS, delimiter="\t"))
    project = by_name(made)["重なる経費"]
    assert values(project, "settlement") == {2014: "900(sheets L6・2015の版) ≠ 800(sheets L7・2015の版)"}
    assert values(project, "budget") == {2014: "1000"}
    assert [one.address for one in made.remarks if "食い違う" in one.reason] == ["L6"]
    assert [one.address for one in made.remarks if "行により違い" in one.reason] == ["O6", "E6"]


def test_indicators_are_activities_with_target_and_result(tmp_path: Path) -> None:
    """A figure that a later edition writes otherwise is the same figure; another figure contradicts; a unit tells rows apart."""
    made = imported(text_file(tmp_path / "indicators.tsv", OUTCOMES, delimiter="\t"))
    projects = by_name(made)
    first = projects["監視に必要な経費"]
    rows = [row for row in first.rows if row.kind == "result"]
    assert [(row.activity, row.unit, [cell.text for cell in row.cells]) for row in rows] == [
        ("説明会", "件", ["172.0", "160.0"]),
        ("説明会", "回", ["", "12.0"]),
    ]
    assert values(projects["普及啓発"], "target", "認知度") == {2014: "50"}
    assert values(projects["普及啓発"], "result", "認知度") == {
        2014: "48(indicators I6・2015の版) ≠ 45(indicators I7・2016の版)"
    }


def test_both_tables_in_one_workbook_are_one_plan(tmp_path: Path) -> None:
    """A project has its amounts from one sheet and its indicators from the other."""
    made = imported(workbook(tmp_path / "a.xlsx", {"シート": SHEETS, "指標": OUTCOMES}))
    assert [project.name for project in made.projects] == ["監視に必要な経費", "普及啓発", "重なる経費"]
    first = made.projects[0]
    assert values(first, "settlement") == {2014: "3430000", 2015: "0"}
    assert values(first, "target", "説明会") == {2015: "150.0"}
