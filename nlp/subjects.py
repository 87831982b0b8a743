"""Subjects: what a question is about, out of the names that it mentions."""

from collections.abc import Sequence
from typing import NamedTuple

from nlp.figures.numbers import NumberMention
from nlp.mentions import Mention
from nlp.names.names import Link, project_of
from nlp.recognition import Recognition

__all__ = ["COORDINATING", "SURE", "Subject", "find_subjects", "is_subject", "joins"]

SURE = frozenset({"exact", "alias", "name", "number", "place"})
"""Ways of finding a name that silence every vaguer one."""


class Subject(NamedTuple):
    """What a question is about: one project or activity, or several that it may be."""

    references: tuple[str, ...]
    """Candidates; more than one has to be asked back."""
    how: str
    """exact, name, alias, number, part, sound, words, spelling, text."""
    text: str
    """As it was typed."""
    number: int | None = None
    """A project number as typed, for the plan to resolve."""
    link: Link | None = None
    """How the name was found, with its scores."""
    start: int = 0
    """Where it begins in the message."""

    @property
    def is_line(self) -> bool:
        """Whether it is a line that several projects print, and of none of them: 利用者数."""
        projects = {project_of(reference) for reference in self.references}
        return len(projects) > 1 and not projects & set(self.references) and self.how in SURE


def find_subjects(recognition: Recognition) -> tuple[tuple[Subject, ...], list[Mention]]:
    """Exact names silence vaguer ones, unless と joins them; vaguer ones that agree narrow each other."""
    found = _of_projects(_told_apart(recognition, [m for m in recognition.mentions if is_subject(m)]))
    sure = [m for m in found if _how(m) in SURE]
    if sure:
        kept = [m for m in found if m in sure or _is_coordinated(recognition, m, found)]
        owners = {reference.rpartition(".")[0] for m in kept for reference in m.references}
        whose = [m for m in found if m.how in _CLOSE and owners <= {*m.references}]  # RPA only says whose line it is
        aside = [m for m in found if m not in kept and m not in whose]
        return tuple(map(_subject, kept)), aside
    if not found:
        return (), []
    narrowed, used = _narrow(recognition, found)
    return narrowed, [m for m in found if m not in used]


def is_subject(mention: Mention) -> bool:
    """Whether a mention names a project, an activity or a project's number."""
    return bool(mention.references) or (isinstance(mention.detail, NumberMention) and mention.detail.form == "project")


def joins(between: str, at_break: bool) -> bool:
    """Whether と, a comma, a typed space or brackets of their own put two names side by side."""
    bare = between.translate(_BRACKETS)
    return bare in COORDINATING or (not bare and (bool(between) or at_break))


# Private functions

_ORDER = ("place", "exact", "name", "alias", "number", "part", "sound", "words", "text", "spelling", "told")
COORDINATING = frozenset(
    {"と", "、", "や", "・", ",", "&", "および", "及び", "と、", "vs", "対", "、と", "とか", "または", "か", "並びに"}
)
_AGAINST = frozenset({"から", "は", "が"})
"""What stands between two lines that are held against each other."""
_CLOSE = SURE | {"part", "sound", "words"}
_BRACKETS = dict.fromkeys(map(ord, "「」『』()\"' "), "")


def _how(mention: Mention) -> str:
    return "number" if isinstance(mention.detail, NumberMention) else mention.how


def _subject(mention: Mention) -> Subject:
    number = mention.detail.value if isinstance(mention.detail, NumberMention) else None
    return Subject(mention.references, _how(mention), mention.text, number, mention.link, mention.start)


def _of_projects(found: list[Mention]) -> list[Mention]:
    """What many projects print is the line of the project that is named beside it: 達成率 of 転入者数."""
    owners = {m.references[0]: m for m in found if len(m.references) == 1 and m.how in _CLOSE}
    narrowed: list[Mention] = []
    used: list[Mention] = []
    for mention in found:
        projects = dict.fromkeys(map(project_of, mention.references))
        many = len(projects) > 1 and not {*projects} & {*mention.references}
        named = [project for project in projects if project in owners] if many else []
        used += [owners[project] for project in named]
        narrowed += [_of_project(mention, project) for project in named] or [mention]
    return [mention for mention in narrowed if mention not in used]


def _of_project(mention: Mention, project: str) -> Mention:
    kept = tuple(meaning for meaning in mention.meanings if project_of(meaning.value) == project)
    return mention._replace(meanings=kept)


def _told_apart(recognition: Recognition, found: list[Mention]) -> list[Mention]:
    """休日の通行量: of the names that の joins each says which of those that the other calls is meant."""
    for one, other, between in recognition.neighbours() if len(found) > 1 else ():
        shared = {*one.references} & {*other.references}
        if between in ("", "の") and one in found and other in found and 0 < len(shared) < len(other.references):
            text = recognition.text.quote(one.start, other.end)
            meanings = tuple(meaning for meaning in other.meanings if meaning.value in shared)
            both = other._replace(
                start=one.start, text=text, meanings=meanings, how=max(one.how, other.how, key=_order)
            )
            found = [both if mention is other else mention for mention in found if mention is not one]
    return found


def _order(how: str) -> int:
    return _ORDER.index(how)


def _is_coordinated(recognition: Recognition, mention: Mention, found: Sequence[Mention]) -> bool:
    breaks, at = recognition.text.breaks(), {one.start: one for one in found}
    return any(
        mention.start in (one.start, other.start)
        and one.start in at
        and other.start in at
        and (
            joins(between, other.start in breaks)
            or (between in _AGAINST and _are_lines(at[one.start], at[other.start]))
        )
        for one, other, between in recognition.neighbours()
    )


def _are_lines(one: Mention, other: Mention) -> bool:
    """Whether both are lines of one project: 収入から維持管理費を, 収入は維持管理費より."""
    lines = {reference for mention in (one, other) for reference in mention.references}
    return len(lines) == 2 and len({line.rpartition(".")[0] for line in lines} - {""}) == 1


def _narrow(recognition: Recognition, found: list[Mention]) -> tuple[tuple[Subject, ...], list[Mention]]:
    last = max(found, key=lambda mention: len(mention.text))
    asking = [m for m in found if recognition.sentence_of(m.start) >= recognition.sentence_of(last.start)]
    groups: list[list[Mention]] = []
    for mention in asking:
        if groups and _agree(groups[-1], mention) and not _is_coordinated(recognition, mention, [*groups[-1], mention]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    subjects = [_together(group) for group in groups]
    if len(subjects) == 1 or all(_is_coordinated(recognition, m, asking) for m in asking):
        return tuple(subjects), asking
    best = min(_ORDER.index(subject.how) for subject in subjects)
    kept = [at for at, subject in enumerate(subjects) if _ORDER.index(subject.how) == best]
    chosen = [m for at in kept for m in groups[at]]
    return (_either([subjects[at] for at in kept]),), chosen


def _either(subjects: Sequence[Subject]) -> Subject:
    """Names that nothing joins: the question is about one of them, and only the asker knows which."""
    references = tuple(dict.fromkeys(reference for subject in subjects for reference in subject.references))
    return subjects[0]._replace(references=references, text="・".join(subject.text for subject in subjects))


def _agree(group: list[Mention], mention: Mention) -> bool:
    return bool(set(_together(group).references) & set(mention.references))


def _together(group: list[Mention]) -> Subject:
    shared = tuple(r for r in group[0].references if all(r in m.references for m in group))
    weakest = max((_how(m) for m in group), key=_ORDER.index)
    return _subject(group[0])._replace(references=shared, how=weakest, text="・".join(m.text for m in group))
