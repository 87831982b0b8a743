"""Kinds of question that are computed from one row: differences, rates, sums, averages, extremes, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.examination.drafts import Draft, Kind, Sheet, figure_needles, yen_needles
from tests.examination.expectation import AnyOf, Expect
from tests.examination.gold import Figure
from tests.examination.pieces import Message, Piece, fill, year_piece
from tests.examination.words import MEASURES, Measure

__all__ = ["ARITHMETIC", "amount_needles", "asked", "some_measure", "some_years", "year_needles"]

GENERIC = {"円": "金額", "件": "件数", "事業": "事業数"}


def difference(sheet: Sheet) -> Draft:
    """How much more or less than in another year."""
    measure, series = some_measure(sheet, lambda values: len(set(values)) > 1)
    first, second = some_years(sheet, series, lambda a, b: a != b)
    gap = abs(series[second].value - series[first].value)
    templates = (
        "{name}|の|{what}|は|{year}|から|{year2}|でどれだけ変わりましたか",
        "{name}|の|{year}|と|{year2}|の|{what}|の|差|は？",
        "{name}|の|{what}|、|{year}|と比べて|{year2}|はいくつ増減しましたか",
        "{year}|から|{year2}|で|{name}|の|{what}|は|どのくらい増えた？減った？",
    )  # fmt: skip
    expect = Expect(
        ("answer",), frozenset({measure.no}), lead=(amount_needles(gap, measure.unit),), computed=True, values=(gap,)
    )
    return Draft((asked(sheet, templates, measure, first, second),), expect, asked_about=sheet.called(measure))


def rate(sheet: Sheet) -> Draft:
    """前年度比."""
    measure, series = some_measure(sheet, lambda values: 0 not in values)
    year = sheet.random.choice([year for year in series if year - 1 in series])
    ratio = series[year].value / series[year - 1].value * 100
    forms = [form for percent in (ratio, abs(ratio - 100)) for form in _percent(percent)]
    templates = (
        "{name}|の|{year}|の|{what}|は|前年度比で何%ですか", "{name}|の|{what}|、|{year}|の|前年度比|は？",
        "{year}|の|{name}|の|{what}|って|前年度比何パーセント？",
    )  # fmt: skip
    values = (ratio, ratio - 100)
    expect = Expect(("answer",), frozenset({measure.no}), lead=(tuple(forms),), computed=True, values=values)
    return Draft((asked(sheet, templates, measure, year),), expect, asked_about=sheet.called(measure))


def total(sheet: Sheet) -> Draft:
    """The sum of the years 23 to 25, or 23 to 26."""
    measure, series = some_measure(sheet, lambda values: len(values) >= 3)
    last = 26 if 26 in series else 25
    value = sum(series[year].value for year in range(23, last + 1))
    templates = (
        f"{{name}}|の|{{what}}|の|平成23年度から{last}年度まで|の|合計|は？",
        f"{{name}}|の|23～{last}年度|の|{{what}}|を|全部足すといくつですか",
        f"{{name}}|の|{{what}}|、|{last - 22}年間|の|合計|を|教えてください",
        f"{{name}} {{what}} {last - 22}年間の合計",
    )  # fmt: skip
    expect = Expect(
        ("answer",),
        frozenset({measure.no}),
        lead=(amount_needles(value, measure.unit),),
        computed=True,
        values=(value,),
    )
    return Draft((asked(sheet, templates, measure),), expect, asked_about=sheet.called(measure))


def average(sheet: Sheet) -> Draft:
    """The mean of all the years that have it."""
    measure, series = some_measure(sheet, lambda values: len(values) >= 3)
    value = sum(figure.value for figure in series.values()) / len(series)
    span = f"23～{max(series)}年度"
    templates = (
        f"{{name}}|の|{{what}}|の|{len(series)}年間|の|平均|は？", f"{{name}}|の|{{what}}|、|{span}|の|平均|を|教えて",
        f"{span}|の|{{name}}|の|{{what}}|は|平均でいくつですか",
    )  # fmt: skip
    values = (value, round(value), round(value, 1))
    needles = tuple(n for v in values for n in amount_needles(v, measure.unit))
    expect = Expect(("answer",), frozenset({measure.no}), lead=(needles,), computed=True, values=values)
    return Draft((asked(sheet, templates, measure),), expect, asked_about=sheet.called(measure))


def extreme(sheet: Sheet) -> Draft:
    """The year in which it was largest or smallest."""
    measure, series = some_measure(
        sheet, lambda values: len(values) >= 3 and values.count(max(values)) == values.count(min(values)) == 1
    )
    most = sheet.random.random() < 0.6
    year = (max if most else min)(series, key=lambda y: series[y].value)
    word = sheet.random.choice(
        ("一番多かった", "最も多い", "最大だった") if most else ("一番少なかった", "最も少ない", "最小だった")
    )
    templates = (
        f"{{name}}|の|{{what}}|が|{word}のは何年度？", f"{{name}}|の|{{what}}|が|{word}年度|は|いつですか",
        f"{{what}}|が|{word}のは何年度ですか、|{{name}}|の",
    )  # fmt: skip
    lead = (figure_needles(series[year]), year_needles(year))
    expect = Expect(("answer",), frozenset({measure.no}), lead=lead)
    return Draft((asked(sheet, templates, measure),), expect, asked_about=sheet.called(measure))


def two_years(sheet: Sheet) -> Draft:
    """Which of two years had more."""
    measure, series = some_measure(sheet, lambda values: len(set(values)) > 1)
    first, second = some_years(sheet, series, lambda a, b: a != b)
    loser, winner = sorted((first, second), key=lambda year: series[year].value)
    templates = (
        "{name}|の|{what}|は|{year}|と|{year2}|どちらが多いですか",
        "{year}|と|{year2}|、|{name}|の|{what}|が|多いのはどっち？",
        "{name}|の|{what}|、|{year}|と|{year2}|を|比べてください",
    )  # fmt: skip
    false = tuple(f"{loser}年度{words}" for words in ("の方が多", "のほうが多", "が多"))
    must = (figure_needles(series[winner]), figure_needles(series[loser]))
    expect = Expect(("answer",), frozenset({measure.no}), must=must, must_not=false)
    return Draft((asked(sheet, templates, measure, first, second),), expect, asked_about=sheet.called(measure))


def two_projects(sheet: Sheet) -> Draft:
    """Which of two projects had more."""
    one, other, year, figures = _two_measures(sheet)
    winner, loser = (one, other) if figures[0].value > figures[1].value else (other, one)
    figure = max(figures, key=lambda f: f.value)
    templates = (
        "{name}|と|{name2}|、|{year}|の|{what}|が|多いのはどっち？",
        "{year}|の|{what}|は|{name}|と|{name2}|ではどちらが多いですか",
    )  # fmt: skip
    expect = Expect(("answer",), frozenset({winner.no}), optional=frozenset({loser.no}), must=(figure_needles(figure),))
    return Draft((_both(sheet, templates, one, other, year),), expect, asked_about=sheet.called(winner))


def gap_of_projects(sheet: Sheet) -> Draft:
    """How far two projects are apart."""
    one, other, year, figures = _two_measures(sheet)
    gap = abs(figures[0].value - figures[1].value)
    templates = (
        "{name}|と|{name2}|の|{year}|の|{what}|の|差|は？",
        "{year}|の|{name}|と|{name2}|の|{what}|は|どれだけ違いますか",
    )  # fmt: skip
    known = frozenset({one.no, other.no})
    expect = Expect(("answer",), known, lead=(amount_needles(gap, one.unit),), computed=True, values=(gap,))
    return Draft(
        (_both(sheet, templates, one, other, year),), expect, asked_about=(*sheet.called(one), *sheet.called(other))
    )


def amount_needles(value: float, unit: str) -> AnyOf:
    """A computed amount as it may be printed."""
    shown = f"{value:.0f}" if value == int(value) else f"{value:.1f}"
    if unit == "円" and value == int(value):
        return yen_needles(int(value))
    if unit == "円":
        return (
            f"{value:.0f}円",
            f"{value:.1f}円",
            f"{value:.2f}円",
            *(f"{value / 1000:.{places}f}千円" for places in range(4)),
        )
    exact = f"{value:.2f}"
    return tuple(number + word for number in (shown, exact) for word in ((unit, "名") if unit == "人" else (unit,)))


def year_needles(year: int) -> AnyOf:
    """25年度, H25, 2013年度."""
    return (f"{year}年度", f"H{year}", f"平成{year}", f"{year + 1988}年度")


def some_measure(sheet: Sheet, fits: Callable[[list[int]], bool]) -> tuple[Measure, dict[int, Figure]]:
    """A measure whose consecutive values fit."""
    series = [(measure, sheet.series(measure)) for measure in MEASURES]
    usable = [(m, s) for m, s in series if {23, 24} <= set(s) or {24, 25} <= set(s)]
    return sheet.random.choice([(m, s) for m, s in usable if fits([f.value for f in s.values()])])


def some_years(sheet: Sheet, series: dict[int, Figure], fits: Callable[[int, int], bool]) -> tuple[int, int]:
    """Two years, the earlier first, whose values fit."""
    pairs = [(a, b) for a in series for b in series if a < b and fits(series[a].value, series[b].value)]
    return sheet.random.choice(pairs)


def asked(sheet: Sheet, templates: Sequence[str], measure: Measure, *years: int) -> Message:
    """One of the templates about a measure, with {name}, {what}, {year} and {year2} filled in."""
    slots = {"name": sheet.measured(measure), "what": Piece("words", sheet.random.choice(measure.words))}
    for place, year in enumerate(years, 1):
        slots["year" if place == 1 else f"year{place}"] = year_piece(year)
    return fill(sheet.random.choice(templates), slots)


# Private functions


def _two_measures(sheet: Sheet) -> tuple[Measure, Measure, int, list[Figure]]:
    """Two projects that people would call a figure of by the same word, in a year that both have."""
    while True:
        one, other = sheet.random.sample([m for m in MEASURES if GENERIC.get(m.unit) in m.words and not m.activity], 2)
        year = sheet.random.choice((23, 24, 25))
        series = [sheet.series(one), sheet.series(other)]
        if one.unit == other.unit and all(year in s for s in series) and len({s[year].value for s in series}) == 2:
            return one, other, year, [s[year] for s in series]


def _both(sheet: Sheet, templates: Sequence[str], one: Measure, other: Measure, year: int) -> Message:
    slots = {"name": sheet.measured(one), "name2": sheet.measured(other), "year": year_piece(year)}
    return fill(sheet.random.choice(templates), slots | {"what": Piece("words", GENERIC[one.unit])})


def _percent(value: float) -> list[str]:
    return [f"{value:.{places}f}{sign}" for places in (0, 1, 2) for sign in ("%", "パーセント")]


ARITHMETIC: dict[str, Kind] = {
    "diff": difference, "diff.rate": rate, "diff.projects": gap_of_projects, "sum": total, "average": average,
    "extreme": extreme, "compare.years": two_years, "compare.projects": two_projects,
}  # fmt: skip
