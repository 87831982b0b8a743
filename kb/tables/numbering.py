"""Numbering: the number of each project: as the table prints it, and as a reference writes it."""

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from kb.tables.notices import Notices
from kb.terms import DIVIDING

__all__ = ["number"]


class _Gathered(Protocol):
    no: str
    name: str


def number(gathered: Sequence[_Gathered], by: str, notices: Notices) -> list[tuple[str, str]]:
    """For each project the number in references, and the printed one where that is another; `by`: printed or ordinal."""
    if by == "ordinal":
        return [(str(ordinal), "") for ordinal in range(1, len(gathered) + 1)]
    printed: list[str] = []
    for ordinal, project in enumerate(gathered, 1):
        printed.append(_once(project, ordinal, printed, notices))
    written = _written(printed)
    _say(gathered, written, notices)
    return [(no, "" if no == shown else shown) for no, shown in zip(written, printed, strict=True)]


# Private functions

_DIVIDING = re.compile(f"[{re.escape(DIVIDING)}]+")


def _once(project: _Gathered, ordinal: int, used: Collection[str], notices: Notices) -> str:
    """The printed number, told apart where there is none or two projects have it."""
    no = project.no or f"番号なし{ordinal}"
    if no in used or not project.no:
        reason = f"番号「{no}」の事業が二つあります" if project.no else "番号のない事業です"
        no = _free(no, used)
        notices.remark_project(project.name, f"{reason}(「{no}」としました)")
    return no


def _written(printed: Sequence[str]) -> list[str]:
    """Each number without what divides references; one that holds none of it stays as it is."""
    used = {no for no in printed if not _DIVIDING.search(no)}
    written = []
    for at, no in enumerate(printed, 1):
        other = _DIVIDING.sub("-", no).strip("-") or f"番号{at}"
        written.append(_free(other, used) if _DIVIDING.search(no) else no)
        used.add(written[-1])
    return written


def _free(no: str, used: Collection[str]) -> str:
    if no not in used:
        return no
    return next(f"{no}-{n}" for n in range(2, len(used) + 3) if f"{no}-{n}" not in used)


def _say(gathered: Sequence[_Gathered], written: Sequence[str], notices: Notices) -> None:
    """Once for the whole table: what its numbers are called where people write them."""
    other = [(project.no, no) for project, no in zip(gathered, written, strict=True) if _DIVIDING.search(project.no)]
    for shown, no in other[:1]:
        reason = (
            f"番号「{shown}」の「{_DIVIDING.findall(shown)[0]}」は記号に使うため、plan.toml や返信の JSON の中では"
            f"「{no}」と書きます(返事では表のまま。こうした番号は{len(other)}件)"
        )
        notices.remark_project(shown, reason)
