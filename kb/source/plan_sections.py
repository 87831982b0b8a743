"""Plan sections: the parts of plan.toml that are tables of their own: layout, corrections, marks, projects that go on."""

import re
from dataclasses import dataclass
from typing import cast, get_args

from kb.source.documents import Section
from kb.source.projects import LABELS, Correction, Mark, MarkKind
from kb.terms import ATTRIBUTES

__all__ = [
    "CELLS",
    "Continuation",
    "Layout",
    "Marking",
    "read_continuation",
    "read_correction",
    "read_layout",
    "read_marking",
]

CELLS = ("name", "period", "results")
"""Fields whose correction replaces cells that stand side by side."""
GRADE_NAME = ATTRIBUTES["grade"]
"""What a table calls its grades where plan.toml doesn't say otherwise."""
MARKED = ("goal_text", "policy", "subpolicy", "name", "grade", "period", "results")


@dataclass(frozen=True, slots=True)
class Layout:
    """What in the source is no project, and the words that its narrow columns hold."""

    title: tuple[str, ...]
    """Cells of the title."""
    header: tuple[str, ...]
    """Cells of the column headings."""
    periods: tuple[str, ...]
    """Words that stand in the period column beside years: 未実施."""
    grades: tuple[str, ...]
    """The grades that exist."""
    grade_name: str = GRADE_NAME
    """What the table calls them: 達成度, 評価, 進捗, 方向性."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A mark with the projects that carry it."""

    projects: tuple[str, ...]
    """Numbers."""
    mark: Mark
    """The mark."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A project that goes on what an earlier plan began, under whatever name and number."""

    project: str
    """Its number in this plan."""
    before: str
    """The earlier project: an earlier plan's id, a slash, its number there."""


def read_layout(section: Section) -> Layout:
    """What in the source is no project."""
    layout = Layout(
        title=section.texts("title"),
        header=section.texts("header"),
        periods=section.texts("periods", optional=True),
        grades=section.texts("grades"),
        grade_name=section.text("grade_name", optional=True) or GRADE_NAME,
    )
    section.close()
    return layout


def read_correction(section: Section) -> Correction:
    """One of [[corrections]]."""
    field = section.one_of("field", (*LABELS, *CELLS))
    read = _text_of if field in LABELS else _cells_of
    mark = section.text("mark", optional=True)
    correction = Correction(
        project=section.text("project"),
        activity=section.text("activity", optional=True) or None,
        field=field,
        reads=read(section, "reads"),
        becomes=read(section, "becomes"),
        reason=section.text("reason"),
        mark=_kind(section, "mark") if mark else None,
    )
    if correction.reads and correction.reads == correction.becomes:
        section.complain("becomes", "reads と同じです")
    section.close()
    return correction


def read_marking(section: Section) -> Marking:
    """One of [[marks]]."""
    mark = Mark(section.one_of("field", MARKED), _kind(section, "kind"), section.text("reason"))
    marking = Marking(section.texts("projects"), mark)
    section.close()
    return marking


def read_continuation(section: Section) -> Continuation:
    """One of [[continues]]."""
    continuation = Continuation(section.text("project"), section.text("from"))
    if continuation.before and not re.fullmatch(r"[a-z][a-z0-9-]*/[^/.]+", continuation.before):
        section.complain("from", "前の計画の id と事業番号を / でつないでください")
    section.close()
    return continuation


# Private functions


def _text_of(section: Section, key: str) -> str:
    return section.text(key)


def _cells_of(section: Section, key: str) -> str:
    return "\t".join(section.texts(key))


def _kind(section: Section, key: str) -> MarkKind:
    value = section.one_of(key, get_args(MarkKind))
    return cast(MarkKind, value)  # anything else is among the mistakes, and the plan is never handed out
