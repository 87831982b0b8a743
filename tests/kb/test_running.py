"""What a query finds: cells, attributes and lists, each quoted from the row that prints it."""

from typing import Any

import pytest

from bot.answering import Kotae
from kb.filters import Filter
from kb.query import Query, Subject
from kb.running.results import Quote, Result
from kb.running.running import read_cell, read_fact, read_name, read_source, run
from tests.examination.gold import Table, era_to_western


def found(kotae: Kotae, what: str = "", years: tuple[int, ...] = (), **fields: Any) -> Result:
    """The result of a query about projects by number."""
    subjects = tuple(kotae.catalogs[0].subject(f"nerima-shokogyo/{no}") for no in what.split(",") if no)
    query = Query(plan="nerima-shokogyo", era="平成", subjects=subjects, years=years, **fields)
    return run(query, kotae.knowledge.connection, kotae.catalogs[0].document)


def cells(result: Result) -> list[tuple[str, str | None, int, str, str, str]]:
    """Every quote: number, activity, year, text, state, grade."""
    return [(q.project.no, q.activity, q.year, q.text, q.state, q.grade) for q in result.quotes]


def test_every_cell_is_found_as_the_table_prints_it(kotae: Kotae, table: Table) -> None:
    """All 236, against the examiner's reading of the export."""
    expected = [
        (project.no, row.activity, era_to_western(year), text)
        for project in table.projects
        for row in project.rows
        for year, text in sorted(row.results.items())
    ]
    quotes = found(kotae).quotes
    assert [(q.project.no, q.activity or "", q.year, q.text) for q in quotes] == expected
    assert len(quotes) == 59 * 4
    assert {q.state for q in quotes if q.text == ""} == {"blank"}
    assert {q.state for q in quotes if q.text == "-"} == {"dash"}
    assert {q.state for q in quotes if q.text not in ("", "-")} == {"reported"}


def test_years_come_as_they_were_asked(kotae: Kotae) -> None:
    """The later one first where it was said first; none means all."""
    assert [q.year for q in found(kotae, "42", (2013, 2011)).quotes] == [2013, 2011]
    assert [q.year for q in found(kotae, "42").quotes] == [2011, 2012, 2013, 2014]
    assert found(kotae, "42", (2030,)).quotes == ()


def test_subjects_come_as_they_were_asked(kotae: Kotae) -> None:
    """43 before 42 where it was said first."""
    assert [q.text for q in found(kotae, "43,42", (2012,)).quotes] == ["1事業 3,203千円", "10,278千円(13事業)"]


def test_a_project_has_all_its_rows_and_an_activity_its_own(kotae: Kotae) -> None:
    """9 prints two lines, 9.2 is the second of them; a grade that is printed once holds for both."""
    first = ("9", "ISO認証取得支援事業補助金", 2012, "1件", "reported", "A")
    second = ("9", "エコアクション21等認証取得支援事業補助金", 2012, "1件", "reported", "A")
    assert cells(found(kotae, "9", (2012,))) == [first, second]
    assert cells(found(kotae, "9.2", (2012,))) == [second]


def test_every_row_of_44_has_its_own_grade(kotae: Kotae) -> None:
    """A, B, B, A, B, and what is blank stays blank."""
    assert [(text, state, grade) for *_, text, state, grade in cells(found(kotae, "44", (2013,)))] == [
        ("", "blank", "A"),
        ("検討調整", "reported", "B"),
        ("整備", "reported", "B"),
        ("", "blank", "A"),
        ("調査・検討", "reported", "B"),
    ]


def test_figures_come_with_the_cell(kotae: Kotae) -> None:
    """Value, unit and label of each; a date is none; thousands are multiplied out."""
    (cell,) = found(kotae, "23", (2011,)).quotes
    assert [(f.value, f.unit, f.label, f.qualifier) for f in cell.figures] == [
        (83, "社", "参加企業", None),
        (5, "社", "区内", "うち"),
    ]
    (cell,) = found(kotae, "44.2", (2012,)).quotes
    assert (cell.text, cell.figures) == ("平成25年3月一部決定", ())
    (cell,) = found(kotae, "42", (2013,)).quotes
    assert [(f.value, f.unit) for f in cell.figures] == [(10136000, "円"), (19, "事業")]


@pytest.mark.parametrize(
    ("no", "attribute", "values"),
    [
        ("42", "grade", ["A"]),
        ("44", "grade", ["A", "B", "B", "A", "B"]),
        ("44.2", "grade", ["B"]),
        ("9", "grade", ["A"]),
        ("9", "period", ["H23～H25", "H24"]),
        ("8", "period", ["未実施"]),
        ("29", "period", [""]),
        ("45", "period", ["H23～H26", ""]),
        ("32", "goal", ["D まちにぎわいをもたらす産業活動の推進"]),
        ("32", "policy", ["魅力的な商店街づくりを進める / 集客力のある商店街形成への支援"]),
        ("46", "policy", ["ものづくりへの支援"]),
        ("52", "number", ["No.52"]),
        ("29", "description", ["企業の新製品・新技術の開発に対して支援する。"]),
    ],
)
def test_attributes_are_quoted(kotae: Kotae, no: str, attribute: str, values: list[str]) -> None:
    """Of the project once, of its rows each; blank where the table prints none."""
    assert [fact.value for fact in found(kotae, no, attributes=(attribute,)).facts] == values


def test_what_must_be_taken_with_care_is_marked(kotae: Kotae) -> None:
    """Letters out of order, a label that was inferred over a page break; a sound one carries nothing."""
    (disordered,) = found(kotae, "47", attributes=("policy",)).facts
    (inferred,) = found(kotae, "42", attributes=("policy",)).facts
    (sound,) = found(kotae, "34", attributes=("policy",)).facts
    assert disordered.marks == ("原文の文字順が崩れています。",)
    assert "推定" in inferred.marks[0]
    assert sound.marks == ()


@pytest.mark.parametrize(
    ("filters", "projects"),
    [
        ([("grade", "C")], "8"),
        ([("grade", "B")], "27 29 37 38 41 44 48"),
        ([("goal", "A")], "1 2 3 8"),
        ([("goal", "B")], "9 10 11 12"),
        ([("goal", "D")], "32 33 34 35 36 37 38 39 40 41 42 43 44 45"),
        ([("policy", "拠点の整備")], "31"),
        ([("policy", "商店街の環境整備")], "41 42 43"),
        ([("goal", "D"), ("grade", "B")], "37 38 41 44"),
        ([("state", "2013:dash")], "9 15 20"),
        ([("state", "2012:dash")], "15 20"),
        ([("grade", "D")], ""),
        ([("keyword", "GIS")], "19"),
        ([("keyword", "未実施")], "8"),
        ([("keyword", "受発注%換会")], ""),
        ([("keyword", "受発注_換会")], ""),
    ],
)
def test_conditions_select_projects(kotae: Kotae, filters: list[tuple[str, str]], projects: str) -> None:
    """Complete, in the table's order; a % or _ of a question is a character like any other."""
    chosen = tuple(Filter(*filter_) for filter_ in filters)
    result = found(kotae, filters=chosen, operators=("projects",))
    assert [project.no for project in result.projects] == projects.split()


def test_none_of_several_values_holds_where_they_are_negated(kotae: Kotae) -> None:
    """What is neither B nor C: not everything that is not both; 44 prints A and B, 29 only B."""
    other = found(kotae, filters=(Filter("grade", "B", negated=True, others=("C",)),), operators=("projects",))
    either = found(kotae, filters=(Filter("grade", "B", others=("C",)),), operators=("projects",))
    assert len(other.projects) + len(either.projects) == 51
    assert [project.no for project in other.projects if {"B", "C"} & {*project.grades}] == []


def test_a_list_knows_all_grades(kotae: Kotae) -> None:
    """44 has A and B; nothing that the table doesn't print."""
    grades = {project.no: project.grades for project in found(kotae, operators=("projects",)).projects}
    assert len(grades) == 51
    assert (grades["44"], grades["8"], grades["15"]) == (("A", "B"), ("C",), ("A",))


def test_the_last_check_can_read_everything_again(kotae: Kotae) -> None:
    """A cell, an attribute and a name by their keys; None or nothing where there is none."""
    connection = kotae.knowledge.connection
    quote: Quote = found(kotae, "42", (2013,)).quotes[0]
    assert read_cell(quote.row, 2013, connection) == "10,136千円(19事業)"
    assert read_cell(quote.row, 2030, connection) is None
    assert read_cell(9999, 2013, connection) is None
    assert read_fact(quote.row, "grade", connection) == ("A",)
    assert "空き店舗入居促進事業" in read_name("nerima-shokogyo/42", connection)
    assert read_name("nerima-shokogyo/99", connection) == ""


@pytest.mark.parametrize(
    ("plan", "text", "borne_out"),
    [
        ("nerima-shokogyo", "練馬区商工業振興計画(平成23～26年度)進捗状況", True),
        ("nerima-shokogyo", "A・B・C", True),
        ("nerima-shokogyo", "A・B", True),
        ("nerima-shokogyo", "入門(3日)", True),
        ("nerima-shokogyo", "1", False),
        ("nerima-shokogyo", "平成23～26年度", False),
        ("nerima-shokogyo", "A・Z", False),
        ("no-such-plan", "入門(3日)", False),
        ("nerima-shokogyo", "入門", False),
        ("no-such-plan", "A・B・C", False),
    ],
)
def test_only_a_whole_text_of_the_plan_is_said_by_it(kotae: Kotae, plan: str, text: str, borne_out: bool) -> None:
    """A part of a title proves nothing, and what one plan says isn't said by another."""
    assert read_source(plan, text, kotae.knowledge.connection) is borne_out


def test_an_unknown_subject_finds_nothing(kotae: Kotae) -> None:
    """No error, no other project's cell."""
    query = Query(plan="nerima-shokogyo", era="平成", subjects=(Subject("nerima-shokogyo/99", "無い事業"),))
    result = run(query, kotae.knowledge.connection, kotae.catalogs[0].document)
    assert (result.quotes, result.projects) == ((), ())
    other = run(Query(plan="elsewhere", era="平成"), kotae.knowledge.connection, kotae.catalogs[0].document)
    assert other.quotes == ()


@pytest.mark.parametrize("operator", ["change", "ratio", "compare"])
def test_only_two_lines_are_held_against_each_other(kotae: Kotae, operator: str) -> None:
    """Two lines have one difference; of three none is left out, and so nothing is computed of two of them."""
    two = found(kotae, "17,16", (2013,), operators=("cells", operator), measure="件")
    three = found(kotae, "17,16,13", (2013,), operators=("cells", operator), measure="件")
    assert [[point.value for point in one.operands] for one in two.computed] in ([[59, 1025]], [[1025, 59]])
    assert three.computed == ()
    assert [point.value for point in three.ordered] == [2271, 1025, 59]


def test_the_first_and_the_last_year_of_one_line_make_a_change(kotae: Kotae) -> None:
    """Negative control: three years of one line are no three lines."""
    changed = found(kotae, "17", (2011, 2012, 2013), operators=("cells", "change"))
    assert [[point.value for point in one.operands] for one in changed.computed] == [[1058, 1025]]
