"""Drafts: plans that wait in a home until they are published; each a folder with its plan.toml, like those of data/."""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import tomlkit

from kb.errors import PlanError
from kb.publishing.folders import write_plan
from kb.source.aliases import FILE
from kb.source.plans import Plan, load_plan

__all__ = ["FOLDER", "clear", "drafts", "lay_over", "settle"]

FOLDER = "drafts"
"""Where they wait, below the home."""

_DIGEST = re.compile(r"-[0-9a-f]{8}$")


def drafts(home: Path) -> tuple[Path, ...]:
    """The folders of the drafts that wait, by name."""
    return tuple(sorted(path.parent for path in (home / FOLDER).glob("*/plan.toml")))


def lay_over(plans: Path, home: Path) -> tuple[Plan, ...]:
    """The plans of data/ with the drafts in their places, in the order that they will have there.

    Mistakes of all of them are told together.
    """
    found: dict[str, Plan] = {}
    places: dict[str, str] = {}
    problems: list[str] = []
    ids: list[str] = []
    waiting = drafts(home)
    published = sorted(path.parent for path in plans.glob("*/plan.toml"))
    for folder in (*published, *waiting):
        try:
            plan = load_plan(folder)
        except PlanError as error:
            problems.append(str(error))
            continue
        before = found.get(plan.id)
        if folder in waiting and before and before.folder not in waiting:
            plan = replace(plan, aliases=before.aliases)
        else:
            ids.append(plan.id)
        found[plan.id] = plan
        places.setdefault(plan.id, plan.id if folder in waiting else folder.name)
    problems += [f"同じ id「{name}」の計画が{count}つあります" for name, count in Counter(ids).items() if count > 1]
    if problems:
        raise PlanError("\n".join(problems))
    if not found:
        raise PlanError(f"{plans}: 計画がありません(<計画>/plan.toml を置くか、表を取り込んでください)")
    return tuple(sorted(found.values(), key=lambda plan: places[plan.id]))


def settle(draft: Path, plans: Path) -> Path:
    """Write a draft with the files that it names into data/; a crash leaves the old plan or the new one there.

    Other names that are there already stay: they have a command of their own.
    """
    plan = load_plan(draft)
    folder = next((path for path in plans.glob("*/plan.toml") if load_plan(path.parent).id == plan.id), None)
    target = folder.parent if folder else plans / plan.id
    text = (draft / "plan.toml").read_text(encoding="utf-8-sig")
    wanted = {plan.inventory, *_texts(tomlkit.parse(text).unwrap())} | (
        {FILE} if not (target / FILE).exists() else set()
    )
    files = {path.name: path.read_bytes() for path in sorted(draft.iterdir()) if path.name in wanted - {"plan.toml"}}
    write_plan(target, *_under_their_digests(text, plan, files))
    return target


def clear(draft: Path) -> None:
    """Remove a draft, its plan.toml first: without it, it is none any more."""
    (draft / "plan.toml").unlink()
    shutil.rmtree(draft)


# Private functions


def _texts(value: object) -> Iterator[str]:
    """Every text of a document; files are named by some of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _under_their_digests(text: str, plan: Plan, files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Files under names that hold their content's digest, so that none replaces one that the old plan.toml names."""
    document = tomlkit.parse(text)
    source = document["source"]
    if plan.inventory in files:
        source["inventory"] = plan.inventory
    named = {str(name): _with_digest(str(name), files[name]) for name in source.values() if name in files}
    for key, name in source.items():
        if name in named:
            source[key] = named[name]
    return tomlkit.dumps(document), {named.get(name, name): content for name, content in files.items()}


def _with_digest(name: str, content: bytes) -> str:
    path = Path(name)
    return f"{_DIGEST.sub('', path.stem)}-{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
