"""Restricting: what a plan withholds by number stays withheld in a new table, whatever its numbers mean there."""

from collections.abc import Sequence

import tomlkit

from kb.source.plans import Plan
from kb.source.projects import Project
from kb.tables.carrying import gone

__all__ = ["MOVED", "restricted"]

MOVED = (
    "限定した事業([access] の projects)の番号と名前が前の表と合わないため、計画全体を限定(internal = true)にしました。"
    "番号を確かめて直してください"
)


def restricted(text: str, before: Plan, now: Plan, projects: Sequence[Project]) -> str:
    """A draft's plan.toml; all of it is withheld where the numbers that were carried over mean other projects."""
    if now.access != before.access or not gone(now.access.projects, before, projects):
        return text
    document = tomlkit.parse(text)
    document["access"].pop("projects")
    document["access"]["internal"] = True
    return tomlkit.dumps(document)
