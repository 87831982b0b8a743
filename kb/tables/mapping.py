"""Mapping: which column of a table is what, as [table] in plan.toml says it and a person corrects it."""

import re
from dataclasses import dataclass, replace

from kb.source.documents import Section
from kb.source.projects import KINDS
from kb.tables.sheets import Sheet, column_number
from kb.terms import FIGURED

__all__ = ["IDENTITIES", "ROLES", "Column", "Part", "Table", "bare_heading", "load_table"]

ROLES = (
    "no",
    "name",
    "activity",
    "group",
    "unit",
    "goal",
    "policy",
    "subpolicy",
    "description",
    "period",
    "year",
    "edition",
    "kind",
    "value",
    "grade",
    "detail",
    "unread",
)
"""What a column can be. kind: its cells say what the line holds (目標, 実績); unread: named, not used."""
IDENTITIES = ("no", "name", "goal", "policy", "subpolicy")


LONGEST_NAME = 8
"""Letters of a heading by which grades are called."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    at: int
    """Which column of the sheet, from 1."""
    heading: str
    """Its heading, from the upper line to the lower: 令和4年度 / 目標."""
    role: str
    """One of ROLES."""
    kind: str = ""
    """What a value column holds, one of KINDS; "" where the line says it."""
    year: int = 0
    """Western fiscal year of a value column; 0 where the line or the sheet says it."""
    unit: str = ""
    """Unit of its bare numbers."""
    activity: str = ""
    """The line's own name for these values, where the heading names one: 来場者数."""
    of: str = ""
    """"project" where its values belong to the project, though the line is that of an activity; "activity" where a
    detail is that of the line's activity, or where the words of a column of kinds name the lines of one kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet, or a stretch of it, that is one table."""

    sheet: str
    """Name of the sheet, "" of any."""
    headings: tuple[int, int]
    """First and last row of its headings."""
    last: int
    """Last row of the table."""
    layout: str
    """Which columns it has: the same word as theirs."""
    year: int = 0
    """The year of all its values, where each sheet is of one year."""
    policy: str = ""
    """The 施策 of all its projects, where each sheet is of one."""
    unit: str = ""
    """What is stated above the table: 千円 for its amounts, 人 for its results and targets."""
    lines: tuple[str, ...] = ()
    """What the lines of a project hold in turn, where the table says so: 上段:目標 下段:実績."""

    def covers(self, sheet: Sheet) -> bool:
        """Whether it is a part of a sheet."""
        return self.sheet in (sheet.name, "")

    def last_row(self, sheet: Sheet) -> int:
        """Its last row in a sheet."""
        return self.last or max(sheet.rows, default=0)


@dataclass(frozen=True, slots=True)
class Table:
    """The whole mapping."""

    cells: str
    """Name of the cells file."""
    number: str
    """printed, or ordinal where the table has no number that stays with a project."""
    identity: tuple[str, ...]
    """What makes two lines of one project: some of IDENTITIES."""
    grades: tuple[str, ...]
    """The grades that exist, best first."""
    totals: tuple[str, ...]
    """What stands where a line only adds up others: 合計."""
    notes: tuple[str, ...]
    """How a lone text begins that is a note beside the table: ※."""
    kinds: dict[str, str]
    """What the cells of a kind column stand for: 目標 → target."""
    parts: tuple[Part, ...]
    """In the order in which they are read."""
    columns: dict[str, tuple[Column, ...]]
    """Columns by layout."""
    units: tuple[str, ...] = ()
    """What stands in brackets behind the names of indicators for the unit of their bare numbers: 件 of 相談件数(件)."""
    grade_name: str = ""
    """What the grades are called, "" where their heading says it."""
    ordered: bool = False
    """Whether that the grades stand best first is sure."""

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns of all layouts."""
        return tuple(column for group in self.columns.values() for column in group)

    @property
    def grade_heading(self) -> str:
        """What the column of grades is headed by: 評価 of 「令和4年度 / 評価 / A～C」; "" where that is no short word."""
        columns = sorted(self.all_columns, key=lambda column: column.role != "grade")
        graded = (column.heading for column in columns if column.role == "grade" or column.kind == "grade")
        headings = (bare_heading(_SCALED.sub("", heading)) for heading in graded)
        return next((text for text in headings if 1 < len(text) <= LONGEST_NAME and _NAME.fullmatch(text)), "")


def load_table(section: Section, cells: str) -> Table:
    """The mapping of plan.toml; mistakes go to the document's list."""
    columns: dict[str, list[Column]] = {}
    for entry in section.sections("columns"):
        columns.setdefault(entry.text("layout", optional=True), []).append(_column(entry))
    parts = tuple(map(_part, section.sections("sheets")))
    table = Table(
        cells=cells,
        number=section.one_of("number", ("printed", "ordinal")),
        identity=section.texts("identity"),
        grades=section.texts("grades", optional=True),
        units=section.texts("units", optional=True),
        grade_name=section.text("grade_name", optional=True),
        ordered=section.flag("ordered"),
        totals=section.texts("totals", optional=True),
        notes=section.texts("notes", optional=True),
        kinds=_kinds(section.section("kinds", optional=True)),
        parts=parts,
        columns={
            layout: tuple(sorted(_of_lines(group), key=lambda column: column.at)) for layout, group in columns.items()
        },
    )
    _require_sound(section, table)
    section.close()
    return table


def _of_lines(columns: list[Column]) -> list[Column]:
    """The 排出量 of 「R12目標 / 排出量」 is that of the line 排出量, which other columns name."""
    named = {bare_heading(column.activity): column.activity for column in columns if column.activity}
    return [
        replace(column, activity=named.get(bare_heading(column.heading), "")) if _is_nameless(column) else column
        for column in columns
    ]


def _is_nameless(column: Column) -> bool:
    return column.role == "value" and column.kind in FIGURED and not column.activity and not column.of


def bare_heading(heading: str) -> str:
    """The lowest part of a heading that is more than a year, without its brackets and its year."""
    parts = (_YEAR.sub("", _BRACKETED.sub("", part)) for part in reversed(heading.split(" / ")))
    return next((part for part in parts if part), "")


# Private functions

_BRACKETED = re.compile(r"[(（].*?[)）]|\s")
_SCALED = re.compile(r" / [A-ESＡ-ＥＳ◎○〇△×][A-ESＡ-ＥＳ◎○〇△×～~・、,-]*$")
"""A line of a heading that says which grades there are: A～E."""
_NAME = re.compile(r"(?:[1-9１-９]次)?[^\W\d_]+")
"""達成度, 1次評価."""
_DATED = r"(?:平成|令和|[HRhr])[0-9０-９元]{1,2}年?度?|[0-9０-９]{4}年?度?"
_YEAR = re.compile(rf"^(?:{_DATED}|[0-9０-９元]{{1,2}}(?:年度|年))の?|(?:{_DATED})$")  # no 1次評価
"""令和4年度の実績, 基準値 令和2年度."""


def _column(entry: Section) -> Column:
    letters = entry.text("at")
    if letters and not (letters.isascii() and letters.isalpha() and letters.isupper()):
        entry.complain("at", "列の文字(C など)が必要です")
        letters = ""
    role = entry.one_of("role", ROLES)
    column = Column(
        at=column_number(letters),
        heading=entry.text("heading", optional=True),
        role=role,
        kind=entry.one_of("kind", KINDS, optional=True),
        year=_number(entry, "year"),
        unit=entry.text("unit", optional=True),
        activity=entry.text("activity", optional=True),
        of=entry.one_of("of", ("project", "activity"), optional=True),
    )
    entry.close()
    return column


def _part(entry: Section) -> Part:
    rows = entry.data.get("headings")
    entry.known.add("headings")
    if not (isinstance(rows, list) and len(rows) == 2 and all(isinstance(row, int) for row in rows)):
        entry.complain("headings", "見出しのはじめと終わりの行 [3, 4] が必要です")
        rows = [1, 1]
    part = Part(
        sheet=entry.text("name", optional=True),
        headings=(rows[0], rows[1]),
        last=_number(entry, "last"),
        layout=entry.text("layout", optional=True),
        year=_number(entry, "year"),
        policy=entry.text("policy", optional=True),
        unit=entry.text("unit", optional=True),
        lines=entry.texts("lines", optional=True),
    )
    if set(part.lines) - set(KINDS):
        entry.complain("lines", f"{'・'.join(KINDS)} を上の行から並べてください")
    entry.close()
    return part


def _kinds(section: Section) -> dict[str, str]:
    return {key: section.one_of(key, KINDS) for key in section.data}


def _number(entry: Section, key: str) -> int:
    value = entry.data.get(key, 0)
    entry.known.add(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        entry.complain(key, "数字が必要です")
        return 0
    return value


def _require_sound(section: Section, table: Table) -> None:
    for name in table.identity:
        if name not in IDENTITIES:
            section.complain("identity", f"{'・'.join(IDENTITIES)} から選んでください")
    for part in table.parts:
        columns = table.columns.get(part.layout, ())
        if not any(column.role == "name" for column in columns):
            section.complain("columns", f'シート「{part.sheet}」に事業名の列(role = "name")がありません')
    for layout, columns in table.columns.items():
        places = [column.at for column in columns]
        for place in {place for place in places if places.count(place) > 1}:
            section.complain("columns", f"{layout}: 同じ列が二度あります(at {place})")
