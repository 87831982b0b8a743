"""A first column that says what sort each project is, and what is printed below a table."""

from pathlib import Path

from tests.kb.tables.comparing import compare
from tests.kb.tables.inventing import invent
from tests.kb.tables.tables import details, imported, values, workbook

HEAD = ["種別", "事業名", "令和4年度", "令和5年度"]
LINES = [
    ["市内バス", "北線", "120人", "130人"],
    ["", "南線", "80人", "75人"],
    ["乗合タクシー", "東便", "20人", "22人"],
    ["", "西便", "15人", "12人"],
]


def test_a_class_merged_over_the_names_is_told_of_each(tmp_path: Path) -> None:
    """種別 stands in the report of no project, but is what one is asked for and found by."""
    merged = {"一覧": ["A2:A3", "A4:A5"]}
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *LINES]}, merged))
    assert [details(project) for project in made.projects] == [
        {"種別": "市内バス"}, {"種別": "市内バス"}, {"種別": "乗合タクシー"}, {"種別": "乗合タクシー"},
    ]  # fmt: skip
    assert made.remarks == ()


def test_a_class_printed_once_holds_for_the_names_below(tmp_path: Path) -> None:
    """As a goal does, since no merged cell says how far it reaches."""
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *LINES]}))
    assert [project.goal_text for project in made.projects] == ["市内バス", "市内バス", "乗合タクシー", "乗合タクシー"]


def test_a_word_beside_some_names_holds_for_these_alone(tmp_path: Path) -> None:
    """新規 again and again is no heading over what is printed below it."""
    lines = [["新規", *LINES[0][1:]], LINES[1], ["新規", *LINES[2][1:]], LINES[3]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *lines]}))
    assert [details(project) for project in made.projects] == [{"種別": "新規"}, {}, {"種別": "新規"}, {}]


def test_one_name_under_two_classes_stays_one_project(tmp_path: Path) -> None:
    """Negative control: the class tells its lines apart."""
    lines = [["平日", "北線", "120人", "130人"], ["休日", "北線", "80人", "75人"]]
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *lines]}))
    assert [project.name for project in made.projects] == ["北線"]
    assert values(made.projects[0], "result") != {2022: "120人", 2023: "130人"}


def test_what_stands_below_a_table_is_named_in_the_report(tmp_path: Path) -> None:
    """A footnote, and a legend that begins like no note, are no class of the last line, and in no answer."""
    below = [["評価:Aは達成、Bはおおむね達成"], ["※西便は10月から"]]
    merged = {"一覧": ["A2:A3", "A4:A5"]}
    made = imported(workbook(tmp_path / "a.xlsx", {"一覧": [HEAD, *LINES, *below]}, merged))
    assert [(one.address, one.reason) for one in made.remarks] == [
        ("A6", "欄外の注とみました。答えには使いません"),
        ("A7", "欄外の注とみました。答えには使いません"),
    ]
    assert details(made.projects[-1]) == {"種別": "乗合タクシー"}


def test_groups_left_of_a_name_that_tell_its_lines_apart_select_nothing() -> None:
    """男性 beside a project's name, 女性 and 全体 below it where no name stands: three lines of one project."""
    assert compare(invent(1072)).failures == []
