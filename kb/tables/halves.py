"""Halves: a table that prints two lines for each project and says only beside it which is which: 上段:目標 下段:実績."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kb.tables.covering import Covering
from kb.tables.lines import Line
from kb.tables.sheets import one_line
from kb.tables.vocabulary import Headings, plain

__all__ = ["kinds_by_row", "kinds_of_lines", "without_half", "without_halves"]

_HALF = re.compile(
    r"[((【\[]?(?P<place>上段|中段|下段)(?:が|は|に|[::=…・\s])*[((]?(?P<word>[^\s上中下段、,,・//()()【】\[\]]+)[))】\]]?"
)
_ALL = re.compile(
    rf"[((【\[]?\s*(?:{_HALF.pattern.replace('?P<place>', '?:').replace('?P<word>', '?:')}[\s、,,・//]*)+[))】\]]?"
)
_ORDER = ("上段", "中段", "下段")


def kinds_of_lines(texts: Iterable[str], headings: Headings) -> tuple[str, ...]:
    """What the lines of a project hold, from the upper to the lower; () where nothing says so or a word isn't known."""
    for text in texts:
        found = {half["place"]: headings.kind(half["word"]) for half in _HALF.finditer(text)}
        kinds = tuple(found[place] for place in _ORDER if place in found)
        if len(kinds) > 1 and "上段" in found and all(kinds) and len(set(kinds)) == len(kinds):
            return kinds
    return ()


def without_halves(paths: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Headings without what they say of the lines."""
    bare = {at: tuple(map(without_half, path)) for at, path in paths.items()}
    return {at: kept for at, path in bare.items() if (kept := tuple(filter(None, path)))}


def without_half(text: str) -> str:
    """A heading without what it says of the lines."""
    return _ALL.sub("", text).strip() if "段" in text else text


def kinds_by_row(
    lines: Sequence[Line], kinds: Sequence[str], covering: Covering, name: int, activities: Sequence[int]
) -> dict[int, str]:
    """What each row holds; a row whose place among those of its project isn't sure is left out."""
    found: dict[int, str] = {}
    for group in _groups(lines, covering, activities):
        top = group[0].row
        area = covering.area(top, activities[-1] if activities else name)
        height = area.bottom - top + 1 if area else len(group)
        if height == len(kinds) and group[-1].row - top < height:
            found.update({line.row: kinds[line.row - top] for line in group})
    return found


# Private functions


def _groups(lines: Sequence[Line], covering: Covering, activities: Sequence[int]) -> list[list[Line]]:
    """Rows that follow each other for one project, or for one indicator of it."""
    groups: list[list[Line]] = []
    before: tuple[str, ...] = ()
    for line in lines:
        if line.kind != "project":
            before = ()
            continue
        names = tuple(one_line(covering.text(line.row, at)) for at in activities)
        key = (
            plain(line.no),
            plain(line.name),
            *(name or last for name, last in zip(names, before[2:] or names, strict=True)),
        )
        if key != before or line.row != groups[-1][-1].row + 1:
            groups.append([])
        groups[-1].append(line)
        before = key
    return groups
