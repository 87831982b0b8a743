"""Reviewing: what would be said otherwise if data/ and the drafts were in force: the table, and the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Kotae
from bot.publishing.building import compile_all
from bot.publishing.examples import Filling, filling, fillings, questions
from kb.compiling.building import Compiled, make
from kb.compiling.language import kinds_of
from kb.publishing.comparing import Comparison, compare
from kb.publishing.drafts import drafts, lay_over
from kb.publishing.shelf import last_pointer
from kb.storing import KnowledgeBase
from nlp.contexts import Context

__all__ = ["Asked", "Review", "answers_that_differ", "compile_drafts", "review"]

PLACES = 20
"""Changed places whose project and year the examples are filled with, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that two knowledge bases answer differently."""

    turns: tuple[str, ...]
    """The conversation; its last turn is what is looked at."""
    before: str
    """The reply now."""
    after: str
    """The reply as it would be."""
    status: str
    """Its status as it would be."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a publication would change."""

    before: str
    """The revision in force, "" where nothing was ever built."""
    after: str
    """The revision that would be."""
    drafts: tuple[str, ...]
    """Ids of the drafts that would be published."""
    comparison: Comparison
    """What the tables say otherwise."""
    asked: int
    """How many questions were asked of both."""
    answers: tuple[Asked, ...]
    """Those that are answered differently."""


def compile_drafts(data: Path, home: Path) -> Compiled:
    """What a knowledge base of data/ with the drafts in their places would hold."""
    return compile_all(data, lay_over(data / "plans", home))


def review(data: Path, home: Path) -> Review:
    """Build the candidate apart from everything, compare, and leave nothing behind; before the first build all is new."""
    before = KnowledgeBase.open(home) if last_pointer(home) else None
    try:
        compiled = compile_drafts(data, home)
        with TemporaryDirectory(prefix="kotae-") as folder:
            after = KnowledgeBase(make(Path(folder), compiled), compiled.revision)
            try:
                return _reviewed(data, before, after, tuple(folder.name for folder in drafts(home)))
            finally:
                after.close()
    finally:
        if before:
            before.close()


def answers_that_differ(before: Kotae, after: Kotae, asked: Iterable[Sequence[str]]) -> tuple[Asked, ...]:
    """The conversations whose last reply is another one."""
    found = []
    for turns in asked:
        was, becomes = _reply(before, turns), _reply(after, turns)
        if was != becomes:
            found.append(Asked(tuple(turns), was[1], becomes[1], becomes[0]))
    return tuple(found)


# Private functions


def _reviewed(data: Path, before: KnowledgeBase | None, after: KnowledgeBase, waiting: tuple[str, ...]) -> Review:
    comparison = compare(before, after)
    if before is None:
        return Review("", after.revision, waiting, comparison, 0, ())
    if before.revision == after.revision:
        return Review(before.revision, after.revision, waiting, comparison, 0, ())
    old, new = Kotae(before), Kotae(after)
    everywhere = (one for catalog in (*new.catalogs, *old.catalogs) for one in fillings(catalog))
    filled = dict.fromkeys((*_changed(comparison, old, new), *everywhere))
    asked = questions(kinds_of(data / "language"), tuple(filled))
    answers = answers_that_differ(old, new, asked)
    return Review(before.revision, after.revision, waiting, comparison, len(asked), answers)


def _changed(comparison: Comparison, old: Kotae, new: Kotae) -> tuple[Filling, ...]:
    """The projects and years of the places that differ, the first of them."""
    found: dict[Filling, None] = {}
    for change in comparison.changes:
        reference = f"{change.plan}/{change.project}"
        for catalog in (*old.catalogs, *new.catalogs):
            if change.project and reference in catalog.names and len(found) < PLACES:
                found[filling(catalog, catalog.names[reference], change.year or catalog.years[-1])] = None
    return tuple(found)


def _reply(kotae: Kotae, turns: Sequence[str]) -> tuple[str, str]:
    context = Context()
    for turn in turns:
        answer, context = kotae.answer(turn, context)
    return answer.status, answer.text
