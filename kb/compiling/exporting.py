"""Exporting: the whole table as JSON, CSV or an Excel workbook, corrections applied, texts verbatim."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kb.source.plans import Plan
from kb.source.projects import Correction, Project, Row
from kb.spreadsheets import inert
from kb.tables.mapping import bare_heading
from kb.terms import ATTRIBUTES
from nlp.years.fiscal import era_year

__all__ = ["to_csv", "to_json", "to_xlsx"]

_COLUMNS = ("資料", "番号", "戦略目標", "戦略目標名", "施策", "施策(下段)", "事業名", "内容", "細事業", "実施年度")
_CORRECTIONS = ("資料", "番号", "細事業", "項目", "原文", "補正", "理由")


def to_json(plans: Sequence[Plan], projects: Sequence[Project]) -> str:
    """A list of projects in the table's order; the keys of the years are those of plan.toml.

    Its number as printed where `no` is another, details of a project, kind (where no result), unit and conflicts of a row are there where the table has them.
    """
    by_id = {plan.id: plan for plan in plans}
    documents = [_document(by_id[project.plan], project) for project in projects]
    return json.dumps(documents, ensure_ascii=False, indent=1) + "\n"


def to_csv(plans: Sequence[Plan], projects: Sequence[Project]) -> str:
    """A line a row, with a BOM so that Excel opens it as UTF-8.

    A cell that a spreadsheet would take for a formula (= + - @ first) gets a leading '; a lone 「-」 is none and stays.
    """
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerows([inert(text) for text in line] for line in _table(plans, projects))
    return "\ufeff" + output.getvalue()


def to_xlsx(plans: Sequence[Plan], projects: Sequence[Project], path: Path) -> None:
    """A workbook of two sheets, 事業 and 補正; every cell is typed as text, so none is ever a formula."""
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has no sheet")
    sheet.title = "事業"
    _fill(sheet, _table(plans, projects))
    _fill(workbook.create_sheet("補正"), _corrections(projects))
    workbook.save(path)


# Private functions


def _document(plan: Plan, project: Project) -> dict[str, object]:
    details = [{"heading": detail.heading, "text": detail.told} for detail in project.details]
    return {
        "plan": project.plan,
        "no": project.no,
        "goal": project.goal,
        "goal_text": project.goal_text,
        "policy": project.policy,
        "subpolicy": project.subpolicy,
        "name": project.name,
        "description": project.description,
        "rows": [_row(plan, row) for row in project.rows],
        "corrections": [_correction(correction) for correction in project.corrections],
        "marks": [{"field": mark.field, "kind": mark.kind, "reason": mark.reason} for mark in project.marks],
        **({"printed": project.printed} if project.printed else {}),
        **({"details": details} if details else {}),
    }


def _row(plan: Plan, row: Row) -> dict[str, object]:
    results = {plan.key(cell.year): cell.text for cell in row.cells}
    conflicts = {plan.key(cell.year): list(cell.conflict) for cell in row.cells if cell.conflict}
    further = {"kind": "" if row.kind == "result" else row.kind, "unit": row.unit, "conflicts": conflicts}
    needed = {key: value for key, value in further.items() if value}
    return {"activity": row.activity, "period": row.period, "results": results, "grade": row.grade, **needed}


def _correction(correction: Correction) -> dict[str, str | None]:
    return {
        "activity": correction.activity,
        "field": correction.field,
        "reads": correction.reads.replace("\t", " | "),
        "becomes": correction.becomes.replace("\t", " | "),
        "reason": correction.reason,
    }


def _table(plans: Sequence[Plan], projects: Sequence[Project]) -> Iterator[list[str]]:
    labels = {year: era_year(year, plan.era) for plan in plans for year in plan.years}
    years = sorted(labels)
    further = _further(projects)
    yield [*_headings(plans), *(labels[year] for year in years), _named(plans, "grade", "達成度"), *further]
    for project in projects:
        for row in project.rows:
            texts = {cell.year: cell.text for cell in row.cells}
            told = [*_labels(project), row.activity or "", row.period, *(texts.get(y, "") for y in years), row.grade]
            yield [*told, *_told_further(project, row, labels, further)]


def _further(projects: Sequence[Project]) -> tuple[str, ...]:
    """Columns that only some tables need, after those that every export has."""
    rows = [row for project in projects for row in project.rows]
    headings = dict.fromkeys(detail.heading for project in projects for detail in project.details)
    needed = {
        "種別": any(row.kind != "result" for row in rows),
        "単位": any(row.unit for row in rows),
        "食い違い": any(cell.conflict for row in rows for cell in row.cells),
    }
    return (*(heading for heading, is_needed in needed.items() if is_needed), *headings)


def _told_further(project: Project, row: Row, labels: Mapping[int, str], further: Sequence[str]) -> list[str]:
    details = {heading: "\n".join(_told(project, row, heading)) for heading in further}
    conflicts = [f"{labels[cell.year]}: {' / '.join(cell.conflict)}" for cell in row.cells if cell.conflict]
    known = {**details, "種別": ATTRIBUTES[row.kind], "単位": row.unit, "食い違い": "\n".join(conflicts)}
    return [known.get(heading, "") for heading in further]


def _told(project: Project, row: Row, heading: str) -> Iterator[str]:
    """What a further column says of a row: of its project, its years, its own indicator; no indicator of another row."""
    others = {other.activity for other in project.rows} - {row.activity}
    for detail in project.details:
        if detail.heading == heading and detail.of.partition("・")[0] not in others:
            yield detail.text if detail.of == row.activity else detail.told


def _headings(plans: Sequence[Plan]) -> Iterator[str]:
    """The first columns, labels under the names that the table gives them."""
    goal = _named(plans, "goal", "戦略目標")
    own = {"戦略目標": goal, "戦略目標名": f"{goal}名", "施策": _named(plans, "policy", "施策")}
    yield from (own.get(heading, heading) for heading in _COLUMNS)


def _named(plans: Sequence[Plan], role: str, otherwise: str) -> str:
    """What the plans call a column, where they call it one thing."""
    names = {plan.grade_name if role == "grade" else _heading(plan, role) for plan in plans}
    return (names.pop() if len(names) == 1 else "") or otherwise


def _heading(plan: Plan, role: str) -> str:
    return next((bare_heading(column.heading) for column in plan.columns if column.role == role), "")


def _labels(project: Project) -> list[str]:
    where = [project.plan, project.number, project.goal, project.goal_text, project.policy, project.subpolicy]
    return [*where, project.name, project.description]


def _corrections(projects: Sequence[Project]) -> Iterator[list[str]]:
    yield list(_CORRECTIONS)
    for project in projects:
        for correction in project.corrections:
            fields = _correction(correction)
            yield [project.plan, project.number, *(fields[key] or "" for key in fields)]


def _fill(sheet: Worksheet, lines: Iterator[list[str]]) -> None:
    for line_number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(line_number, column, text or None)
            if text:
                cell.data_type = "s"  # openpyxl would make a formula of 「=…」
                cell.number_format = "@"
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    sheet.freeze_panes = "A2"
