"""Contents: plans and projects as the records of the knowledge base's tables, in one order on every machine."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal

from kb.cells import read_cell_figures
from kb.compiling.callings import callings
from kb.compiling.columns import members, read_columns, read_groups, years_of
from kb.source.plans import Plan
from kb.source.projects import LABELS, Project, Row
from nlp.writing.text import to_key

__all__ = ["Contents", "Record", "tabulate", "to_json"]

Record = dict[str, str | int | None]
Contents = dict[str, list[Record]]
"""Records by table; what the revision is the hash of."""


def tabulate(plans: Sequence[Plan], projects: Sequence[Project], artifacts: Mapping[str, str]) -> Contents:
    """Every record of every table but meta."""
    keyed = list(enumerate(projects, 1))
    called = callings(plans)
    rows = [(number, row) for number, project in keyed for row in project.rows]
    by_id = {plan.id: plan for plan in plans}
    lines = ((by_id[project.plan], row) for _, project in keyed for row in project.rows)
    told = {key: years_of(plan, row) for key, (plan, row) in enumerate(lines, 1)}
    return {
        "plan": [
            {"id": plan.id, "position": position, "document": to_json(_document(plan, projects, called[plan.id]))}
            for position, plan in enumerate(plans, 1)
        ],
        "project": list(_projects(keyed, {plan.id: plan.row for plan in plans})),
        "row": list(_rows(keyed)),
        "cell": [
            {
                "row": key,
                "year": cell.year,
                "text": cell.text,
                "state": "outside" if cell.state == "blank" and cell.year not in told[key] else cell.state,
                "conflict": to_json(cell.conflict),
            }
            for key, (_, row) in enumerate(rows, 1)
            for cell in row.cells
        ],
        "figure": [record for key, (_, row) in enumerate(rows, 1) for record in _figures(key, row)],
        "label": [record for plan in plans for record in _labels(plan, projects)],
        "mark": [
            {"project": key, "position": position, **asdict(mark)}
            for key, project in keyed
            for position, mark in enumerate(project.marks, 1)
        ],
        "correction": list(_corrections(keyed)),
        "detail": list(_details(keyed)),
        "alias": [
            {"plan": plan.id, "position": position, **asdict(alias)}
            for plan in plans
            for position, alias in enumerate(plan.aliases, 1)
        ],
        "artifact": [{"name": name, "content": artifacts[name]} for name in sorted(artifacts)],
    }


def to_json(value: object) -> str:
    """JSON that is the same on every machine."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# Private functions


def _document(plan: Plan, projects: Sequence[Project], names: Sequence[str]) -> dict[str, object]:
    columns = read_columns(plan, projects)
    return {
        "title": plan.title,
        "scope": plan.scope,
        "publisher": plan.publisher,
        "contact": plan.contact,
        "era": plan.era,
        "years": plan.years,
        "keys": plan.keys,
        "address": plan.address,
        "as_of": plan.as_of,
        "retrieved": plan.retrieved,
        "grades": columns.grades,
        "ordered": columns.ordered,
        "grade_name": plan.grade_name,
        "kinds": columns.kinds,
        "attributes": columns.attributes,
        "details": columns.details,
        "bases": columns.bases,
        "groups": list(read_groups(project for project in projects if project.plan == plan.id).items()),
        "names": names,
        "continues": [(continuation.project, continuation.before) for continuation in plan.continues],
        "sha256": plan.sha256,
    }


def _projects(keyed: list[tuple[int, Project]], rows: Mapping[str, str]) -> Iterator[Record]:
    for key, project in keyed:
        yield {
            "id": key,
            "plan": project.plan,
            "no": project.no,
            "position": key,
            "name": project.name,
            "goal": project.goal,
            "goal_text": project.goal_text,
            "policy": project.policy,
            "subpolicy": project.subpolicy,
            "description": project.description,
            "grade": project.grade,
            "address": rows[project.plan].format(no=project.number),
            "haystack": _haystack(project),
        }


def _haystack(project: Project) -> str:
    texts = [project.name, project.description]
    for row in project.rows:
        texts += [row.activity or "", row.period, *(cell.text for cell in row.cells)]
    texts += [detail.text for detail in project.details]
    return "\n".join(dict.fromkeys(to_key(text) for text in texts if text))


def _rows(keyed: list[tuple[int, Project]]) -> Iterator[Record]:
    number = 0
    for key, project in keyed:
        for position, row in enumerate(project.rows, 1):
            number += 1
            yield {
                "id": number,
                "project": key,
                "position": position,
                "activity": row.activity,
                "period": row.period,
                "grade": row.grade or (project.grade_of(row) if project.has_kinds and not project.grade else ""),
                "kind": row.kind,
                "unit": row.unit,
            }


def _figures(key: int, row: Row) -> Iterator[Record]:
    for cell in row.cells if row.kind != "grade" else ():
        for position, figure in enumerate(read_cell_figures(cell.text, row.unit), 1):
            yield {
                "row": key,
                "year": cell.year,
                "position": position,
                "value": format(Decimal(figure.value), "f"),
                "unit": figure.unit,
                "text": figure.text,
                "start": figure.start,
                "stop": figure.end,
                "label": figure.label,
                "qualifier": figure.qualifier,
            }


def _labels(plan: Plan, projects: Sequence[Project]) -> Iterator[Record]:
    holders: dict[tuple[str, str, str], list[Project]] = {}
    for project in projects:
        if project.plan == plan.id:
            texts = (project.goal_text, project.policy, project.subpolicy)
            for level, text in zip(LABELS, texts, strict=True):
                if text:
                    holders.setdefault((level, project.goal, text), []).append(project)
    for position, ((level, goal, text), holding) in enumerate(holders.items(), 1):
        yield {
            "plan": plan.id,
            "position": position,
            "level": level,
            "goal": goal,
            "text": text,
            "printed": _printed(level, text, holding),
            "marks": to_json(_marks("goal_text" if level == "goal" else level, holding)),
        }


def _printed(level: str, text: str, holding: list[Project]) -> str:
    for project in holding:
        for correction in project.corrections:
            if correction.field == level and correction.becomes == text and correction.mark == "restored":
                return correction.reads
    return text


def _marks(field: str, holding: list[Project]) -> list[dict[str, str]]:
    """The marks of the label itself: those that everything under it carries."""
    of_each = [[mark for mark in project.marks if mark.field == field] for project in holding]
    return [{"kind": m.kind, "reason": m.reason} for m in of_each[0] if all(m in marks for marks in of_each)]


def _corrections(keyed: list[tuple[int, Project]]) -> Iterator[Record]:
    for key, project in keyed:
        for position, correction in enumerate(project.corrections, 1):
            yield {
                "project": key,
                "position": position,
                "activity": correction.activity,
                "field": correction.field,
                "reads": correction.reads,
                "becomes": correction.becomes,
                "reason": correction.reason,
            }


def _details(keyed: list[tuple[int, Project]]) -> Iterator[Record]:
    for key, project in keyed:
        for position, detail in enumerate(project.details, 1):
            folded = (to_key(member) for member in members(detail.text))
            yield {
                "project": key,
                "position": position,
                "heading": detail.heading,
                "text": detail.told,
                "year": detail.year,
                "members": "\n".join(["", *folded, ""]),
            }
