"""Kinds of question about the projects that a word stands in: how many, their sum, the largest, those within a bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.examination.arithmetic import amount_needles
from tests.examination.courses import plain_figures, repeating
from tests.examination.crossing import largest_by_project
from tests.examination.drafts import Draft, Kind, Sheet, figure_needles
from tests.examination.expectation import Expect
from tests.examination.gold import Cell, Figure, Table
from tests.examination.lists import counted, listed
from tests.examination.movers import WHAT
from tests.examination.pieces import Message, Piece, fill, year_piece
from tests.examination.words import KEYWORDS

__all__ = ["SCOPED", "cells_added"]

WORDS = ("商店街", "中小企業", "高齢者", "消費者", "融資", "アドバイザー", "まちづくり", "セミナー")
"""Words that projects are related to, most of them with figures to add up."""
RELATED = ("関係の", "関連の", "に関する", "に関係する", "に関連した")
TOPICS = (
    "受発注交換会", "面接会", "懇談会", "消費者だより", "おむつ交換", "即売", "マッチング", "オペレーション", "賃借料",
    "永年勤続表彰", "消費生活相談", "診断",
)  # fmt: skip


class Scope(NamedTuple):
    """The projects that a word stands in."""

    strict: set[str]
    """In name, activity, description or result."""
    wide: set[str]
    """In the words of the goal or the policy as well."""

    @property
    def readings(self) -> tuple[set[str], ...]:
        """Both, which may be one."""
        return (self.strict,) if self.strict == self.wide else (self.strict, self.wide)


def number(sheet: Sheet) -> Draft:
    """How many projects are related to a word."""
    word = sheet.random.choice((*WORDS, *KEYWORDS))
    templates = (
        f"{word}{{x}}事業|は|何事業ありますか", f"{word}{{x}}事業|の|数|は？", f"{word}{{x}}事業|は|全部でいくつ？",
    )  # fmt: skip
    counts = [len(numbers) for numbers in _scope(sheet.table, word).readings]
    return Draft((_message(sheet, templates),), counted(counts))


def topic(sheet: Sheet) -> Draft:
    """Which project does what its description says."""
    word = sheet.random.choice([word for word in TOPICS if sheet.table.with_word(word)])
    templates = (
        f"{word}|を|やっている事業|は？",
        f"{word}|の|ある事業|を|教えてください",
        f"どの事業が{word}をしていますか",
    )
    return Draft((fill(sheet.random.choice(templates)),), listed(sheet.table.with_word(word)))


def total(sheet: Sheet) -> Draft:
    """The figures of the projects of a word in a year, added up."""
    word, unit, year, scope = _drawn(sheet)
    templates = (
        f"{word}{{x}}事業|の|{{year}}|の|{WHAT[unit]}|の|合計|を|知りたいです", f"{{year}}|の|{word}{{x}}事業|の|{WHAT[unit]}|を|全部足して",
        f"{word}{{x}}事業|は|{{year}}|に|合計でどれだけの{WHAT[unit]}になりますか",
    )  # fmt: skip
    sums = [sum(cells_added(sheet.table, numbers, unit, year)) for numbers in scope.readings]
    lead = tuple(form for value in sums for form in amount_needles(value, unit))
    expect = Expect(("answer",), lead=(lead,), must=((word,),), computed=True, values=tuple(map(float, sums)))
    return Draft((_message(sheet, templates, year),), expect)


def largest(sheet: Sheet) -> Draft:
    """Which of the projects of a word has the most."""
    word, unit, year, scope = _drawn(sheet)
    templates = (
        f"{word}{{x}}事業|で|{{year}}|に|{WHAT[unit]}|が|最も多いのは？",
        f"{word}{{x}}事業のうち|{{year}}|の|{WHAT[unit]}|が|一番多いものはどれですか",
    )  # fmt: skip
    ranked = largest_by_project(sheet, unit, year)
    best = [next(pair for pair in ranked if pair[0] in numbers) for numbers in scope.readings]
    first, *others = [Expect(("answer",), frozenset({no}), lead=(figure_needles(figure),)) for no, figure in best]
    return Draft((_message(sheet, templates, year),), first, tuple(others))


def above(sheet: Sheet) -> Draft:
    """Which of the projects of a word have at least so much."""
    word, unit, year, scope = _drawn(sheet)
    bound = sheet.random.choice(
        [f for c in _alone(sheet.table, unit, year) if c.project in scope.strict for f in plain_figures(c.text, unit)]
    )
    templates = (
        f"{word}{{x}}事業|で|{{year}}|に|{bound.text}以上の事業|は？", f"{word}{{x}}事業のうち|{{year}}|の|実績|が|{bound.text}以上のもの|は？",
    )  # fmt: skip
    first, *others = [_at_least(sheet.table, numbers, bound, year) for numbers in scope.readings]
    return Draft((_message(sheet, templates, year),), first, tuple(others))


def cells_added(table: Table, numbers: Iterable[str], unit: str, year: int) -> list[int]:
    """The values that a sum takes; what two projects print with the same activity counts once."""
    known = set(numbers)
    cells = {(c.activity or c.project, c.activity and c.text): c for c in table.cells(year) if c.project in known}
    return [figure.value for cell in cells.values() for figure in plain_figures(cell.text, unit)]


# Private functions


def _scope(table: Table, word: str) -> Scope:
    strict = table.with_word(word)
    wide = {p.no for p in table.projects if any(word in text for text in (p.goal_text, *p.policies))}
    return Scope(strict, strict | wide)


def _drawn(sheet: Sheet) -> tuple[str, str, int, Scope]:
    """A word, a unit and a year in which two of its projects print that unit."""
    while True:
        word, unit, year = (
            sheet.random.choice(WORDS),
            sheet.random.choice(sorted(WHAT)),
            sheet.random.choice((23, 24, 25)),
        )
        scope = _scope(sheet.table, word)
        if len(scope.strict & {cell.project for cell in _alone(sheet.table, unit, year)}) > 1:
            return word, unit, year, scope


def _alone(table: Table, unit: str, year: int) -> list[Cell]:
    """The cells with one figure of that unit."""
    return [cell for cell in table.cells(year) if len(plain_figures(cell.text, unit)) == 1]


def _at_least(table: Table, numbers: set[str], bound: Figure, year: int) -> Expect:
    """Those with a line whose figures all are at least the bound, and maybe those that reach it together or with one."""
    printed = [(c.project, [f.value for f in plain_figures(c.text, bound.unit)]) for c in table.cells(year)]
    lines = [(no, values) for no, values in printed if no in numbers and values and sum(values) >= bound.value]
    sure = {no for no, values in lines if min(values) >= bound.value}
    return listed(sure - repeating(table, bound.unit, numbers), {no for no, _ in lines})


def _message(sheet: Sheet, templates: Sequence[str], year: int = 0) -> Message:
    slots = {"x": Piece("words", sheet.random.choice(RELATED))}
    if year:
        slots["year"] = year_piece(year)
    return fill(sheet.random.choice(templates), slots)


SCOPED: dict[str, Kind] = {
    "keyword.count": number, "keyword.topic": topic, "keyword.sum": total, "keyword.rank": largest,
    "keyword.range": above,
}  # fmt: skip
