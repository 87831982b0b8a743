"""Styles: everything that an invented table chooses before its first cell: words, years, shape, units, extras."""

from __future__ import annotations

import random

from tests.kb.tables.inventions import Key, Truth
from tests.kb.tables.wording import (
    AMOUNTS,
    EXTRAS,
    FORMS,
    GROUPS,
    KIND_WORDS,
    KINDS,
    LABELS,
    NOS,
    NUMBERS,
    OTHERS,
    PLANNED,
    TEXTS,
    TRICKY,
    WORDS,
    Form,
)

__all__ = ["Style"]

SHAPES = ["year-kind", "kind-year", "flat", "lines", "long", "sheets", "halves", "planned"]


class Style:
    """The choices of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed, self.by = seed, random.Random(seed)
        self.truth = Truth()
        self.printed: dict[Key, str] = {}
        self.counter = self.by.randint(10, 5000)
        self.choices: dict[str, object] = {}
        self.form: Form = self.chosen("form", list(FORMS))
        self.shape = self.chosen("shape", SHAPES)
        first = self.by.randint(2019, 2022)
        self.years = list(range(first, first + self.by.randint(2 if self.shape == "sheets" else 1, 4)))
        self.kinds = self.by.sample(KINDS, self.by.randint(1, 3))
        self.choose_names()
        self.choose_layout()
        self.fit()

    def choose_names(self) -> None:
        """Projects and their numbers, some of them hard to tell from headings and notes."""
        self.names = [f"{a}{b}" for a in WORDS for b in ("事業", "推進事業", "支援", "の整備")]
        self.by.shuffle(self.names)
        self.extras = {name for name, share in EXTRAS.items() if self.by.random() < share}
        self.choices["extras"] = sorted(self.extras)
        self.no = self.by.choice(NOS)
        if "tricky" in self.extras:
            for name in self.by.sample(TRICKY, 3):
                self.names[self.by.randint(1, 4)] = name
        if "reversed" in self.extras:
            self.years.reverse()

    def choose_layout(self) -> None:
        """What stands around the table and between its cells."""
        self.indicated = self.shape != "halves" and self.chance("indicated", 0.4)
        self.units = self.chosen("units", ["text", "column", "heading", "row", "above", "name"])
        self.chosen("offset", [0, 0, 0, 1])
        self.gaps, self.hiding = self.chance("gaps", 0.15), self.chance("hiding", 0.1)
        self.totalled, self.noted = self.chance("totalled", 0.2), self.chance("noted", 0.5)
        self.chance("note", 0.2)
        self.blank_rows = self.chosen("blank_rows", [0, 0, 0, 0.3])

    def fit(self) -> None:
        """Leave out what doesn't go together."""
        if self.shape in {"lines", "halves"}:
            self.kinds = ["target", "result"]
        if self.units == "name" and not self.indicated:
            self.units = self.choices["units"] = "heading"
        if self.shape == "planned":
            self.kinds = [*PLANNED, "result"]
        wide = self.shape in ("year-kind", "kind-year", "flat") and {"target", "result"} & set(self.kinds)
        self.grouped = bool(wide) and self.units not in ("above", "name") and self.chance("grouped", 0.15)
        self.indicated = self.indicated or self.grouped
        if self.units == "above":
            self.kinds = [kind for kind in self.kinds if kind in AMOUNTS] or ["settlement"]
            self.shape = "flat" if self.shape in {"lines", "halves", "planned"} else self.shape
            self.choices["shape"] = self.shape
            self.indicated = False

    def chosen(self, name: str, among: list) -> object:
        """One of several, kept by its name."""
        value = self.by.choice(among)
        self.choices[name] = value
        return value

    def chance(self, name: str, share: float) -> bool:
        """Whether, kept by its name."""
        value = self.by.random() < share
        self.choices[name] = value
        return value

    def style(self) -> None:
        """What holds for all sheets alike."""
        self.numbered = self.chance("numbered", 0.6)
        self.number_word = self.by.choice(NUMBERS)
        self.labelled = self.by.choice([(), ("policy",), ("goal", "policy"), ("goal", "policy")])
        self.label_words = {role: self.by.choice(LABELS[role]) for role in ("goal", "policy", "name", "indicator")}
        if self.grouped:
            self.label_words["indicator"] = self.by.choice(GROUPS)
        self.before = self.by.sample(TEXTS, self.by.choice([0, 0, 1, 2]))
        self.after = self.by.sample([text for text in TEXTS if text not in self.before], self.by.choice([0, 0, 1]))
        self.kind_words = {kind: self.by.choice(KIND_WORDS[kind]) for kind in KINDS}
        self.grade_word = self.by.choice(["評価", "達成度", "総合評価", "進捗状況"])
        self.scale = self.by.choice([["A", "B", "C"], ["◎", "○", "△"], ["順調", "概ね順調", "遅れ"]])
        self.other = self.by.choice(OTHERS) if self.shape in ("flat", "year-kind") and self.by.random() < 0.2 else ""
        self.settle()

    def settle(self) -> None:
        """What is merged, printed once or on each line; what the extras change."""
        self.merging = {part: self.by.choice(["merged", "once", "each"]) for part in ("label", "project", "heading")}
        if self.merging["heading"] == "each":
            self.merging["heading"] = "once"
        if "section" in self.extras and self.shape != "sheets":
            self.labelled = ()
        if "graded" in self.extras:
            self.kind_words["grade"] = self.grade_word
        self.choices.update(merging=self.merging, other=self.other, labelled=self.labelled)
