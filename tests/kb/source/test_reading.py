from pathlib import Path

import pytest

from kb.errors import ReadingError
from kb.source.plans import Plan, load_plan
from kb.source.projects import Project
from kb.source.reading import read_projects
from tests.helpers import copied_plan

FOLDER = Path("data/plans/nerima-shokogyo")


@pytest.fixture(scope="module")
def projects() -> dict[str, Project]:
    """The projects of the first table by number."""
    return {project.no: project for project in read_projects(load_plan(FOLDER))}


def changed(tmp_path: Path, old: str, new: str) -> Plan:
    """The plan with one place of its source changed."""
    copied_plan(tmp_path, "plan.toml", "inventory.toml")
    source = (FOLDER / "source.txt").read_text(encoding="utf-8")
    assert old in source
    (tmp_path / "source.txt").write_text(source.replace(old, new, 1), encoding="utf-8")
    return load_plan(tmp_path)


def results(project: Project, activity: str | None = None) -> list[str]:
    """The texts of the years of one row."""
    return next([cell.text for cell in row.cells] for row in project.rows if row.activity == activity)


def test_the_table_has_51_projects_and_59_rows(projects: dict[str, Project]) -> None:
    """Nos. 1 to 3 and 8 to 55, some with several rows."""
    assert list(projects) == [str(no) for no in (1, 2, 3, *range(8, 56))]
    assert {no: len(project.rows) for no, project in projects.items() if len(project.rows) > 1} == {
        "9": 2,
        "15": 2,
        "19": 2,
        "44": 5,
        "45": 2,
    }
    assert sum(len(project.rows) for project in projects.values()) == 59


@pytest.mark.parametrize(
    ("no", "activity", "expected"),
    [
        (
            "1",
            None,
            ("H23～H26", ["来場者数 3,200人", "来場者数 3,800人", "来場者数 2,850人", "来場者数 4,700人"], "A"),
        ),
        ("8", None, ("未実施", ["", "", "", ""], "C")),
        ("9", "エコアクション21等認証取得支援事業補助金", ("H24", ["-", "1件", "-", ""], "")),
        ("12", None, ("H23～H26", ["40件", "42件", "27件", ""], "A")),
        ("15", "事業承継セミナー", ("", ["受講者23人", "-", "-", ""], "")),
        ("19", "商店街マップ", ("H23～H26", ["GISに掲載 ねりマップ上に 公開"] * 3 + [""], "A")),
        ("19", "ペがさす", ("H23～H25", ["年3回 各8,000部発行"] * 3 + [""], "")),
        ("20", None, ("H23、26", ["8,000部発行", "-", "-", "8,000部発行"], "A")),
        ("24", None, ("H23.24", ["検討", "受講者 52名", "受講者 73名", "産業振興公社に事務移管"], "A")),
        ("27", "ビジネスサポートセンターの整備", ("H26", ["検討調整", "整備支援", "整備支援", "整備"], "B")),
        ("29", None, ("", ["", "", "", ""], "B")),
        ("33", None, ("H23～H26", ["159事業 83,746千円", "160事業 87,325千円", "152事業 80,420千円", ""], "A")),
        ("40", None, ("H24～H26", ["", "4事業 3,209千円", "2事業 2,377千円", ""], "A")),
        ("42", None, ("H23～H26", ["10,376千円(12事業)", "10,278千円(13事業)", "10,136千円(19事業)", ""], "A")),
        ("43", None, ("H23～H26", ["0事業 0円", "1事業 3,203千円", "2事業 2,743千円", ""], "A")),
        ("44", "練馬駅南口地区商店街活性化社会実験", ("H23", ["実施", "", "", ""], "A")),
        ("44", "中村橋駅周辺のまちづくり", ("H24", ["検討調整", "平成25年3月一部決定", "検討調整", "検討調整"], "B")),
        ("44", "石神井公園駅周辺のまちづくり", ("H23～H26", ["検討", "地区計画決定", "", ""], "A")),
        ("45", "大規模小売店舗立地調整", ("H23～H26", ["6件", "7件", "4件", ""], "")),
        ("45", "中規模小売店舗立地調整", ("", ["4件", "0件", "5件", ""], "A")),
        ("46", None, ("H25", ["", "検討", "調査", ""], "A")),
        ("50", None, ("H23～H26", ["あっせん235件", "あっせん230件", "", ""], "A")),
        ("55", None, ("H23～H26", ["4,832件", "4,495件", "4,717件", ""], "A")),
    ],
)
def test_every_shifted_row_is_read_by_its_anchors(
    projects: dict[str, Project], no: str, activity: str | None, expected: tuple[str, list[str], str]
) -> None:
    """Shifted columns and trailing empty cells mean nothing; an empty cell in between is a blank year."""
    row = next(row for row in projects[no].rows if row.activity == activity)
    assert (row.period, [cell.text for cell in row.cells], row.grade) == expected


def test_blank_dash_and_zero_are_three_things(projects: dict[str, Project]) -> None:
    """A blank says nothing, a dash says that there is none, 0 is a figure."""
    assert [cell.state for cell in projects["9"].rows[1].cells] == ["dash", "reported", "dash", "blank"]
    assert projects["43"].rows[0].cells[0].state == "reported"


def test_a_grade_printed_once_is_the_projects(projects: dict[str, Project]) -> None:
    """The rows of 45 share the A of the second; the rows of 44 have their own grades."""
    assert projects["45"].grade == "A"
    assert [row.grade for row in projects["45"].rows] == ["", "A"]
    assert projects["44"].grade == ""
    assert [row.grade for row in projects["44"].rows] == ["A", "B", "B", "A", "B"]


def test_labels_are_filled_down_and_corrected(projects: dict[str, Project]) -> None:
    """32 belongs to D by correction; 41 to 45 inherit the upper label over the page break, and it is marked."""
    upper, lower = "魅力的な商店街づくりを進める", "集客力のある商店街形成への支援"
    assert (projects["32"].goal, projects["32"].policy, projects["32"].subpolicy) == ("D", upper, lower)
    assert (projects["31"].goal, projects["31"].subpolicy) == ("C", "拠点の整備")
    assert (projects["42"].policy, projects["42"].subpolicy) == (upper, "商店街の環境整備")
    assert ("policy", "inferred") in [(mark.field, mark.kind) for mark in projects["42"].marks]
    assert (projects["45"].goal, projects["45"].subpolicy) == ("D", "地域に根ざした商店街づくり")
    assert [no for no in projects if projects[no].goal == "B"] == ["9", "10", "11", "12"]


def test_only_what_is_certain_is_restored(projects: dict[str, Project]) -> None:
    """One label of E can be put in order; the others stay as printed, with a mark."""
    assert (projects["46"].policy, projects["46"].marks[0].kind) == ("ものづくりへの支援", "restored")
    assert (projects["48"].policy, projects["48"].marks[0].kind) == ("サ生の支支援へ型", "disordered")


def test_the_name_of_44_is_the_cell_before_its_number(projects: dict[str, Project]) -> None:
    """A correction gives 44 its name and keeps the reason."""
    assert projects["44"].name == "駅周辺地区まちづくりと連携した商店街整備の促進"
    assert projects["44"].description.startswith("練馬、石神井公園、大泉学園駅など")
    assert projects["44"].corrections[0].reason


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "\t4件\t0件\t5件\t\tA",
            "\tH23\t4件\t0件\t5件\t\tA",
            "補正の前提「中規模小売店舗立地調整 | 4件」が原文にありません",
        ),
        ("10,278千円(13事業)\t", "", "49行10列「A」: 26年度の欄に達成度があります"),
        ("\t10,278千円(13事業)", "\t10,278千円(13事業)\tx", "49行12列「A」: どの欄にも入らないセルです"),
        ("\tH23～H25\t3団体", "\t3団体", "34行11列「A」: 実施年度の前のセルが7個あります"),
        ("\t27\tインキュベート", "\t26\tインキュベート", "同じ番号の事業があります: 26"),
        ("A まちの魅力", "まちの魅力", "7行3列「練馬区の特徴的な産業を支援する」: 番号の前のセルが多すぎます"),
    ],
)
def test_what_the_rules_cannot_place_stops_the_build(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A cell left over, a grade in a year's cell or a correction without its cell names row and cell."""
    with pytest.raises(ReadingError) as caught:
        read_projects(changed(tmp_path, old, new))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ('[projects]\n"99" = ["幻の事業"]\n', "補正・印・別名・限定にある番号が原文にありません: 99"),
        ('[activities]\n"幻の細事業" = ["幻"]\n', "別名にある細事業が原文にありません: 幻の細事業"),
    ],
)
def test_an_alias_needs_something_that_it_names(tmp_path: Path, aliases: str, message: str) -> None:
    """A number or an activity that the table doesn't have is a mistake of the alias file."""
    (tmp_path / "aliases.toml").write_text(aliases, encoding="utf-8")
    with pytest.raises(ReadingError, match=message):
        read_projects(changed(tmp_path, "A まちの魅力", "A まちの魅力"))
