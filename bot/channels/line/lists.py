"""Lists: projects that can be tapped: those that an answer names, and all that it only counts, page by page."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from bot.channels.line.actions import pressing
from bot.channels.line.bubbles import bubble, tappable
from bot.channels.line.limits import CAROUSEL_BYTES, MOST_BUBBLES, Content, size
from bot.channels.line.texts import clean
from bot.desk import Button
from bot.replies.pieces import Line
from bot.texts import units
from kb.catalog import Catalog
from kb.running.results import Project, Quote

__all__ = ["Listed", "Page", "hidden", "item", "page_of_list"]

EACH = 10
"""Projects of a bubble: as many as a phone shows at once."""


class Listed(NamedTuple):
    """A project in a list."""

    label: str
    """Its number and name."""
    action: Content
    """Asks for it."""


class Page(NamedTuple):
    """As much of a list as a message holds."""

    bubbles: tuple[Content, ...]
    """In order."""
    names: tuple[str, ...]
    """What they show."""
    next: int | None
    """Where the next page begins; None where there is none."""


def item(line: Line, catalogs: Sequence[Catalog]) -> Content | None:
    """What a tap on a line of a list does; None where it names no project that can be asked for."""
    projects = [piece.proof for piece in line.pieces if isinstance(piece.proof, Project)]
    found = _listed(projects[0], catalogs) if line.role == "item" and projects else None
    return found.action if found else None


def hidden(lines: Iterable[Line], catalogs: Sequence[Catalog]) -> tuple[Listed, ...]:
    """The projects that an answer only counts (ほかn件), each once."""
    counted = [piece.proof for line in lines if line.role == "more" for piece in line.pieces if piece.kind == "count"]
    things = [thing for proof in counted if isinstance(proof, tuple) for thing in proof]
    projects = [thing.project if isinstance(thing, Quote) else thing for thing in things]
    heads = {project.reference: project for project in projects if isinstance(project, Project)}
    return tuple(listed for project in heads.values() if (listed := _listed(project, catalogs)))


def page_of_list(listed: Sequence[Listed], start: int, before: Sequence[Content], longest: int) -> Page:
    """The projects from a place on, in bubbles behind others, as many as a carousel and its notification hold."""
    bubbles: list[Content] = []
    names: list[str] = []
    at = start
    while at < len(listed) and len(before) + len(bubbles) < MOST_BUBBLES - 1:
        group = listed[at : at + EACH]
        made = _bubble(group)
        if sum(map(size, (*before, *bubbles, made))) > CAROUSEL_BYTES - 4096:
            break
        if units("\n".join((*names, *(one.label for one in group)))) > longest:
            break
        bubbles.append(made)
        names += [one.label for one in group]
        at += len(group)
    return Page(tuple(bubbles), tuple(names), at if bubbles and at < len(listed) else None)


# Private functions


def _bubble(group: Sequence[Listed]) -> Content:
    found = bubble(())
    return {**found, "body": {**found["body"], "contents": [tappable(one.label, one.action) for one in group]}}


def _listed(project: Project, catalogs: Sequence[Catalog]) -> Listed | None:
    plan = project.reference.partition("/")[0]
    for catalog in islice((one for one in catalogs if one.plan == plan and project.reference in one.names), 1):
        query = catalog.asked(subjects=(catalog.subject(project.reference),), attributes=catalog.default)
        label = clean(f"{project.address} {project.name}")
        action = pressing(Button("choice", label, query.receipt(), query.to_japanese()))
        return Listed(label, action) if action else None
    return None
