"""Publishing: drafts become the plans of data/ and what is built of them is put into force, while answering goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.publishing.reviewing import compile_drafts
from kb.compiling.building import Compiled, discard, is_in_force, make, put_into_force
from kb.errors import KnowledgeBaseError
from kb.publishing.comparing import Comparison, compare
from kb.publishing.drafts import clear, drafts, settle
from kb.publishing.shelf import last_pointer, writing
from kb.storing import KnowledgeBase

__all__ = ["Publication", "publish"]

LARGE = 5
"""A publication that changes more than one in so many figures needs a confirmation."""

Confirm = Callable[[Comparison | None], bool]
"""Asked where much changes, where a whole year goes, where something is withheld no more, or, with None, where nobody can tell how much."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of it."""

    outcome: str
    """published, nothing (there was nothing to publish) or refused (it wasn't confirmed)."""
    revision: str
    """The revision of data/ with the drafts."""
    projects: int
    """How many projects it holds."""
    rows: int
    """How many rows."""
    comparison: Comparison | None
    """What differs from what was in force; None where nothing could be compared."""


def publish(data: Path, home: Path, since: str, confirm: Confirm) -> Publication:
    """Check, build, verify; then data/, then the pointer, then the drafts go: a crash leaves the old or the new of each."""
    with writing(home):
        waiting = drafts(home)
        compiled = compile_drafts(data, home)
        comparison = None
        if is_in_force(home, compiled.revision):
            outcome = "published" if waiting else "nothing"
            _move(waiting, data)
        else:
            comparison, outcome = _put(compiled, waiting, data, home, since, confirm)
        if outcome != "refused":
            for draft in waiting:
                clear(draft)
    tables = compiled.contents
    return Publication(outcome, compiled.revision, len(tables["project"]), len(tables["row"]), comparison)


# Private functions


def _put(
    compiled: Compiled, waiting: tuple[Path, ...], data: Path, home: Path, since: str, confirm: Confirm
) -> tuple[Comparison | None, str]:
    new = make(home, compiled)
    try:
        comparison = _compared(home, KnowledgeBase(new, compiled.revision))
        unknown = comparison is None and last_pointer(home) is not None
        much = comparison is not None and comparison.lost * LARGE > comparison.figures
        opening = comparison is not None and comparison.opened > 0
        ending = comparison is not None and bool(comparison.years)
        if (unknown or much or opening or ending) and not confirm(comparison):
            return comparison, "refused"
        _move(waiting, data)
        put_into_force(home, compiled, since)
    finally:
        discard(home)
    return comparison, "published"


def _move(waiting: tuple[Path, ...], data: Path) -> None:
    for draft in waiting:
        settle(draft, data / "plans")


def _compared(home: Path, after: KnowledgeBase) -> Comparison | None:
    try:
        before = KnowledgeBase.open(home)
    except KnowledgeBaseError:
        return None
    try:
        return compare(before, after)
    finally:
        before.close()
        after.close()
