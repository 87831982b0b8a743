import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kb.compiling.exporting import to_csv, to_json, to_xlsx
from kb.source.plans import load_plan
from kb.source.projects import Cell, Project, Row
from kb.source.reading import read_projects
from tests.invented import AOBA, MIDORI, aoba, midori, plan

PLAN = load_plan(Path("data/plans/nerima-shokogyo"))
PROJECTS = read_projects(PLAN)


def lines(text: str) -> list[list[str]]:
    """The lines of a CSV text without its BOM."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def with_first_result(text: str) -> Project:
    """A project whose first year reads as given."""
    project = PROJECTS[0]
    row = project.rows[0]
    return replace(project, rows=(replace(row, cells=(Cell(2011, text), *row.cells[1:])),))


def test_json_is_the_table_with_its_corrections_applied() -> None:
    """The keys of the contract, texts verbatim, the grade on the row that prints it."""
    exported = {project["no"]: project for project in json.loads(to_json([PLAN], PROJECTS))}
    assert len(exported) == 51
    assert exported["42"]["rows"] == [
        {
            "activity": None,
            "period": "H23～H26",
            "results": {"23": "10,376千円(12事業)", "24": "10,278千円(13事業)", "25": "10,136千円(19事業)", "26": ""},
            "grade": "A",
        }
    ]
    assert [row["grade"] for row in exported["45"]["rows"]] == ["", "A"]
    assert (exported["32"]["goal"], exported["32"]["corrections"][0]["field"]) == ("D", "goal")
    assert exported["10"]["name"] == "練馬区地球温暖化対策地域協議会への支援(*地球温暖化対策地域推進計画)"
    assert exported["44"]["name"] == "駅周辺地区まちづくりと連携した商店街整備の促進"


def test_csv_has_a_line_a_row_and_opens_in_excel() -> None:
    """One heading and 59 lines behind a byte order mark."""
    text = to_csv([PLAN], PROJECTS)
    assert text.startswith("\ufeff資料,番号,")
    assert len(lines(text)) == 60
    assert lines(text)[0][10:] == ["平成23年度", "平成24年度", "平成25年度", "平成26年度", "達成度"]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("-", "-"),
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-5件", "'-5件"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("", ""),
    ],
)
def test_a_csv_cell_is_never_a_formula(text: str, guarded: str) -> None:
    """What a spreadsheet would compute gets a leading apostrophe; a lone dash stays readable."""
    assert lines(to_csv([PLAN], [with_first_result(text)]))[1][10] == guarded


def test_a_workbook_holds_texts_only(tmp_path: Path) -> None:
    """Even 「=1+1」 is written as text, unchanged; corrections have a sheet of their own."""
    to_xlsx([PLAN], [with_first_result("=1+1"), *PROJECTS[1:]], tmp_path / "table.xlsx")
    workbook = load_workbook(tmp_path / "table.xlsx")
    cell = workbook["事業"].cell(2, 11)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert workbook["事業"].max_row == 60
    assert workbook["補正"].max_row == 1 + sum(len(project.corrections) for project in PROJECTS)


def test_every_exported_cell_equals_what_was_read() -> None:
    """Cell by cell, from the JSON back to the rows."""

    def row_of(data: dict[str, object]) -> Row:
        results = data["results"]
        assert isinstance(results, dict)
        cells = tuple(Cell(year, results[key]) for year, key in zip(PLAN.years, PLAN.keys, strict=True))
        return Row(data["activity"], data["period"], cells, data["grade"])  # type: ignore[arg-type]

    exported = json.loads(to_json([PLAN], PROJECTS))
    assert [tuple(map(row_of, project["rows"])) for project in exported] == [project.rows for project in PROJECTS]


def test_a_table_with_kinds_and_details_is_exported_whole(tmp_path: Path) -> None:
    """Kind, unit, contradictions and further columns: as keys of the JSON, as columns behind those of every table."""
    table = plan(tmp_path, MIDORI, "みどり町行政評価")
    exported = {project["no"]: project for project in json.loads(to_json([table], midori()))}
    rows = exported["3"]["rows"]
    assert [row.get("kind", "result") for row in rows] == ["budget", "settlement", "target", "result"]
    assert (rows[1]["unit"], rows[1]["results"]) == ("千円", {"3": "1,420", "4": "1,498", "5": ""})
    assert rows[1]["conflicts"] == {"5": ["1,790(2023シート D9)", "1,970(決算シート D9)"]}
    heading, *body = lines(to_csv([table], midori()))
    assert heading[10:] == ["令和3年度", "令和4年度", "令和5年度", "達成度", "種別", "単位", "食い違い"]
    settlement = next(line for line in body if line[1] == "3" and line[14] == "決算")
    assert settlement[10:] == [
        "1,420", "1,498", "", "", "決算", "千円", "令和5年度: 1,790(2023シート D9) / 1,970(決算シート D9)",
    ]  # fmt: skip
    heading, *body = lines(to_csv([plan(tmp_path, AOBA, "")], aoba()))
    assert heading[14:] == ["種別", "単位", "食い違い", "担当課", "課題"]
    assert body[0][-2:] == ["商工観光課", "補助を受けた店の定着が課題である。"]


def test_a_table_with_results_only_has_no_further_columns() -> None:
    """The first table's export stays as it was."""
    assert lines(to_csv([PLAN], PROJECTS))[0][-1] == "達成度"
    exported = json.loads(to_json([PLAN], PROJECTS))
    assert {key for project in exported for row in project["rows"] for key in row} == {
        "activity", "period", "results", "grade",
    }  # fmt: skip
    assert not any("details" in project for project in exported)
