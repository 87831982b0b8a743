"""Kinds of question about what the cells print: a figure said alone, a unit that is there or not, a text to paste."""

from __future__ import annotations

from tests.examination.arithmetic import year_needles
from tests.examination.courses import plain_figures
from tests.examination.crossing import EMPTY
from tests.examination.drafts import NONE, Draft, Kind, Sheet
from tests.examination.expectation import AnyOf, Expect, any_of
from tests.examination.gold import BLANK, Cell, cells_of, figures_of
from tests.examination.lists import counted, listed
from tests.examination.movers import WHAT
from tests.examination.pieces import fill, year_piece

__all__ = ["PRINTED"]

LEAST = 20
"""A smaller figure stands in too many cells."""


def figure_alone(sheet: Sheet) -> Draft:
    """25年度に1,025件だったのは？"""
    year = sheet.random.choice((23, 24, 25))
    printing = _printing(sheet, year)
    key = sheet.random.choice([key for key, cells in printing.items() if len(cells) <= 2])
    text = next(f.text for f in figures_of(printing[key][0].text) if (f.value, f.unit) == key)
    templates = (
        f"{{year}}|の|{text}|って|何？",
        f"{text}|は|{{year}}|だと何の数字ですか",
        f"{{year}}|で|{text}|だったのは何？",
        f"{{year}}|に|{text}|と|なったのは？",
    )
    known = frozenset(cell.project for cell in printing[key])
    expect = Expect(("answer",), known, must=((text,), year_needles(year)))
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), expect)


def figure_of_another_year(sheet: Sheet) -> Draft:
    """A figure that only another year prints."""
    year = sheet.random.choice((23, 24, 25))
    here, everywhere = _printing(sheet, year), {key for y in (23, 24, 25) for key in _printing(sheet, y)}
    value, unit = sheet.random.choice(sorted(everywhere - set(here)))
    text = next(f.text for c in sheet.table.cells() for f in figures_of(c.text) if (f.value, f.unit) == (value, unit))
    templates = (
        f"{{year}}|の|{text}|って|何？",
        f"{{year}}|で|{text}|だったのは何？",
        f"{{year}}|に|{text}|と|なったのは？",
    )
    expect = Expect(("no_data",), reasons=frozenset({"empty"}), must=(NONE,))
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), expect)


def with_unit(sheet: Sheet) -> Draft:
    """25年度に金額が載っている事業は？, listed or counted."""
    unit, year = sheet.random.choice(sorted(WHAT)), sheet.random.choice((23, 24, 25))
    # A part of another figure, or one that is only about, may be passed over.
    sure = {c.project for c in sheet.table.cells(year) if plain_figures(c.text, unit)}
    open_ = {c.project for c in sheet.table.cells(year) if any(f.unit == unit for f in figures_of(c.text))}
    templates: tuple[str, ...] = (
        f"{{year}}|に|{WHAT[unit]}|が|書かれている事業|は？", f"{{year}}|の|実績|に|{WHAT[unit]}|が|ある事業|を|教えて",
        f"{WHAT[unit]}|が|{{year}}|に|載っている事業|は|どれですか",
    )  # fmt: skip
    if sheet.random.random() < 0.4:
        templates = (
            f"{{year}}|に|{WHAT[unit]}|が|書かれている事業|は|いくつ？",
            f"{{year}}|の|実績|に|{WHAT[unit]}|が|ある事業|は|何事業ですか",
        )
        message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
        return Draft((message,), counted([len(sure), len(open_)]))
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), listed(sure, open_))


def without_unit(sheet: Sheet) -> Draft:
    """25年度に金額が載っていない事業は？"""
    unit, year = sheet.random.choice(sorted(WHAT)), sheet.random.choice((23, 24, 25))
    held = {c.project for c in sheet.table.cells(year) if any(f.unit == unit for f in figures_of(c.text))}
    lines = {c.project for c in sheet.table.cells(year) if not any(f.unit == unit for f in figures_of(c.text))}
    every = {project.no for project in sheet.table.projects}
    templates = (
        f"{{year}}|に|{WHAT[unit]}|が|書かれていない事業|は？",
        f"{{year}}|の|実績|に|{WHAT[unit]}|が|ない事業|を|教えて",
    )
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    # A blank result says nothing about what it counts.
    blank = {p.no for p in sheet.table.projects if not sheet.table.reported(p.no, year)}
    return Draft((message,), listed(every - held - blank, lines | blank) if every - held else EMPTY)


def reported_count(sheet: Sheet) -> Draft:
    """How many projects have a result in a year, or none."""
    year, some = sheet.random.choice((23, 24, 25, 26)), sheet.random.random() < 0.6
    cells = {p.no: [cell.text for cell in cells_of(p) if cell.year == year] for p in sheet.table.projects}
    blank = sum(set(texts) == {BLANK} for texts in cells.values())
    partly = sum(not any(text.strip("-") for text in texts) for texts in cells.values())
    any_blank = sum(not all(text.strip("-") for text in texts) for texts in cells.values())
    counts = [len(cells) - blank, len(cells) - partly] if some else [blank, partly, any_blank]
    templates: tuple[str, ...] = (
        "{year}|に|実績|が|書かれている事業|は|何事業？",
        "{year}|の|実績|が|ある事業|は|全部でいくつですか",
    )
    if not some:
        templates = ("{year}|に|実績|が|書かれていない事業|は|何事業？", "{year}|の|実績|が|空欄の事業|は|いくつですか")
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), counted(counts))


def pasted(sheet: Sheet) -> Draft:
    """A sentence to paste: the cell as printed, the name, the year and the grade."""
    project, year = sheet.reported()
    templates = (
        "{name}|の|{year}|の|実績|の|回答文|を|作ってください", "{name}|の|{year}|の|回答文|を|お願いします",
        "{year}|の|{name}|について答弁用の文を作って",
    )  # fmt: skip
    expect = sheet.result(project, [year])
    names: AnyOf = (*sheet.names.titles(project), *(cell.activity for cell in expect.cells if cell.activity))
    must = (*((cell.text,) for cell in expect.cells), names, any_of(*year_needles(year)))
    asked = Expect(("answer",), frozenset({project.no}), cells=expect.cells, must=must)
    return Draft((sheet.ask(templates, project, year),), asked, asked_about=sheet.called(project))


# Private functions


def _printing(sheet: Sheet, year: int) -> dict[tuple[int, str], list[Cell]]:
    """(value, unit) to the cells of a year that print it."""
    printing: dict[tuple[int, str], list[Cell]] = {}
    for cell in sheet.table.cells(year):
        for figure in figures_of(cell.text):
            if figure.value >= LEAST:
                printing.setdefault((figure.value, figure.unit), []).append(cell)
    return printing


PRINTED: dict[str, Kind] = {
    "figure": figure_alone, "figure.another_year": figure_of_another_year, "unit": with_unit, "unit.none": without_unit,
    "reported.count": reported_count, "formal": pasted,
}  # fmt: skip
