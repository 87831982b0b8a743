"""Further columns that say different things of one project: each text keeps its year, and what isn't sure is named."""

import csv
import io
import shutil
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from kb.compiling.exporting import to_csv
from tests.helpers import copied_data
from tests.kb.tables.tables import details, imported, text_file, workbook

HEAD = ["No", "取組", "担当課", "実績", "課題"]
SHEETS = {
    "令和3年度": [
        HEAD,
        ["1", "ごみの減量", "環境課", "741g", "啓発を強化する"],
        ["2", "緑化", "公園課", "30本", "順次進める"],
    ],
    "令和4年度": [
        HEAD,
        ["1", "ごみの減量", "環境課", "728g", "啓発を強化する"],
        ["2", "緑化", "公園課", "40本", "順次進める"],
    ],
    "令和5年度": [HEAD, ["1", "ごみの減量", "環境課", "699g", None], ["2", "緑化", "みどり課", "50本", "順次進める"]],
}


def told(path: Path, name: str) -> list[str]:
    """What is said of a project beside its cells."""
    made = imported(workbook(path / "a.xlsx", SHEETS))
    return [f"{d.heading} {d.told}" for project in made.projects if project.name == name for d in project.details]


def test_a_text_that_not_every_year_prints_keeps_its_years(tmp_path: Path) -> None:
    """令和5年度 prints no 課題: the other years' is not its own; 環境課 is that of all of them."""
    assert told(tmp_path, "ごみの減量") == [
        "担当課 環境課",
        "課題 令和3年度: 啓発を強化する",
        "課題 令和4年度: 啓発を強化する",
    ]


def test_a_text_that_changes_keeps_its_years(tmp_path: Path) -> None:
    """みどり課 is that of 令和5年度; what every year says alike is said once."""
    assert told(tmp_path, "緑化") == [
        "担当課 令和3年度: 公園課",
        "課題 順次進める",
        "担当課 令和4年度: 公園課",
        "担当課 令和5年度: みどり課",
    ]


def test_the_year_that_is_asked_is_answered(tmp_path: Path) -> None:
    """令和4年度's 課題 alone; a year whose cell is blank has none; without a year all are given."""
    data = copied_data(tmp_path)
    shutil.rmtree(data / "plans")
    environment = {"KOTAE_DATA": str(data), "KOTAE_HOME": str(tmp_path / "home")}

    def run(*arguments: str) -> str:
        return CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False).output

    run("import", str(workbook(tmp_path / "a.xlsx", SHEETS)), "--plan", "town")
    run("publish", "--yes")
    assert "令和4年度: 啓発を強化する" in (fourth := run("ask", "ごみの減量の4年度の課題は？"))
    assert "令和3年度" not in fourth
    assert "啓発" not in run("ask", "ごみの減量の5年度の課題は？")
    assert run("ask", "ごみの減量の課題は？").count("啓発を強化する") == 2
    assert run("ask", "5年度に担当課がみどり課の事業は？").startswith(
        "1事業あります(令和5年度に担当課に「みどり課」とある)。"
    )
    assert run("ask", "4年度に担当課がみどり課の事業は？").startswith("当てはまる事業はありません")


def test_a_text_that_is_merged_over_the_lines_of_a_sheet_is_of_its_year(tmp_path: Path) -> None:
    """今後の方向性 of a project with two indicators, whose lines are of one sheet and so of one year."""
    head = ["番号", "事業名", "指標", "実績", "今後の方向性"]
    sheets = {
        year: [head, ["1", "里山の保全", "活動回数", "12回", way], [None, None, "参加者数", "300人", None]]
        for year, way in (("令和4年度", "継続"), ("令和5年度", "拡充"))
    }
    merged = {year: ["A2:A3", "B2:B3", "E2:E3"] for year in sheets}
    made = imported(workbook(tmp_path / "b.xlsx", sheets, merged))
    assert [f"{d.heading} {d.told}" for d in made.projects[0].details] == [
        "今後の方向性 令和4年度: 継続",
        "今後の方向性 令和5年度: 拡充",
    ]


def test_an_export_says_whose_a_text_is(tmp_path: Path) -> None:
    """Of 男性 the row of 男性 says what is its own; texts of years stand with their years."""
    head = ["指標", "対象", "基準値(H30)", "R4", "R5"]
    lines = [["歩数", "男性", "6,890歩", "7,012歩", "7,100歩"], ["歩数", "女性", "6,105歩", "5,870歩", "6,000歩"]]
    made = imported(workbook(tmp_path / "b.xlsx", {"一覧": [head, *lines]}), "walks")
    rows = list(csv.DictReader(io.StringIO(to_csv([made.plan], made.projects).removeprefix("\ufeff"))))
    assert [(row["細事業"], row["基準値(H30)"]) for row in rows] == [("男性", "6,890歩"), ("女性", "6,105歩")]
    made = imported(workbook(tmp_path / "a.xlsx", SHEETS))
    rows = list(csv.DictReader(io.StringIO(to_csv([made.plan], made.projects).removeprefix("\ufeff"))))
    assert rows[0]["課題"] == "令和3年度: 啓発を強化する\n令和4年度: 啓発を強化する"


def test_a_text_that_differs_by_line_alone_is_named(tmp_path: Path) -> None:
    """Nothing tells which 担当課 it is: both are given, and the report says where they stand."""
    head = ["番号", "事業名", "担当課", "R4実績", "R5決算(円)"]
    lines = [
        head,
        ["1", "健診", "保健課", "10件", ""],
        ["1", "健診", "福祉課", "", "8"],
        ["2", "相談", "福祉課", "1件", "5"],
    ]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert [(one.address, one.reason) for one in made.remarks if "違い" in one.reason] == [
        (
            "C2",
            "健診の「担当課」が行により違い、すべて答えます(「保健課」(a C2)、「福祉課」(a C3)など。ほかの事業にもあるかもしれません)",
        )
    ]


def test_a_text_printed_once_below_a_name_holds_for_all_its_years(tmp_path: Path) -> None:
    """Negative control: a line a year, the name and its 所管 printed over the first."""
    lines = [["事業名", "所管", "年度", "実績"], ["健診", "保健課", "R4", "10件"], ["", "", "R5", "12件"]]
    made = imported(text_file(tmp_path / "a.csv", lines))
    assert details(made.projects[0]) == {"所管": "保健課"}
    assert made.remarks == ()
