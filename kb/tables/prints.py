"""Prints: whether a project prints what a cell does, as the audit of a table asks it; nothing of the reader is used."""

import re
from collections.abc import Collection, Iterator

from kb.source.projects import Project
from kb.tables.vocabulary import plain

__all__ = ["alike", "begins", "label_texts", "prints"]


def label_texts(project: Project) -> Iterator[str]:
    """What cells of goals and policies may print of a project."""
    yield from (project.goal_text, project.policy, project.subpolicy)
    yield from (f"{project.goal}{gap}{project.goal_text}" for gap in (" ", ".", "\u3000", ":", ". "))
    yield f"({project.goal}) {project.goal_text}"
    yield from (detail.text for detail in project.details)


def prints(project: Project, role: str, text: str, line: str, details: Collection[str]) -> bool:
    """Whether a project prints a text, which is also given on one line, in a role; or one of these details does."""
    if role == "no":
        own = project.number
        return own == line or line in details or bool(re.fullmatch(re.escape(line) + r"-\d+", own))
    if role == "grade":
        return text.strip() in details or any(row.grade == text.strip() for row in project.rows)
    if role == "period":
        return text in details or any(row.period == text for row in project.rows)
    if role == "activity":
        return line in details or any(f"{row.activity} ".startswith(f"{line} ") for row in project.rows)
    return role == "name" or text in details or project.description == text


def begins(conflict: str, text: str) -> bool:
    """Whether a side of a conflict prints a text, at whichever place it was first met."""
    return re.match(re.escape(text) + r"\([^()]* [A-Z]+\d", conflict) is not None


def alike(one: str, other: str) -> bool:
    """Equal, or the same number otherwise written."""
    if one.strip() == other.strip():
        return True
    numbers = [re.sub(r"[,\s]", "", plain(text)) for text in (one, other)]
    if not all(re.fullmatch(r"[△▲+-]?\d+(?:\.\d+)?", number) for number in numbers):
        return False
    return (
        len({number.replace("▲", "△") if "." not in number else number.rstrip("0").rstrip(".") for number in numbers})
        == 1
    )
