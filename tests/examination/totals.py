"""Kinds of question about a whole column: its sum, its mean, and what has to be asked back before either can be told."""

from __future__ import annotations

from tests.examination.arithmetic import amount_needles
from tests.examination.courses import plain_figures
from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import Expect
from tests.examination.keywords import cells_added
from tests.examination.movers import WHAT
from tests.examination.pieces import fill, year_piece

__all__ = ["TOTALS"]


def column(sheet: Sheet) -> Draft:
    """The figures of one unit of the whole table in a year, added up."""
    unit, year = sheet.random.choice(sorted(WHAT)), sheet.random.choice((23, 24, 25))
    value = sum(cells_added(sheet.table, _everything(sheet), unit, year))
    templates = (
        f"{{year}}|の|全事業の{WHAT[unit]}の合計|を|教えてください", f"{{year}}|の|{WHAT[unit]}|は|全部の事業を合わせるといくらになりますか",
        f"{{year}}|の|表全体の{WHAT[unit]}の総計|は？", f"{{year}}|の|{WHAT[unit]}|を|全部の事業で足すといくつ？",
    )  # fmt: skip
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    return Draft((message,), Expect(("answer",), lead=(amount_needles(value, unit),), computed=True, values=(value,)))


def every_year(sheet: Sheet) -> Draft:
    """The same of all the years; to ask which year is meant is as good."""
    unit = sheet.random.choice(("円", "人"))
    value = sum(sum(cells_added(sheet.table, _everything(sheet), unit, year)) for year in sheet.table.years)
    templates = (
        f"全事業|の|{WHAT[unit]}|を|ぜんぶ合計するといくつですか", f"{WHAT[unit]}|の|合計|を|全年度・全事業で教えて",
        f"この計画|の|{WHAT[unit]}|の|総合計|は？",
    )  # fmt: skip
    expect = Expect(("answer",), lead=(amount_needles(value, unit),), computed=True, values=(value,))
    return Draft((fill(sheet.random.choice(templates)),), expect, (Expect(("clarify",), must=(("年度",),)),))


def mean(sheet: Sheet) -> Draft:
    """The mean of a goal or of all in a year, taken over figures or over lines."""
    unit, year, goal = sheet.random.choice(sorted(WHAT)), sheet.random.choice((23, 24, 25)), sheet.random.choice("CD")
    numbers = sheet.table.with_goal(goal)
    where = f"戦略目標{goal}"
    if not cells_added(sheet.table, numbers, unit, year) or sheet.random.random() < 0.4:
        numbers, where = _everything(sheet), "全事業"
    added = cells_added(sheet.table, numbers, unit, year)
    lines = {
        (c.activity or c.project)
        for c in sheet.table.cells(year)
        if c.project in numbers and plain_figures(c.text, unit)
    }
    templates = (
        f"{where}|の|{{year}}|の|{WHAT[unit]}|の|平均|を|教えて", f"{{year}}|の|{where}|の|{WHAT[unit]}|は|平均するとどれくらい？",
    )  # fmt: skip
    values = tuple(sum(added) / count for count in dict.fromkeys((len(added), len(lines))))
    lead = tuple(form for value in values for form in _mean_needles(value, unit))
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    return Draft((message,), Expect(("answer",), lead=(lead,), computed=True, values=values))


def without_unit(sheet: Sheet) -> Draft:
    """A sum of everything, though money and people can't be added up."""
    year = sheet.random.choice((23, 24, 25))
    templates = (
        "{year}|の|全事業の実績を合計して",
        "{year}|の|実績|の|総計|は？",
        "すべての事業の{year}の合計|を|教えて",
    )
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), Expect(("clarify",)))


# Private functions


def _everything(sheet: Sheet) -> set[str]:
    return {project.no for project in sheet.table.projects}


def _mean_needles(value: float, unit: str) -> tuple[str, ...]:
    return tuple(form for places in (0, 1, 2) for form in amount_needles(round(value, places), unit))


TOTALS: dict[str, Kind] = {
    "sum.column": column, "sum.years": every_year, "sum.unit": without_unit, "mean.across": mean,
}  # fmt: skip
