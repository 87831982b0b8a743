"""Editions: what of the plans a door is given; the rest is taken out before anything is compiled (build side)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.cells import is_dash
from kb.doors import Door
from kb.source.plans import Plan
from kb.source.projects import Project

__all__ = ["Shown", "shown_at"]


class Shown(NamedTuple):
    """What an edition is compiled of."""

    plans: tuple[Plan, ...]
    """Plans of which anything is shown, without what they say of other projects."""
    projects: tuple[Project, ...]
    """Their projects that are shown."""

    @property
    def references(self) -> frozenset[str]:
        """Its projects by plan and number."""
        return frozenset(f"{project.plan}/{project.no}" for project in self.projects)


def shown_at(door: Door, plans: Sequence[Plan], projects: Sequence[Project]) -> Shown:
    """What a door is given of some plans and all of their projects."""
    access = {plan.id: plan.access for plan in plans}
    shown = Shown((), tuple(project for project in projects if access[project.plan].admits(door, project.no)))
    kept = []
    for plan in plans:
        own = [project for project in projects if project.plan == plan.id]
        left = [project for project in shown.projects if project.plan == plan.id]
        if left:
            part = plan if len(left) == len(own) else _part(plan, left, own)
            kept.append(_without_broken_links(part, shown.references))
    return shown._replace(plans=tuple(kept))


# Private functions


def _part(plan: Plan, left: Sequence[Project], own: Sequence[Project]) -> Plan:
    """A plan as if it had only the projects that are left."""
    numbers = {project.no for project in left}
    activities = {row.activity for project in left for row in project.rows}
    elsewhere = _grades(own) - _grades(left)
    return replace(
        plan,
        aliases=tuple(
            alias for alias in plan.aliases if alias.reference in (numbers if alias.kind == "project" else activities)
        ),
        corrections=tuple(correction for correction in plan.corrections if correction.project in numbers),
        markings=tuple(
            replace(marking, projects=tuple(no for no in marking.projects if no in numbers))
            for marking in plan.markings
            if numbers & {*marking.projects}
        ),
        layout=replace(plan.layout, grades=tuple(grade for grade in plan.grades if grade not in elsewhere)),
        partial=True,
    )


def _without_broken_links(plan: Plan, references: frozenset[str]) -> Plan:
    """A plan without what it says of projects that go on, where one of the two isn't shown."""
    kept = tuple(link for link in plan.continues if {f"{plan.id}/{link.project}", link.before} <= references)
    return replace(plan, continues=kept)


def _grades(projects: Sequence[Project]) -> frozenset[str]:
    """The grades that some projects print."""
    rows = [row for project in projects for row in project.rows]
    cells = [cell.text for row in rows if row.kind == "grade" for cell in row.cells]
    return frozenset(text for text in (*(row.grade for row in rows), *cells) if text and not is_dash(text))
