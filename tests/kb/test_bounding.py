"""Bounding: which cells surely lie above or below a figure, and which may or may not."""

from typing import NamedTuple

import pytest

from kb.query import Query
from kb.running.bounding import bounded
from kb.running.results import Project, Quote, Result
from nlp.bounds import Bound
from nlp.figures.figures import read_figures


class Told(NamedTuple):
    """What became of cells: those that are listed, and those that are left out."""

    kept: list[str]
    left_out: list[str]


def told(relation: str, figure: str, *cells: str, label: str = "") -> Told:
    """A line of the table for each cell, all of one year, held against a bound."""
    bound = Bound.read(relation, figure)
    measure = f"{bound.unit}:{label}" if label else bound.unit
    query = Query("midori", "令和", operators=("cells", "bounded"), measure=measure, bound=bound)
    result = bounded(query, Result(quotes=tuple(quote(at, cell) for at, cell in enumerate(cells))))
    return Told([point.quote.text for point in result.ordered], [one.text for one in result.left_out])


def quote(row: int, text: str, year: int = 2023) -> Quote:
    """A cell of a project of its own."""
    project = Project(f"midori/{row}", str(row), f"事業{row}", (), f"No.{row}")
    state = "reported" if text else "blank"
    return Quote(project, row, None, year, "令和5年度", text, state, "", "", read_figures(text))


def test_cells_come_from_the_largest_or_from_the_smallest() -> None:
    """Of a lower bound the largest first, of an upper one the smallest; what lies outside isn't left out but no answer."""
    assert told("from", "100件", "120件", "99件", "300件") == (["300件", "120件"], [])
    assert told("upto", "120件", "120件", "99件", "300件") == (["99件", "120件"], [])


def test_amounts_are_compared_in_one_unit() -> None:
    """5,000千円 is 5百万円; people are no amount."""
    assert told("from", "5百万円", "5,000千円", "4,999,999円", "9,000人") == (["5,000千円"], ["9,000人"])


@pytest.mark.parametrize(
    ("relation", "cell"),
    [
        ("from", "参加企業83社 うち区内5社"),
        ("from", "延べ120社"),
        ("from", "各100社"),
        ("from", "約100社"),
        ("below", "20社以上"),
        ("from", "80社以下"),
    ],
)
def test_a_figure_that_belongs_to_another_or_is_not_exact_decides_nothing(relation: str, cell: str) -> None:
    """Neither うち nor 延べ nor 約; it is named, or the main figure decides."""
    assert told(relation, "80社" if "83" not in cell else "84社", "90社", cell).kept == (
        ["90社"] if relation == "from" else []
    )


def test_the_part_of_a_figure_makes_no_project_hold() -> None:
    """うち区内5社 isn't what is asked of 83社; upwards the main figure holds by itself."""
    assert told("upto", "10社", "参加企業83社 うち区内5社") == ([], [])
    assert told("from", "80社", "参加企業83社 うち区内5社") == (["参加企業83社 うち区内5社"], [])


def test_several_figures_of_a_cell_must_agree() -> None:
    """75人 and 44人 are each more than 40, and less than 80 only if they are no 119 together."""
    cell = "入門(3日)75人 実践(5日)44人"
    assert told("from", "40人", cell, "39人") == ([cell], [])
    assert told("below", "80人", cell, "39人") == (["39人"], [cell])
    assert told("from", "120人", cell, "39人") == ([], [])


def test_a_printed_range_holds_where_all_of_it_does() -> None:
    """500人以上 is surely at least 400, may be 600, and is never below 400."""
    assert told("from", "400人", "500人以上") == (["500人以上"], [])
    assert told("from", "600人", "500人以上") == ([], ["500人以上"])
    assert told("below", "400人", "500人以上") == ([], [])


@pytest.mark.parametrize("cell", ["約500人", "平均500人", "500人程度", "1回あたり500人", "そのうち500人"])
def test_a_figure_that_says_no_whole_amount_is_named(cell: str) -> None:
    """About, on average, each time, a part: how many there were in all isn't said."""
    assert told("from", "400人", cell).kept == []


def test_a_part_of_one_is_compared_as_it_is() -> None:
    """1.5km is no float; a rough figure beside it leaves the cell open."""
    assert told("from", "1.2km", "1.2km", "1.19km", "1.5km 約2km") == (["1.2km"], ["1.5km 約2km"])


def test_cells_without_such_a_figure_are_left_out() -> None:
    """Blank, words, other units."""
    assert told("from", "10件", "", "実施", "3社", "12件") == (["12件"], ["", "実施", "3社"])


def test_years_of_one_line_are_left_out_one_by_one_and_other_lines_whole() -> None:
    """Of a project's own years each blank is named; of many lines only those that print no such figure at all."""
    bound = Bound.read("from", "10件")
    query = Query("midori", "令和", operators=("cells", "bounded"), measure="件", bound=bound)
    line = (quote(1, "12件", 2022), quote(1, "", 2023))
    assert [one.year for one in bounded(query, Result(quotes=line)).left_out] == [2023]
    lines = (*line, quote(2, "", 2022), quote(2, "", 2023))
    assert [(one.row, one.year) for one in bounded(query, Result(quotes=lines)).left_out] == [(2, 2022), (2, 2023)]


def test_under_another_label_only_what_may_lie_within_is_named() -> None:
    """Of 参加者 nothing is said by 来場者; who counts fewer than asked under any label is no answer."""
    cells = ("参加者649名", "来場者 2,850人", "受講者46人")
    assert told("from", "100人", *cells, label="参加者") == (["参加者649名"], ["来場者 2,850人"])
