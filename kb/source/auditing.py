"""Auditing: walks a source independently of the reader and accounts for every cell of it.

Nothing of the reader is used here: an error that both shared would be found by neither. The source is held against the
inventory (was a cell changed, lost, doubled?), and every line against the projects (is each cell used exactly once, in
its year's place, or named as layout?).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from kb.errors import PlanError
from kb.source.inventory import Inventory, differences, load_inventory
from kb.source.plans import Plan
from kb.source.projects import LABELS, Correction, Project, Row
from kb.tables.auditing import account

__all__ = ["Finding", "check"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that doesn't add up."""

    plan: str
    """Id of the plan."""
    address: str
    """Where: 23行12列 in the source, or the project's number."""
    message: str
    """What is wrong, in Japanese."""

    def __str__(self) -> str:
        """One line for the terminal."""
        return f"{self.plan} {self.address}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of the source with its column; cells that a correction puts in have none."""

    text: str
    column: int


@dataclass(slots=True)
class _Printed:
    """The labels that were printed last."""

    goal: str = ""
    upper: str = ""
    lower: str = ""


_Line = tuple[int, tuple[_Place, ...]]
_Problem = tuple[str, str]


def check(plan: Plan, projects: Sequence[Project] | None) -> tuple[Finding, ...]:
    """Everything that doesn't add up in a plan; without projects (the reader stopped) the inventory alone is held."""
    if plan.table:
        found = account(plan, projects).problems if projects is not None else []
        return tuple(Finding(plan.id, address, message) for address, message in found)
    problems = list(_inventory(plan, projects))
    if projects is not None:
        problems += _accounting(plan, projects)
    return tuple(Finding(plan.id, address, message) for address, message in problems)


# Private functions


def _inventory(plan: Plan, projects: Sequence[Project] | None) -> Iterator[_Problem]:
    try:
        inventory = load_inventory(plan)
    except PlanError as error:
        yield "控え", str(error)
        return
    for line, column, message in differences(plan.source, inventory):
        yield f"{line}行{column}列", message
    if projects is not None:
        yield from _counts(inventory, projects)


def _counts(inventory: Inventory, projects: Sequence[Project]) -> Iterator[_Problem]:
    counted = {"事業": len(projects), "行": sum(len(project.rows) for project in projects)}
    for what, known in (("事業", inventory.projects), ("行", inventory.rows)):
        if counted[what] != known:
            yield "控え", f"{what}の数が{known}のはずですが{counted[what]}です"


def _accounting(plan: Plan, projects: Sequence[Project]) -> Iterator[_Problem]:
    before, blocks = _blocks(plan, projects)
    for number, places in before:
        for place in places:
            yield _at(number, place), "どの事業にも見出しにも使われていません"
    printed = _Printed()
    for project in projects:
        lines = blocks.get(project.no, [])
        yield from _corrections(plan, project, lines)
        if lines:
            yield from _labels(plan, project, lines[0], printed)
        for at, (row, line) in enumerate(zip_longest(project.rows, lines)):
            yield from _row(project if at == 0 else None, project.no, row, line)


def _blocks(plan: Plan, projects: Sequence[Project]) -> tuple[list[_Line], dict[str, list[_Line]]]:
    waiting = [project.no for project in projects]
    before: list[_Line] = []
    blocks: dict[str, list[_Line]] = {}
    current = before
    for line in _lines(plan):
        numbers = [place.text for place in line[1] if re.fullmatch(r"\d{1,3}", place.text)]
        if numbers and waiting and numbers[0] == waiting[0]:
            current = blocks.setdefault(waiting.pop(0), [])
        current.append(line)
    return before, blocks


def _lines(plan: Plan) -> Iterator[_Line]:
    layout = {*plan.layout.title, *plan.layout.header}
    for number, text in enumerate(plan.source.split("\n"), 1):
        cells = text.split("\t")
        while cells and not cells[-1]:
            cells.pop()
        if cells and not layout.issuperset(filter(None, cells)):
            yield number, tuple(_Place(cell, column) for column, cell in enumerate(cells, 1))


def _corrections(plan: Plan, project: Project, lines: list[_Line]) -> Iterator[_Problem]:
    for correction in plan.corrections:
        if correction.project == project.no and correction.field not in LABELS:
            met = [(at, start) for at, line in enumerate(lines) for start in _meets(line, correction)]
            if len(met) != 1:
                reads = correction.reads.replace("\t", " | ")
                yield f"No.{project.no}", f"補正の前提「{reads}」に合う所が{len(met)}か所です"
            for at, start in met[:1]:
                lines[at] = _corrected(lines[at], start, correction)


def _meets(line: _Line, correction: Correction) -> list[int]:
    texts = [place.text for place in line[1]]
    wanted = correction.reads.split("\t")
    if correction.activity and correction.activity not in texts:
        return []
    return [at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted]


def _corrected(line: _Line, start: int, correction: Correction) -> _Line:
    number, places = line
    end = start + len(correction.reads.split("\t"))
    columns = {place.text: place.column for place in places[start:end]}
    inserted = tuple(_Place(text, columns.get(text, 0)) for text in correction.becomes.split("\t"))
    return number, (*places[:start], *inserted, *places[end:])


def _labels(plan: Plan, project: Project, line: _Line, printed: _Printed) -> Iterator[_Problem]:
    where = f"{line[0]}行 No.{project.no}"
    goal, policy, subpolicy = _uncorrected(plan, project)
    labels = [place.text for place in _before_number(project, line[1])]
    full = [policy, subpolicy] if subpolicy else [policy]
    begins = goal[:1] != printed.goal[:1]
    if labels and re.match(r"\(?[A-Z]\)? ", labels[0]):
        printed.goal = _bare(labels.pop(0))
    if goal != printed.goal:
        yield where, f"戦略目標「{goal}」が印刷の「{printed.goal}」と違います"
    printed.lower = labels[-1] if labels else printed.lower
    if full[-1] != printed.lower or labels not in ([full] if begins else [[], full[-1:], full]):
        shown = " / ".join(labels) or printed.lower
        yield where, f"施策「{' / '.join(full)}」が印刷の「{shown}」と違います"
    if not begins and labels != full and policy != printed.upper:
        yield where, f"施策「{policy}」が上の行の「{printed.upper}」と違います"
    printed.upper = policy


def _uncorrected(plan: Plan, project: Project) -> tuple[str, str, str]:
    """The labels as the source must print them: those of the project with its corrections taken back."""
    goal = f"{project.goal} {project.goal_text}"
    values = {"goal": goal, "policy": project.policy, "subpolicy": project.subpolicy}
    for correction in plan.corrections:
        field = correction.field
        if correction.project == project.no and field in LABELS:
            as_said = values[field] == _bare(correction.becomes)
            values[field] = _bare(correction.reads) if as_said else f"{values[field]}(補正と違う)"
    return values["goal"], values["policy"], values["subpolicy"]


def _bare(label: str) -> str:
    return re.sub(r"^\(([A-Z])\) ", r"\1 ", label)


def _before_number(project: Project, places: tuple[_Place, ...]) -> list[_Place]:
    texts = [place.text for place in places]
    return [place for place in places[: texts.index(project.no)] if place.text] if project.no in texts else []


def _row(begins: Project | None, no: str, row: Row | None, line: _Line | None) -> Iterator[_Problem]:
    if line is None:
        yield f"No.{no}", f"{(row and row.activity) or '事業'}の行が原文にありません"
        return
    number, places = line
    labels = _before_number(begins, places) if begins else []
    cells = places[places.index(labels[-1]) + 1 :] if labels else places
    tail = _tail(row) if row else []
    cut = max(len(cells) - len(tail), 0)
    found = [*(place for place in cells[:cut] if place.text), *cells[cut:]]
    yield from _compare(no, number, found, [*_head(begins, row), *tail])


def _head(begins: Project | None, row: Row | None) -> list[str]:
    own = [begins.no, begins.name, begins.description] if begins else []
    return [*own, row.activity] if row and row.activity else own


def _tail(row: Row) -> list[str]:
    tail = [row.period, *(cell.text for cell in row.cells), row.grade]
    while tail and not tail[-1]:
        tail.pop()
    return tail


def _compare(no: str, number: int, found: list[_Place], expected: list[str]) -> Iterator[_Problem]:
    texts = [place.text for place in found]
    if texts == expected:
        return
    for tag, from_, to, expected_from, expected_to in SequenceMatcher(None, texts, expected, False).get_opcodes():
        if tag != "equal":
            for place in found[from_:to]:
                yield _at(number, place), "使われていないか、別の年度の所で使われています"
            for text in expected[expected_from:expected_to]:
                yield f"{number}行 No.{no}", f"「{text}」は原文のここにありません"


def _at(number: int, place: _Place) -> str:
    return f"{number}行{place.column}列「{place.text}」"
