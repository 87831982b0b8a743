"""Frames: a part of a sheet with everything that its columns say of a line: year, kind, labels, and what is broken."""

from collections.abc import Sequence

from kb.source.plans import Plan
from kb.tables.covering import Covering
from kb.tables.halves import kinds_by_row
from kb.tables.lines import Line, split_lines
from kb.tables.mapping import Column, Part, Table
from kb.tables.notices import Notices
from kb.tables.sheets import Sheet, is_blank, one_line
from kb.tables.vocabulary import plain
from kb.tables.years import year_of

__all__ = ["Frame"]


class Frame:
    """A part with its columns by role and its merged cells."""

    def __init__(self, sheet: Sheet, part: Part, table: Table, plan: Plan) -> None:
        self.sheet, self.part, self.table, self.plan = sheet, part, table, plan
        self.columns = table.columns.get(part.layout, ())
        self.covering = Covering(sheet)
        self.merged = bool(sheet.areas)
        self.noted = bool(sheet.notes)
        self._roles = {
            role: tuple(c for c in self.columns if c.role == role) for role in {c.role for c in self.columns}
        }
        self.values = self.of("value")
        self.activities = self.of("activity")
        self.halves: dict[int, str] = {}

    def of(self, role: str) -> tuple[Column, ...]:
        """The columns of a role."""
        return self._roles.get(role, ())

    def lines(self) -> Sequence[Line]:
        """Its rows; which of them are 上段 and 下段 is known afterwards."""
        listed = list(split_lines(self.sheet, self.part, self.table))
        if self.part.lines:
            name = self.of("name")[0].at
            activities = [column.at for column in self.activities]
            self.halves = kinds_by_row(listed, self.part.lines, self.covering, name, activities)
        return listed

    def text(self, row: int, column: Column) -> str:
        """What holds at a place, on one line."""
        return one_line(self.covering.text(row, column.at))

    def heading(self, role: str) -> str:
        """What the first column of a role is headed by."""
        return next((one_line(column.heading) for column in self.of(role)), role)

    def label(self, role: str, line: Line) -> str:
        """What the columns of a role say of a line."""
        return "・".join(self.text(line.row, column) for column in self.of(role))

    def broken(self, row: int, at: int) -> str:
        """Why a cell holds no value: an error, a formula; "" where it is sound."""
        note = self.sheet.notes.get((row, at), ()) if self.noted else ()
        if "error" in note:
            return "エラー値"
        return "式に計算された値が保存されていない" if "formula" in note else ""

    def year(self, line: Line, notices: Notices) -> int:
        """The year of a line's values; 0 where nothing says it."""
        for column in self.of("year"):
            text = self.covering.text(line.row, column.at)
            if not is_blank(text):
                year = year_of(text, self.plan.era)
                if not year:
                    notices.leave(self.sheet, line.row, column.at, "年度として読めません")
                return year
        return self.part.year

    def own_year(self, line: Line) -> int:
        """The year of which alone a line or its sheet is; 0 where it is of several, or of an edition that tells of others."""
        if self.of("edition"):
            return 0
        texts = (self.covering.text(line.row, column.at) for column in self.of("year"))
        return next((year_of(text, self.plan.era) for text in texts if not is_blank(text)), self.part.year)

    def is_named(self, line: Line) -> bool:
        """Whether a line prints its project's name, or the name is merged over it: one below a name may go on with it."""
        area = self.covering.area(line.row, self.of("name")[0].at)
        return line.begins or (area is not None and area.top < line.row)

    def kind(self, line: Line) -> str:
        """What a line's values are, "" where nothing says it."""
        for column in self.of("kind"):
            return self.table.kinds.get(plain(self.covering.text(line.row, column.at)), "")
        return self.halves.get(line.row, "")

    def kind_name(self, line: Line, kind: str) -> str:
        """確保方策 beside 量の見込み: what a line is called that isn't the only one of its kind."""
        several = list(self.table.kinds.values()).count(kind) > 1
        columns = [column for column in self.of("kind") if several and column.of == "activity"]
        words = [self.text(line.row, column) for column in columns]
        return next((word for word in words if self.table.kinds.get(plain(word)) == kind), "")

    def edition(self, line: Line) -> str:
        """Which edition a line is of, as it stands behind a place."""
        label = self.label("edition", line)
        return f"・{label}の版" if label else ""
