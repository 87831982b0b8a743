"""Carrying: what a person wrote of single projects is kept in next year's table, of those that are the same there."""

from collections.abc import Sequence
from dataclasses import replace

from kb.source.plans import Plan
from kb.source.projects import Project
from kb.source.reading import read_projects
from kb.tables.rendering import render_links
from kb.tables.vocabulary import plain

__all__ = ["carried", "gone"]


def carried(text: str, before: Plan, projects: Sequence[Project]) -> tuple[str, list[str]]:
    """A draft's plan.toml with the marks and links of the plan before; and what of them could not be kept."""
    markings, continues = before.markings, before.continues
    numbers = [no for marking in markings for no in marking.projects] + [link.project for link in continues]
    lost = gone(numbers, before, projects)
    kept = (replace(one, projects=tuple(no for no in one.projects if no not in lost)) for one in markings)
    links = [link for link in continues if link.project not in lost]
    said = (
        f"番号と名前が前の表と合わないため、印([[marks]])・前の計画からの続き([[continues]])を引きつぎません: No.{no}"
        for no in sorted(lost)
    )
    return text + render_links([one for one in kept if one.projects], links), list(said)


def gone(numbers: Sequence[str], before: Plan, now: Sequence[Project]) -> set[str]:
    """Numbers that mean another project now, or none."""
    if not numbers:
        return set()
    then, today = (
        {project.no: plain(project.name) for project in projects} for projects in (read_projects(before), now)
    )
    return {no for no in numbers if no not in today or today[no] != then.get(no)}
