"""Kinds of question about how one figure went: year by year, how many times, against another year, and why."""

from __future__ import annotations

from collections.abc import Callable

from tests.examination.arithmetic import asked, some_measure, some_years
from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import AnyOf, Expect, any_of
from tests.examination.gold import Figure
from tests.examination.movers import signed_needles
from tests.examination.words import Measure

__all__ = ["CHANGES"]

NO_REASON = any_of(
    *(f"{word}{end}" for word in ("理由は", "理由が", "原因は") for end in ("この資料にあり", "この表にあり", "書かれて", "記載", "ありませ"))
)  # fmt: skip


def steps(sheet: Sheet) -> Draft:
    """How a figure moved from each year to the next."""
    measure, series = some_measure(sheet, lambda values: len(values) >= 3)
    gaps = [series[year].value - series[year - 1].value for year in sorted(series) if year - 1 in series]
    templates = (
        "{name}|の|{what}|は|年々どう増減していますか", "{name}|の|{what}|の|1年ごとの増減|を|教えて",
        "{name}|の|{what}|って|毎年減ってるの？", "{name}|の|{what}|は|年ごとにどれだけ増減した？",
        "{name}|の|{what}|、|毎年増えていますか",
    )  # fmt: skip
    must = tuple(signed_needles(gap, measure.unit) for gap in gaps)
    expect = Expect(("answer",), frozenset({measure.no}), must=must, computed=True, values=tuple(map(float, gaps)))
    return Draft((asked(sheet, templates, measure),), expect, asked_about=sheet.called(measure))


def why(sheet: Sheet) -> Draft:
    """Why a figure moved: how it moved, and that the table gives no reason. Who asks may be mistaken about the direction."""
    measure, series, year = _moving(sheet, lambda gap: gap != 0)
    gap = series[year].value - series[year - 1].value
    mistaken = sheet.random.random() < 0.3
    word = "増えた" if (gap > 0) != mistaken else "減った"
    templates = (
        f"{{name}}|の|{{what}}|が|{{year}}|に|{word}のはどうしてですか", f"どうして|{{year}}|に|{{name}}|の|{{what}}|は|{word}の？",
        f"{{name}}|の|{{what}}|が|{{year}}|に|{word}理由|を|教えてください", f"{{year}}|に|{{name}}|の|{{what}}|が|{word}原因|は？",
    )  # fmt: skip
    expect = _gap(measure, gap, NO_REASON)
    return Draft((asked(sheet, templates, measure, year),), expect, asked_about=sheet.called(measure))


def times(sheet: Sheet) -> Draft:
    """What many times the figure of another year it is."""
    measure, series = some_measure(sheet, lambda values: 0 not in values)
    first, second = some_years(sheet, series, lambda a, b: a != b)
    value = series[second].value / series[first].value
    templates = (
        "{name}|の|{what}|、|{year2}|は|{year}|の|何倍？", "{year}|から|{year2}|で|{name}|の|{what}|は|何倍になりましたか",
        "{name}|の|{year2}|の|{what}|は|{year}|に|比べて何倍ですか",
    )  # fmt: skip
    forms = tuple(f"{value:.{places}f}倍" for places in (1, 2, 3))
    lead: AnyOf = tuple(
        dict.fromkeys((*forms, f"{value:.3g}倍", f"{round(value, 2):g}倍", f"{int(value * 100 + 0.5) / 100:g}倍"))
    )
    expect = Expect(("answer",), frozenset({measure.no}), lead=(lead,), computed=True, values=(value,))
    return Draft((asked(sheet, templates, measure, first, second),), expect, asked_about=sheet.called(measure))


def held_against(sheet: Sheet) -> Draft:
    """23年度と比べて25年度."""
    measure, series = some_measure(sheet, lambda values: len(set(values)) > 1)
    first, second = some_years(sheet, series, lambda a, b: a != b)
    templates = (
        "{name}|の|{what}|は|{year}|と比べて|{year2}|は|どうなりましたか",
        "{year}|と比べて、|{year2}|の|{name}|の|{what}|は？",
        "{name}|の|{what}|、|{year}|に比べると|{year2}|は|増えた？減った？",
    )  # fmt: skip
    expect = _gap(measure, series[second].value - series[first].value)
    return Draft((asked(sheet, templates, measure, first, second),), expect, asked_about=sheet.called(measure))


# Private functions


def _moving(sheet: Sheet, fits: Callable[[int], bool]) -> tuple[Measure, dict[int, Figure], int]:
    """A measure and a year in which it moved so against the year before."""
    while True:
        measure, series = some_measure(sheet, lambda values: len(set(values)) > 1)
        years = [y for y in series if y - 1 in series and fits(series[y].value - series[y - 1].value)]
        if years:
            return measure, series, sheet.random.choice(years)


def _gap(measure: Measure, gap: int, *must: AnyOf) -> Expect:
    lead = (signed_needles(gap, measure.unit),)
    return Expect(("answer",), frozenset({measure.no}), lead=lead, must=must, computed=True, values=(gap,))


CHANGES: dict[str, Kind] = {"steps": steps, "why": why, "times": times, "diff.against": held_against}
