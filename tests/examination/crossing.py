"""Kinds of question across the table: rankings, sums, conditions, backwards, keywords, two at once, premises."""

from __future__ import annotations

from dataclasses import replace

from tests.examination.arithmetic import amount_needles, year_needles
from tests.examination.drafts import NONE, Draft, Kind, Sheet, figure_needles
from tests.examination.expectation import Expect, any_of
from tests.examination.gold import BLANK, Cell, Figure, figures_of
from tests.examination.lists import MOVED, counted, listed
from tests.examination.lookups import grade_expect
from tests.examination.pieces import fill, year_piece
from tests.examination.words import KEYWORDS, MEASURES

__all__ = ["CROSSING", "EMPTY", "largest_by_project"]

EMPTY = Expect(("no_data",), reasons=frozenset({"empty"}), must=(NONE,))
NOUGHT = Expect(("answer",), lead=(any_of("0事業", "0件", "ありません", "0個", "ない"),))


def ranking(sheet: Sheet) -> Draft:
    """The largest, or the first three, of a unit in a year."""
    unit, word = sheet.random.choice((("円", "金額"), ("件", "件数"), ("人", "人数")))
    year, many = sheet.random.choice((23, 24, 25)), sheet.random.choice((1, 1, 3))
    best = largest_by_project(sheet, unit, year)[:many]
    if many == 1:
        templates = (
            f"{{year}}|に|{word}|が|一番多い事業|は？", f"{{year}}|で|{word}|が|最も大きかった事業|は|どれですか",
            f"{word}|の|トップ|は|どの事業？ |{{year}}|で",
        )  # fmt: skip
    else:
        templates = (
            f"{{year}}|の|{word}|が|多い順に3つ|の|事業|を|教えて", f"{{year}}|の|{word}|上位3事業|は？",
            f"{{year}}|の|{word}|ベスト3",
        )  # fmt: skip
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    must = tuple(figure_needles(figure) for _, figure in best)
    return Draft((message,), Expect(("answer",), frozenset(no for no, _ in best), lead=must[:1], must=must))


def smallest(sheet: Sheet) -> Draft:
    """The smallest amount of a year in which none is nought."""
    year = sheet.random.choice((24, 25))
    no, figure = largest_by_project(sheet, "円", year)[-1]
    templates = ("{year}|に|金額|が|一番少ない事業|は？", "{year}|で|金額|が|最も小さい事業|は|どれですか")
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    return Draft((message,), Expect(("answer",), frozenset({no}), lead=(figure_needles(figure),)))


def sum_across(sheet: Sheet) -> Draft:
    """The amounts of a goal or a policy in a year, added up."""
    year = sheet.random.choice((23, 24, 25))
    if sheet.random.random() < 0.6:
        letter = sheet.random.choice("CD")
        where, numbers = f"戦略目標{letter}", sheet.table.with_goal(letter)
    else:
        words = sheet.random.choice(
            ("集客力のある商店街形成への支援", "商店街の環境整備", "産業情報の活用", "経営基盤の強化")
        )
        where, numbers = f"施策「{words}」", sheet.table.with_policy(words)
    amounts = [
        f.value for c in sheet.table.cells(year) if c.project in numbers for f in figures_of(c.text) if f.unit == "円"
    ]
    templates = (
        f"{where}|の|{{year}}|の|金額|の|合計|は？", f"{{year}}|の|{where}|の|金額|を|全部足すといくらですか",
        f"{where}|の|事業|の|{{year}}|の|金額合計|を|教えて",
    )  # fmt: skip
    message = fill(sheet.random.choice(templates), {"year": year_piece(year)})
    total = sum(amounts)
    return Draft((message,), Expect(("answer",), lead=(amount_needles(total, "円"),), computed=True, values=(total,)))


def conditions(sheet: Sheet) -> Draft:
    """A goal and a grade or a state at once, listed or counted."""
    goal = sheet.random.choice("ABCDE")
    sure = open_ = sheet.table.with_goal(goal)
    if sheet.random.random() < 0.7:
        grade = sheet.random.choice("ABC")
        what = f"達成度{grade}の"
        sure, open_ = (sure & sheet.table.with_grade(grade, wholly=wholly) for wholly in (True, False))
    else:
        what = "産業振興公社に事務移管された"
        sure = open_ = sure & sheet.table.with_state(MOVED)
    count = sheet.random.random() < 0.5
    tail = ("事業|は|いくつ？", "事業|は|何件ありますか") if count else ("事業|は？", "事業|を|教えてください")
    message = fill(f"戦略目標{goal}|で|{what}{sheet.random.choice(tail)}")
    if not open_:
        return Draft((message,), EMPTY, (NOUGHT,) if count else ())
    sizes = [len(sure), len(open_), len(open_) + 1, len(open_) + 2] if "44" in open_ else [len(sure)]
    if count:
        return Draft((message,), counted(sizes))
    return Draft((message,), listed(sure, open_) if sure else listed(open_))


def blank_in_year(sheet: Sheet) -> Draft:
    """The projects that have nothing in a year."""
    year = sheet.random.choice((23, 24, 25))
    cells = {p.no: [c.text for c in sheet.table.at(p.no, year)] for p in sheet.table.projects}
    sure = {no for no, texts in cells.items() if set(texts) == {BLANK}}
    maybe = {no for no, texts in cells.items() if not all(text.strip("-") for text in texts)}
    templates = (
        "{year}|の|実績|が|空欄|の|事業|は？", "{year}|の|実績|が|書かれていない事業|を|教えて",
        "{year}|に|実績|の|記載がない事業|は|どれですか",
    )  # fmt: skip
    return Draft((fill(sheet.random.choice(templates), {"year": year_piece(year)}),), listed(sure, maybe))


def backwards(sheet: Sheet) -> Draft:
    """Which project has this figure."""
    printing: dict[tuple[int, str], list[Cell]] = {}
    for cell, figure in ((c, f) for c in sheet.table.cells() for f in figures_of(c.text) if f.value >= 20):
        printing.setdefault((figure.value, figure.unit), []).append(cell)
    key, holders = sheet.random.choice([item for item in printing.items() if len(item[1]) <= 2])
    text = next(f.text for f in figures_of(holders[0].text) if (f.value, f.unit) == key)
    templates = (
        f"{text}|の|事業|は|どれ？", f"{text}|と|いう実績があるのはどの事業ですか", f"実績が{text}なのはどれ",
        f"{text}|って|どの事業|の|実績？",
    )  # fmt: skip
    years = tuple(form for c in holders for form in year_needles(c.year))
    expect = Expect(("answer",), frozenset(c.project for c in holders), must=(years,))
    return Draft((fill(sheet.random.choice(templates)),), expect)


def backwards_words(sheet: Sheet) -> Draft:
    """Which project has this text in a result."""
    texts = (
        "整備着手", "大規模改修工事", "モデル事業実施", "まち楽練馬の開設", "地区計画決定", "事業認可組合設立",
        "整備完了予定", "平成25年3月一部決定",
    )  # fmt: skip
    text = sheet.random.choice(texts)
    templates = (
        f"実績が「{text}」|の|事業|は？", f"「{text}」|と|書いてあるのはどの事業ですか",
        f"{text}|って|どの事業|の|実績？",
    )  # fmt: skip
    return Draft((fill(sheet.random.choice(templates)),), listed(sheet.table.with_state(text)))


def keyword(sheet: Sheet) -> Draft:
    """The projects that a word stands in."""
    word = sheet.random.choice(KEYWORDS)
    templates = (
        f"{word}|に|関係する事業|は？", f"{word}|という言葉が出てくる事業|を|教えて",
        f"{word}|に|関する事業|は|ありますか", f"{word}関連の事業",
    )  # fmt: skip
    also = {p.no for p in sheet.table.projects if any(word in text for text in (p.goal_text, *p.policies))}
    return Draft((fill(sheet.random.choice(templates)),), listed(sheet.table.with_word(word), also))


def two_at_once(sheet: Sheet) -> Draft:
    """Two questions in one message."""
    project, year = sheet.reported()
    other = sheet.project(lambda p: p.no != project.no and bool(sheet.table.reported(p.no, year)) and bool(p.grades))
    first, grades = sheet.result(project, [year]), grade_expect(other)
    second = sheet.result(other, [year])
    slots = {
        "name": sheet.names.piece(project.no, sheet.random),
        "name2": sheet.names.piece(other.no, sheet.random),
        "year": year_piece(year),
    }
    known = frozenset({project.no, other.no})
    if sheet.random.random() < 0.5:
        templates = (
            "{name}|の|{year}|の|実績|と、|{name2}|の|達成度|を|教えてください。",
            "{name}|の|{year}|の|実績|は？あと|{name2}|の|達成度|も",
        )  # fmt: skip
        expect = replace(first, projects=known, stale=(), must=(*first.must, *grades.must))
    else:
        templates = (
            "{name}|と|{name2}|の|{year}|の|実績|を|教えて", "{year}|の|{name}|と|{name2}|、|それぞれ|の|実績|は？",
        )  # fmt: skip
        expect = replace(
            first,
            projects=known,
            stale=(),
            lead=(),
            cells=(*first.cells, *second.cells),
            must=(*first.must, *second.must),
        )
    return Draft((fill(sheet.random.choice(templates), slots),), expect)


def false_figure(sheet: Sheet) -> Draft:
    """… は4,700人でしたよね？ where that is another year's."""
    measure = sheet.random.choice([m for m in MEASURES if len({f.value for f in sheet.series(m).values()}) > 1])
    series = sheet.series(measure)
    year = sheet.random.choice(sorted(series))
    false = sheet.random.choice([f for f in series.values() if f.value != series[year].value])
    what = sheet.random.choice(measure.words)
    templates = (
        f"{{name}}|の|{{year}}|の|{what}|は|{false.text}でしたよね？",
        f"{{year}}|の|{{name}}|の|{what}|って|{false.text}で合ってる？",
        f"{{name}}|の|{{year}}|の|{what}|は|{false.text}と聞きましたが本当ですか",
    )  # fmt: skip
    message = fill(sheet.random.choice(templates), {"name": sheet.measured(measure), "year": year_piece(year)})
    project = sheet.table.project(measure.no)
    expect = replace(
        sheet.result(project, [year], measure.activity), stale=(), lead=(figure_needles(series[year]),), must=()
    )
    return Draft((message,), expect, asked_about=sheet.called(measure))


def false_grade(sheet: Sheet) -> Draft:
    """… の達成度はBでしたよね？ where it is A."""
    project = sheet.project(lambda p: len(set(p.grades)) == 1)
    false = sheet.random.choice([letter for letter in "ABC" if letter not in project.grades])
    templates = (
        f"{{name}}|の|達成度|は|{false}でしたよね？", f"{{name}}|の|達成度|が|{false}なのはなぜですか",
        f"{{name}}|って|達成度{false}で合ってますか",
    )  # fmt: skip
    expect = replace(grade_expect(project), must_not=())
    return Draft((sheet.ask(templates, project),), expect, asked_about=sheet.called(project))


def largest_by_project(sheet: Sheet, unit: str, year: int) -> list[tuple[str, Figure]]:
    """(number, its largest figure of that unit), largest first; what two projects print counts for the first."""
    best: dict[tuple[str, str], tuple[str, Figure]] = {}
    for cell in sheet.table.cells(year):
        for figure in figures_of(cell.text):
            key = (cell.activity or cell.project, cell.activity and cell.text)
            if (
                figure.unit == unit
                and "うち" not in figure.before
                and (key not in best or best[key][1].value < figure.value)
            ):
                best[key] = (cell.project, figure)
    return sorted(best.values(), key=lambda pair: -pair[1].value)


CROSSING: dict[str, Kind] = {
    "rank": ranking, "rank.smallest": smallest, "sum.across": sum_across, "conditions": conditions,
    "conditions.blank": blank_in_year, "reverse": backwards, "reverse.words": backwards_words, "keyword": keyword,
    "two": two_at_once, "premise": false_figure, "premise.grade": false_grade,
}  # fmt: skip
