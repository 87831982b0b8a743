"""Reading a table: from its cells by its mapping to projects; what can't be taken is named with its place and reason."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from kb.errors import ReadingError
from kb.source.plans import Plan
from kb.source.projects import Cell, Detail, Mark, Project, Row
from kb.tables.cellfile import load_cells
from kb.tables.halves import kinds_by_row
from kb.tables.lines import LABELS, Covering, Line, split_lines
from kb.tables.mapping import Column, Part, Table
from kb.tables.sheets import Area, Sheet, address, is_blank, one_line
from kb.tables.totals import Totals
from kb.tables.vocabulary import in_brackets, plain
from kb.tables.years import year_of

__all__ = ["Named", "Reading", "read_sheets", "read_table"]

_GOAL = re.compile(r"\(?([A-Z])\)?[.．:：\s]+(.+)", re.DOTALL)
_DASHES = ("-", "ー", "―", "—", "–", "‐")
"""What stands in a column of units where there is none."""
_BARE = re.compile(r"[△▲+\-−]?[\d,]+(?:\.\d+)?")
_AMOUNT = re.compile(_BARE.pattern + r"\s*(?:%|[十百千万億]*[円人件]?)")


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that is named in the report."""

    sheet: str
    """Its sheet."""
    address: str
    """Where it stands there: C12."""
    text: str
    """What it prints."""
    reason: str
    """Why it wasn't taken, or what is to be known of it."""

    def __str__(self) -> str:
        """One line for the terminal."""
        place = f"{self.sheet} {self.address}" if self.address else "事業"
        return f"{place}「{one_line(self.text)[:40]}」: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table gave."""

    projects: tuple[Project, ...]
    """In the order in which they begin."""
    unread: tuple[Named, ...]
    """Cells that were not taken."""
    remarks: tuple[Named, ...]
    """Cells that were taken, or are layout, and of which something must be known."""
    cells: int
    """How many cells print something."""
    layout: int
    """How many of them are title, heading, note or total."""


_Value = tuple[str, str, str]
"""What a cell prints, where, and why it can't be taken ("" where it can)."""
_Key = tuple[str | None, str, str, str]
"""activity, kind, unit and group: what makes two lines one row."""


@dataclass(slots=True, eq=False)
class _Draft:
    """A row that is being gathered."""

    period: str = ""
    grade: str = ""
    cells: dict[int, list[_Value]] = field(default_factory=dict)


@dataclass(slots=True)
class _Gathered:
    """A project that is being gathered."""

    no: str
    name: str
    labels: dict[str, str]
    description: str = ""
    details: dict[tuple[str, str], None] = field(default_factory=dict)
    rows: dict[_Key, _Draft] = field(default_factory=dict)


def read_table(plan: Plan) -> Reading:
    """Read the plan's cells file; raises ReadingError where it can't be read at all."""
    if plan.table is None:
        raise ReadingError(f"{plan.id}: plan.toml に [table] がありません")
    return read_sheets(load_cells(plan.folder / plan.table.cells), plan, plan.table)


def read_sheets(sheets: Sequence[Sheet], plan: Plan, table: Table) -> Reading:
    """Read sheets by a mapping."""
    reader = _Reader(plan, table)
    for sheet in sheets:
        reader.read(sheet, [part for part in table.parts if part.sheet in (sheet.name, "")])
    return reader.reading()


# Private functions


class _Reader:
    def __init__(self, plan: Plan, table: Table) -> None:
        self.plan, self.table = plan, table
        self.years = frozenset(plan.years)
        self.gathered: dict[tuple[str, ...], _Gathered] = {}
        self.unread: list[Named] = []
        self.remarks: list[Named] = []
        self.cells = self.layout = 0
        self.sheets: list[str] = []

    def reading(self) -> Reading:
        projects = tuple(self._projects())
        self._say_variants(projects)
        unread = tuple(sorted(self.unread, key=self._place))
        return Reading(projects, unread, tuple(self.remarks), self.cells, self.layout)

    def read(self, sheet: Sheet, parts: Sequence[Part]) -> None:
        self.sheets.append(sheet.name)
        self.cells += sum(not is_blank(text) for texts in sheet.rows.values() for text in texts)
        self._say_hidden(sheet)
        covered: set[int] = set()
        for part in parts:
            rows = range(part.headings[0], (part.last or max(sheet.rows, default=0)) + 1)
            covered.update(row for row in sheet.rows if row in rows)
            self.layout += sum(_printed(sheet, row) for row in range(part.headings[0], part.headings[1] + 1))
            _Part(self, sheet, part).read()
        first = min((part.headings[0] for part in parts), default=0)
        for row in sorted(set(sheet.rows) - covered):
            if row < first:
                self.layout += _printed(sheet, row)
            else:
                reason = "非表示のシート" if sheet.is_hidden else "表の見出しが見つからないシート"
                self._unread_row(sheet, row, "表の外の行" if parts else reason)

    def name_unread(self, sheet: Sheet, row: int, column: int, reason: str) -> None:
        """Put a cell into the report of unread cells."""
        self.unread.append(Named(sheet.name, address(row, column), sheet.text(row, column), reason))

    def remark(self, sheet: Sheet, row: int, column: int, reason: str) -> None:
        """Put a remark on a cell into the report."""
        self.remarks.append(Named(sheet.name, address(row, column), sheet.text(row, column), reason))

    def project(self, line: Line) -> _Gathered:
        """The project that a line belongs to."""
        values = {"no": line.no, "name": line.name, **dict(zip(LABELS, line.labels, strict=True))}
        key = tuple(values[name] for name in self.table.identity)
        found = self.gathered.get(key)
        if found is None:
            labels = {role: values[role] for role in LABELS}
            found = self.gathered[key] = _Gathered(line.no, line.name, labels)
        return found

    def _unread_row(self, sheet: Sheet, row: int, reason: str) -> None:
        for column, text in enumerate(sheet.rows[row], 1):
            if not is_blank(text):
                self.name_unread(sheet, row, column, reason)

    def _place(self, named: Named) -> tuple[int, int, int]:
        place = Area.from_text(named.address)
        return self.sheets.index(named.sheet), place.top, place.left

    def _say_variants(self, projects: Sequence[Project]) -> None:
        """Names that differ in width or spaces only are two projects, and that is said."""
        seen: dict[str, str] = {}
        for project in projects:
            other = seen.setdefault(plain(project.name), project.name)
            if other != project.name:
                reason = f"「{other}」と字の幅や空白だけが違う名前です。別の事業として読みました"
                self.remarks.append(Named("", "", project.name, reason))

    def _say_hidden(self, sheet: Sheet) -> None:
        rows: dict[int, int] = {}
        for (row, column), note in sheet.notes.items():
            if "hidden" in note:
                rows.setdefault(row, column)
            if "format" in note:
                self.remark(sheet, row, column, "表示形式が分からないため、保存された数のまま読みました")
        if len(rows) == len(sheet.rows) > 1:
            rows = dict([next(iter(rows.items()))])
        for row, column in rows.items():
            self.remark(sheet, row, column, "非表示の行か列にありますが、読みました")

    def _projects(self) -> Iterator[Project]:
        used: set[str] = set()
        for ordinal, gathered in enumerate(self.gathered.values(), 1):
            no = self._number(gathered, ordinal, used)
            used.add(no)
            letter, text = _goal(gathered.labels["goal"])
            yield Project(
                plan=self.plan.id,
                no=no,
                name=gathered.name,
                goal=letter,
                goal_text=text,
                policy=gathered.labels["policy"],
                subpolicy=gathered.labels["subpolicy"],
                description=gathered.description,
                rows=tuple(self._row(gathered.name, key, draft) for key, draft in gathered.rows.items()),
                corrections=(),
                marks=tuple(_marks(self.plan, no)),
                details=tuple(Detail(heading, text) for heading, text in gathered.details),
            )

    def _number(self, gathered: _Gathered, ordinal: int, used: set[str]) -> str:
        if self.table.number == "ordinal":
            return str(ordinal)
        no = gathered.no or f"番号なし{ordinal}"
        if no in used or not gathered.no:
            reason = f"番号「{no}」の事業が二つあります" if gathered.no else "番号のない事業です"
            again = next(f"{no}-{n}" for n in range(2, len(used) + 3) if f"{no}-{n}" not in used) if no in used else no
            self.remarks.append(Named("", "", gathered.name, f"{reason}(「{again}」としました)"))
            no = again
        return no

    def _row(self, name: str, key: _Key, draft: _Draft) -> Row:
        activity, kind, unit, _ = key
        cells = tuple(_cell(year, draft.cells.get(year, ())) for year in self.plan.years)
        for cell in cells:
            if len(cell.conflict) > 1:
                sheet, _, place = draft.cells[cell.year][0][1].rpartition(" ")
                reason = f"{name}の{cell.year}年度の値が食い違うため、どれも使いません({'、'.join(cell.conflict)})"
                self.remarks.append(Named(sheet, place.partition("・")[0], draft.cells[cell.year][0][0], reason))
        return Row(activity, draft.period, cells, draft.grade, kind, unit)


class _Part:
    def __init__(self, reader: _Reader, sheet: Sheet, part: Part) -> None:
        self.reader, self.sheet, self.part = reader, sheet, part
        self.table = reader.table
        self.columns = self.table.columns.get(part.layout, ())
        self.known = frozenset(column.at for column in self.columns)
        self.covering = Covering(sheet)
        self.merged = bool(sheet.areas)
        self.noted = bool(sheet.notes)
        self.roles = {role: tuple(c for c in self.columns if c.role == role) for role in {c.role for c in self.columns}}
        self.values = self.roles.get("value", ())
        self.activities = self.roles.get("activity", ())
        self.own_units = any(column.kind in ("result", "target", "") for column in self.values)
        self.blocks = {c.at: max((a.at for a in self.activities if a.at < c.at), default=0) for c in self.columns}
        self.totals = Totals(self.values)
        self.unitless: dict[int, list[int]] = {}
        self.halves: dict[int, str] = {}
        self.graded = self._graded()

    def read(self) -> None:
        for line in self._lines():
            if line.kind == "project":
                self._project(line)
            elif line.kind == "nameless":
                for at in line.texts:
                    self.reader.name_unread(self.sheet, line.row, at, "事業名のない行")
            else:
                self.reader.layout += len(line.texts)
                if line.kind == "total":
                    self._check_total(line)
        self._say_unitless()
        self._say_idle()

    def _lines(self) -> Iterable[Line]:
        lines = split_lines(self.sheet, self.part, self.table)
        if not self.part.lines:
            return lines
        listed = list(lines)
        name = self.roles["name"][0].at
        self.halves = kinds_by_row(listed, self.part.lines, self.covering, name, [c.at for c in self.activities])
        return listed

    def _project(self, line: Line) -> None:
        project = self.reader.project(line)
        if line.begins and len(line.texts) == 1 and len(self.columns) > 1 and not project.rows:
            self.reader.remark(self.sheet, line.row, next(iter(line.texts)), "名前だけの行です(見出しかもしれません)")
        self._unmapped(line)
        self._texts(line, project)
        year, kind, edition = self._year(line), self._kind(line), self._edition(line)
        drafts: list[_Draft] = []
        self.totals.take(line.row, self.sheet)
        for column in self.values:
            draft = self._value(column, line, project, column.year or year, column.kind or kind, edition)
            if draft is not None and draft not in drafts:
                drafts.append(draft)
        self._name_activities(line, project)
        if not drafts:
            drafts = [self._fallback(line, project)]
        self._keep_activities(line, project)
        self._period(line, project, drafts)
        self._grade(line, project, drafts)

    def _keep_activities(self, line: Line, project: _Gathered) -> None:
        """The name of an indicator none of whose values could be taken stays a detail."""
        named = {key[0] for key in project.rows}
        for column in self.activities:
            text = one_line(line.texts.get(column.at, ""))
            if text and text not in named:
                project.details[one_line(column.heading), text] = None

    def _unmapped(self, line: Line) -> None:
        for at in line.texts:
            if at not in self.known:
                self.reader.name_unread(self.sheet, line.row, at, "plan.toml に役割のない列")
        for column in self.roles.get("unread", ()):
            if column.at in line.texts:
                self.reader.name_unread(self.sheet, line.row, column.at, "役割の決まっていない列")

    def _texts(self, line: Line, project: _Gathered) -> None:
        for role, label in zip(LABELS, line.labels, strict=True):
            if label and not project.labels[role]:
                project.labels[role] = label
            elif label != project.labels[role] and label:
                project.details[self._heading(role), label] = None
        for column in self.roles.get("description", ()):
            text = line.texts.get(column.at, "")
            if text and self._is_sound(line.row, column):
                project.description = project.description or text
                if text != project.description:
                    project.details[column.heading, text] = None
        for column in self.roles.get("detail", ()):
            if text := self._detail(line, column):
                project.details[one_line(column.heading), self._whose(column, line) + text] = None
        if line.no and (line.no != project.no or self.table.number == "ordinal"):
            project.details[self._heading("no"), line.no] = None

    def _detail(self, line: Line, column: Column) -> str:
        text = line.texts.get(column.at, "")
        if not text:
            return self._from_above(line.row, column.at)
        return text if self._is_sound(line.row, column) else ""

    def _from_above(self, row: int, at: int) -> str:
        """A label that is merged over several rows holds for all of them; an amount may be shared, and isn't repeated."""
        area = self.covering.area(row, at) if self.merged else None
        if area is None or not area.top < row or area.left != at or self._broken(area.top, at):
            return ""
        text = self.sheet.text(area.top, at)
        return "" if _AMOUNT.fullmatch(_figures(text)) else text

    def _whose(self, column: Column, line: Line) -> str:
        """「受診率: 」 before a detail of the indicator on its line."""
        names = (one_line(self.covering.text(line.row, c.at)) for c in self.activities if column.of == "activity")
        return next((f"{name}: " for name in names if name), "")

    def _heading(self, role: str) -> str:
        return next((one_line(column.heading) for column in self.columns if column.role == role), role)

    def _is_sound(self, row: int, column: Column) -> bool:
        reason = self._broken(row, column.at)
        if reason:
            self.reader.name_unread(self.sheet, row, column.at, reason)
        return not reason

    def _broken(self, row: int, at: int) -> str:
        note = self.sheet.notes.get((row, at), ()) if self.noted else ()
        if "error" in note:
            return "エラー値"
        return "式に計算された値が保存されていない" if "formula" in note else ""

    def _value(
        self, column: Column, line: Line, project: _Gathered, year: int, kind: str, edition: str
    ) -> _Draft | None:
        text = line.texts.get(column.at, "")
        reason = self._unusable(column, line, year, kind) if text else ""
        if reason:
            self.reader.name_unread(self.sheet, line.row, column.at, reason)
        if not kind or year not in self.reader.years:
            return None
        key = self._key(column, line, kind)
        if not text and (key is None or column.activity):
            return None
        draft = project.rows.setdefault(key or (None, kind, "", ""), _Draft())
        if text:
            place = f"{self.sheet.name} {address(line.row, column.at)}{edition}"
            for covered in self._years(column, line.row, year):
                draft.cells.setdefault(covered, []).append((text, place, reason))
            if not reason and not (key and key[2]) and kind != "grade" and _BARE.fullmatch(_figures(text)):
                self.unitless.setdefault(column.at, []).append(line.row)
        return draft

    def _unusable(self, column: Column, line: Line, year: int, kind: str) -> str:
        if broken := self._broken(line.row, column.at):
            return broken
        if not kind:
            return "何の値か(目標・実績など)が分からない行"
        if not year:
            return "年度の分からない列"
        if year not in self.reader.years:
            return "年度が [years] にない"
        if self.merged and len(self._years(column, line.row, year)) > 1:
            return "いくつもの年度にまたがる結合セル"
        if kind != "grade" and line.texts[column.at].strip() in self.graded.get(column.at, ()):
            return "年度の欄に評価があります"
        return ""

    def _years(self, column: Column, row: int, year: int) -> tuple[int, ...]:
        area = self.covering.area(row, column.at) if self.merged else None
        if area is None or area.right == area.left:
            return (year,)
        years = {c.year or year for c in self.values if area.left <= c.at <= area.right and c.kind == column.kind}
        return tuple(sorted(years | {year}))

    def _graded(self) -> dict[int, frozenset[str]]:
        """By column of years: which grades would be a mistake there (not where most of the column reads so).

        A scale of digits says nothing: 3 in a column of amounts is an amount.
        """
        rows = range(self.part.headings[1] + 1, (self.part.last or max(self.sheet.rows, default=0)) + 1)
        graded = {}
        worded = frozenset(grade for grade in self.table.grades if not grade.isdecimal())
        grades = worded if self.roles.get("grade") else frozenset()
        for column in self.values if grades else ():
            texts = [
                text.strip() for row in self.sheet.rows if row in rows and (text := self.sheet.text(row, column.at))
            ]
            if sum(text in grades for text in texts) * 2 <= len(texts):
                graded[column.at] = grades
        return graded

    def _key(self, column: Column, line: Line, kind: str) -> _Key | None:
        """The row that a value belongs to; None where a blank would make a row of nothing."""
        group = self._label("group", line)
        if column.of or self._spans_lines(column, line):
            return column.activity or None, kind, self._unit(column, line, kind, ""), ""
        block = self.blocks[column.at]
        activity = one_line(self.covering.text(line.row, block)) if block else ""
        counted = activity or line.name
        activity = " ".join(filter(None, (activity, self._kind_name(line, kind))))
        unit = self._unit(column, line, kind, "" if column.activity else counted)
        if column.activity:
            return " ".join(filter(None, (activity, column.activity))), kind, unit, group
        if not activity and block and len(self.activities) > 1 and column.at not in line.texts:
            return None
        return activity or None, kind, unit, group if activity else ""

    def _spans_lines(self, column: Column, line: Line) -> bool:
        if not self.merged or not self.activities:
            return False
        area = self.covering.area(line.row, column.at)
        return area is not None and area.bottom > area.top

    def _unit(self, column: Column, line: Line, kind: str, name: str) -> str:
        if column.unit or kind == "grade":
            return column.unit
        if kind in ("budget", "settlement") and self.own_units:
            return self.part.unit
        units = [c for c in self.roles.get("unit", ()) if c.year in (0, column.year)]
        near = [c for c in units if self.blocks[c.at] == self.blocks[column.at]] or units
        unit = one_line(self.covering.text(line.row, near[0].at)) if near else ""
        unit = "" if plain(unit) in _DASHES else unit
        if kind in ("budget", "settlement"):
            return unit or self.part.unit
        named = in_brackets(name)
        return unit or (named if named in self.table.units else "")

    def _label(self, role: str, line: Line) -> str:
        return "・".join(one_line(self.covering.text(line.row, c.at)) for c in self.roles.get(role, ()))

    def _name_activities(self, line: Line, project: _Gathered) -> None:
        """An indicator whose every value is blank, or is the project's, is a line of the project nonetheless."""
        years = self.part.year or self.roles.get("year")
        if not any(column.kind in ("result", "target") and (column.year or years) for column in self.values):
            return  # its values stand in no column of a year: that they are blank would be untrue
        known = {key[0] for key in project.rows}
        for column in self.activities:
            name = one_line(line.texts.get(column.at, ""))
            if name and name not in known:
                unit = self._unit(replace(column, role="value"), line, "result", name)
                project.rows.setdefault((name, "result", unit, self._label("group", line)), _Draft())

    def _fallback(self, line: Line, project: _Gathered) -> _Draft:
        activity = next((text for c in self.activities if (text := one_line(line.texts.get(c.at, "")))), None)
        if activity is None and project.rows:
            return next(iter(project.rows.values()))
        return project.rows.setdefault((activity, "result", "", ""), _Draft())

    def _period(self, line: Line, project: _Gathered, drafts: list[_Draft]) -> None:
        for column in self.roles.get("period", ()):
            text = self.covering.text(line.row, column.at)
            if not text or not self._is_sound(line.row, column):
                continue
            for draft in drafts:
                if draft.period and draft.period != text:
                    project.details[column.heading, text] = None
                draft.period = draft.period or text

    def _grade(self, line: Line, project: _Gathered, drafts: list[_Draft]) -> None:
        for column in self.roles.get("grade", ()):
            text = line.texts.get(column.at, "").strip()
            if not text or not self._is_sound(line.row, column):
                continue
            results = [draft for key, draft in project.rows.items() if key[1] == "result" and draft in drafts]
            draft = (results or drafts)[0]
            if draft.grade and draft.grade != text:
                self.reader.name_unread(self.sheet, line.row, column.at, f"前の行の評価「{draft.grade}」と違います")
                project.details[one_line(column.heading), text] = None
            draft.grade = draft.grade or text

    def _year(self, line: Line) -> int:
        for column in self.roles.get("year", ()):
            text = self.covering.text(line.row, column.at)
            if not is_blank(text):
                year = year_of(text, self.reader.plan.era)
                if not year:
                    self.reader.name_unread(self.sheet, line.row, column.at, "年度として読めません")
                return year
        return self.part.year

    def _kind(self, line: Line) -> str:
        for column in self.roles.get("kind", ()):
            return self.table.kinds.get(plain(self.covering.text(line.row, column.at)), "")
        return self.halves.get(line.row, "")

    def _kind_name(self, line: Line, kind: str) -> str:
        """確保方策 beside 量の見込み: what a line is called that isn't the only one of its kind."""
        several = list(self.table.kinds.values()).count(kind) > 1
        columns = [column for column in self.roles.get("kind", ()) if several and column.of == "activity"]
        words = [one_line(self.covering.text(line.row, column.at)) for column in columns]
        return next((word for word in words if self.table.kinds.get(plain(word)) == kind), "")

    def _edition(self, line: Line) -> str:
        label = self._label("edition", line)
        return f"・{label}の版" if label else ""

    def _check_total(self, line: Line) -> None:
        for at, said in self.totals.check(line.row, self.sheet):
            self.reader.remark(self.sheet, line.row, at, said)
        for column in self.columns:
            if column.at in line.texts and self._broken(line.row, column.at):
                self.reader.remark(self.sheet, line.row, column.at, self._broken(line.row, column.at))

    def _say_unitless(self) -> None:
        for column, rows in self.unitless.items():
            self.reader.remark(
                self.sheet, rows[0], column, f"単位がどこにも書かれていない数字です(この列に{len(rows)}件)"
            )

    def _say_idle(self) -> None:
        """A column of kinds says nothing where each value column has a kind of its own."""
        idle = self.roles.get("kind", ()) if self.values and all(column.kind for column in self.values) else ()
        for column in idle:
            reason = (
                "種類の列(kind)ですが、値の列がどれも自分の kind を持つため使われません(使うなら値の列の kind を消す)"
            )
            place = address(self.part.headings[1], column.at)
            self.reader.remarks.append(Named(self.sheet.name, place, column.heading, reason))


def _printed(sheet: Sheet, row: int) -> int:
    return sum(not is_blank(text) for text in sheet.rows.get(row, ()))


def _goal(label: str) -> tuple[str, str]:
    found = _GOAL.fullmatch(label)
    return (found[1], found[2]) if found else ("", label)


def _marks(plan: Plan, no: str) -> Iterator[Mark]:
    yield from (marking.mark for marking in plan.markings if no in marking.projects)


def _cell(year: int, values: Sequence[_Value]) -> Cell:
    """One text, or all that differ with their places."""
    if len(values) == 1 and not values[0][2]:
        return Cell(year, values[0][0])
    distinct: list[_Value] = []
    for value in values:
        if not any(_same(value, other) for other in distinct):
            distinct.append(value)
    if not distinct:
        return Cell(year, "")
    if len(distinct) == 1 and not distinct[0][2]:
        return Cell(year, distinct[0][0])
    return Cell(year, "", tuple(f"{text}({place}{reason and f' {reason}'})" for text, place, reason in distinct))


def _same(one: _Value, other: _Value) -> bool:
    if one[2] or other[2]:
        return one == other
    return one[0].strip() == other[0].strip() or (
        _decimal(one[0]) is not None and _decimal(one[0]) == _decimal(other[0])
    )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(_figures(text).replace(",", "").replace("△", "-").replace("▲", "-").replace("−", "-"))
    except InvalidOperation:
        return None


def _figures(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
