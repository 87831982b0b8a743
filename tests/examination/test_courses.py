from __future__ import annotations

from tests.examination.courses import courses, moved, plain_figures, repeating
from tests.examination.gold import Project, Row, Table


def project(no: str, *rows: Row) -> Project:
    """A project with these lines and nothing else."""
    return Project(no, f"事業{no}", "A", "", (), "", rows)


def row(activity: str, *cells: str) -> Row:
    """A line with its cells from the year 23 on."""
    return Row(activity, "", dict(enumerate(cells, 23)), "")


SEMINAR = row("セミナー", "28人", "34人")
TABLE = Table(
    (
        project("1", row("", "62件", "47件")),
        project("2", row("大", "6件", "7件"), row("小", "4件", "0件")),
        project("3", SEMINAR),
        project("4", SEMINAR),
        project("5", row("", "参加83人 うち区内5人", "入門(3日)75人 実践(5日)44人")),
    ),
    (23, 24),
)


def test_parts_and_rough_figures_are_left_out() -> None:
    """うち is a part, 延べ and 各 can't be added up."""
    assert [figure.value for figure in plain_figures("3組合 延べ389店 5店", "店")] == [5]
    assert [figure.value for figure in plain_figures("参加企業83社 うち区内5社", "社")] == [83]


def test_a_course_is_a_label_of_a_line() -> None:
    """A label that stands twice in a cell can't be held against the year before."""
    people = [(course.project, course.label, course.values) for course in courses(TABLE, "人")]
    assert people == [("3", "", {23: 28, 24: 34}), ("4", "", {23: 28, 24: 34}), ("5", "参加", {23: 83})]


def test_what_two_projects_print_counts_once() -> None:
    """The first of them has it; of the second alone it counts."""
    assert repeating(TABLE, "人") == {"4"}
    assert repeating(TABLE, "人", {"4"}) == set()


def test_a_project_moved_surely_where_all_its_lines_did() -> None:
    """One line up and one down is open, and so is what can't be compared."""
    fewer = moved(TABLE, "件", lambda values: values[24] < values[23])
    assert (fewer.sure, fewer.open) == ({"1"}, {"1", "2"})
    more = moved(TABLE, "人", lambda values: values[24] > values[23] if 24 in values else None)
    assert (more.sure, more.open) == ({"3"}, {"3", "4", "5"})
