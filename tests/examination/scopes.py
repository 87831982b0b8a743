"""Kinds of question that go on with what was listed, ranked or asked together before."""

from __future__ import annotations

from dataclasses import replace

from tests.examination.arithmetic import amount_needles
from tests.examination.crossing import EMPTY, largest_by_project
from tests.examination.drafts import NONE, Draft, Kind, Sheet, figure_needles
from tests.examination.expectation import Expect
from tests.examination.gold import Project
from tests.examination.keywords import cells_added
from tests.examination.lists import listed
from tests.examination.lookups import description_start
from tests.examination.movers import WHAT
from tests.examination.pieces import Message, fill, year_piece

__all__ = ["SCOPES"]

SAME_YEAR = (
    "両方|の|{year}|は|？",
    "両方|の|{year}|の|実績|を|教えて",
    "どちらも|{year}|は|どうでしたか",
    "二つとも|{year}|の|実績|は？",
)


def narrowed(sheet: Sheet) -> Draft:
    """A list, then 「達成度Aだけ」."""
    numbers, opening = _list(sheet)
    grade = sheet.random.choice("ABC")
    words = (
        f"達成度{grade}だけ|を|見せて",
        f"達成度が{grade}のものだけ|は？",
        f"達成度{grade}|の|事業だけにして",
        f"達成度{grade}だけ教えてください",
    )
    sure, open_ = (numbers & sheet.table.with_grade(grade, wholly=wholly) for wholly in (True, False))
    expect = listed(sure, open_) if sure else listed(open_) if open_ else EMPTY
    return Draft((opening, fill(sheet.random.choice(words))), expect)


def narrowed_by_goal(sheet: Sheet) -> Draft:
    """A list by grade, then 「戦略目標Cだけ」."""
    grade, goal = sheet.random.choice("AB"), sheet.random.choice("ABCDE")
    sure, open_ = (
        sheet.table.with_goal(goal) & sheet.table.with_grade(grade, wholly=wholly) for wholly in (True, False)
    )
    opening = fill(sheet.random.choice((f"達成度{grade}|の|事業|は？", f"達成度が{grade}|の|事業|を|教えてください")))
    words = (f"戦略目標{goal}だけ|を|見せて", f"戦略目標{goal}|の|ものだけ|は？", f"戦略目標{goal}だけにして")
    expect = listed(sure, open_) if sure else listed(open_) if open_ else EMPTY
    return Draft((opening, fill(sheet.random.choice(words))), expect)


def next_of_ranking(sheet: Sheet) -> Draft:
    """A ranking, then 「2番目は？」."""
    unit, year, place = (
        sheet.random.choice(sorted(WHAT)),
        sheet.random.choice((23, 24, 25)),
        sheet.random.choice((2, 3)),
    )
    ranked = largest_by_project(sheet, unit, year)
    no, figure = ranked[place - 1]
    opening = fill(
        sheet.random.choice(
            (f"{{year}}|の|{WHAT[unit]}|が|一番多い事業|は？", f"{{year}}|で|{WHAT[unit]}|が|最も大きい事業|は|どれ？")
        ),
        {"year": year_piece(year)},
    )
    words = (f"{place}番目は？", f"{place}番目|に|多いのは？", f"{place}位は？", f"じゃあ{place}番目|は")
    tied = {held[0] for held in ranked if held[1].value == figure.value}
    first, *others = [
        Expect(("answer",), frozenset({n}), lead=(figure_needles(figure),)) for n in (no, *sorted(tied - {no}))
    ]
    return Draft((opening, fill(sheet.random.choice(words))), first, tuple(others), noisy=False)


def both(sheet: Sheet) -> Draft:
    """Two projects together, then 「両方の24年度は？」; asked one after the other, both may be named again."""
    one, other, year, first = _pair(sheet)
    slots = {"name": sheet.names.piece(one.no, sheet.random), "name2": sheet.names.piece(other.no, sheet.random)}
    opening = fill("{name}|と|{name2}|の|{year}|の|実績|は？", slots | {"year": year_piece(first)})
    message = fill(sheet.random.choice(SAME_YEAR), {"year": year_piece(year)})
    return Draft((opening, message), _both_cells(sheet, one, other, year), noisy=False)


def both_in_turn(sheet: Sheet) -> Draft:
    """Two projects one after the other, then 「両方の24年度は？」; to ask which are meant is as good as both."""
    one, other, year, first = _pair(sheet)
    opening = sheet.ask(("{name}|の|{year}|の|実績|は？",), one, first)
    second = sheet.ask(("{name}|は|？", "じゃあ|{name}|は|？"), other)
    message = fill(sheet.random.choice(SAME_YEAR), {"year": year_piece(year)})
    expect = _both_cells(sheet, one, other, year)
    return Draft((opening, second, message), expect, (Expect(("clarify",)),), noisy=False)


def both_at_once(sheet: Sheet) -> Draft:
    """「商工相談と経営指導、両方の25年度」."""
    one, other, year, _ = _pair(sheet)
    slots = {"name": sheet.names.piece(one.no, sheet.random), "name2": sheet.names.piece(other.no, sheet.random)}
    templates = (
        "{name}|と|{name2}|の|両方の{year}|の|実績|を|教えて",
        "{name}|と|{name2}|、両方とも|{year}|は|どうだった？",
    )
    message = fill(sheet.random.choice(templates), slots | {"year": year_piece(year)})
    called = (*sheet.called(one), *sheet.called(other))
    return Draft((message,), _both_cells(sheet, one, other, year), asked_about=called)


def values_of_list(sheet: Sheet) -> Draft:
    """A list, then the results of each in a year."""
    numbers, opening = _list(sheet)
    year = sheet.random.choice((23, 24, 25))
    words = (
        "{year}|の|実績|は？",
        "それらの{year}|の|実績|を|教えて",
        "その事業の{year}|の|実績|を|一つずつ",
        "{year}|は|どうでしたか",
    )
    message = fill(sheet.random.choice(words), {"year": year_piece(year)})
    return Draft((opening, message), _each(sheet, numbers, year))


def values_at_once(sheet: Sheet) -> Draft:
    """達成度Bの25年度の実績は？"""
    grade, year = sheet.random.choice("BC"), sheet.random.choice((23, 24, 25))
    where, numbers = f"達成度{grade}", sheet.table.with_grade(grade, wholly=True)
    optional = sheet.table.with_grade(grade, wholly=False)
    if sheet.random.random() < 0.6:
        goal = sheet.random.choice("ABDE")
        where, numbers = f"戦略目標{goal}", sheet.table.with_goal(goal)
        optional = numbers
    templates = (
        f"{where}|の|{{year}}|の|実績|を|教えて",
        f"{{year}}|の|{where}|の|実績|は|どうなっていますか",
        f"{where}|の|事業それぞれの{{year}}|の|実績|は？",
    )
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    return Draft((message,), replace(_each(sheet, numbers, year), optional=frozenset(optional)))


def values_of_all(sheet: Sheet) -> Draft:
    """全事業の25年度の実績は？"""
    year = sheet.random.choice((23, 24, 25))
    templates = (
        "全部の事業|の|{year}|の|実績|を|出してください",
        "すべての事業の{year}|の|実績|を|知りたいです",
        "{year}|の|全事業の実績|を|見たいのですが",
    )
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    return Draft((message,), _each(sheet, {project.no for project in sheet.table.projects}, year))


def lacking_of_list(sheet: Sheet) -> Draft:
    """A list, then the section in charge of each, which the table doesn't have."""
    numbers, opening = _list(sheet)
    words = ("担当課は？", "それぞれの担当を教えて", "担当部署もお願いします", "どこの課がやっていますか")
    none = frozenset({"no_attribute"})
    expect = Expect(("no_data",), reasons=none, must=(NONE,))
    return Draft(
        (opening, fill(sheet.random.choice(words))), expect, (Expect(("answer",), frozenset(numbers), must=(NONE,)),)
    )


def descriptions_of_list(sheet: Sheet) -> Draft:
    """A list, then what each of its projects is."""
    goal = sheet.random.choice("AB")
    opening = fill(sheet.random.choice((f"戦略目標{goal}|の|事業|は？", f"戦略目標{goal}|の|事業一覧")))
    words = ("それぞれの内容は？", "内容も教えて", "どんな事業ですか", "それぞれどんな内容？")
    projects = [sheet.table.project(no) for no in sorted(sheet.table.with_goal(goal))]
    must = tuple((description_start(project),) for project in projects)
    return Draft(
        (opening, fill(sheet.random.choice(words))), Expect(("answer",), frozenset(p.no for p in projects), must=must)
    )


def total_of_list(sheet: Sheet) -> Draft:
    """A list, then the sum of a unit over it."""
    numbers, opening = _list(sheet, "CD")
    unit, year = ("円", sheet.random.choice((23, 24, 25)))
    value = sum(cells_added(sheet.table, numbers, unit, year))
    words = (
        f"{{year}}|の|{WHAT[unit]}|を|合計すると？",
        f"この中の{{year}}|の|{WHAT[unit]}|の|合計|は？",
        f"{{year}}|の|{WHAT[unit]}|は|全部でいくら",
    )
    message = fill(sheet.random.choice(words), {"year": year_piece(year)})
    return Draft(
        (opening, message), Expect(("answer",), lead=(amount_needles(value, unit),), computed=True, values=(value,))
    )


# Private functions


def _list(sheet: Sheet, goals: str = "ABCDE") -> tuple[set[str], Message]:
    """The projects of a goal, and how they are asked for."""
    goal = sheet.random.choice(goals)
    templates = (
        f"戦略目標{goal}|の|事業|は？",
        f"戦略目標{goal}|の|事業|を|教えてください",
        f"戦略目標{goal}|に|ある事業の一覧",
    )
    return sheet.table.with_goal(goal), fill(sheet.random.choice(templates))


def _pair(sheet: Sheet) -> tuple[Project, Project, int, int]:
    """Two projects, a year that both have, and another."""
    one = sheet.project(lambda p: len(sheet.years_of(p)) >= 2 and len(p.rows) == 1)
    other = sheet.project(
        lambda p: p.no != one.no and len(p.rows) == 1 and len(set(sheet.years_of(p)) & set(sheet.years_of(one))) >= 2
    )
    year, first = sheet.random.sample(sorted(set(sheet.years_of(one)) & set(sheet.years_of(other))), 2)
    return one, other, year, first


def _both_cells(sheet: Sheet, one: Project, other: Project, year: int) -> Expect:
    first, second = sheet.result(one, [year]), sheet.result(other, [year])
    known, cells = frozenset({one.no, other.no}), (*first.cells, *second.cells)
    return replace(first, projects=known, stale=(), lead=(), cells=cells, must=(*first.must, *second.must))


def _each(sheet: Sheet, numbers: set[str], year: int) -> Expect:
    """Every result of these projects in a year; where none has any, that."""
    cells = tuple(c for p in sheet.table.projects if p.no in numbers for c in sheet.table.reported(p.no, year))
    statuses = ("answer",) if cells else ("answer", "no_data")
    return Expect(statuses, frozenset(numbers), cells=cells)


SCOPES: dict[str, Kind] = {
    "scope.only": narrowed, "scope.only_goal": narrowed_by_goal, "scope.place": next_of_ranking, "scope.both": both,
    "scope.both_in_turn": both_in_turn, "scope.both_at_once": both_at_once, "scope.values": values_of_list,
    "scope.values_at_once": values_at_once, "scope.values_of_all": values_of_all, "scope.lacking": lacking_of_list, "scope.descriptions": descriptions_of_list,
    "scope.sum": total_of_list,
}  # fmt: skip
