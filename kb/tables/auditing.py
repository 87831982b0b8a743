"""Auditing a table: every cell of its cells file is walked apart from the reader: used in its place, layout, or named.

Nothing of the reader is used here but the cells file and the mapping: an error that both shared would be found by neither.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.source.plans import Plan
from kb.source.projects import LABELS, Project, Row
from kb.tables.cellfile import load_cells
from kb.tables.mapping import Column, Part, Table
from kb.tables.prints import alike, begins, label_texts, prints
from kb.tables.sheets import Sheet, address, one_line
from kb.tables.vocabulary import plain
from nlp.years.fiscal import ERAS

__all__ = ["Account", "account"]

_MARKS = ("group", "unit", "edition", "kind", "year")
"""Roles whose cells say how others are to be read, and stand in no project themselves."""


@dataclass(slots=True)
class Account:
    """What became of a table's cells."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    """Where, and what doesn't add up."""
    left: list[tuple[str, str]] = field(default_factory=list)
    """Cells that are in no project, each with the reason that the file itself gives."""


def account(plan: Plan, projects: Sequence[Project]) -> Account:
    """Hold every cell against the projects, and every value of the projects against the cells."""
    if plan.table is None:
        return Account()
    auditor = _Auditor(plan, plan.table, projects)
    for sheet in load_cells(plan.folder / plan.table.cells):
        auditor.walk(sheet)
    auditor.look_back()
    return auditor.account


# Private functions


class _Auditor:
    def __init__(self, plan: Plan, table: Table, projects: Sequence[Project]) -> None:
        self.plan, self.table, self.projects = plan, table, projects
        self.account = Account()
        self.by_name: dict[str, list[Project]] = {}
        for project in projects:
            self.by_name.setdefault(plain(project.name), []).append(project)
        self.labels = {text for p in projects for text in label_texts(p)}
        self.found: set[tuple[str, str, int, int]] = set()

    def walk(self, sheet: Sheet) -> None:
        parts = [part for part in self.table.parts if part.covers(sheet)]
        first = min((part.headings[0] for part in parts), default=0)
        for row in sorted(sheet.rows):
            part = max((p for p in parts if p.headings[0] <= row), key=lambda p: p.headings[0], default=None)
            if (part is None or (part.last and row > part.last)) and row >= first:
                self._leave(sheet, row, "表の外")
        for part in parts:
            _Walk(self, sheet, part).walk()

    def _leave(self, sheet: Sheet, row: int, reason: str) -> None:
        for at, text in enumerate(sheet.rows[row], 1):
            if text.strip():
                self.account.left.append((f"{sheet.name} {address(row, at)}「{one_line(text)[:40]}」", reason))

    def look_back(self) -> None:
        """Every value of the projects must have been met in the cells."""
        for project in self.projects:
            for at, row in enumerate(project.rows):
                for cell in row.cells:
                    if (cell.text or cell.conflict) and (project.no, project.name, at, cell.year) not in self.found:
                        said = cell.text or cell.conflict[0]
                        self.account.problems.append(
                            (
                                f"No.{project.no} {project.name}",
                                f"{cell.year}年度の「{said}」は原文のその所にありません",
                            )
                        )


class _Walk:
    def __init__(self, auditor: _Auditor, sheet: Sheet, part: Part) -> None:
        self.auditor, self.sheet, self.part = auditor, sheet, part
        self.table = auditor.table
        self.columns = {column.at: column for column in self.table.columns.get(part.layout, ())}
        self.name_at = next(at for at, column in self.columns.items() if column.role == "name")
        self.no_at = next((at for at, column in self.columns.items() if column.role == "no"), 0)
        self.year_at = next((at for at, column in self.columns.items() if column.role == "year"), 0)
        self.above: dict[int, str] = {}

    def walk(self) -> None:
        last = self.part.last_row(self.sheet)
        headings = {self._printed(row) for row in range(self.part.headings[0], self.part.headings[1] + 1)}
        for row in sorted(self.sheet.rows):
            if self.part.headings[1] < row <= last and self._printed(row) not in headings:
                self._row(row)

    def _printed(self, row: int) -> tuple[str, ...]:
        return tuple(filter(None, self.sheet.rows.get(row, ())))

    def _row(self, row: int) -> None:
        texts = {at: text for at, text in enumerate(self.sheet.rows[row], 1) if text.strip()}
        before = self.above.get(self.name_at, "")
        for at, text in texts.items():
            if at in self.columns and self._names(self.columns[at]):
                self.above[at] = one_line(text)
        if self.name_at in texts and one_line(texts[self.name_at]) != before:
            kept = {at for at in texts if at in self.columns}
            self.above = {at: text for at, text in self.above.items() if at in kept or at == self.name_at}
        elif self.name_at not in texts and self.no_at in texts and not self._is_in_merged_name(row):
            self.above.pop(self.name_at, None)
        projects = self.auditor.by_name.get(plain(self.above.get(self.name_at, "")), [])
        for at, text in texts.items():
            column = self.columns.get(at)
            if column is not None and projects and self._is_used(row, column, text, projects):
                continue
            reason = self._reason(row, at, column, texts)
            place = f"{self.sheet.name} {address(row, at)}「{one_line(text)[:40]}」"
            if reason is None:
                self.auditor.account.problems.append((place, "使われていないか、別の所で使われています"))
            elif reason:
                self.auditor.account.left.append((place, reason))

    def _is_used(self, row: int, column: Column, text: str, projects: Sequence[Project]) -> bool:
        role, line = column.role, one_line(text)
        if role in _MARKS:
            return True
        if role in LABELS:
            return line in self.auditor.labels
        if role == "value":
            found = [self._meets(row, column, text, project) for project in projects]  # all, not the first alone
            return any(found)
        names = self._activities() if column.of == "activity" else None
        return any(
            prints(project, role, text, line, self._details(project, row, column, names)) for project in projects
        )

    def _details(self, project: Project, row: int, column: Column, names: set[str] | None) -> set[str]:
        """The details that a cell may be: of its year where they are of one, of an indicator of its line if it is one's."""
        return {
            detail.text
            for detail in project.details
            if (not detail.year or self._is_of(detail.year, row, column))
            and (names is None or detail.of.partition("・")[0] in names)
        }

    def _meets(self, row: int, column: Column, text: str, project: Project) -> bool:
        """Whether a value stands in the project at its year; marks it as met."""
        place = f"({self.sheet.name} {address(row, column.at)}"
        met = False
        for at, line in enumerate(project.rows):
            if (column.kind and line.kind != column.kind) or not self._may_hold(line, column):
                continue
            for cell in line.cells:
                if not self._is_of(cell.year, row, column) and not any(place in one for one in cell.conflict):
                    continue
                found = (
                    alike(cell.text, text)
                    if not cell.conflict
                    else any(
                        one.startswith(text + "(") and re.search(re.escape(place) + r"(?!\d)", one)
                        for one in cell.conflict
                    )
                    or any(alike(one.split("(")[0], text) or begins(one, text) for one in cell.conflict)
                )
                if found:
                    self.auditor.found.add((project.no, project.name, at, cell.year))
                    met = True
        return met

    def _is_of(self, year: int, row: int, column: Column) -> bool:
        """Whether a value of this place is of a year: by its heading, its line or its sheet."""
        if column.year or self.year_at == 0:
            return year == (column.year or self.part.year or year)
        text = plain(self.sheet.text(row, self.year_at)).replace("元", "1")
        numbers = {str(year), *(str(year - first + 1) for first in ERAS.values())}
        return not text or bool(set(re.findall(r"\d+", text)) & numbers)

    def _may_hold(self, line: Row, column: Column) -> bool:
        """Whether a row is one that this line of the sheet can speak of."""
        if column.unit and line.unit != column.unit:
            return False
        names = self._activities()
        if column.activity:
            return line.activity in {column.activity, *(f"{name} {column.activity}" for name in names)}
        return line.activity is None or line.activity in names

    def _names(self, column: Column) -> bool:
        return column.role in ("name", "activity") or (column.role == "kind" and column.of == "activity")

    def _activities(self) -> set[str]:
        """What the values of a line may be called: an indicator, a kind that stands twice, or both."""
        named = [text for at, text in self.above.items() if self.columns[at].role == "activity"]
        kinds = [text for at, text in self.above.items() if self.columns[at].role == "kind"]
        return {*named, *kinds, *(f"{name} {kind}" for name in named for kind in kinds)}

    def _is_in_merged_name(self, row: int) -> bool:
        areas = self.sheet.areas.values()
        return any(a.left <= self.name_at <= a.right and a.top < row <= a.bottom for a in areas)

    def _reason(self, row: int, at: int, column: Column | None, texts: dict[int, str]) -> str | None:
        """Why a cell is in no project: "" for layout, None where nothing explains it."""
        if self._is_layout(texts):
            return ""
        if column is None or column.role == "unread":
            return "役割のない列"
        note = self.sheet.notes.get((row, at), ())
        if "error" in note or "formula" in note:
            return "エラー値" if "error" in note else "値のない式"
        if not self.above.get(self.name_at):
            return "事業名のない行"
        return self._reason_of_role(column)

    def _reason_of_role(self, column: Column) -> str | None:
        if column.role != "value":
            return None
        if not column.year and not self.part.year and not any(c.role == "year" for c in self.columns.values()):
            return "年度の分からない列"
        if column.year and column.year not in self.auditor.plan.years:
            return "年度が [years] にない"
        return None if column.kind else "何の値か分からない行"

    def _is_layout(self, texts: dict[int, str]) -> bool:
        first = min((at for at, column in self.columns.items() if column.role in ("value", "grade")), default=10_000)
        words = [plain(text) for at, text in texts.items() if at < first]
        endings = tuple(word for word in self.table.totals if len(word) > 1)
        if any(word in self.table.totals or word.endswith(endings) for word in words) and endings:
            return True
        return len(texts) == 1 or plain(next(iter(texts.values()))) in self.table.notes
