"""Nothing silent: whatever can't be taken as a figure is named with its place, and never guessed or zero."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kb.errors import DataError
from kb.source.plans import load_plan
from kb.tables.notices import Named
from kb.tables.reporting import render_report
from tests.kb.tables.tables import by_name, imported, said, text_file, values, workbook

HEAD = ["番号", "事業名", "R4実績", "R5実績", "評価"]
LINES = [HEAD, ["1", "健診", "10件", "12件", "A"], ["2", "相談", "5件", "6件", "B"]]


def reasons(made: object) -> list[tuple[str, str, str]]:
    """Address, text and reason of what was not taken."""
    return [(one.address, one.text, one.reason) for one in made.unread]


def test_a_sound_table_names_nothing(tmp_path: Path) -> None:
    """Negative control of all that follow."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": LINES}))
    assert made.unread == made.remarks == ()


def test_a_formula_without_a_stored_value_is_named(tmp_path: Path) -> None:
    """A workbook that no spreadsheet has calculated: the cell is neither blank nor zero."""
    lines = [HEAD, ["1", "健診", "=10+2", "12件", "A"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert reasons(made) == [("C2", "=10+2", "式に計算された値が保存されていない")]
    assert values(made.projects[0], "result") == {
        2022: "=10+2(一覧 C2 式に計算された値が保存されていない)",
        2023: "12件",
    }
    assert made.projects[0].rows[0].cells[0].state == "conflict"


def test_an_error_value_is_named(tmp_path: Path) -> None:
    """#REF! and #DIV/0! are no results."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": LINES})
    book = load_workbook(file)
    book["一覧"]["D3"].value = "#REF!"
    book["一覧"]["E3"].value = "#DIV/0!"
    book.save(file)
    made = imported(file)
    assert reasons(made) == [("D3", "#REF!", "エラー値"), ("E3", "#DIV/0!", "エラー値")]
    assert made.projects[1].rows[0].cells[1].text == ""
    assert made.projects[1].grade == ""


def test_a_total_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    """The total row is layout; that it says something else than its lines is said."""
    head = ["番号", "事業名", "R4決算額(千円)", "R5決算額(千円)"]
    lines = [head, ["1", "道路", 100, 200], ["2", "橋", 50, 60], ["", "合計", 150, 270]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(one.address, one.text, one.reason) for one in made.remarks] == [
        ("D4", "270", "合計が合いません(足すと 260)")
    ]
    assert list(by_name(made)) == ["道路", "橋"]


def test_subtotals_add_up_too(tmp_path: Path) -> None:
    """小計 adds up the lines since the last one, 合計 all of them."""
    head = ["番号", "事業名", "R5決算額(千円)"]
    lines = [head, [1, "道路", 1], [2, "橋", 2], ["", "小計", 3], [3, "川", 4], ["", "小計", 4], ["", "合計", 7]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert made.remarks == ()


SERVICES = [
    ["区分", "サービス", "指標", "R4実績", "R5実績"],
    ["居宅", "訪問介護", "給付費(千円)", 85, 91],
    ["居宅", "訪問介護", "人数(人)", 12, 13],
    ["施設", "老人ホーム", "給付費(千円)", 300, 310],
    ["施設", "老人ホーム", "人数(人)", 40, 41],
]


def test_a_total_adds_up_what_it_names(tmp_path: Path) -> None:
    """A line 合計 of 給付費 holds no 人数."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*SERVICES, ["合計", None, "給付費(千円)", 385, 401]]}))
    assert not any("合計が合いません" in line for line in said(made))


def test_a_total_of_what_it_names_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    """Negative control: what it should say is told of these lines alone."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [*SERVICES, ["合計", None, "給付費(千円)", 385, 402]]}))
    assert [(one.address, one.reason) for one in made.remarks if "合計" in one.reason] == [
        ("E6", "合計が合いません(足すと 401)")
    ]


def test_a_number_whose_unit_nobody_states_is_named(tmp_path: Path) -> None:
    """Once for each column, with how many they are; the text stays as it is."""
    lines = [HEAD, ["1", "健診", 10, "12件", "A"], ["2", "相談", 5, "6件", "B"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [(one.address, one.reason) for one in made.remarks] == [
        ("C2", "単位がどこにも書かれていない数字です(この列に2件)")
    ]
    assert values(made.projects[0], "result") == {2022: "10", 2023: "12件"}


def test_two_rows_for_one_project_contradict_each_other(tmp_path: Path) -> None:
    """Same number and name, other values: both are kept with their places and neither is taken."""
    lines = [*LINES, ["1", "健診", "10件", "13件", "A"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert len(made.projects) == 2
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件(一覧 D2) ≠ 13件(一覧 D4)"}
    assert [one.address for one in made.remarks] == ["D2"]


def test_one_number_for_two_projects_is_named(tmp_path: Path) -> None:
    """The second gets a number of its own, and the report says so."""
    lines = [*LINES, ["2", "訪問", "1件", "2件", "A"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [project.no for project in made.projects] == ["1", "2", "2-2"]
    assert [str(one) for one in made.remarks] == ["事業「訪問」: 番号「2」の事業が二つあります(「2-2」としました)"]


def test_a_grade_in_a_year_column_is_named(tmp_path: Path) -> None:
    """An A that slipped one column to the left is no result."""
    lines = [*LINES, ["3", "訪問", "1件", "A", ""]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert reasons(made) == [("D4", "A", "年度の欄に評価があります")]
    assert values(made.projects[2], "result") == {2022: "1件", 2023: "A(一覧 D4 年度の欄に評価があります)"}


def test_a_small_amount_is_no_grade_where_grades_are_digits(tmp_path: Path) -> None:
    """進捗度 4 to 1 beside a budget of 2: the amount stands, and only a scale in words would be a mistake there."""
    lines = [["番号", "事業名", "R4予算(百万円)", "R5予算(百万円)", "進捗度"]]
    lines += [["1", "健診", "38", "2", "4"], ["2", "相談", "3", "40", "3"], ["3", "訓練", "12", "15", "2"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert values(by_name(made)["健診"], "budget") == {2022: "38", 2023: "2"}
    assert [project.grade for project in made.projects] == ["4", "3", "2"]
    assert made.unread == ()


def test_a_cell_merged_over_years_belongs_to_none_of_them_for_sure(tmp_path: Path) -> None:
    """300人 over two years may be each or both: it is named."""
    lines = [*LINES, ["3", "訪問", "300人", None, "A"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}, {"一覧": ["C4:D4"]}))
    assert reasons(made) == [("C4", "300人", "いくつもの年度にまたがる結合セル")]
    assert [cell.state for cell in made.projects[2].rows[0].cells] == ["conflict", "conflict"]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    """What a spreadsheet hides is still in the file."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": LINES})
    book = load_workbook(file)
    book["一覧"].row_dimensions[3].hidden = True
    book.save(file)
    made = imported(file)
    assert list(by_name(made)) == ["健診", "相談"]
    assert [str(one) for one in made.remarks] == ["一覧 A3「2」: 非表示の行か列にありますが、読みました"]


def test_a_hidden_sheet_is_left_and_named(tmp_path: Path) -> None:
    """Old drafts hide there; each cell is named."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": LINES, "旧": [HEAD, ["1", "健診", "99件", "98件", "C"]]})
    book = load_workbook(file)
    book["旧"].sheet_state = "hidden"
    book.save(file)
    made = imported(file)
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件"}
    assert {(one.sheet, one.reason) for one in made.unread} == {("旧", "非表示のシート")}
    assert len(made.unread) == 10


def test_an_era_that_is_printed_nowhere_is_assumed_aloud(tmp_path: Path) -> None:
    """4年度 is 令和 unless something says otherwise; --era says otherwise."""
    lines = [["番号", "事業名", "4年度実績", "5年度実績"], ["1", "健診", "10件", "12件"]]
    file = workbook(tmp_path / "a.xlsx", {"一覧": lines})
    made = imported(file)
    assert made.plan.years == (2022, 2023)
    assert any("元号のない年度を令和と読みました" in line for line in made.assumed)
    told = imported(file, "other", "平成")
    assert told.plan.years == (1992, 1993)
    assert not any("元号" in line for line in told.assumed)


def test_a_column_without_a_heading_is_named(tmp_path: Path) -> None:
    """A figure beside the table has no meaning that anybody states."""
    lines = [HEAD, ["1", "健診", "10件", "12件", "A", "777"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert reasons(made) == [("F2", "777", '使わない列(role = "unread")')]


def test_a_second_table_below_is_read_by_its_own_headings(tmp_path: Path) -> None:
    """Its figures never land in the columns of the first."""
    lines = [*LINES, [], [], [], ["番号", "事業名", "評価", "R5実績", "R4実績"], ["3", "訪問", "C", "2件", "1件"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert values(made.projects[2], "result") == {2022: "1件", 2023: "2件"}
    assert made.projects[2].grade == "C"


def test_200_columns_and_hundreds_of_empty_rows(tmp_path: Path) -> None:
    """Width and emptiness change nothing."""
    wide = [f"項目{at}" for at in range(195)]
    lines = [*[[]] * 300, [*HEAD, *wide], *[[]] * 300, ["1", "健診", "10件", "12件", "A", *["x"] * 195]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert values(made.projects[0], "result") == {2022: "10件", 2023: "12件"}
    assert len(made.projects[0].details) == 195
    assert made.unread == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HEAD], "a.xlsx: 事業がひとつもありません。何も変えていません"),
        (
            [["お知らせ"], ["来週は休みです"]],
            "a.xlsx: 表の見出し(事業名と年度や実績などの並ぶ行)が見つかりません。何も変えていません",
        ),
        ([["番号", "事業名", "評価"], ["1", "健診", "A"]], "a.xlsx: 年度が決められません"),
    ],
)
def test_a_file_without_projects_changes_nothing(tmp_path: Path, lines: list[list[str]], message: str) -> None:
    """The draft that was there stays as it was."""
    first = imported(workbook(tmp_path / "b.xlsx", {"一覧": LINES}))
    before = {path.name: path.read_bytes() for path in first.plan.folder.iterdir()}
    with pytest.raises(DataError) as caught:
        imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert message in str(caught.value)
    assert {path.name: path.read_bytes() for path in first.plan.folder.iterdir()} == before


def test_every_cell_is_used_layout_or_unread(tmp_path: Path) -> None:
    """The three add up to what the file prints."""
    lines = [["みどり町 事業一覧"], *LINES, ["", "合計", "15件", "18件", ""], ["※速報"], ["3", "", "4件", "", "C"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines, "メモ": [["あとで直す"]]}))
    assert made.cells == 1 + 15 + 3 + 1 + 3 + 1
    assert [one.address for one in made.unread] == ["A7", "C7", "E7", "A1"]
    assert "事業名のない行" in {one.reason for one in made.unread}


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    """report.csv names what the terminal names, and more; a text that a spreadsheet would run gets a leading '."""
    lines = [HEAD, ["1", "健診", "=10+2", "12件", "A"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    report = (made.plan.folder / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert report[:2] == [
        "種類,シート,セル,文字,理由",
        "読めなかったセル,一覧,C2,'=10+2,式に計算された値が保存されていない",
    ]
    assert len(report) == 1 + len(made.unread) + len(made.remarks) + len(made.assumed)


def test_a_full_width_sign_is_run_as_well() -> None:
    """＝ begins a formula in a Japanese spreadsheet: in the report as in the export."""
    lines = render_report([Named("一覧", "C2", "＝10+2", "エラー値")], [], []).decode("utf-8-sig").splitlines()
    assert lines[1] == "読めなかったセル,一覧,C2,'＝10+2,エラー値"


def test_a_csv_says_the_same_as_its_workbook(tmp_path: Path) -> None:
    """The form of the file changes nothing."""
    by_book = imported(workbook(tmp_path / "一覧.xlsx", {"一覧": LINES}), "book")
    by_text = imported(text_file(tmp_path / "一覧.csv", LINES), "text")
    assert [project.rows for project in by_book.projects] == [project.rows for project in by_text.projects]
    assert said(by_book) == said(by_text)


def test_a_table_takes_no_corrections(tmp_path: Path) -> None:
    """Whoever doubts a figure corrects what a column is, or the office its file; the draft says so in one line."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": LINES}))
    path = made.plan.folder / "plan.toml"
    fields = {"project": "1", "activity": "", "field": "results", "reads": "10件", "becomes": "11件", "reason": "誤り"}
    said_so = "\n".join(f'{key} = "{text}"' for key, text in fields.items())
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[[corrections]]\n{said_so}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"補正のかわりに列の役割を直してください"):
        load_plan(made.plan.folder)


def test_a_column_of_kinds_that_has_no_effect_is_named(tmp_path: Path) -> None:
    """Where the headings of all values say 実績, 目標 on a line is not heard: the two lines contradict each other."""
    lines = [["番号", "事業名", "区分", "R4実績", "R5実績"], ["1", "健診", "目標", "10件", "12件"]]
    lines += [
        ["1", "健診", "実績", "9件", "11件"],
        ["2", "相談", "目標", "5件", "6件"],
        ["2", "相談", "実績", "4件", "7件"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert any(line.startswith("一覧 C1「区分」: 種類の列(kind)ですが、") for line in said(made))
    assert len([line for line in said(made) if "食い違う" in line]) == 4


def test_a_column_of_kinds_that_has_an_effect_is_not_named(tmp_path: Path) -> None:
    """Negative control: the lines are heard where the headings are years alone."""
    lines = [
        ["番号", "事業名", "区分", "R4", "R5"],
        ["1", "健診", "目標", "10件", "12件"],
        ["1", "健診", "実績", "9件", "11件"],
    ]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert made.remarks == ()
    assert values(made.projects[0], "result") == {2022: "9件", 2023: "11件"}


def test_rates_are_not_added_up(tmp_path: Path) -> None:
    """The 合計 of 達成率 is the rate of all; the amounts beside it are still held against their sum."""
    head = ["番号", "事業名", "R5実績(円)", "R5達成率", "R5執行率(%)"]
    lines = [head, ["1", "健診", 10, "90%", 90], ["2", "相談", 20, "95%", 95], ["", "合計", 30, "93%", 93]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": lines}))
    assert [line for line in said(made) if "合計" in line] == []
    lines[-1] = ["", "合計", 31, "93%", 93]
    made = imported(workbook(tmp_path / "b.xlsx", {"一覧": lines}))
    assert [line for line in said(made) if "合計" in line] == ["一覧 C4「31」: 合計が合いません(足すと 30)"]


def test_a_sum_is_held_against_the_decimals_that_are_printed(tmp_path: Path) -> None:
    """0.1 + 0.2 of a file is 0.30000000000000004, and the report shows none of it."""
    path = workbook(tmp_path / "a.xlsx", {"一覧": [["番号", "事業名", "R4実績(百万円)", "R5実績(百万円)"]]})
    book = load_workbook(path)
    for row in (["1", "健診", 0.1, 1 / 3], ["2", "相談", 0.2, 2 / 3], ["", "合計", 0.1 + 0.2, 1.5]):
        book["一覧"].append(row)
    for line in book["一覧"].iter_rows(min_row=2, min_col=3):
        for cell in line:
            cell.number_format = "0.0"
    book.save(path)
    made = imported(path)
    assert [line for line in said(made) if "合計" in line] == ["一覧 D4「1.5」: 合計が合いません(足すと 1.0)"]
