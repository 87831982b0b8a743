"""Flattened pages: a new text for a plan that is read by [layout], checked by its own reader, as a draft."""

from pathlib import Path

import tomlkit

from kb.errors import ReadingError
from kb.publishing.folders import write_plan
from kb.source.inventory import render_inventory
from kb.source.plans import Plan, load_plan
from kb.source.projects import Project
from kb.source.reading import read_projects
from kb.tables.restricting import MOVED, restricted

__all__ = ["draft_flattened"]


def draft_flattened(
    file: Path, base: Plan, folder: Path, source: str, place: Path
) -> tuple[Plan, tuple[Project, ...], tuple[str, ...]]:
    """Write the draft; its projects, and what was assumed. Raises ReadingError where the rules of [layout] can't read the text."""
    if file.suffix.lower() not in (".txt", ".tsv"):
        raise ReadingError(
            f"{file.name}: 計画「{base.id}」はページから流し込んだ文字([layout])で読む計画です。.txt か .tsv にするか、"
            "別の --plan をつけてください"
        )
    document = tomlkit.parse((base.folder / "plan.toml").read_text(encoding="utf-8-sig"))
    document["source"]["file"] = source
    document["source"].pop("inventory", None)
    text = tomlkit.dumps(document)
    trial = place / base.id
    write_plan(trial, text, {source: file.read_bytes()})
    plan = load_plan(trial)
    projects = read_projects(plan)
    if not projects:
        raise ReadingError(f"{file.name}: 事業がひとつもありません。何も変えていません")
    careful = restricted(text, base, plan, projects)
    inventory = render_inventory(plan, len(projects), sum(len(project.rows) for project in projects))
    write_plan(folder, careful, {source: file.read_bytes(), plan.inventory: inventory.encode()})
    return load_plan(folder), projects, () if careful == text else (MOVED,)
