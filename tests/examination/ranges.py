"""Kinds of question about ranges: projects and years above or below a figure, and grades from one on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.examination.arithmetic import year_needles
from tests.examination.drafts import NONE, Draft, Kind, Sheet, figure_needles
from tests.examination.expectation import Expect
from tests.examination.gold import Cell, Figure, figures_of
from tests.examination.lists import listed
from tests.examination.pieces import Piece, fill, year_piece
from tests.examination.words import MEASURES, Measure

__all__ = ["RANGES"]


class Side(NamedTuple):
    """On which side of a figure others must be."""

    words: tuple[str, ...]
    """How it is said behind the figure."""
    holds: Callable[[int, int], bool]
    """Whether a value is on that side of a figure."""


SIDES = (
    Side(("以上だった", "以上の"), lambda value, figure: value >= figure),
    Side(("を超えた", "を上回った"), lambda value, figure: value > figure),
    Side(("以下だった", "以下の"), lambda value, figure: value <= figure),
    Side(("未満だった", "に満たない"), lambda value, figure: value < figure),
)
EMPTY = Expect(("no_data",), reasons=frozenset({"empty"}), must=(NONE,))
SHADED = ("延べ", "のべ", "各", "年", "約")
"""Words right before a figure that doesn't stand for itself; うち区内 is a part of another one."""
NAMED = 5
"""Figures that must be read in a list, which shows no more than twelve."""


def projects_within(sheet: Sheet) -> Draft:
    """25年度に1,000千円以上だった事業は？"""
    year, unit = sheet.random.choice((23, 24, 25)), sheet.random.choice(("円", "件", "人"))
    cells = {_key(cell): cell for cell in reversed(list(sheet.table.cells(year))) if _plain(cell, unit)}
    side = sheet.random.choice(SIDES)
    bound = sheet.random.choice([figure for cell in cells.values() for figure in _plain(cell, unit)])
    held = [cell for cell in cells.values() if _lies(cell, unit, side, bound.value)]
    templates = (
        "{year}|に|{x}事業|は？", "{year}|の|実績|が|{x}事業|を|教えてください", "{year}|で|{x}事業|は|どれですか",
        "実績が{x}事業を知りたい、{year}|の",
    )  # fmt: skip
    said = Piece("words", bound.text + sheet.random.choice(side.words))
    message = fill(sheet.random.choice(templates), {"year": year_piece(year), "x": said})
    if not held:
        return Draft((message,), EMPTY)
    largest = sorted((_plain(cell, unit)[0] for cell in held), key=lambda figure: -figure.value)
    must = tuple(map(figure_needles, largest)) if len(held) <= NAMED else ()
    return Draft((message,), Expect(("answer",), frozenset(cell.project for cell in held), must=must))


def years_within(sheet: Sheet) -> Draft:
    """商工相談が1,000件を超えたのは何年度？"""
    lines = [(measure, _cells(sheet, measure)) for measure in MEASURES]
    measure, cells = sheet.random.choice([(measure, cells) for measure, cells in lines if cells])
    side = sheet.random.choice((SIDES[0], SIDES[2]))
    bound = sheet.random.choice([figure for cell in cells for figure in _plain(cell, measure.unit)])
    held = [cell.year for cell in cells if _lies(cell, measure.unit, side, bound.value)]
    templates = ("{name}|で|{x}年度|は|いつですか", "{name}|が|{x}のは何年度？", "{name}|で|{x}のはどの年度ですか")
    said = Piece("words", bound.text + side.words[0])
    message = fill(sheet.random.choice(templates), {"name": sheet.measured(measure), "x": said})
    known = frozenset({measure.no})
    if not held:
        expect = Expect(("no_data",), known, reasons=frozenset({"empty"}), must=(NONE,))
        return Draft((message,), expect, asked_about=sheet.called(measure))
    must_not = tuple(f"平成{cell.year}年度:" for cell in cells if cell.year not in held)
    expect = Expect(("answer",), known, must=tuple(map(year_needles, held)), must_not=must_not)
    return Draft((message,), expect, asked_about=sheet.called(measure))


def grades_within(sheet: Sheet) -> Draft:
    """達成度B以下の事業は？"""
    words, letters = sheet.random.choice(
        (
            ("A以下", "ABC"), ("B以上", "AB"), ("B以下", "BC"), ("C以上", "ABC"), ("C以下", "C"), ("A以上", "A"),
            ("B未満", "C"), ("A未満", "BC"), ("Bより上", "A"),
        )
    )  # fmt: skip
    templates = ("達成度{x}|の|事業|は？", "達成度が{x}の事業|を|教えて", "達成度{x}|は|どの事業ですか")
    graded = {p.no: set(p.grades) for p in sheet.table.projects}
    sure = {no for no, printed in graded.items() if printed and printed <= set(letters)}
    some = {no for no, printed in graded.items() if printed & set(letters)}
    message = fill(sheet.random.choice(templates), {"x": Piece("words", words)})
    return Draft((message,), listed(sure, some))


# Private functions


def _cells(sheet: Sheet, measure: Measure) -> list[Cell]:
    """The cells of a line that print its unit; none of a project with several lines that isn't asked line by line."""
    if not measure.activity and len(sheet.table.project(measure.no).rows) > 1:
        return []
    cells = (cell for year in sheet.table.years for cell in sheet.table.at(measure.no, year, measure.activity or None))
    return [cell for cell in cells if _plain(cell, measure.unit)]


def _key(cell: Cell) -> tuple[str, str]:
    """What two projects print with the same cells counts for the first."""
    return cell.activity or cell.project, cell.activity and cell.text


def _plain(cell: Cell, unit: str) -> list[Figure]:
    """Its figures of a unit that are no part of others, nor rough."""
    figures = [figure for figure in figures_of(cell.text) if figure.unit == unit and "うち" not in figure.before]
    return [figure for figure in figures if not figure.before.strip().endswith(SHADED)]


def _lies(cell: Cell, unit: str, side: Side, bound: int) -> bool:
    """Whether each of its figures lies there, and all of them together do."""
    values = [figure.value for figure in _plain(cell, unit)]
    return all(side.holds(value, bound) for value in (*values, sum(values)))


RANGES: dict[str, Kind] = {"range": projects_within, "range.years": years_within, "range.grade": grades_within}
