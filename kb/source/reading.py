"""Reading: from the published text to projects, by rule.

A lone number anchors a project, the period cell the cells of the years, and the cell after those is the grade.
How far a row was shifted, and how many empty cells end it, means nothing; an empty cell in between is a blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.errors import ReadingError
from kb.source.corrections import correct_cells, correct_label, of_project
from kb.source.layout import Block, Line, is_period, number_at, split_blocks, split_lines
from kb.source.plans import Plan
from kb.source.projects import Cell, Mark, Project, Row
from kb.tables.reading import read_table

__all__ = ["read_projects"]

_GOAL = re.compile(r"\(?([A-Z])\)?\s+(.+)")


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels that hold for a row: they are printed once and filled down."""

    goal: str
    policy: str
    subpolicy: str
    levels: int


@dataclass(frozen=True, slots=True)
class _Fields:
    """One line taken apart."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    period: str
    results: tuple[str, ...]
    grade: str


def read_projects(plan: Plan) -> tuple[Project, ...]:
    """All projects of a plan in the table's order; raises ReadingError naming row and cell."""
    if plan.table:
        return _of_table(plan)
    blocks = split_blocks(split_lines(plan.source, plan.layout), plan.layout)
    _require_known(plan, [block.no for block in blocks])
    projects = tuple(_projects(plan, blocks))
    _require_activities(plan, projects)
    return projects


# Private functions


def _of_table(plan: Plan) -> tuple[Project, ...]:
    projects = read_table(plan).projects
    if not projects:
        raise ReadingError(f"{plan.id}: 事業がひとつもありません")
    _require_known(plan, [project.no for project in projects])
    _require_activities(plan, projects)
    return projects


def _projects(plan: Plan, blocks: tuple[Block, ...]) -> Iterator[Project]:
    labels = _Labels("", "", "", 0)
    for block in blocks:
        corrections = of_project(plan.corrections, block.no)
        lines = correct_cells(block, corrections).lines
        first, *others = [_take_apart(line, plan) for line in lines]
        labels = _follow(labels, first.labels, lines[0])
        own = replace(
            labels,
            goal=correct_label("goal", labels.goal, corrections),
            policy=correct_label("policy", labels.policy, corrections),
            subpolicy=correct_label("subpolicy", labels.subpolicy, corrections),
        )
        letter, goal_text = _goal(own.goal, lines[0])
        yield Project(
            plan=plan.id,
            no=block.no,
            name=first.texts[0],
            goal=letter,
            goal_text=goal_text,
            policy=own.policy,
            subpolicy=own.subpolicy,
            description=first.texts[1],
            rows=(_row(first, first.texts[2:], plan), *(_row(fields, fields.texts, plan) for fields in others)),
            corrections=corrections,
            marks=_marks(plan, block.no),
        )


def _take_apart(line: Line, plan: Plan) -> _Fields:
    anchor = number_at(line, plan.layout)
    begin = 0 if anchor is None else anchor + 1
    at = _period_at(line, begin, plan)
    texts = tuple(filter(None, line.cells[begin:at]))
    expected = (1,) if anchor is None else (2, 3)
    if len(texts) not in expected:
        place = line.address(_last(line, at))
        raise ReadingError(f"{place}: 実施年度の前のセルが{len(texts)}個あります(実施年度がないか、ずれています)")
    period, *rest = line.cells[at:] or ("",)
    results = tuple((*rest, *[""] * len(plan.years))[: len(plan.years)])
    _require_no_grade(line, at, results, plan)
    return _Fields(tuple(filter(None, line.cells[: anchor or 0])), texts, period, results, _grade(line, at, plan))


def _period_at(line: Line, begin: int, plan: Plan) -> int:
    for at in range(begin, len(line.cells)):
        if is_period(line.cells[at], plan.layout):
            return at
    at = begin  # no period is printed: its blank cell comes right after the run of texts
    while at < len(line.cells) and not line.cells[at]:
        at += 1
    while at < len(line.cells) and line.cells[at]:
        at += 1
    return at


def _require_no_grade(line: Line, at: int, results: tuple[str, ...], plan: Plan) -> None:
    for index, text in enumerate(results):
        if text in plan.layout.grades:
            raise ReadingError(f"{line.address(at + 1 + index)}: {plan.keys[index]}年度の欄に達成度があります")


def _grade(line: Line, at: int, plan: Plan) -> str:
    end = at + 1 + len(plan.years)
    rest = line.cells[end:]
    for index, text in enumerate(rest):
        if text and (index or text not in plan.layout.grades):
            raise ReadingError(f"{line.address(end + index)}: どの欄にも入らないセルです")
    return rest[0] if rest else ""


def _follow(above: _Labels, printed: tuple[str, ...], line: Line) -> _Labels:
    labels, rest = above, printed
    if printed and _GOAL.fullmatch(printed[0]):
        same = _goal(printed[0], line)[0] == (above.goal and _goal(above.goal, line)[0])
        rest = printed[1:]
        labels = replace(above, goal=printed[0]) if same else _Labels(printed[0], "", "", len(rest))
    if len(rest) > 2:
        rightmost = len(line.cells) - 1 - line.cells[::-1].index(rest[2])
        raise ReadingError(f"{line.address(rightmost)}: 番号の前のセルが多すぎます")
    if len(rest) == 2:
        return replace(labels, policy=rest[0], subpolicy=rest[1])
    if rest and labels.levels == 2:  # a lone label is of the lower level where the goal began with both
        return replace(labels, subpolicy=rest[0])
    return replace(labels, policy=rest[0]) if rest else labels


def _goal(label: str, line: Line) -> tuple[str, str]:
    found = _GOAL.fullmatch(label)
    if not found:
        raise ReadingError(f"{line.number}行: 戦略目標が「{label}」と読め、記号(A など)がありません")
    return found[1], found[2]


def _row(fields: _Fields, activity: tuple[str, ...], plan: Plan) -> Row:
    cells = tuple(Cell(year, text) for year, text in zip(plan.years, fields.results, strict=True))
    return Row(activity[0] if activity else None, fields.period, cells, fields.grade)


def _marks(plan: Plan, no: str) -> tuple[Mark, ...]:
    corrected = [
        Mark(correction.field, correction.mark, correction.reason)
        for correction in of_project(plan.corrections, no)
        if correction.mark
    ]
    return (*corrected, *(marking.mark for marking in plan.markings if no in marking.projects))


def _last(line: Line, at: int) -> int:
    return max((index for index in range(min(at, len(line.cells))) if line.cells[index]), default=0)


def _require_known(plan: Plan, numbers: list[str]) -> None:
    doubled = sorted({no for no in numbers if numbers.count(no) > 1})
    if doubled:
        raise ReadingError(f"{plan.id}: 同じ番号の事業があります: {', '.join(doubled)}")
    named = [c.project for c in plan.corrections] + [no for marking in plan.markings for no in marking.projects]
    named += [alias.reference for alias in plan.aliases if alias.kind == "project"]
    named += plan.access.projects
    unknown = sorted(set(named) - set(numbers))
    if unknown:
        raise ReadingError(f"{plan.id}: 補正・印・別名・限定にある番号が原文にありません: {', '.join(unknown)}")


def _require_activities(plan: Plan, projects: tuple[Project, ...]) -> None:
    known = {row.activity for project in projects for row in project.rows}
    unknown = [alias.reference for alias in plan.aliases if alias.kind == "activity" and alias.reference not in known]
    if unknown:
        raise ReadingError(f"{plan.id}: 別名にある細事業が原文にありません: {', '.join(dict.fromkeys(unknown))}")
