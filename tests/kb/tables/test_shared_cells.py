"""Amounts beside lines of 計画 and 実績: what is printed once for both is no 目標, and what isn't sure is said."""

from pathlib import Path

from tests.kb.tables.tables import imported, values, workbook

HEAD = ["番号", "取組項目", "区分", "R4", "R5", "効果額(千円)", None]
YEARS = [None, None, None, None, None, "R4", "R5"]
LINES = [
    ["1", "広告収入の拡大", "計画", "封筒広告の募集", "庁舎広告の募集", 450, 780],
    [None, None, "実績", "3社", "5社", None, None],
    ["2", "遊休資産の売却", "計画", "測量", "売却", "△320", 85],
    [None, None, "実績", "1筆測量", "1筆売却", None, None],
]
HEADINGS = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"]
NAMES = [f"{column}{row}:{column}{row + 1}" for column in "AB" for row in (3, 5)]
AMOUNTS = [f"{column}{row}:{column}{row + 1}" for column in "FG" for row in (3, 5)]


def test_an_amount_merged_over_both_lines_is_what_came_of_it(tmp_path: Path) -> None:
    """効果額 spans 計画 and 実績: a result under its own name, and that it was taken so is said."""
    merged = {"一覧": [*HEADINGS, *NAMES, *AMOUNTS]}
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, YEARS, *LINES]}, merged))
    first, second = made.projects
    assert values(first, "result", "効果額(千円)") == {2022: "450", 2023: "780"}
    assert values(second, "result", "効果額(千円)") == {2022: "△320", 2023: "85"}
    assert values(first, "target", "効果額(千円)") == {}
    assert values(first, "target") == {2022: "封筒広告の募集", 2023: "庁舎広告の募集"}
    assert values(first, "result") == {2022: "3社", 2023: "5社"}
    assert [line for line in made.assumed if "効果額" in line] == [
        "「効果額(千円)」は種類の違う行にまたがる結合セルなので、実績としました(違うときは kind を直してください)"
    ]


def test_an_amount_on_the_lines_of_the_plan_alone_is_said_to_be_a_target(tmp_path: Path) -> None:
    """Not merged, it may be either: it is read as its line says, and the report names it."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, YEARS, *LINES]}, {"一覧": [*HEADINGS, *NAMES]}))
    assert values(made.projects[0], "target", "効果額(千円)") == {2022: "450", 2023: "780"}
    told = "「効果額(千円)」の値は「計画」の行にだけあるので、目標として読みました(違うときは kind を書いてください)"
    assert made.assumed.count(told) == 1


def test_an_amount_on_every_line_is_what_its_line_says(tmp_path: Path) -> None:
    """Negative control: nothing is assumed of it."""
    lines = [[*line[:5], n, n + 1] for n, line in enumerate(LINES)]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, YEARS, *lines]}, {"一覧": [*HEADINGS, *NAMES]}))
    assert values(made.projects[0], "target", "効果額(千円)") == {2022: "0", 2023: "1"}
    assert values(made.projects[0], "result", "効果額(千円)") == {2022: "1", 2023: "2"}
    assert not any("効果額" in line for line in made.assumed)
