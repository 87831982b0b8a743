"""Values: to which row of a project a value belongs, in which unit and years, and whether it can be taken at all."""

import re

from kb.cells import is_dash
from kb.tables.frames import Frame
from kb.tables.gathering import Gathered, Key, RowDraft, figures
from kb.tables.lines import Line
from kb.tables.mapping import Column
from kb.tables.notices import Notices
from kb.tables.sheets import address
from kb.tables.units import is_money, is_rate
from kb.tables.vocabulary import in_brackets, plain
from nlp.figures.units import canonical_unit

__all__ = ["BARE", "Values"]

BARE = r"[△▲+\-−]?[\d,]+(?:\.\d+)?"
"""A number with nothing behind it."""
_BARE = re.compile(BARE)


class Values:
    """The value columns of a part."""

    def __init__(self, frame: Frame, notices: Notices) -> None:
        self.frame, self.notices = frame, notices
        self.years = frozenset(frame.plan.years)
        kinds = {column.kind for column in frame.values}
        self.spent = "settlement" in kinds and not kinds & {"result", "budget", ""}
        """Whether its targets are amounts: 計画 beside 決算."""
        self.own_units = bool(kinds & {"result", "target", ""})
        activities = [column.at for column in frame.activities]
        self.blocks = {c.at: max((at for at in activities if at < c.at), default=0) for c in frame.columns}
        self.stated: dict[tuple[object, ...], str] = {}
        self.unitless: dict[int, list[int]] = {}
        self.graded = self._graded()

    def take(self, line: Line, project: Gathered) -> list[RowDraft]:
        """Put the values of a line into the rows of its project; these rows."""
        year, kind = self.frame.year(line, self.notices), self.frame.kind(line)
        drafts: list[RowDraft] = []
        for column in self.frame.values:
            draft = self._value(column, line, project, column.year or year, column.kind or kind)
            if draft is not None and draft not in drafts:
                drafts.append(draft)
        return drafts

    def unit(self, column: Column, line: Line, kind: str, name: str) -> str:
        """The unit that the table states for the bare numbers of a column on a line; `name` is what they count."""
        if kind == "grade":
            return column.unit
        amount = kind in ("budget", "settlement") or (kind == "target" and self.spent)
        beside = amount and self.own_units and not self.spent
        named = in_brackets(name) if in_brackets(name) in self.frame.table.units else ""
        if column.unit:  # 千円 of all amounts, but % of 経常収支比率(%); 件 is what the results beside them count
            other = named and canonical_unit(plain(named)) != canonical_unit(plain(column.unit))
            return named if other and not beside else column.unit
        above = self.frame.part.unit if is_money(self.frame.part.unit) == amount else ""
        if beside:  # whatever the indicator counts
            return named if is_money(named) else above
        above = "" if is_rate(name or column.activity) else above
        if amount and self.own_units:
            return named or above
        units = [c for c in self.frame.of("unit") if c.year in (0, column.year)]
        near = [c for c in units if self.blocks[c.at] == self.blocks[column.at]] or units
        unit = self._stated(near[0], line) if near else ""
        unit = "" if is_dash(unit) else unit
        return unit or named or above

    def say_unitless(self) -> None:
        """Put each column whose numbers have no unit into the report."""
        for column, rows in self.unitless.items():
            reason = f"単位がどこにも書かれていない数字です(この列に{len(rows)}件)"
            self.notices.remark(self.frame.sheet, rows[0], column, reason)

    # Private functions

    def _value(self, column: Column, line: Line, project: Gathered, year: int, kind: str) -> RowDraft | None:
        text = line.texts.get(column.at, "")
        reason = self._unusable(column, line, year, kind) if text else ""
        if reason:
            self.notices.leave(self.frame.sheet, line.row, column.at, reason)
        if not kind or year not in self.years:
            return None
        key = self._key(column, line, kind)
        if not text and (key is None or column.activity):
            return None
        draft = project.rows.setdefault(key or (None, kind, "", ""), RowDraft())
        if text:
            place = f"{self.frame.sheet.name} {address(line.row, column.at)}{self.frame.edition(line)}"
            for covered in self._years(column, line.row, year):
                draft.cells.setdefault(covered, []).append((text, place, reason))
            if not reason and not (key and key[2]) and kind != "grade" and _BARE.fullmatch(figures(text)):
                self.unitless.setdefault(column.at, []).append(line.row)
        return draft

    def _stated(self, column: Column, line: Line) -> str:
        """What a column of units says of a line: printed there, or once over the lines of one project and indicator."""
        whose = (column.at, line.no, line.name, *line.activities.values())
        text = self.frame.text(line.row, column)
        if text:
            self.stated[whose] = text
        return self.stated.get(whose, "")

    def _unusable(self, column: Column, line: Line, year: int, kind: str) -> str:
        if broken := self.frame.broken(line.row, column.at):
            return broken
        if not kind:
            return "何の値か(目標・実績など)が分からない行"
        if not year:
            return "年度の分からない列"
        if year not in self.years:
            return "年度が [years] にない"
        if self.frame.merged and len(self._years(column, line.row, year)) > 1:
            return "いくつもの年度にまたがる結合セル"
        if kind != "grade" and line.texts[column.at].strip() in self.graded.get(column.at, ()):
            return "年度の欄に評価があります"
        return ""

    def _years(self, column: Column, row: int, year: int) -> tuple[int, ...]:
        area = self.frame.covering.area(row, column.at) if self.frame.merged else None
        if area is None or area.right == area.left:
            return (year,)
        over = (c for c in self.frame.values if area.left <= c.at <= area.right and c.kind == column.kind)
        return tuple(sorted({*(c.year or year for c in over), year}))

    def _graded(self) -> dict[int, frozenset[str]]:
        """By column of years: which grades would be a mistake there (not where most of the column reads so).

        A scale of digits says nothing: 3 in a column of amounts is an amount.
        """
        sheet, part, table = self.frame.sheet, self.frame.part, self.frame.table
        rows = range(part.headings[1] + 1, part.last_row(sheet) + 1)
        graded = {}
        worded = frozenset(grade for grade in table.grades if not grade.isdecimal())
        grades = worded if self.frame.of("grade") else frozenset()
        for column in self.frame.values if grades else ():
            texts = [text.strip() for row in sheet.rows if row in rows and (text := sheet.text(row, column.at))]
            if sum(text in grades for text in texts) * 2 <= len(texts):
                graded[column.at] = grades
        return graded

    def _key(self, column: Column, line: Line, kind: str) -> Key | None:
        """The row that a value belongs to; None where a blank would make a row of nothing."""
        group = self.frame.label("group", line)
        if column.of or self._spans_lines(column, line):
            return column.activity or None, kind, self.unit(column, line, kind, ""), ""
        block = self.blocks[column.at]
        activity = line.activities.get(block, "")
        counted = activity or line.name
        activity = " ".join(filter(None, (activity, self.frame.kind_name(line, kind))))
        unit = self.unit(column, line, kind, "" if column.activity else counted)
        if column.activity:
            return " ".join(filter(None, (activity, column.activity))), kind, unit, group
        if not activity and block and len(self.frame.activities) > 1 and column.at not in line.texts:
            return None
        return activity or None, kind, unit, group if activity else ""

    def _spans_lines(self, column: Column, line: Line) -> bool:
        if not self.frame.merged or not self.frame.activities:
            return False
        area = self.frame.covering.area(line.row, column.at)
        return area is not None and area.bottom > area.top
