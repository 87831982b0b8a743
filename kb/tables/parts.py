"""Parts: the lines of one table of a sheet, read into the projects that they belong to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.source.projects import LABELS
from kb.tables.details import Kept
from kb.tables.frames import Frame
from kb.tables.gathering import Gathered, Gathering, RowDraft, figures
from kb.tables.lines import Line
from kb.tables.mapping import Column, Part
from kb.tables.notices import Named, Notices
from kb.tables.sheets import Sheet, address, one_line
from kb.tables.totals import Totals
from kb.tables.values import BARE, Values
from kb.tables.vocabulary import plain

__all__ = ["PartReader"]

_AMOUNT = re.compile(BARE + r"\s*(?:%|[十百千万億]*[円人件]?)")


class PartReader:
    """Reads one part."""

    def __init__(self, sheet: Sheet, part: Part, gathering: Gathering, notices: Notices) -> None:
        self.sheet, self.part = sheet, part
        self.gathering, self.notices = gathering, notices
        self.frame = Frame(sheet, part, gathering.table, gathering.plan)
        self.values = Values(self.frame, notices)
        self.known = frozenset(column.at for column in self.frame.columns)
        self.totals = Totals(self.frame.values)

    def read(self) -> int:
        """Read every line; how many cells are layout."""
        layout = 0
        for line in self.frame.lines():
            if line.kind == "project":
                self._project(line)
            elif line.kind == "nameless":
                for at in line.texts:
                    self.notices.leave(self.sheet, line.row, at, "事業名のない行")
            else:
                layout += len(line.texts)
                if line.kind == "total":
                    self._check_total(line)
                if line.kind == "note":
                    self._say_note(line)
        self.values.say_unitless()
        self._say_idle()
        return layout

    # Private functions

    def _say_note(self, line: Line) -> None:
        """What stands beside the table may say what a figure is, and is given in no answer: whoever publishes must know."""
        self.notices.remark(self.sheet, line.row, next(iter(line.texts)), "欄外の注とみました。答えには使いません")

    def _project(self, line: Line) -> None:
        project = self.gathering.project(line)
        if self.frame.is_named(line):
            project.details.meet(self.frame.own_year(line), self.frame.label("edition", line))
        if line.begins and len(line.texts) == 1 and len(self.frame.columns) > 1 and not project.rows:
            at = next(iter(line.texts))
            self.notices.remark(self.sheet, line.row, at, "名前だけの行です(見出しかもしれません)")
        self._unmapped(line)
        self._texts(line, project)
        self.totals.take(line.row, self.sheet, self._marks(line))
        drafts = self.values.take(line, project)
        self._name_activities(line, project)
        if not drafts:
            drafts = [self._fallback(line, project)]
        self._keep_activities(line, project)
        self._period(line, project, drafts)
        self._grade(line, project, drafts)

    def _unmapped(self, line: Line) -> None:
        for at in line.texts:
            if at not in self.known:
                self.notices.leave(self.sheet, line.row, at, "plan.toml に役割のない列")
        for column in self.frame.of("unread"):
            if column.at in line.texts:
                self.notices.leave(self.sheet, line.row, column.at, '使わない列(role = "unread")')

    def _texts(self, line: Line, project: Gathered) -> None:
        for role, label in zip(LABELS, line.labels, strict=True):
            if label and not project.labels[role]:
                project.labels[role] = label
            elif label != project.labels[role] and label:
                self._keep(project, line, self.frame.of(role), label)
        for column in self.frame.of("description"):
            text = line.texts.get(column.at, "")
            if text and self._is_sound(line.row, column):
                project.description = project.description or text
                if text != project.description:
                    self._keep(project, line, (column,), text)
        for column in self.frame.of("detail"):
            if text := self._detail(line, column):
                self._keep(project, line, (column,), text)
        if line.no and (line.no != project.no or self.frame.table.number == "ordinal"):
            self._keep(project, line, self.frame.of("no"), line.no)

    def _detail(self, line: Line, column: Column) -> str:
        text = line.texts.get(column.at, "")
        if not text:
            return self._from_above(line.row, column.at)
        return text if self._is_sound(line.row, column) else ""

    def _from_above(self, row: int, at: int) -> str:
        """A label that is merged over several rows holds for all of them; an amount may be shared, and isn't repeated."""
        area = self.frame.covering.area(row, at) if self.frame.merged else None
        if area is None or not area.top < row or area.left != at or self.frame.broken(area.top, at):
            return ""
        text = self.sheet.text(area.top, at)
        return "" if _AMOUNT.fullmatch(figures(text)) else text

    def _keep(self, project: Gathered, line: Line, columns: Sequence[Column], text: str) -> None:
        """Keep a text of the first of some columns as a detail, of the line's indicator where it is one's, of its year.

        What is merged over lines of several years is of none of them; the year of a sheet is that of all its lines.
        """
        for column in columns[:1]:
            names = line.activities.values() if column.of == "activity" else ()
            whose = next(filter(None, names), "")
            area = self.frame.covering.area(line.row, column.at) if self.frame.of("year") else None
            year = 0 if area and area.bottom > area.top else self.frame.own_year(line)
            kept = Kept(one_line(column.heading), text, whose, year, self.frame.label("edition", line))
            project.details.keep(kept, f"{self.sheet.name} {address(line.row, column.at)}")

    def _is_sound(self, row: int, column: Column) -> bool:
        reason = self.frame.broken(row, column.at)
        if reason:
            self.notices.leave(self.sheet, row, column.at, reason)
        return not reason

    def _name_activities(self, line: Line, project: Gathered) -> None:
        """An indicator whose every value is blank, or is the project's, is a line of the project nonetheless."""
        years = self.part.year or self.frame.of("year")
        if not any(column.kind in ("result", "target") and (column.year or years) for column in self.frame.values):
            return  # its values stand in no column of a year: that they are blank would be untrue
        known = {key[0] for key in project.rows}
        for column in self.frame.activities:
            name = one_line(line.texts.get(column.at, ""))
            if name and name not in known:
                unit = self.values.unit(replace(column, role="value"), line, "result", name)
                project.rows.setdefault((name, "result", unit, self.frame.label("group", line)), RowDraft())

    def _keep_activities(self, line: Line, project: Gathered) -> None:
        """The name of an indicator none of whose values could be taken stays a detail."""
        named = {key[0] for key in project.rows}
        for column in self.frame.activities:
            text = one_line(line.texts.get(column.at, ""))
            if text and not any(name and f"{name} ".startswith(f"{text} ") for name in named):
                self._keep(project, line, (column,), text)

    def _fallback(self, line: Line, project: Gathered) -> RowDraft:
        names = (one_line(line.texts.get(column.at, "")) for column in self.frame.activities)
        activity = next(filter(None, names), None)
        if activity is None and project.rows:
            return next(iter(project.rows.values()))
        return project.rows.setdefault((activity, "result", "", ""), RowDraft())

    def _period(self, line: Line, project: Gathered, drafts: list[RowDraft]) -> None:
        for column in self.frame.of("period"):
            text = self.frame.covering.text(line.row, column.at)
            if not text or not self._is_sound(line.row, column):
                continue
            for draft in drafts:
                if draft.period and draft.period != text:
                    self._keep(project, line, (column,), text)
                draft.period = draft.period or text

    def _grade(self, line: Line, project: Gathered, drafts: list[RowDraft]) -> None:
        for column in self.frame.of("grade"):
            text = line.texts.get(column.at, "").strip()
            if not text or not self._is_sound(line.row, column):
                continue
            draft = self._graded(line, project, drafts)
            if draft.grade and draft.grade != text:
                self.notices.leave(self.sheet, line.row, column.at, f"前の行の評価「{draft.grade}」と違います")
                self._keep(project, line, (column,), text)
            draft.grade = draft.grade or text

    def _graded(self, line: Line, project: Gathered, drafts: list[RowDraft]) -> RowDraft:
        """The row that a grade stands on: a line's results; beside lines of several kinds no 効果額 that it is printed with."""
        named = {column.activity for column in self.frame.values if column.activity}
        rows = {key: draft for key, draft in project.rows.items() if draft in drafts}
        results = [draft for key, draft in rows.items() if key[1] == "result"]
        own = [draft for key, draft in rows.items() if key[0] not in named]
        first = [draft for draft in results if draft in own] or (own if self.frame.kind(line) else [])
        return (first or results or drafts)[0]

    def _check_total(self, line: Line) -> None:
        printed = {at: text for at, text in self._marks(line).items() if at in line.texts and not self._is_total(text)}
        for at, said in self.totals.check(line.row, self.sheet, printed):
            self.notices.remark(self.sheet, line.row, at, said)
        for column in self.frame.columns:
            if column.at in line.texts and (reason := self.frame.broken(line.row, column.at)):
                self.notices.remark(self.sheet, line.row, column.at, reason)

    def _marks(self, line: Line) -> dict[int, str]:
        """What tells what a line counts, by column: its project or indicator, its kind, its unit."""
        columns = (column for role in ("name", "activity", "kind", "unit") for column in self.frame.of(role))
        return {column.at: plain(self.frame.text(line.row, column)) for column in columns}

    def _is_total(self, text: str) -> bool:
        words = self.frame.table.totals
        return text in words or text.endswith(tuple(word for word in words if len(word) > 1))

    def _say_idle(self) -> None:
        """A column of kinds says nothing where each value column has a kind of its own."""
        values = self.frame.values
        idle = self.frame.of("kind") if values and all(column.kind for column in values) else ()
        for column in idle:
            reason = (
                "種類の列(kind)ですが、値の列がどれも自分の kind を持つため使われません(使うなら値の列の kind を消す)"
            )
            place = address(self.part.headings[1], column.at)
            self.notices.remarks.append(Named(self.sheet.name, place, column.heading, reason))
