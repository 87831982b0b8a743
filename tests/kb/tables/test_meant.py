"""Units, grades and headings as a table means them, and what is said where nobody can know."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kb.errors import DataError
from kb.tables.matching import match
from tests.kb.tables.tables import imported, text_file, values, workbook

HEAD = ["番号", "事業名", "R4実績", "R5実績", "評価"]
LINES = [HEAD, ["1", "健診", "10件", "12件", "A"], ["2", "相談", "5件", "6件", "B"]]


def reasons(made: object) -> list[tuple[str, str, str]]:
    """Address, text and reason of what was not taken."""
    return [(one.address, one.text, one.reason) for one in made.unread]


def test_a_unit_above_the_table_counts_its_results(tmp_path: Path) -> None:
    """(単位：人) holds for results and targets, for no rate and no budget."""
    head = ["番号", "事業名", "R4目標", "R4実績", "R4予算額", "R4達成率"]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [["(単位：人)"], head, ["1", "健診", 10, 12, 300, 120]]}))
    assert [(row.activity, row.kind, row.unit) for row in made.projects[0].rows] == [
        (None, "target", "人"),
        (None, "result", "人"),
        (None, "budget", ""),
        ("達成率", "result", ""),
    ]


def test_a_column_that_is_not_used_is_no_hidden_one_that_was_read(tmp_path: Path) -> None:
    """Once a person has put a hidden column aside, nothing says that it was read."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": [[*HEAD, "内部メモ"], [*LINES[1], "要確認"]]})
    book = load_workbook(file)
    book["一覧"].column_dimensions["F"].hidden = True
    book.save(file)
    made = imported(file)
    assert "非表示の行か列にありますが、読みました" in [one.reason for one in made.remarks]
    path = made.plan.folder / "plan.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"内部メモ"\nrole = "detail"', '"内部メモ"\nrole = "unread"'), encoding="utf-8")
    again = imported(file)
    assert again.remarks == ()
    assert reasons(again) == [("F2", "要確認", '使わない列(role = "unread")')]


@pytest.mark.parametrize("unit", ["延べ人", "延べ人泊", "人泊"])
def test_a_unit_of_those_that_come_again_is_one(tmp_path: Path, unit: str) -> None:
    """In brackets behind the name of an indicator."""
    lines = [["指標", "R4実績", "R5実績"], [f"宿泊者数({unit})", 10, 12], ["相談(件)", 3, 4]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [row.unit for project in made.projects for row in project.rows] == [unit, "件"]


def test_an_order_of_grades_that_nobody_has_listed_is_said_to_be_a_guess(tmp_path: Path) -> None:
    """良好 and 不良 stand as they come; 計画どおり and Ａ are known."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": graded("良好", "不良", "良好", "不良")}))
    assert [line for line in made.assumed if "評価の段階" in line] == [
        "評価の段階の順は推定です: 良好・不良(よいものから。違うときは plan.toml の grades を並べかえてください。順が確かなら ordered = true を足すと「B以上」でも探せます)"
    ]


@pytest.mark.parametrize(
    ("grades", "order"),
    [
        (("やや遅れ", "計画どおり", "計画以上", "遅れ"), ("計画以上", "計画どおり", "やや遅れ", "遅れ")),
        (("Ｄ", "Ｂ", "Ａ", "Ｃ"), ("Ａ", "Ｂ", "Ｃ", "Ｄ")),
    ],
)
def test_an_order_of_grades_that_is_listed_is_no_guess(
    tmp_path: Path, grades: tuple[str, ...], order: tuple[str, ...]
) -> None:
    """Negative control: in full width, too."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": graded(*grades)}))
    assert made.plan.layout.grades == order
    assert not any("評価の段階" in line for line in made.assumed)


def graded(*grades: str) -> list[list[str]]:
    """A table whose projects have these grades, each twice."""
    return [HEAD, *([str(n), f"事業{n}", "1件", "2件", grade] for n, grade in enumerate([*grades, *grades], 1))]


def test_headings_that_nobody_knows_are_shown_with_what_to_do(tmp_path: Path) -> None:
    """The row that may be one, and where a word for the names of projects can be added."""
    lines = [["公園の台帳"], ["公園コード", "公園の愛称", "最寄り", "面積"], ["1", "中央", "駅前", "820"]]
    with pytest.raises(DataError) as caught:
        imported(text_file(tmp_path / "a.csv", lines))
    assert str(caught.value) == (
        "a.csv: 表の見出し(事業名と年度や実績などの並ぶ行)が見つかりません。「公園コード・公園の愛称・最寄り・面積」の行が見出しなら、"
        "事業名にあたる見出しを data/language/headings.toml の [roles.name] の words に足すと読めます。何も変えていません"
    )


def test_a_value_halfway_is_a_result(tmp_path: Path) -> None:
    """中間値 of 令和3年度 is no indicator of its own."""
    head = ["指標", "対象", "ベースライン(H28)", "中間値(R3)", "目標値(R8)"]
    lines = [["喫煙率", "男性", "32.1%", "26.4%", "20%"], ["喫煙率", "女性", "8.8%", "8.9%", "5%"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [head, *lines]}))
    assert values(made.projects[0], "result", "男性") == {2021: "26.4%"}
    assert values(made.projects[0], "target", "女性") == {2026: "5%"}


@pytest.mark.parametrize(
    ("grades", "ordered"),
    [
        (("A", "B", "C"), True),
        (("◎", "○", "△"), True),
        (("順調", "やや遅れ", "遅れ"), True),
        (("5", "4", "3"), True),
        (("拡大", "継続", "縮小"), False),
        (("A", "B", "○"), False),
        (("順調", "遅れ", "中止"), False),
        (("順調", "遅れ", "完了"), False),
        (("良好", "不良", "普通"), False),
    ],
)
def test_only_the_steps_of_one_known_scale_are_ordered(tmp_path: Path, grades: tuple[str, ...], ordered: bool) -> None:
    """A direction, two scales, an end that is no step, words that nobody has listed: which one is better isn't known."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": graded(*grades, grades[0])}))
    assert made.plan.ordered is ordered
    assert ("\nordered = true\n" in (made.plan.folder / "plan.toml").read_text(encoding="utf-8")) is ordered


def test_a_grade_that_comes_anew_takes_the_order_back(tmp_path: Path) -> None:
    """The mapping that was checked says nothing of where next year's grade stands; without a new one it still holds."""
    known = imported(workbook(tmp_path / "a.xlsx", {"一覧": graded("A", "B", "C", "A")})).plan.table
    assert known is not None
    same, _ = match(known, known, "plan.toml")
    newer, _ = match(replace(known, grades=("A", "B", "C", "D")), known, "plan.toml")
    assert (same.ordered, newer.ordered) == (True, False)
