"""Kinds of question that count the projects apart, by grade or by goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.examination.drafts import Draft, Kind, Sheet
from tests.examination.expectation import AnyOf, Expect
from tests.examination.pieces import fill

__all__ = ["GROUPS"]

GRADES, GOALS = "ABC", "ABCDE"
EVERY = ("ごと", "別")


def by_grade(sheet: Sheet) -> Draft:
    """達成度ごとの事業数は？, of the whole table or of a goal."""
    each = sheet.random.choice(EVERY)
    templates: Sequence[str] = (
        f"達成度{each}に事業が何件あるか教えて", f"事業の数|を|達成度{each}|に|教えてください", f"達成度{each}|の|件数|は？",
        f"達成度{each}|に|いくつ事業がありますか",
    )  # fmt: skip
    scope = {project.no for project in sheet.table.projects}
    if sheet.random.random() < 0.4:
        goal = sheet.random.choice(GOALS)
        scope = sheet.table.with_goal(goal)
        templates = (
            f"戦略目標{goal}|の|達成度{each}|の|事業数|は？",
            f"戦略目標{goal}|は|達成度{each}|に|何事業ありますか",
        )
    counts = [
        ("達成度", letter, (len(scope & sheet.table.with_grade(letter, wholly=False)), _rows(sheet, scope, letter)))
        for letter in GRADES
    ]
    return Draft((fill(sheet.random.choice(templates)),), _counted(counts))


def by_goal(sheet: Sheet) -> Draft:
    """戦略目標ごとの事業数は？, of all projects or of those with a grade."""
    each = sheet.random.choice(EVERY)
    templates: Sequence[str] = (
        f"戦略目標{each}に事業が何件あるか教えて", f"事業の数|を|戦略目標{each}|に|教えてください",
        f"戦略目標{each}|の|件数|は？", f"戦略目標{each}|だと事業はいくつずつ？",
    )  # fmt: skip
    scope = {project.no for project in sheet.table.projects}
    if sheet.random.random() < 0.4:
        grade = sheet.random.choice(GRADES)
        scope = sheet.table.with_grade(grade, wholly=False)
        templates = (
            f"達成度{grade}|の|事業数|を|戦略目標{each}|に|教えて",
            f"達成度{grade}|の|事業|は|戦略目標{each}|に|いくつ？",
        )
    counts = [("戦略目標", letter, (len(scope & sheet.table.with_goal(letter)),)) for letter in GOALS]
    return Draft((fill(sheet.random.choice(templates)),), _counted(counts))


# Private functions


def _rows(sheet: Sheet, scope: set[str], letter: str) -> int:
    """Lines with that grade: 達成度 can be counted by them as well."""
    return sum(row.grade == letter for p in sheet.table.projects if p.no in scope for row in p.rows)


def _counted(counts: Iterable[tuple[str, str, tuple[int, ...]]]) -> Expect:
    """Each group with its count; where it has none it may be left out, but never be said to have some."""
    must, must_not = list[AnyOf](), list[str]()
    for name, letter, allowed in counts:
        if any(allowed):
            must.append(tuple(form for count in allowed for form in _forms(name, letter, count)))
        must_not += [f"{name}{letter}: {count}事業" for count in range(60) if count not in allowed]
    return Expect(("answer",), must=tuple(must), must_not=tuple(must_not))


def _forms(name: str, letter: str, count: int) -> AnyOf:
    joints = (": ", ":", "は", "が", " ", "…")
    return tuple(f"{name}{letter}{joint}{count}{unit}" for joint in joints for unit in ("事業", "件", "個"))


GROUPS: dict[str, Kind] = {"each.grade": by_grade, "each.goal": by_goal}
