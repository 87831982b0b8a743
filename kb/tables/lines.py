"""Lines: the rows of a table by what they are: a project's, a further one of it, a total, a note, a heading over others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.source.projects import LABELS
from kb.tables.covering import Covering
from kb.tables.indicators import Indicators
from kb.tables.mapping import Column, Part, Table
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.vocabulary import plain

__all__ = ["Line", "split_lines"]

_TEXTS = ("name", "activity", "kind", "detail", "description", "unit", "period", "group")
"""What a column holds under whose heading a line over others may stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    row: int
    """Its number in the sheet."""
    kind: str
    """project, total, note, section, label, heading, or nameless."""
    texts: dict[int, str]
    """What it prints, by column."""
    no: str = ""
    """The number that holds for it."""
    name: str = ""
    """The project's name that holds for it."""
    labels: tuple[str, str, str] = ("", "", "")
    """goal, policy and subpolicy that hold for it."""
    begins: bool = False
    """Whether it prints the project's name itself."""
    activities: Mapping[int, str] = field(default_factory=dict)
    """The indicators or finer projects that hold for it, by column."""


def split_lines(sheet: Sheet, part: Part, table: Table) -> Iterator[Line]:
    """The rows of a part that print something, in order."""
    yield from _Walk(sheet, part, table).lines()


# Private functions


class _Walk:
    def __init__(self, sheet: Sheet, part: Part, table: Table) -> None:
        self.sheet, self.part, self.table = sheet, part, table
        self.columns = table.columns.get(part.layout, ())
        self.covering = Covering(sheet)
        self.at = {role: _first(self.columns, role) for role in ("no", "name", *LABELS)}
        rows = (part.headings[1] + 1, part.last_row(sheet))
        self.numbers = [row for row in sorted(sheet.rows) if rows[0] <= row <= rows[1]]
        self.last = max(
            (row for row in self.numbers if self._prints_name(row) and len(self._printed(row)) > 1), default=0
        )
        self.merged = {role: self.covering.is_merged(at, rows) for role, at in self.at.items() if at}
        self.headings = {self._printed(row) for row in range(part.headings[0], part.headings[1] + 1)}
        self.first_value = min((c.at for c in self.columns if c.role in ("value", "grade")), default=10_000)
        self.totals = frozenset(table.totals)
        self.endings = tuple(word for word in table.totals if len(word) > 1)
        self.labels: dict[str, str] = dict.fromkeys(LABELS, "")
        self.no = self.name = ""
        self.indicators = Indicators(self.covering, part, self.columns)
        self.sectioned = self._begins_lone()
        self.section = self._opening_section()

    def lines(self) -> Iterator[Line]:
        for row in self.numbers:
            texts = self.sheet.printed(row)
            if texts:
                yield self._line(row, texts)

    def _line(self, row: int, texts: dict[int, str]) -> Line:
        if self._printed(row) in self.headings:
            return Line(row, "heading", texts)
        if self._is_total(texts):
            return Line(row, "total", texts)
        if plain(next(iter(texts.values()))) in self.table.notes:  # 凡例 | A:達成 | B:概ね達成
            return Line(row, "note", texts)
        if lone := self._lone(row, texts):
            if lone == "label":
                self._fill_labels(row)
                self.name = self.no = ""
            if lone == "section":
                self.section = one_line(next(iter(texts.values())))
                self.labels["policy"] = self.labels["subpolicy"] = self.name = self.no = ""
            return Line(row, lone, texts)
        self._fill_labels(row)
        begins = self._fill_name(row)
        if not self.name:
            return Line(row, "nameless", texts)
        goal, policy, subpolicy = (self.labels[role] for role in LABELS)
        policy = policy or self.section or one_line(self.part.policy)
        activities = self.indicators.of(row, self.no, self.name)
        return Line(row, "project", texts, self.no, self.name, (goal, policy, subpolicy), begins, activities)

    def _opening_section(self) -> str:
        """Where each repeated heading row stands under a section of its own, the line over the first one is a section, too.

        The first line of a sheet is its title; a line that is printed over several of them is no section.
        """
        again = [row for row in self.numbers if self._printed(row) in self.headings]
        above = [self._line_above(row) for row in (self.part.headings[0], *again)]
        same = len({one_line(" ".join(self._printed(row))) for row in above}) < len(above)
        if not again or same or above[0] in (0, min(self.sheet.rows)):
            return ""
        found = [self.sheet.printed(row) for row in above]
        if any(self._lone(row, texts) != "section" for row, texts in zip(above, found, strict=True)):
            return ""
        return one_line(next(iter(found[0].values())))

    def _line_above(self, row: int) -> int:
        return max((other for other in self.sheet.rows if other < row and self._printed(other)), default=0)

    def _printed(self, row: int) -> tuple[str, ...]:
        return tuple(text for text in self.sheet.rows.get(row, ()) if text)

    def _is_total(self, texts: dict[int, str]) -> bool:
        for at, text in texts.items():
            if at < self.first_value and len(text) <= 20:
                word = plain(text)
                if word in self.totals or word.endswith(self.endings):
                    return self.at["no"] not in texts or self.at["no"] == at
        return False

    def _lone(self, row: int, texts: dict[int, str]) -> str:
        """What a row with a single text is, where it is no project."""
        if len(texts) > 1:
            return ""
        at, text = next(iter(texts.items()))
        if plain(text).startswith(self.table.notes) and self.table.notes:
            return "note"
        area = self.covering.area(row, at)
        wide = area is not None and area.right - area.left >= 2 and area.bottom == area.top
        if row > self.last and (wide or at < self.at["name"]) and not self._goes_on(row):
            return "note"  # no project stands below it
        if wide or (at == self.at["no"] and not plain(text).isdecimal() and len(text) > 3):
            return "section"
        if (area is not None and area.bottom > area.top) or self._goes_on(row):
            return ""
        if at in (self.at[role] for role in LABELS):
            return "label"
        numbered = self.at["no"] and not self.covering.text(row, self.at["no"])
        if (at == self.at["name"] and numbered) or at == self.sectioned:
            return "section" if len(text) <= 40 else "note"
        return ""

    def _fill_labels(self, row: int) -> None:
        for level, role in enumerate(LABELS):
            at = self.at[role]
            if not at:
                continue
            text = one_line(self.covering.text(row, at))
            if not text and self.merged[role]:
                text = "" if self._prints_name(row) else self.labels[role]
            elif not text:
                continue
            if text != self.labels[role]:
                self.labels.update(dict.fromkeys(LABELS[level + 1 :], ""))
            self.labels[role] = text

    def _begins_lone(self) -> int:
        """The column of texts where the first line prints nothing else: such lines are headings over others."""
        shown = [list(self.sheet.printed(row)) for row in self.numbers]
        texts = {c.at for c in self.columns if c.role in _TEXTS}
        beside = any(c.role not in ("name", "value", "unread") for c in self.columns)
        lone = (
            beside
            and len(shown) > 1
            and len(shown[0]) == 1
            and shown[0][0] in texts
            and any(len(row) > 1 for row in shown)
        )
        return shown[0][0] if lone else 0

    def _goes_on(self, row: int) -> bool:
        """Whether a name merged over several rows covers this one."""
        area = self.covering.area(row, self.at["name"])
        return area is not None and area.top < row

    def _prints_name(self, row: int) -> bool:
        return not is_blank(self.sheet.text(row, self.at["name"]))

    def _fill_name(self, row: int) -> bool:
        """Whether the row prints a name; a number without a name begins a project that has none."""
        name = one_line(self.covering.text(row, self.at["name"]))
        no = one_line(self.covering.text(row, self.at["no"])) if self.at["no"] else ""
        if name:
            self.no = no if no or name != self.name else self.no
            self.name = name
        elif no and no != self.no:
            self.no, self.name = no, ""
        return bool(name) and self._prints_name(row)


def _first(columns: tuple[Column, ...], role: str) -> int:
    return next((column.at for column in columns if column.role == role), 0)
