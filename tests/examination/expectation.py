"""What is asked and what a right reply must contain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.examination.gold import Cell

__all__ = ["AnyOf", "Expect", "Question", "any_of"]

AnyOf = tuple[str, ...]
"""Needles of which one must occur."""


@dataclass(frozen=True, slots=True)
class Expect:
    """One acceptable reply."""

    statuses: tuple[str, ...]
    """Allowed statuses."""
    projects: frozenset[str] = frozenset()
    """Numbers that the reply must hold; empty: not looked at."""
    optional: frozenset[str] = frozenset()
    """Numbers that it may hold as well."""
    reasons: frozenset[str] = frozenset()
    """Allowed reasons of a no_data reply; empty: not looked at."""
    cells: tuple[Cell, ...] = ()
    """Cells that must stand in `results`, and before any other."""
    grades: tuple[tuple[str, str], ...] = ()
    """(project, grade) that `facts` or `results` must not contradict."""
    lead: tuple[AnyOf, ...] = ()
    """What must stand within the first three lines of the text."""
    must: tuple[AnyOf, ...] = ()
    """What must stand anywhere in the text."""
    must_not: tuple[str, ...] = ()
    """What must stand nowhere in the text."""
    stale: tuple[str, ...] = ()
    """Figures of other years: none may stand before the first of lead."""
    computed: bool = False
    """`computed` must not be empty."""
    values: tuple[float, ...] = ()
    """One of these must be among `computed` (or, where nothing is computed, in the text by way of lead)."""
    chosen: str = ""
    """Holds only if the choice that was picked by its place in the previous reply names this."""


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation whose last reply is judged."""

    id: str
    """Unique within a run."""
    kind: str
    """result.polite, absent.dash …"""
    turns: tuple[str, ...]
    """What is typed, message by message."""
    expect: Expect
    """The reading that was meant."""
    alternatives: tuple[Expect, ...] = ()
    """Other replies that are as good."""
    noises: tuple[str, ...] = ()
    """Names of the noises that were put on it."""
    ordinal: int = 0
    """The place that the last turn picks among the previous reply's choices (2番目 = 2), or 0."""

    @property
    def expects(self) -> tuple[Expect, ...]:
        """All replies that pass."""
        return (self.expect, *self.alternatives)

    def asking(self, turns: Iterable[str], noises: Iterable[str] = ()) -> Question:
        """The same question in other words."""
        return replace(self, turns=tuple(turns), noises=(*self.noises, *noises))


def any_of(*needles: str) -> AnyOf:
    """Spells out at the caller that one of them is enough."""
    return needles
