"""Towns' tables by chance, with what they say known beforehand: each seed is another layout of other projects."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kb.tables.sheets import Sheet
from tests.kb.tables.laying import lay
from tests.kb.tables.wording import AMOUNTS, FORMS, KIND_WORDS, KINDS, LABELS, NUMBERS, OTHERS, TEXTS, WORDS, Form

__all__ = ["Invention", "Truth", "invent"]

Key = tuple[str, str | None, str, int]
"""Project, indicator, kind and year of a figure."""


@dataclass
class Truth:
    """What the table says."""

    figures: dict[Key, tuple[str, str]] = field(default_factory=dict)
    """The text and the unit of each figure."""
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By project: heading and text of what else its lines print."""
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By project: goal and policy."""
    grades: dict[str, str] = field(default_factory=dict)
    """By project: the one grade of the project."""


@dataclass
class Invention:
    """A file and its truth."""

    seed: int
    sheets: list[Sheet]
    stem: str
    truth: Truth
    choices: dict[str, object]
    """What was chosen, to name a failure by."""


@dataclass
class Item:
    """One line of the table."""

    project: str
    number: int
    labels: tuple[str, str]
    indicator: str | None
    unit: str
    first: bool
    year: int = 0
    kind: str = ""


@dataclass
class Column:
    """A column: what stands over it and what it prints on a line."""

    path: tuple[str, ...]
    cell: Callable[[Item], str]
    once: str = ""
    """goal, policy or project: what its text holds for, where it isn't of the line."""
    kind: str = ""


def invent(seed: int) -> Invention:
    """The table of a seed."""
    return Inventor(seed).invention()


# Private functions


class Inventor:
    def __init__(self, seed: int) -> None:
        self.seed, self.by = seed, random.Random(seed)
        self.truth = Truth()
        self.printed: dict[Key, str] = {}
        self.counter = self.by.randint(10, 5000)
        self.choices: dict[str, object] = {}
        self.form: Form = self.chosen("form", list(FORMS))
        self.shape = self.chosen("shape", ["year-kind", "kind-year", "flat", "lines", "long", "sheets", "halves"])
        first = self.by.randint(2019, 2022)
        self.years = list(range(first, first + self.by.randint(2 if self.shape == "sheets" else 1, 4)))
        self.kinds = self.by.sample(KINDS, self.by.randint(1, 3))
        self.names = [f"{a}{b}" for a in WORDS for b in ("事業", "推進事業", "支援", "の整備")]
        self.by.shuffle(self.names)
        self.indicated = self.shape != "halves" and self.chance("indicated", 0.4)
        self.units = self.chosen("units", ["text", "column", "heading", "row", "above"])
        self.chosen("offset", [0, 0, 0, 1])
        self.gaps, self.hiding = self.chance("gaps", 0.15), self.chance("hiding", 0.1)
        self.totalled, self.noted = self.chance("totalled", 0.2), self.chance("noted", 0.5)
        self.chance("note", 0.2)
        self.blank_rows = self.chosen("blank_rows", [0, 0, 0, 0.3])
        if self.shape in ("lines", "long", "halves"):
            self.kinds = ["target", "result"] if self.shape != "long" else self.kinds
        if self.units == "above":
            self.kinds = [kind for kind in self.kinds if kind in AMOUNTS] or ["settlement"]
            self.shape = "flat" if self.shape in ("lines", "halves") else self.shape
            self.choices["shape"] = self.shape
            self.indicated = False

    def chosen(self, name: str, among: list) -> object:
        value = self.by.choice(among)
        self.choices[name] = value
        return value

    def chance(self, name: str, share: float) -> bool:
        value = self.by.random() < share
        self.choices[name] = value
        return value

    def invention(self) -> Invention:
        blocks = self.blocks()
        sheets = [self.sheet(name, items, columns) for name, items, columns in blocks]
        return Invention(self.seed, sheets, "一覧", self.truth, self.choices)

    # ── what the lines are ──

    def blocks(self) -> list[tuple[str, list[Item], list[Column]]]:
        if self.shape == "sheets":
            projects = self.projects(self.by.randint(2, 5))
            grade = self.chance("grade", 0.4)
            self.style()
            made = []
            for year in self.years:
                kept = [item for item in projects if item.number == 1 or self.by.random() < 0.9]
                items = [Item(i.project, i.number, i.labels, i.indicator, i.unit, i.first, year) for i in kept]
                made.append((self.form.write(year), self.refirst(items), self.columns([year], graded=grade)))
            return made
        several = self.chance("policies", 0.15)
        self.style()
        grade = self.chance("grade", 0.5)
        count = self.by.randint(2, 6)
        made = []
        for at, name in enumerate(["まちづくり", "福祉", "教育"] if several else ["一覧"]):
            items = self.projects(count, at * count)
            items = self.spread(items)
            made.append((name, items, self.columns(self.years, graded=grade)))
            if several:
                for item in items:
                    goal, policy = self.truth.labels.get(item.project, ("", ""))
                    self.truth.labels[item.project] = (goal, policy if goal or policy else name)
        return made

    def projects(self, count: int, start: int = 0) -> list[Item]:
        items = []
        for number in range(start + 1, start + count + 1):
            labels = (f"基本目標{(number + 1) // 2}", f"施策{(number + 2) // 3}の推進")
            indicators = [f"{self.names[-number][:3]}{word}" for word in ("参加者数", "実施回数", "満足度")]
            shown = indicators[: self.by.randint(1, 3)] if self.indicated else [None]
            for at, indicator in enumerate(shown):
                unit = self.by.choice(["人", "件", "回", "%"])
                items.append(Item(self.names[number], number, labels, indicator, unit, at == 0))
        return items

    def refirst(self, items: list[Item]) -> list[Item]:
        seen: set[str] = set()
        for item in items:
            item.first = item.project not in seen
            seen.add(item.project)
        return items

    def spread(self, items: list[Item]) -> list[Item]:
        """Lines of one kind or one year each, where the shape asks for them."""
        if self.shape == "long":
            cuts = [(year, "") for year in self.years]
        elif self.shape in ("lines", "halves"):
            cuts = [(0, kind) for kind in self.kinds]
        else:
            return items
        return self.refirst(
            [Item(i.project, i.number, i.labels, i.indicator, i.unit, i.first, *cut) for i in items for cut in cuts]
        )

    # ── what the columns are ──

    def style(self) -> None:
        """What holds for all sheets alike."""
        self.numbered = self.chance("numbered", 0.6)
        self.number_word = self.by.choice(NUMBERS)
        self.labelled = self.by.choice([(), ("policy",), ("goal", "policy"), ("goal", "policy")])
        self.label_words = {role: self.by.choice(LABELS[role]) for role in ("goal", "policy", "name", "indicator")}
        self.before = self.by.sample(TEXTS, self.by.choice([0, 0, 1, 2]))
        self.after = self.by.sample([text for text in TEXTS if text not in self.before], self.by.choice([0, 0, 1]))
        self.kind_words = {kind: self.by.choice(KIND_WORDS[kind]) for kind in KINDS}
        self.grade_word = self.by.choice(["評価", "達成度", "総合評価", "進捗状況"])
        self.scale = self.by.choice([["A", "B", "C"], ["◎", "○", "△"], ["順調", "概ね順調", "遅れ"]])
        self.other = self.by.choice(OTHERS) if self.shape in ("flat", "year-kind") and self.by.random() < 0.2 else ""
        self.merging = {part: self.by.choice(["merged", "once", "each"]) for part in ("label", "project", "heading")}
        if self.merging["heading"] == "each":
            self.merging["heading"] = "once"
        self.choices.update(merging=self.merging, other=self.other, labelled=self.labelled)

    def columns(self, years: list[int], *, graded: bool) -> list[Column]:
        made = [Column((self.number_word,), lambda i: str(i.number), "project")] if self.numbered else []
        for at, role in enumerate(("goal", "policy")):
            if role in self.labelled:
                made.append(Column((self.label_words[role],), lambda i, at=at: i.labels[at], role))
        made.append(Column((self.label_words["name"],), lambda i: i.project, "project"))
        made += [self.text_column(heading) for heading in self.before]
        if self.indicated:
            made.append(Column((self.label_words["indicator"],), lambda i: i.indicator or ""))
        if self.units == "column" and self.measured():
            made.append(Column(("単位",), lambda i: i.unit, "" if self.indicated else "project"))
        if self.shape == "lines":
            made.append(
                Column((self.by.choice(["区分", "目標・実績", "種別", ""]),), lambda i: self.kind_words[i.kind])
            )
        if self.shape == "long":
            made.append(Column(("年度",), lambda i: self.form.write(i.year)))
        made += self.value_columns(years)
        made += [self.grade_column()] if graded else []
        return made + [self.text_column(heading) for heading in self.after]

    def measured(self) -> bool:
        return any(kind in ("target", "result") for kind in self.kinds)

    def text_column(self, heading: str) -> Column:
        def cell(item: Item) -> str:
            text = f"{heading[:2]}{item.project}の{heading[-1]}"
            found = self.truth.texts.setdefault(item.project, [])
            if (heading, text) not in found:
                found.append((heading, text))
            return text

        return Column((heading,), cell, "project")

    def grade_column(self) -> Column:
        def cell(item: Item) -> str:
            if self.shape == "sheets":
                key = (item.project, None, "grade", item.year)
                return self.truth.figures.setdefault(key, (self.by.choice(self.scale), ""))[0]
            if self.shape == "long":
                key = (item.project, None, "grade", item.year)
                return self.truth.figures.setdefault(key, (self.by.choice(self.scale), ""))[0]
            return self.truth.grades.setdefault(item.project, self.by.choice(self.scale))

        return Column((self.grade_word,), cell, "project" if self.shape != "long" else "")

    def value_columns(self, years: list[int]) -> list[Column]:
        if self.shape in ("sheets", "long"):
            return [self.value((self.headed(kind),), kind, 0) for kind in self.kinds]
        if self.shape in ("lines", "halves"):
            note = "(上段:目標 下段:実績)" if self.shape == "halves" and self.noted else ""
            return [self.value((self.form.write(year) + note,), "", year) for year in years]
        pairs = [(year, kind) for year in years for kind in self.kinds]
        if self.shape == "kind-year":
            pairs = [(year, kind) for kind in self.kinds for year in years]
        made = [self.value(self.path(year, kind), kind, year) for year, kind in pairs]
        return made + ([self.value(self.path(years[-1], self.other), self.other, years[-1])] if self.other else [])

    def path(self, year: int, kind: str) -> tuple[str, ...]:
        word, shown = self.headed(kind), self.form.write(year)
        row = (f"({self.unit_of(kind)})",) if self.units == "row" else ()
        if self.shape == "flat":
            return (shown + self.choices.setdefault("joint", self.by.choice(["", " ", "の", "\n"])) + word, *row)
        return ((shown, word) if self.shape == "year-kind" else (word, shown)) + row

    def headed(self, kind: str) -> str:
        word = self.kind_words.get(kind, kind)
        return f"{word}({self.unit_of(kind)})" if self.units == "heading" else word

    def unit_of(self, kind: str) -> str:
        return "千円" if kind in AMOUNTS else "%" if kind in OTHERS else "人"

    # ── what the cells are ──

    def value(self, path: tuple[str, ...], kind: str, year: int) -> Column:
        def cell(item: Item) -> str:
            return self.figure(item, kind or item.kind, year or item.year)

        return Column(path, cell, "project" if kind in AMOUNTS and self.shape != "long" else "", kind)

    def figure(self, item: Item, kind: str, year: int) -> str:
        activity = None if kind in AMOUNTS else item.indicator
        key = (item.project, activity, kind, year)
        if key in self.printed:
            return self.printed[key]
        if self.by.random() < 0.1:
            return self.printed.setdefault(key, self.by.choice(["", "", "-"]))
        self.counter += self.by.randint(1, 7)
        text, unit = self.shown(item, kind)
        self.truth.figures[key] = (text, unit)
        return self.printed.setdefault(key, text)

    def shown(self, item: Item, kind: str) -> tuple[str, str]:
        number = f"{self.counter:,}" if self.choices.setdefault("commas", self.by.random() < 0.5) else str(self.counter)
        if self.units == "text":
            return number + (self.unit_of(kind) if kind in (*AMOUNTS, *OTHERS) else item.unit), ""
        if self.units == "column":
            return (number + "円", "") if kind in AMOUNTS else (number, item.unit)
        return number, "千円" if self.units == "above" else self.unit_of(kind)

    # ── how it is laid out ──

    def sheet(self, name: str, items: list[Item], columns: list[Column]) -> Sheet:
        for item in items:
            goal, policy = item.labels
            if self.labelled:
                self.truth.labels[item.project] = (goal if "goal" in self.labelled else "", policy)
            else:
                self.truth.labels.setdefault(item.project, ("", ""))
        return lay(name, items, columns, self)
