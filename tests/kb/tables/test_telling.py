"""Lines of one project that only a column beside its name tells apart: whom an indicator is about, which plan it is."""

from pathlib import Path

import pytest

from tests.kb.tables.tables import by_name, imported, said, units, values, workbook

HEAD = ["分野", "指標", "対象", "R4", "R5", "目標(R6)"]
LINES = [
    ["食", "朝食を欠食する割合", "20歳代", "27.5%", "29.0%", "15%"],
    ["食", "朝食を欠食する割合", "中学生", "5.9%", "5.5%", "5%"],
    ["運動", "運動する割合", "男性", "32.4%", "30.8%", "40%"],
    ["運動", "運動する割合", "女性", "26.0%", "27.9%", "35%"],
    ["たばこ", "喫煙率", "成人", "15.7%", "15.0%", "12%"],
]
NEED = [
    ["事業", "区分", "単位", "令和4年度", "令和5年度"],
    ["延長保育", "量の見込み", "人", "115", "112"],
    ["", "確保方策", "人", "130", "112"],
    ["", "実績", "人", "95", ""],
]


def test_a_column_that_nobody_has_listed_names_the_lines(tmp_path: Path) -> None:
    """The same indicator of two groups of people is two lines, no contradiction; that it was assumed is said."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [["健康計画"], HEAD, *LINES]}))
    project = by_name(made)["朝食を欠食する割合"]
    assert values(project, "result", "20歳代") == {2022: "27.5%", 2023: "29.0%"}
    assert values(project, "result", "中学生") == {2022: "5.9%", 2023: "5.5%"}
    assert values(project, "target", "中学生") == {2024: "5%"}
    assert "同じ名前の行を見分ける「対象」を、細事業や指標の名前としました" in made.assumed
    assert not any("食い違う" in line for line in said(made))


def test_what_a_line_set_out_from_is_its_own(tmp_path: Path) -> None:
    """基準値 stands for 男性 and for 女性, each by name."""
    head = ["指標", "対象", "基準値(H30)", "R4", "R5"]
    lines = [["運動する割合", "男性", "31.0%", "32.4%", "30.8%"], ["運動する割合", "女性", "25.5%", "26.0%", "27.9%"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert [detail.told for detail in made.projects[0].details] == ["男性: 31.0%", "女性: 25.5%"]


def test_one_line_that_stands_twice_names_nothing(tmp_path: Path) -> None:
    """Negative control: among many lines it is a mistake of the table, and its values contradict each other."""
    lines = [["", f"指標{n}", "成人", f"{n}%", f"{n + 1}%", ""] for n in range(10, 20)]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *lines, ["", "指標10", "男性", "5%", "6%", ""]]}))
    assert {row.activity for project in made.projects for row in project.rows} == {None}
    assert any("食い違う" in line for line in said(made))


def test_a_department_names_no_lines(tmp_path: Path) -> None:
    """A column whose heading is known is what it says."""
    head = ["番号", "事業名", "担当課", "R4実績", "R5実績"]
    lines = [["1", "健診", "保健課", "10件", "12件"], ["1", "健診", "福祉課", "5件", "6件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert {row.activity for row in made.projects[0].rows} == {None}


def test_two_words_for_one_kind_name_their_lines(tmp_path: Path) -> None:
    """量の見込み and 確保方策 are both targets; where both print 112 it is no result of the year."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": NEED}, {"一覧": ["A2:A4"]}))
    (project,) = made.projects
    assert values(project, "target", "量の見込み") == {2022: "115", 2023: "112"}
    assert values(project, "target", "確保方策") == {2022: "130", 2023: "112"}
    assert values(project, "result") == {2022: "95"}
    assert units(project, "target", "確保方策") == {"人"}


def test_one_word_for_each_kind_names_nothing(tmp_path: Path) -> None:
    """Negative control: 目標 and 実績, though other projects write 目標値."""
    lines = [["事業名", "区分", "R4", "R5"], ["健診", "目標", "10件", "12件"], ["", "実績", "9件", "11件"]]
    lines += [["相談", "目標値", "5件", "6件"], ["", "実績", "4件", "7件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert {row.activity for project in made.projects for row in project.rows} == {None}
    assert values(made.projects[1], "target") == {2022: "5件", 2023: "6件"}


def test_a_name_is_in_the_column_that_most_lines_fill(tmp_path: Path) -> None:
    """サービス区分 is merged over its services; a small sheet of 区分 and years alone is read, too."""
    head = ["サービス区分", "サービス名", "R4計画値", "R4実績値"]
    lines = [["居宅", "訪問介護", "52", "49"], ["", "通所介護", "121", "108"], ["施設", "福祉施設", "210", "208"]]
    small = [["区分", "R4年度", "R5年度"], ["要支援1", "120人", "131人"], ["要支援2", "155人", "149人"]]
    file = workbook(
        tmp_path / "a.xlsx", {"給付": [head, *lines, ["合計", "", "383", "365"]], "認定": small}, {"給付": ["A2:A3"]}
    )
    made = imported(file)
    assert list(by_name(made)) == ["訪問介護", "通所介護", "福祉施設", "要支援1", "要支援2"]
    assert values(by_name(made)["通所介護"], "target") == {2022: "121"}
    assert values(by_name(made)["要支援1"], "result") == {2022: "120人", 2023: "131人"}


def test_an_amount_that_stands_once_is_the_projects(tmp_path: Path) -> None:
    """The 決算 beside the first of the lines that 対象 tells apart is not that of 男性 alone."""
    head = ["番号", "事業名", "対象", "R4実績", "R5実績", "R5決算(千円)"]
    lines = [["1", "健診", "男性", "10人", "12人", "500"], ["", "", "女性", "20人", "22人", ""]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "result", "女性") == {2022: "20人", 2023: "22人"}
    assert values(made.projects[0], "settlement") == {2023: "500"}


CARE = [
    ["事業名", "区分", "項目", "令和4年度", "令和5年度"],
    ["教育・保育", "1号認定", "量の見込み", "60人", "58人"],
    ["", "", "確保方策", "80人", "80人"],
    ["", "", "実績", "57人", "51人"],
    ["", "2号認定", "量の見込み", "110人", "108人"],
    ["", "", "確保方策", "120人", "120人"],
    ["", "", "実績", "112人", "109人"],
    ["病児保育事業", "", "量の見込み", "100人", "101人"],
    ["", "", "確保方策", "90人", "95人"],
    ["", "", "実績", "36人", "88人"],
]


@pytest.mark.parametrize("merged", [[], ["B2:B4", "B5:B7", "A8:B10"]], ids=["printed once", "merged"])
def test_a_group_tells_apart_lines_of_one_kind(tmp_path: Path, merged: list[str]) -> None:
    """量の見込み of 1号認定 and of 2号認定 are two; a service without 区分 has lines of its own."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": CARE}, {"一覧": merged}))
    care, sick = made.projects
    assert values(care, "target", "1号認定 量の見込み") == {2022: "60人", 2023: "58人"}
    assert values(care, "target", "2号認定 確保方策") == {2022: "120人", 2023: "120人"}
    assert values(care, "result", "1号認定") == {2022: "57人", 2023: "51人"}
    assert values(care, "result", "2号認定") == {2022: "112人", 2023: "109人"}
    assert values(sick, "target", "確保方策") == {2022: "90人", 2023: "95人"}
    assert values(sick, "result") == {2022: "36人", 2023: "88人"}
    assert made.remarks == ()
    assert care.details == ()


SERVICES = [
    ["区分", "サービス", "項目", "R4計画値", "R4実績値"],
    ["居宅", "訪問介護", "給付費(千円)", 88200, 85110],
    ["", "", "人数(人)", 1320, 1296],
    ["居宅", "訪問看護", "給付費(千円)", 31050, 33480],
    ["", "", "人数(人)", 720, 770],
    ["施設", "老人ホーム", "給付費(千円)", 188000, 190230],
    ["", "", "人数(人)", 800, 728],
]


def test_items_that_come_again_are_the_indicators_of_what_stands_over_them(tmp_path: Path) -> None:
    """サービス is the name, 区分 its policy; 給付費 and 人数 are counted in what their names say."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": SERVICES}, {"一覧": ["B2:B3", "B4:B5", "B6:B7"]}))
    assert [(p.name, p.policy) for p in made.projects] == [
        ("訪問介護", "居宅"),
        ("訪問看護", "居宅"),
        ("老人ホーム", "施設"),
    ]
    assert values(made.projects[0], "result", "給付費(千円)") == {2022: "85110"}
    assert units(made.projects[2], "target", "人数(人)") == {"人"}
    assert made.problems == made.remarks == ()


def test_items_that_are_all_different_are_the_names(tmp_path: Path) -> None:
    """Negative control: a 場所 that stands over several 項目 names none of them."""
    lines = [
        ["場所", "項目", "R4実績"],
        ["駅前", "図書館", "1件"],
        ["", "公園", "2件"],
        ["山手", "校庭", "3件"],
        ["", "橋", "4件"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [project.name for project in made.projects] == ["図書館", "公園", "校庭", "橋"]
