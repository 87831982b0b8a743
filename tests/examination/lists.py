"""Kinds of question about many projects: lists and counts by goal, policy, grade and state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import AnyOf, Expect
from tests.examination.pieces import Piece, fill

__all__ = ["LISTS", "MOVED", "counted", "listed"]

MOVED = "産業振興公社に事務移管"
MANY = 60
"""More projects than a table has."""


def by_goal(sheet: Sheet) -> Draft:
    """戦略目標Bの事業は？"""
    letter = sheet.random.choice("ABCDE")
    templates = (
        "戦略目標|{x}|の|事業|を|教えて", "戦略目標|{x}|に|入っている事業|は？", "戦略目標|{x}|の|事業一覧",
        "{x}|の|戦略目標の事業を全部あげてください",
    )  # fmt: skip
    return _draft(sheet, templates, letter, listed(sheet.table.with_goal(letter)))


def by_goal_words(sheet: Sheet) -> Draft:
    """A goal by its words instead of its letter."""
    letter = sheet.random.choice("ACD")
    words = next(p.goal_text for p in sheet.table.projects if p.goal == letter)
    templates = ("{x}|の|事業|は？", "「|{x}|」に入っている事業|を|教えて", "戦略目標「|{x}|」|の|事業一覧")
    return _draft(sheet, templates, words, listed(sheet.table.with_goal(letter)))


def by_policy(sheet: Sheet) -> Draft:
    """施策「産業情報の活用」の事業は？"""
    words = _policy(sheet)
    templates = (
        "施策「|{x}|」|の|事業|は？", "{x}|という施策|の|事業|を|教えてください",
        "施策|{x}|に|入っている事業|は|どれですか", "{x}|の|施策の事業一覧",
    )  # fmt: skip
    return _draft(sheet, templates, words, listed(sheet.table.with_policy(words)))


def by_grade(sheet: Sheet) -> Draft:
    """達成度Bの事業は？"""
    letter = sheet.random.choice("ABC")
    templates = (
        "達成度|{x}|の|事業|は？", "達成度が|{x}|の|事業|を|教えてください。", "達成度|{x}|だった事業|は|どれ",
        "達成度|{x}|の|事業一覧", "{x}|の|達成度がついた事業を全部",
    )  # fmt: skip
    sure, open_ = sheet.table.with_grade(letter, wholly=True), sheet.table.with_grade(letter, wholly=False)
    return _draft(sheet, templates, letter, listed(sure, open_))


def by_state(sheet: Sheet) -> Draft:
    """未実施の事業は？"""
    if sheet.random.random() < 0.4:
        templates: tuple[str, ...] = (
            "未実施|の|事業|は？", "まだ実施されていない事業|は|ありますか", "未実施になっている事業|を|教えて",
            "実施していない事業|は|どれですか",
        )  # fmt: skip
        return _draft(sheet, templates, "", listed(sheet.table.with_state("未実施"), {"29"}))
    templates = (
        "産業振興公社に事務移管された事業|は？", "産業振興公社|に|移管した事業|を|教えてください",
        "公社に事務移管になった事業一覧", "産業振興公社|に|移った事業|って|どれ？",
        "事務移管された事業|を|全部知りたい",
    )  # fmt: skip
    return _draft(sheet, templates, "", listed(sheet.table.with_state(MOVED)))


def count_by_goal(sheet: Sheet) -> Draft:
    """戦略目標Bの事業はいくつ？"""
    letter = sheet.random.choice("ABCDE")
    templates = (
        "戦略目標|{x}|の|事業|は|いくつありますか", "戦略目標|{x}|の|事業数|は？", "戦略目標|{x}|って|何事業？",
        "戦略目標|{x}|に|入っている事業の数",
    )  # fmt: skip
    return _draft(sheet, templates, letter, counted([len(sheet.table.with_goal(letter))]))


def count_by_grade(sheet: Sheet) -> Draft:
    """達成度Bの事業はいくつ？"""
    letter = sheet.random.choice("ABC")
    templates = (
        "達成度|{x}|の|事業|は|いくつ？", "達成度|{x}|の|事業数|は？", "達成度が|{x}|の|事業|は|何件ありますか。",
        "達成度|{x}|って|何個ある？",
    )  # fmt: skip
    rows = sum(row.grade == letter for project in sheet.table.projects for row in project.rows)
    sure, open_ = (len(sheet.table.with_grade(letter, wholly=wholly)) for wholly in (True, False))
    return _draft(sheet, templates, letter, counted([sure, open_, rows]))


def count_by_policy(sheet: Sheet) -> Draft:
    """施策…の事業はいくつ？"""
    words = _policy(sheet)
    templates = (
        "施策「|{x}|」|の|事業|は|いくつですか", "{x}|という施策|の|事業数|は？", "施策|{x}|に|事業|は|何個ありますか",
    )  # fmt: skip
    return _draft(sheet, templates, words, counted([len(sheet.table.with_policy(words))]))


def count_by_state(sheet: Sheet) -> Draft:
    """公社に移管された事業はいくつ？"""
    templates = (
        "産業振興公社に事務移管された事業|は|いくつ？", "産業振興公社|に|移管された事業|は|何件ですか",
        "事務移管になった事業の数|を|教えて",
    )  # fmt: skip
    rows = sum(MOVED in row.results.values() for project in sheet.table.projects for row in project.rows)
    return _draft(sheet, templates, "", counted([len(sheet.table.with_state(MOVED)), rows, rows - 1]))


def count_all(sheet: Sheet) -> Draft:
    """How many projects there are."""
    templates = (
        "この計画|の|事業|は|全部でいくつありますか", "事業|は|いくつある？", "全部で何事業ですか",
        "事業|の|総数|は？", "この資料には事業が何個載ってるの？",
    )  # fmt: skip
    return _draft(sheet, templates, "", counted([len(sheet.table.projects)]))


def everything(sheet: Sheet) -> Draft:
    """All projects of the table."""
    templates = (
        "載っている事業を全部並べて",
        "どんな事業があるのか一覧で見せてください",
        "全事業|の|一覧|を|お願いします",
        "すべての事業名|を|教えて",
    )
    return _draft(sheet, templates, "", listed(p.no for p in sheet.table.projects))


def condition_alone(sheet: Sheet) -> Draft:
    """戦略目標Dで達成度B, and nothing else."""
    goal, grade = sheet.random.choice(
        [("A", "A"), ("A", "C"), ("C", "B"), ("D", "B"), ("E", "B"), ("B", "A"), ("E", "A")]
    )
    sure, open_ = (
        sheet.table.with_goal(goal) & sheet.table.with_grade(grade, wholly=wholly) for wholly in (True, False)
    )
    templates = (
        f"戦略目標{goal}かつ達成度{grade}",
        f"達成度{grade}|で|戦略目標{goal}",
        f"戦略目標{goal}、達成度{grade}|は|？",
    )
    return _draft(sheet, templates, "", listed(sure, open_))


def name_of_goal(sheet: Sheet) -> Draft:
    """The words of a goal whose letter is said; where its 内容 is asked, what its projects are is as good."""
    letter = sheet.random.choice("ACDE")
    words = next(p.goal_text for p in sheet.table.projects if p.goal == letter)
    templates = ("戦略目標|{x}|の|名称|は？", "戦略目標|{x}|は|何という名前ですか", "戦略目標|{x}|って|何のこと？")
    expect = Expect(("answer",), lead=((words,),))
    if sheet.random.random() < 0.2:
        asked = _draft(sheet, ("戦略目標|{x}|の|内容|を|教えて",), letter, expect)
        return replace(asked, alternatives=(listed(sheet.table.with_goal(letter)),))
    return _draft(sheet, templates, letter, expect)


def listed(numbers: Iterable[str], more: Iterable[str] = ()) -> Expect:
    """A list that holds these projects, and these as well if it likes."""
    sure = frozenset(numbers)
    return Expect(("answer",), sure, optional=frozenset(more) - sure)


def counted(numbers: Sequence[int]) -> Expect:
    """A count; more than one number where it can be counted in more than one way."""
    units = ("事業", "件", "つ", "個", "の事業", "行", "細事業")
    forms: AnyOf = tuple(dict.fromkeys(f"{number}{unit}" for number in numbers for unit in units))
    false = tuple(f"{number}事業です" for number in range(MANY) if number not in numbers)
    return Expect(("answer",), lead=(forms,), must_not=false)


# Private functions


def _policy(sheet: Sheet) -> str:
    """A 施策 that is printed as words; those of E are broken in the source."""
    words = {words for p in sheet.table.projects if p.goal != "E" for words in p.policies}
    return sheet.random.choice(sorted(words))


def _draft(sheet: Sheet, templates: Sequence[str], word: str, expect: Expect) -> Draft:
    return Draft((fill(sheet.random.choice(templates), {"x": Piece("words", word)}),), expect)


LISTS: dict[str, Kind] = {
    "list.goal": by_goal, "list.goal_words": by_goal_words, "list.policy": by_policy, "list.grade": by_grade,
    "list.state": by_state, "count.goal": count_by_goal, "count.grade": count_by_grade,
    "count.policy": count_by_policy, "count.state": count_by_state, "count.all": count_all, "list.all": everything,
    "list.condition": condition_alone, "label": name_of_goal,
}  # fmt: skip
