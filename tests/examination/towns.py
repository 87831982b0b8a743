"""Kinds of question about what only other towns' tables have: further columns, grades of each year, changes of these."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from random import Random

from tests.examination.drafts import NONE
from tests.examination.expectation import AnyOf, Expect, Question
from tests.examination.lists import counted, listed

__all__ = ["TOWN_KINDS", "Town", "read_town", "town_questions"]

NOTHING = ("", "-", "－", "―")
LETTERS = "ABCD"
LISTED = 12
"""Projects that a list shows."""
EMPTY = Expect(("no_data",), reasons=frozenset({"empty"}), must=(NONE,))


@dataclass(frozen=True, slots=True)
class Line:
    """One project of another town."""

    no: str
    """Its number as the export has it."""
    name: str
    """As printed."""
    details: dict[str, str]
    """Heading of a further column to its text, where there is one."""
    grades: dict[int, str]
    """Era year to the grade that is printed for it."""
    grade: str
    """The grade of all years, or empty."""


@dataclass(frozen=True, slots=True)
class Town:
    """A table of another town."""

    lines: tuple[Line, ...]
    """Its projects."""

    @property
    def headings(self) -> list[str]:
        """The further columns that are a word of their own, and not one year's."""
        return sorted({heading for line in self.lines for heading in line.details if "/" not in heading})

    @property
    def years(self) -> list[int]:
        """Era years that print a grade."""
        return sorted({year for line in self.lines for year in line.grades})


Asked = tuple[tuple[str, ...], Expect, tuple[Expect, ...]]
TownKind = Callable[[Town, Random], Asked | None]


def read_town(path: Path) -> Town:
    """Reads what `kotae export --format json` printed of another town's table."""
    return Town(tuple(_line(item) for item in json.loads(path.read_text(encoding="utf-8"))))


def town_questions(town: Town, seed: int, n: int) -> list[Question]:
    """n questions of every kind that the table has something for; without any, none."""
    random, asked = Random(seed), list[Question]()
    kinds = [kind for kind, make in TOWN_KINDS.items() if make(town, Random(seed)) is not None]
    for place in range(n if kinds else 0):
        kind = kinds[place % len(kinds)]
        made = TOWN_KINDS[kind](town, random)
        assert made is not None
        turns, expect, others = made
        asked.append(Question(f"t{seed}-{place:04}", kind, turns, expect, others))
    return asked


def anything(town: Town, random: Random) -> Asked | None:
    """備考が書いてある事業は？, listed, counted or turned round; only of a column that not every project fills."""
    partly = [heading for heading in town.headings if 0 < len(_filled(town, heading)) < len(town.lines)]
    if not partly:
        return None
    heading = random.choice(partly)
    numbers = _filled(town, heading)
    if random.random() < 0.3:
        words = (f"{heading}が書かれている事業は何件？", f"{heading}に記載のある事業の数は？")
        return (random.choice(words),), counted([len(numbers)]), ()
    if random.random() < 0.3:
        words = (f"{heading}が空欄の事業は？", f"{heading}が書かれていない事業を教えて")
        return (random.choice(words),), listed({line.no for line in town.lines} - numbers), ()
    words = (f"{heading}が書かれている事業は？", f"{heading}に記載のある事業を教えてください")
    return (random.choice(words),), listed(numbers), ()


def text(town: Town, random: Random) -> Asked | None:
    """備考に「繰越」と書いてある事業は？"""
    told = [(h, word) for h in town.headings for line in town.lines for word in _words(line.details.get(h, ""))]
    if not told:
        return None
    heading, word = random.choice(told)
    numbers = {line.no for line in town.lines if word in line.details.get(heading, "")}
    words = (
        f"{heading}に「{word}」と書いてある事業は？", f"{heading}に{word}とあるものを教えて", f"{heading}に「{word}」が含まれる事業は？",
    )  # fmt: skip
    return (random.choice(words),), listed(numbers), ()


def absent_text(town: Town, random: Random) -> Asked | None:
    """A text that the column has nowhere."""
    if not town.headings:
        return None
    heading, word = random.choice(town.headings), random.choice(("隕石", "温泉掘削", "盆踊り"))
    words = (f"{heading}に「{word}」と書いてある事業は？", f"{heading}に{word}とあるものを教えて")
    return (random.choice(words),), EMPTY, ()


def turned(town: Town, random: Random) -> Asked | None:
    """3年度の評価Dから4年度にAになった事業は？"""
    if len(town.years) < 2:
        return None
    before, after = sorted(random.sample(town.years, 2))
    there = [(line.grades.get(before, ""), line.grades.get(after, "")) for line in town.lines]
    one, other = random.choice(
        [pair for pair in there if set(pair) <= set(LETTERS) and pair[0] != pair[1]] or [("A", "B")]
    )
    if random.random() < 0.3:
        one, other = random.choice(list(permutations(LETTERS[:3], 2)))
    numbers = {no.no for no, pair in zip(town.lines, there, strict=True) if pair == (one, other)}
    words = (
        f"令和{before}年度の評価{one}から令和{after}年度に{other}になった事業は？",
        f"{before}年度に評価が{one}で{after}年度に{other}になった事業を教えて",
        f"評価が令和{before}年度の{one}から令和{after}年度の{other}に変わった事業は？",
    )
    return (random.choice(words),), listed(numbers) if numbers else EMPTY, ()


def column_of_list(town: Town, random: Random) -> Asked | None:
    """A list by what one column says, then another column of each."""
    pairs = [(a, b) for a, b in permutations(town.headings, 2) if len(_filled(town, a)) > 1]
    if not pairs:
        return None
    by, asked = random.choice(pairs)
    value = random.choice(sorted({line.details[by] for line in town.lines if line.details.get(by, "") not in NOTHING}))
    lines = [line for line in town.lines if line.details.get(by) == value]
    words = (f"{asked}は？", f"{asked}も教えてください", f"それぞれの{asked}は？")
    return (f"{by}が{value}の事業は？", random.choice(words)), _values(lines, asked), ()


def column_of_all(town: Town, random: Random) -> Asked | None:
    """All projects, then a column of each."""
    full = [h for h in town.headings if len(_filled(town, h)) == len(town.lines) <= LISTED]
    if not full:
        return None
    heading = random.choice(full)
    words = (f"{heading}は？", f"{heading}も教えて", f"各事業の{heading}は？")
    return ("事業の一覧を見せてください", random.choice(words)), _values(town.lines, heading), ()


def column_of_graded(town: Town, random: Random) -> Asked | None:
    """The projects of a grade, then a column of each."""
    graded = sorted({line.grade for line in town.lines if line.grade in tuple(LETTERS)})
    if not graded or not town.headings:
        return None
    letter, heading = random.choice(graded), random.choice(town.headings)
    lines = [line for line in town.lines if line.grade == letter]
    words = (f"{heading}は？", f"{heading}も教えてください")
    return (f"評価{letter}の事業は？", random.choice(words)), _values(lines, heading), ()


# Private functions


def _line(item: dict[str, object]) -> Line:
    rows, details = item["rows"], item.get("details") or []
    assert isinstance(rows, list)
    assert isinstance(details, list)
    graded = [row["results"] for row in rows if row.get("kind") == "grade"]
    by_year = {int(year): str(grade) for results in graded for year, grade in results.items()}
    whole = next((str(row["grade"]) for row in rows if row.get("grade")), "")
    texts = {str(detail["heading"]): str(detail["text"]) for detail in details}
    return Line(str(item["no"]), str(item["name"]), texts, by_year, whole)


def _filled(town: Town, heading: str) -> set[str]:
    return {line.no for line in town.lines if line.details.get(heading, "") not in NOTHING}


def _words(cell: str) -> list[str]:
    """Runs of kanji or katakana, which somebody would look for."""
    return re.findall("[一-龥]{2,}|[ァ-ヶー]{3,}", cell)


def _values(lines: Sequence[Line], heading: str) -> Expect:
    """Each of these projects with what the column says of it, or that it says nothing."""
    told = [(line.name, line.details.get(heading, "")) for line in lines]
    must: list[AnyOf] = [(said,) if said not in NOTHING else NONE for _, said in told]
    must += [(name,) for name, _ in told]
    return Expect(
        ("answer",) if any(said not in NOTHING for _, said in told) else ("answer", "no_data"),
        must=tuple(dict.fromkeys(must)),
    )


TOWN_KINDS: dict[str, TownKind] = {
    "told.anything": anything, "told.text": text, "told.nowhere": absent_text, "turned": turned,
    "column.list": column_of_list, "column.all": column_of_all, "column.graded": column_of_graded,
}  # fmt: skip
"""Every kind by its name; None where the table has nothing to ask about."""
