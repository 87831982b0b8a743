"""Plan sections: the parts of plan.toml that are tables of their own: layout, access, corrections, marks, projects that go on."""

import re
from dataclasses import dataclass
from typing import cast, get_args

from kb.doors import PLATFORMS, Door
from kb.source.documents import Section
from kb.source.projects import LABELS, Correction, Mark, MarkKind
from kb.terms import ATTRIBUTES

__all__ = [
    "CELLS",
    "EVERYBODY",
    "Access",
    "Continuation",
    "Layout",
    "Marking",
    "read_access",
    "read_continuation",
    "read_correction",
    "read_layout",
    "read_marking",
]

CELLS = ("name", "period", "results")
"""Fields whose correction replaces cells that stand side by side."""
GRADE_NAME = ATTRIBUTES["grade"]
"""What a table calls its grades where plan.toml doesn't say otherwise."""
INTERNAL = ("web",)
"""Platforms over which members are given what is internal, where plan.toml names none."""
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
    """The grades that exist, best first."""
    grade_name: str = GRADE_NAME
    """What the table calls them: 達成度, 評価, 進捗, 方向性."""
    ordered: bool = False
    """Whether that one of them is better than another is sure."""


@dataclass(frozen=True, slots=True)
class Access:
    """Through which doors a plan is given; without a word about it everything is, through all of them."""

    internal: bool = False
    """Whether the whole plan is for members only."""
    projects: tuple[str, ...] = ()
    """Numbers of the projects that are, where the whole plan isn't."""
    platforms: tuple[str, ...] | None = None
    """Over which anything of it is given; None where plan.toml doesn't say: all, for what is internal INTERNAL."""

    def admits(self, door: Door, no: str) -> bool:
        """Whether a door is given a project."""
        internal = self.internal or no in self.projects
        unsaid = INTERNAL if internal else PLATFORMS
        allowed = unsaid if self.platforms is None else self.platforms
        return door.platform in allowed and (door.member or not internal)


EVERYBODY = Access()
"""What holds where plan.toml says nothing."""


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
        ordered=section.flag("ordered"),
    )
    section.close()
    return layout


def read_access(section: Section) -> Access:
    """[access]: an empty list of platforms means none, not all."""
    access = Access(
        internal=section.flag("internal"),
        projects=section.texts("projects", optional=True),
        platforms=section.some_of("platforms", PLATFORMS) if "platforms" in section.data else None,
    )
    if access.internal and access.projects:
        section.complain("projects", "計画全体が internal なので、事業の番号は書けません(どちらかにしてください)")
    section.close()
    return access


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
