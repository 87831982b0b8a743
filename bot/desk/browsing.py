"""Browsing: the projects under their goals and policies, level by level, chosen without typing."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from kb.catalog import Catalog
from kb.outline import Entry

__all__ = ["EACH", "Page", "Shelf", "page_at"]

EACH = 8
"""Entries of a page: as many as a phone shows without scrolling far."""


class Shelf(NamedTuple):
    """A plan with its projects."""

    catalog: Catalog
    """Its names."""
    entries: tuple[Entry, ...]
    """Its projects in order."""


class Page(NamedTuple):
    """One page of the list."""

    title: str
    """What it is a page of; "" at the very top."""
    places: tuple[tuple[str, str], ...] = ()
    """Labels of deeper pages, and where they are."""
    projects: tuple[tuple[str, str], ...] = ()
    """Labels of projects, and their compact queries."""
    before: str | None = None
    """The page of the same level before it."""
    after: str | None = None
    """The page after it."""
    up: str | None = None
    """The level above it."""


def page_at(shelves: Sequence[Shelf], path: str) -> Page | None:
    """The page at a place: plan, goal, policy by their position, and the page's number; None where there is none now.

    Levels with a single entry are passed through: 「目標なし」 would be nothing to choose.
    """
    place, _, number = path.partition(":")
    steps = place.split("/") if place else []
    page = int(number) if number.isdecimal() and len(number) < 6 else 0
    shelf = _shelf(shelves, steps)
    if shelf is None:
        names = [(shelf.catalog.document.title, shelf.catalog.plan) for shelf in shelves]
        return _paged("", names, (), "", page, None) if not steps and shelves else None
    return _inside(shelf, steps[1:], page, several=len(shelves) > 1)


# Private functions


_Level = Callable[[Entry], str]
_LEVELS: tuple[_Level, ...] = (lambda entry: entry.goal, lambda entry: entry.policy)


def _shelf(shelves: Sequence[Shelf], steps: Sequence[str]) -> Shelf | None:
    if not steps:
        return shelves[0] if len(shelves) == 1 else None
    return next((shelf for shelf in shelves if shelf.catalog.plan == steps[0]), None)


def _inside(shelf: Shelf, steps: Sequence[str], page: int, *, several: bool) -> Page | None:
    title, path = shelf.catalog.document.title, shelf.catalog.plan
    up = "" if several else None
    entries: Sequence[Entry] = shelf.entries
    wanted = list(steps)
    for level in _LEVELS:
        groups = _groups(entries, level)
        if len(groups) == 1:
            continue
        if not wanted:
            names = [(name or title, f"{path}/{at}") for at, (name, _) in enumerate(groups)]
            return _paged(title, names, (), path, page, up)
        at = wanted.pop(0)
        if at not in map(str, range(len(groups))):
            return None
        name, entries = groups[int(at)]
        title, up, path = name or title, path, f"{path}/{at}"
    listed = [(f"{entry.address} {entry.name}", _compact(shelf.catalog, entry)) for entry in entries]
    return None if wanted else _paged(title, (), listed, path, page, up)


def _groups(entries: Iterable[Entry], level: _Level) -> list[tuple[str, list[Entry]]]:
    """By what they stand under, in the table's order; one that is printed twice is one."""
    order = list(dict.fromkeys(map(level, entries)))
    sorted_ = sorted(entries, key=lambda entry: order.index(level(entry)))
    return [(name, list(group)) for name, group in groupby(sorted_, level)]


def _compact(catalog: Catalog, entry: Entry) -> str:
    return catalog.asked(subjects=(catalog.subject(entry.reference),), attributes=catalog.default).receipt()


def _paged(
    title: str,
    places: Sequence[tuple[str, str]],
    projects: Sequence[tuple[str, str]],
    path: str,
    page: int,
    up: str | None,
) -> Page | None:
    shown = slice(page * EACH, (page + 1) * EACH)
    total = max(len(places), len(projects))
    if page and page * EACH >= total:
        return None
    before = f"{path}:{page - 1}" if page else None
    after = f"{path}:{page + 1}" if (page + 1) * EACH < total else None
    return Page(title, tuple(places[shown]), tuple(projects[shown]), before, after, up)
