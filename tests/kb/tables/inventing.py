"""Towns' tables by chance, with what they say known beforehand: each seed is another layout of other projects."""

from __future__ import annotations

from kb.tables.sheets import Sheet
from tests.kb.tables.inventions import Column, Invention, Item
from tests.kb.tables.laying import lay
from tests.kb.tables.styles import Style
from tests.kb.tables.wording import AMOUNTS, BASES, ODD, OTHERS, PLANNED

__all__ = ["Inventor", "invent"]


def invent(seed: int) -> Invention:
    """The table of a seed."""
    return Inventor(seed).invention()


class Inventor(Style):
    """The lines and columns of a seed."""

    def invention(self) -> Invention:
        """Its sheets with their truth."""
        blocks = self.blocks()
        sheets = [self.sheet(name, items, columns) for name, items, columns in blocks]
        return Invention(self.seed, sheets, "一覧", self.truth, self.choices)

    # ── what the lines are ──

    def blocks(self) -> list[tuple[str, list[Item], list[Column]]]:
        """Of each sheet: its name, its lines and its columns."""
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
        grade = self.chance("grade", 0.5) and "graded" not in self.extras
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
        """Projects from a number on, a line for each of their indicators."""
        items = []
        for number in range(start + 1, start + count + 1):
            labels = (f"基本目標{(number + 1) // 2}", f"施策{(number + 2) // 3}の推進")
            for at, counted in enumerate(self.indicators(number)):
                unit = self.by.choice(["人", "件", "回", "%"])
                indicator = f"{counted}({unit})" if counted and self.units == "name" else counted
                items.append(Item(self.names[number], number, labels, indicator, unit, at == 0))
        return items

    def indicators(self, number: int) -> list[str] | list[None]:
        """What the lines of a project count, or whom."""
        if self.grouped:
            return ["男性", "女性", "全体"][: self.by.randint(2, 3)]
        named = [f"{self.names[-number][:3]}{word}" for word in ("参加者数", "実施回数", "満足度")]
        return named[: self.by.randint(1, 3)] if self.indicated else [None]

    def refirst(self, items: list[Item]) -> list[Item]:
        """Lines that know which is the first of its project."""
        seen: set[str] = set()
        for item in items:
            item.first = item.project not in seen
            seen.add(item.project)
        return items

    def spread(self, items: list[Item]) -> list[Item]:
        """Lines of one kind or one year each, where the shape asks for them."""
        if self.shape == "long":
            cuts = [(year, "") for year in self.years]
        elif self.shape in ("lines", "halves", "planned"):
            cuts = [(0, kind) for kind in self.kinds]
        else:
            return items
        return self.refirst(
            [Item(i.project, i.number, i.labels, i.indicator, i.unit, i.first, *cut) for i in items for cut in cuts]
        )

    # ── what the columns are ──

    def columns(self, years: list[int], *, graded: bool) -> list[Column]:
        """The columns in their order."""
        made = [Column((self.number_word,), lambda i: self.no.format(i.number), "project")] if self.numbered else []
        for at, role in enumerate(("goal", "policy")):
            if role in self.labelled:
                made.append(Column((self.label_words[role],), lambda i, at=at: i.labels[at], role))
        made.append(Column((self.label_words["name"],), lambda i: i.project, "project"))
        made += [self.text_column(heading) for heading in self.before]
        if self.indicated:
            once = "indicator" if self.shape in ("lines", "long", "planned") else ""
            made.append(Column((self.label_words["indicator"],), lambda i: i.indicator or "", once))
        if self.units == "column" and self.measured():
            made.append(Column(("単位",), lambda i: i.unit, "" if self.indicated else "project"))
        if self.shape in ("lines", "planned"):
            heading = self.by.choice(["区分", "目標・実績", "種別", ""])
            made.append(Column((heading,), lambda i: self.kind_words.get(i.kind, i.kind)))
        if self.shape == "long":
            made.append(Column(("年度",), lambda i: self.form.write(i.year)))
        if "swapped" in self.extras:
            made = self.swapped(made)
        made += self.value_columns(years)
        made += [self.grade_column()] if graded else []
        return made + [self.text_column(heading) for heading in self.after]

    def swapped(self, made: list[Column]) -> list[Column]:
        """The labels in another order, goal before policy."""
        ranks = sorted(self.by.random() for _ in made)
        self.by.shuffle(ranks)
        order = dict(zip(map(id, made), ranks, strict=True))
        whole = [c for c in made if c.once in {"goal", "policy"}]
        rest = sorted((c for c in made if c not in whole), key=lambda c: order[id(c)])
        at = self.by.randint(0, len(rest))
        return [*rest[:at], *whole, *rest[at:]]

    def measured(self) -> bool:
        """Whether anything but amounts is printed."""
        return any(kind in ("target", "result", *PLANNED) for kind in self.kinds)

    def text_column(self, heading: str) -> Column:
        """A column of texts that say whose they are."""

        def cell(item: Item) -> str:
            text = f"{heading[:2]}{item.project}の{heading[-1]}"
            found = self.truth.texts.setdefault(item.project, [])
            if (heading, text) not in found:
                found.append((heading, text))
            return text

        return Column((heading,), cell, "project")

    def grade_column(self) -> Column:
        """The column of grades behind the years."""

        def cell(item: Item) -> str:
            if self.shape in ("sheets", "long"):
                key = (item.project, None, "grade", item.year)
                return self.truth.figures.setdefault(key, (self.by.choice(self.scale), ""))[0]
            return self.truth.grades.setdefault(item.project, self.by.choice(self.scale))

        return Column((self.grade_word,), cell, "project" if self.shape != "long" else "")

    def value_columns(self, years: list[int]) -> list[Column]:
        """The columns of figures in their order."""
        if self.shape in ("sheets", "long"):
            return [self.value((self.headed(kind),), kind, 0) for kind in self.kinds]
        if self.shape in ("lines", "halves", "planned"):
            note = "(上段:目標 下段:実績)" if self.shape == "halves" and self.noted else ""
            return [self.value((self.form.write(year) + note,), "", year) for year in years]
        if "graded" in self.extras and self.units != "row":
            self.kinds = [kind for kind in self.kinds if kind != "grade"] + ["grade"]
        pairs = [(year, kind) for year in years for kind in self.kinds]
        if self.shape == "kind-year":
            pairs = [(year, kind) for kind in self.kinds for year in years]
        made = [self.value(self.path(year, kind), kind, year) for year, kind in pairs]
        if self.other:
            made.append(self.value(self.path(years[-1], self.other), self.other, years[-1]))
        if "summed" in self.extras:
            made.append(self.value(("3か年合計",), "合計", 1))
        return self.based(made)

    def based(self, made: list[Column]) -> list[Column]:
        """With 基準値(H30) before or after the years."""
        if "baseline" not in self.extras:
            return made
        word = self.choices.setdefault("base", self.by.choice(BASES))
        shown = self.choices.setdefault(
            "base shown", self.by.choice(["{}(H30)", "{}(平成30年度)", "H30{}", "{}", "{}\n(2018年度)"])
        )
        column = self.value((shown.format(word),), word, 2018)
        return [column, *made] if self.choices.setdefault("base first", self.by.random() < 0.7) else [*made, column]

    def path(self, year: int, kind: str) -> tuple[str, ...]:
        """What stands over a figure."""
        word, shown = self.headed(kind), self.form.write(year)
        row = (f"({self.unit_of(kind)})",) if self.units == "row" else ()
        if self.shape == "flat":
            return (shown + self.choices.setdefault("joint", self.by.choice(["", " ", "の", "\n"])) + word, *row)
        return ((shown, word) if self.shape == "year-kind" else (word, shown)) + row

    def headed(self, kind: str) -> str:
        """A word for a kind, with its unit where headings state units."""
        word = self.kind_words.get(kind, kind)
        stated = self.units == "heading" or (self.units == "name" and kind in (*AMOUNTS, *OTHERS))
        return f"{word}({self.unit_of(kind)})" if stated and kind != "grade" else word

    def unit_of(self, kind: str) -> str:
        """The unit that headings state."""
        return "千円" if kind in AMOUNTS else "%" if kind in OTHERS else "人"

    # ── what the cells are ──

    def value(self, path: tuple[str, ...], kind: str, year: int) -> Column:
        """A column of figures."""

        def cell(item: Item) -> str:
            return self.figure(item, kind or item.kind, year or item.year)

        return Column(path, cell, "project" if kind in (*AMOUNTS, "grade") and self.shape != "long" else "", kind)

    def figure(self, item: Item, kind: str, year: int) -> str:
        """A figure, the same wherever it is printed again."""
        activity = None if kind in (*AMOUNTS, "grade") else item.indicator
        if kind in PLANNED:
            activity, kind = " ".join(filter(None, (activity, kind))), "target"
        key = (item.project, activity, kind, year)
        if key in self.printed:
            return self.printed[key]
        if self.by.random() < 0.1:
            return self.printed.setdefault(key, self.by.choice(["", "", "-"]))
        self.counter += self.by.randint(1, 7)
        text, unit = (self.by.choice(self.scale), "") if kind == "grade" else self.shown(item, kind)
        self.truth.figures[key] = (text, unit)
        return self.printed.setdefault(key, text)

    def shown(self, item: Item, kind: str) -> tuple[str, str]:
        """A figure as it is printed, and the unit that is stated beside it."""
        number = self.number(kind)
        if self.units == "text":
            unit = self.unit_of(kind) if kind in (*AMOUNTS, *OTHERS) else item.unit
            return (number.replace("(", f"{unit}(") if "(" in number else number + unit), ""
        if self.units == "name":
            return number, self.unit_of(kind) if kind in (*AMOUNTS, *OTHERS) else item.unit
        if self.units == "column":
            return (number + "円", "") if kind in AMOUNTS else (number, item.unit)
        return number, "千円" if self.units == "above" else self.unit_of(kind)

    def number(self, kind: str) -> str:
        """The next number."""
        number = f"{self.counter:,}" if self.choices.setdefault("commas", self.by.random() < 0.5) else str(self.counter)
        if "odd" in self.extras and self.by.random() < 0.3:
            return self.by.choice(ODD).format(number)
        return number

    # ── how it is laid out ──

    def sheet(self, name: str, items: list[Item], columns: list[Column]) -> Sheet:
        """A block laid out."""
        for item in items:
            goal, policy = item.labels
            if "section" in self.extras and self.shape != "sheets":
                self.truth.labels[item.project] = ("", policy)
            elif self.labelled:
                self.truth.labels[item.project] = (goal if "goal" in self.labelled else "", policy)
            else:
                self.truth.labels.setdefault(item.project, ("", ""))
        return lay(name, items, columns, self)
