"""Projects: what the table prints, one frozen value for each of its parts, texts verbatim."""

from dataclasses import dataclass
from typing import Literal

from kb.cells import is_dash

__all__ = ["DASH", "KINDS", "LABELS", "Cell", "Correction", "Detail", "Mark", "MarkKind", "Project", "Row", "State"]

State = Literal["reported", "blank", "dash", "conflict"]
MarkKind = Literal["disordered", "inferred", "restored", "cut", "variant"]

KINDS = ("result", "target", "budget", "settlement", "grade")
"""What the cells of a row hold: 実績, 目標, 予算, 決算, or the grade of each year."""
LABELS = ("goal", "policy", "subpolicy")
"""What stands over projects, from the upper to the lower: 戦略目標, 施策, and 施策 below it."""
DASH = "-"
"""What a text flattened from a page prints where it says that there is nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One result as printed: 「12,345千円(6事業)」."""

    year: int
    """Western fiscal year: 2013 is 平成25年度."""
    text: str
    """Verbatim; "" is a blank, "-" or 「－」 a dash."""
    conflict: tuple[str, ...] = ()
    """What several places of the source print where they differ, each with its place; none of them is taken."""

    @property
    def state(self) -> State:
        """Whether the table reports something, contradicts itself, is blank or says 「-」."""
        if self.conflict:
            return "conflict"
        if not self.text:
            return "blank"
        return "dash" if is_dash(self.text) else "reported"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of results: the project's own or that of one of its activities."""

    activity: str | None
    """細事業 as printed, None where the row is the project's own."""
    period: str
    """実施年度 as printed (H23～H26, 未実施), "" where the cell is blank."""
    cells: tuple[Cell, ...]
    """One for each year of the plan, in order."""
    grade: str
    """達成度 that stands on this row, "" where none does."""
    kind: str = "result"
    """What its cells hold, one of KINDS."""
    unit: str = ""
    """The unit that a heading or a column of its own states for cells that are bare numbers: 千円."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A further column of a project's line that holds no year: 担当課, 課題, 今後の方向性."""

    heading: str
    """As the column is headed; what it is asked by."""
    text: str
    """As printed."""
    of: str = ""
    """Of which indicator or year of the project it is, as it is said before it: 受診率, 令和4年度; "" where it holds for all."""
    year: int = 0
    """Western fiscal year of which alone it is, 0 where of none."""

    @property
    def told(self) -> str:
        """The text with what it is of: 「令和4年度: 啓発を強化する」."""
        return f"{self.of}: {self.text}" if self.of else self.text


@dataclass(frozen=True, slots=True)
class Correction:
    """A place where the source cannot be taken as it stands, and why."""

    project: str
    """Number of the project."""
    activity: str | None
    """The activity's row that is meant, None for the project's first row."""
    field: str
    """What it is about: name, period, results, goal, policy or subpolicy."""
    reads: str
    """What the source prints: cells side by side divided by tabs, or the label that holds for the row."""
    becomes: str
    """What it is read as, in the same form."""
    reason: str
    """Why, in Japanese; shown beside the answer."""
    mark: MarkKind | None = None
    """The mark that the corrected field carries, if any."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A warning on a field that is shown with it."""

    field: str
    """goal_text, policy, subpolicy, name, grade, period or results."""
    kind: MarkKind
    """disordered 文字順の崩れ, inferred 推定, restored 復元, cut 途切れ, variant 表記の揺れ."""
    reason: str
    """Why, in Japanese."""


@dataclass(frozen=True, slots=True)
class Project:
    """事業: one numbered project of a plan with all its rows."""

    plan: str
    """Id of the plan."""
    no: str
    """Number as printed, or as a reference writes it where it holds what divides references."""
    name: str
    """事業名 as printed, with its (*…)."""
    goal: str
    """Letter of its 戦略目標."""
    goal_text: str
    """The goal's label without the letter, as printed over this project."""
    policy: str
    """施策, the upper label; restored where a correction says so."""
    subpolicy: str
    """施策, the lower label, "" where the table has one level only."""
    description: str
    """内容 as printed."""
    rows: tuple[Row, ...]
    """At least one, in the table's order."""
    corrections: tuple[Correction, ...]
    """Those that were applied to this project."""
    marks: tuple[Mark, ...]
    """What must be said when a field is shown."""
    details: tuple[Detail, ...] = ()
    """What else the table says of it, in the order of its columns."""
    printed: str = ""
    """The number as the table prints it where no reference can hold it (1.2), "" elsewhere."""

    @property
    def number(self) -> str:
        """The number as the table prints it."""
        return self.printed or self.no

    @property
    def grade(self) -> str:
        """The grade of the project: the one that is printed for all its rows, "" where rows have their own."""
        printed = [(row.activity, row.grade) for row in self.rows if row.grade]
        several = len(dict.fromkeys(printed) if self.has_kinds else printed) != 1
        return "" if several else printed[0][1]

    @property
    def has_kinds(self) -> bool:
        """Whether a line of the table is several rows: its results, its targets, its budget …"""
        return len({row.kind for row in self.rows}) > 1

    def grade_of(self, row: Row) -> str:
        """The grade that holds for a row: its own, that of a row of the same line, or the project's."""
        line = (other.grade for other in self.rows if self.has_kinds and other.activity == row.activity)
        return row.grade or next(filter(None, line), "") or self.grade
