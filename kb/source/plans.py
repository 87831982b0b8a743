"""Plans: plan.toml and aliases.toml of a folder, checked whole before anything is read from the table."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kb.errors import PlanError
from kb.source.aliases import Alias, load_aliases
from kb.source.documents import Section, read_document
from kb.source.plan_sections import (
    EVERYBODY,
    Access,
    Continuation,
    Layout,
    Marking,
    read_access,
    read_continuation,
    read_correction,
    read_layout,
    read_marking,
)
from kb.source.projects import Correction
from kb.tables.mapping import Column, Table, load_table
from nlp.years.fiscal import ERAS

__all__ = ["Plan", "load_plan", "load_plans"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan whose table is answered from: what plan.toml says about it."""

    folder: Path
    """Where plan.toml and the source lie."""
    id: str
    """Name in ids and links: midori-sangyo."""
    title: str
    """As printed."""
    scope: str
    """What the title adds, as printed; may be empty."""
    publisher: str
    """Who published it."""
    contact: str
    """Whom to ask about what the table doesn't say."""
    era: str
    """The era in which its years are printed: 平成."""
    years: tuple[int, ...]
    """Western fiscal years of the result columns, in order."""
    keys: tuple[str, ...]
    """How the table writes each of them: 23."""
    file: str
    """Name of the source file in the folder."""
    row: str
    """How replies and sources show a project's number: No.{no}."""
    address: str
    """Where it was published, "" while unknown."""
    as_of: str
    """The date that its figures stand for, "" while unknown."""
    retrieved: str
    """When it was fetched, "" while unknown."""
    layout: Layout
    """What in the source is no project; of a table only its grades."""
    corrections: tuple[Correction, ...]
    """Places that cannot be taken as they stand."""
    markings: tuple[Marking, ...]
    """Warnings that go with fields."""
    aliases: tuple[Alias, ...]
    """Other names, from aliases.toml."""
    inventory: str = "inventory.toml"
    """Name of the inventory in the folder."""
    table: Table | None = None
    """Which column is what, where the source is a workbook or a CSV file."""
    names: tuple[str, ...] = ()
    """What people call the plan beside its title, the first one in replies."""
    continues: tuple[Continuation, ...] = ()
    """Its projects that go on what an earlier plan began."""
    access: Access = EVERYBODY
    """Through which doors it is given."""
    partial: bool = False
    """Whether these are some of its projects only, for a door that isn't given the others."""

    @property
    def source(self) -> str:
        """The source as published, of a text flattened from a page."""
        return (self.folder / self.file).read_bytes().decode("utf-8-sig")

    @property
    def sha256(self) -> str:
        """What the source hashes to: its characters, or of a workbook its bytes; "" of a part of it.

        With the hash of the whole a guess at what isn't shown could be proven.
        """
        if self.partial:
            return ""
        content = (self.folder / self.file).read_bytes() if self.table else self.source.encode()
        return hashlib.sha256(content).hexdigest()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table; none of a text flattened from a page."""
        return self.table.all_columns if self.table else ()

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that it uses, in order."""
        return self.layout.grades

    @property
    def ordered(self) -> bool:
        """Whether they are known to stand best first."""
        return self.layout.ordered

    @property
    def grade_name(self) -> str:
        """What it calls them."""
        return (self.table.grade_name or self.table.grade_heading if self.table else "") or self.layout.grade_name

    def key(self, year: int) -> str:
        """How the table writes a year that it has: 2013 → 25."""
        return self.keys[self.years.index(year)]


def load_plan(folder: Path) -> Plan:
    """Load the plan of a folder; raises PlanError with every mistake of its files."""
    document = read_document(folder / "plan.toml")
    problems = document.problems
    aliases = load_aliases(folder / "aliases.toml", problems)
    plan = _plan(folder, document, aliases)
    document.close()
    if plan.file:
        _require_readable(plan, document)
    if problems:
        raise PlanError("\n".join(problems))
    return plan


def load_plans(home: Path) -> tuple[Plan, ...]:
    """Load every plan below data/plans, by folder name; mistakes of all plans together."""
    folders = sorted(path.parent for path in home.glob("*/plan.toml"))
    if not folders:
        raise PlanError(f"{home}: 計画がありません(<計画>/plan.toml を置いてください)")
    plans, problems = [], []
    for folder in folders:
        try:
            plans.append(load_plan(folder))
        except PlanError as error:
            problems.append(str(error))
    counts = Counter(plan.id for plan in plans)
    problems += [f"{home.name}: 同じ id「{name}」の計画が{n}つあります" for name, n in counts.items() if n > 1]
    if problems:
        raise PlanError("\n".join(problems))
    return tuple(plans)


# Private functions


def _plan(folder: Path, top: Section, aliases: tuple[Alias, ...]) -> Plan:
    source = top.section("source")
    years = _years(top.section("years"))
    table = load_table(top.section("table"), source.text("cells")) if "table" in top.data else None
    plan = Plan(
        folder=folder,
        id=_id(top),
        title=top.text("title"),
        scope=top.text("scope", optional=True),
        publisher=top.text("publisher", optional=table is not None),
        contact=top.text("contact", optional=table is not None),
        era=top.one_of("era", tuple(ERAS)),
        years=tuple(years.values()),
        keys=tuple(years),
        file=source.text("file"),
        row=_row(source),
        address=source.text("address", optional=True),
        as_of=source.text("as_of", optional=True),
        retrieved=source.text("retrieved", optional=True),
        layout=Layout((), (), (), table.grades, ordered=table.ordered) if table else read_layout(top.section("layout")),
        corrections=tuple(map(read_correction, top.sections("corrections"))),
        markings=tuple(map(read_marking, top.sections("marks"))),
        aliases=aliases,
        inventory=source.text("inventory", optional=True) or "inventory.toml",
        table=table,
        names=top.texts("names", optional=True),
        continues=tuple(map(read_continuation, top.sections("continues"))),
        access=read_access(top.section("access", optional=True)),
    )
    source.close()
    if table and plan.corrections:
        top.complain("corrections", "[table] の計画では、補正のかわりに列の役割を直してください")
    return plan


def _require_readable(plan: Plan, document: Section) -> None:
    try:
        _ = plan.sha256
    except UnicodeDecodeError:
        document.complain("source.file", f"{plan.file} が UTF-8 の文字ではありません")
    except OSError:
        document.complain("source.file", f"{plan.file} がありません")
    if plan.table and not (plan.folder / plan.table.cells).is_file():
        document.complain("source.cells", f"{plan.table.cells} がありません")


def _id(top: Section) -> str:
    value = top.text("id")
    if value and not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", value):
        top.complain("id", "英小文字・数字・ハイフンで32字までにしてください")
    return value


def _row(source: Section) -> str:
    value = source.text("row")
    if value and value.count("{no}") != 1:
        source.complain("row", "{no} をひとつ入れてください")
    return value


def _years(section: Section) -> dict[str, int]:
    years: dict[str, int] = {}
    for key, value in section.data.items():
        if isinstance(value, int) and not isinstance(value, bool) and 1868 < value < 2200:
            years[key] = value
        else:
            section.complain(key, "西暦の年度(2011 など)が必要です")
    values = list(years.values())
    if not section.data:
        section.problems.append(f"{section.file}: {section.key}: 年度がひとつもありません")
    elif any(later <= earlier for earlier, later in pairwise(values)):
        section.problems.append(f"{section.file}: {section.key}: 年度は古い順に書いてください")
    return years
