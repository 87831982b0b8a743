"""A real second table, 行政事業レビュー (JUDGIT! / 構想日本ほか, CC BY 4.0): each figure is held against the file, then asked for."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from kb.source.projects import Project
from tests.helpers import copied_data
from tests.kb.tables.tables import by_name, imported, said, workbook

TABLES = Path("tests/tables")
TITLE = "行政事業レビュー (JUDGIT! / 構想日本ほか), CC BY 4.0"
FIRST = "特定個人情報の監視・監督に必要な経費"
SPREAD = "所掌事務に係る広報・啓発"
SYSTEM = "独自利用事務の情報連携利用開始手続のシステム化等に必要な経費"
AMOUNTS = {
    "initial_budget_yen": ("budget", None),
    "total_budget_yen": ("budget", "total_budget_yen"),
    "executed_yen": ("settlement", None),
}
Ask = Callable[[str], str]


def lines(name: str) -> list[list[str]]:
    """The lines of a file as they are printed."""
    with (TABLES / f"review-{name}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def records(name: str) -> list[dict[str, str]]:
    """The lines below the headings, by heading."""
    return [dict(zip(lines(name)[1], line, strict=True)) for line in lines(name)[2:]]


def book(folder: Path) -> Path:
    """Both files as the two sheets of a workbook."""
    return workbook(folder / "review.xlsx", {"シート": lines("sheets"), "指標": lines("indicators")})


def printed(project: Project, activity: str | None, kind: str, unit: str, year: int) -> list[str]:
    """What a project holds at a place: a figure, or all that contradict each other."""
    rows = [row for row in project.rows if (row.activity, row.kind, row.unit) == (activity, kind, unit)]
    cells = [cell for row in rows for cell in row.cells if cell.year == year]
    return [text.partition("(")[0] for cell in cells for text in (cell.conflict or (cell.text,)) if text]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Questions to the table once it is imported and published, the only plan of its data."""
    folder = tmp_path_factory.mktemp("review")
    data = copied_data(folder)
    shutil.rmtree(data / "plans")
    environment = {"KOTAE_DATA": str(data), "KOTAE_HOME": str(folder / "home")}

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, arguments, env=environment)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    run("import", str(book(folder)), "--plan", "review")
    run("publish")
    run("check")
    return lambda question: run("ask", question)


def test_every_figure_stands_where_the_file_prints_it(tmp_path: Path) -> None:
    """Amounts of each review sheet in their own year, targets and results by indicator and unit; nothing else."""
    made = imported(book(tmp_path))
    projects, places = by_name(made), set()
    for line in records("sheets"):
        for heading, (kind, activity) in AMOUNTS.items():
            place = (activity, kind, "円", int(line["amount_fiscal_year"]))
            assert line[heading] in printed(projects[line["project_name"]], *place)
            places.add((line["project_name"], *place))
    for line in records("indicators"):
        for heading, kind in (("target", "target"), ("actual", "result")):
            place = (line["indicator"], kind, line["unit"].strip("-"), int(line["fiscal_year"]))
            found = printed(projects[line["project_name"]], *place)
            assert not line[heading] or any(float(text) == float(line[heading]) for text in found)
            places |= {(line["project_name"], *place)} if line[heading] else set()
    held = {(p.name, r.activity, r.kind, r.unit, c.year) for p in made.projects for r in p.rows for c in r.cells}
    assert {place for place in held if printed(projects[place[0]], *place[1:])} == places
    assert (made.unread, made.plan.title, made.plan.layout.grades) == ((), TITLE, ())


def test_sheets_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    """Two editions report two counts for one year: both stand in the report with their places."""
    lines = [line for line in said(imported(book(tmp_path))) if "食い違う" in line]
    assert [line.partition("(")[2] for line in lines] == [
        "222.0(指標 I61・2019の版)、174.0(指標 I72・2020の版))",
        "126.0(指標 I62・2019の版)、135.0(指標 I73・2020の版))",
    ]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (f"{FIRST}の2016年度の決算は？", ["決算 301198747円\n", "平成28年度(2016年度)"]),
        (f"{FIRST}の2016年度の予算は？", ["予算 1330621000円\n", "total_budget_yen: 予算 337976387円"]),
        (f"{SPREAD}、国際協力の2016年度の執行額は？", ["決算 155100000円\n"]),
        (f"{SPREAD}の決算の推移は？", ["平成29年度: 決算 17200000円", "令和2年度: 決算 46000000円"]),
        (f"{SPREAD}の2018年度の実績は？", ["881361.0件", "126.0(指標 I62・2019の版) / 135.0(指標 I73・2020の版)"]),
        ("番号制度普及啓発・国際協力経費の2015年度の目標は？", ["か月分。: 目標 18.0件"]),
        ("番号制度普及啓発・国際協力経費の2015年度の実績は？", ["77.0件", "27.0件"]),
        (f"{SYSTEM}の2021年度の予算と決算は？", ["予算 716000円", "決算 85998000円"]),
        (f"{SYSTEM}の2014年度の予算は？", ["空白です(記載なし)"]),
        (f"{FIRST}の評価は？", ["この資料には評価の欄がありません"]),
        ("評価Aの事業は？", ["この資料には達成度の欄がありません"]),
        ("説明会の開催及び説明会への講師派遣の件数の2018年度の実績は？", ["どちらの事業ですか"]),
    ],
)
def test_the_table_is_asked(ask: Ask, question: str, parts: list[str]) -> None:
    """Each answer as the file prints it, with the licence in its source; where nothing stands, that is said."""
    answer = ask(question)
    assert [part for part in parts if part not in answer] == []
    assert TITLE in answer or "どちらの事業ですか" in answer
