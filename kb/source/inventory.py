"""Inventory: a short digest of every cell of a source, kept beside it, so that a change can be named by its address.

`python -m kb.source.stocktaking data/plans/<plan>` prints a new one, after a source was replaced on purpose and read over.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.errors import PlanError
from kb.source.documents import read_document
from kb.source.plans import Plan

__all__ = ["Inventory", "differences", "load_inventory", "render_inventory"]

_BLANK = "-"
_HEAD = """# {file} の控え。1行ごとに、各セルの内容から計算した短い印(空欄は -)を列の順に並べています。
# kotae check はこれと見くらべて、変わった・消えた・増えたセルを行と列で知らせます。
# 原文を差しかえたときは、中身を確かめてから python -m kb.source.stocktaking data/plans/{plan} の出力で置きかえます。
"""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a source is known to hold."""

    projects: int
    """How many projects it has."""
    rows: int
    """How many rows of results."""
    lines: dict[int, tuple[str, ...]]
    """Digests by line number, one a cell; lines without cells are left out."""


def load_inventory(plan: Plan) -> Inventory:
    """Load the inventory of a plan; raises PlanError."""
    document = read_document(plan.folder / plan.inventory)
    counts = document.section("counts")
    lines = document.section("lines")
    inventory = Inventory(
        projects=_count(counts.text("projects")),
        rows=_count(counts.text("rows")),
        lines={_count(key): tuple(lines.text(key).split(" ")) for key in lines.data},
    )
    counts.close()
    document.close()
    if document.problems:
        raise PlanError("\n".join(document.problems))
    return inventory


def render_inventory(plan: Plan, projects: int, rows: int) -> str:
    """The inventory of a plan's source as TOML."""
    lines = [f'{number} = "{" ".join(marks)}"' for number, marks in _digests(plan.source).items()]
    head = _HEAD.format(file=plan.file, plan=plan.id)
    counts = f'[counts]\nprojects = "{projects}"\nrows = "{rows}"\n'
    return f"{head}\n{counts}\n[lines]\n" + "\n".join(lines) + "\n"


def differences(source: str, inventory: Inventory) -> Iterator[tuple[int, int, str]]:
    """Where the source differs: line, column, and what is wrong there in Japanese."""
    now = _digests(source)
    texts = {number: text.split("\t") for number, text in enumerate(source.split("\n"), 1)}
    numbers, known = list(now), list(inventory.lines)
    matcher = SequenceMatcher(None, list(inventory.lines.values()), list(now.values()), autojunk=False)
    for tag, known_from, known_to, from_, to in matcher.get_opcodes():
        if tag != "equal":
            pairs = max(known_to - known_from, to - from_)
            for at in range(pairs):
                was = known[known_from + at] if known_from + at < known_to else None
                is_ = numbers[from_ + at] if from_ + at < to else None
                yield from _line_differences(was, is_, inventory, now, texts)


# Private functions


def _line_differences(
    was: int | None,
    is_: int | None,
    inventory: Inventory,
    now: dict[int, tuple[str, ...]],
    texts: dict[int, list[str]],
) -> Iterator[tuple[int, int, str]]:
    old = inventory.lines[was] if was is not None else ()
    new = now[is_] if is_ is not None else ()
    line = is_ if is_ is not None else was or 0
    for tag, old_from, old_to, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(old_to - old_from, to - from_)):
            if from_ + at >= to:
                yield line, old_from + at + 1, "セルがなくなっています"
            elif old_from + at >= old_to:
                yield line, from_ + at + 1, f"「{texts[line][from_ + at]}」が余分です"
            else:
                yield line, from_ + at + 1, f"「{texts[line][from_ + at]}」に変わっています"


def _digests(source: str) -> dict[int, tuple[str, ...]]:
    lines = enumerate((text.rstrip("\t") for text in source.split("\n")), 1)
    return {number: tuple(map(_digest, text.split("\t"))) for number, text in lines if text}


def _digest(cell: str) -> str:
    return hashlib.sha256(cell.encode()).hexdigest()[:8] if cell else _BLANK


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0
