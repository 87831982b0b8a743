"""Shared cells: amounts beside lines of several kinds that are printed once for all of them: 効果額 beside 計画 and 実績."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kb.tables.contents import rows_of
from kb.tables.covering import Covering
from kb.tables.discovery import Found
from kb.tables.mapping import Column
from kb.tables.sheets import is_blank, one_line
from kb.tables.vocabulary import plain
from kb.terms import ATTRIBUTES

__all__ = ["is_shared", "shared_by_kinds"]


def shared_by_kinds(
    columns: Sequence[Column], found: Sequence[Found], kinds: Mapping[str, str], assumed: list[str]
) -> tuple[Column, ...]:
    """The columns of a layout; what is merged over lines of several kinds is of none of these, but what came of it."""
    open_ = [column for column in columns if column.role == "value" and not column.kind]
    shared = {column.at for column in open_ if is_shared(column, found)}
    for name in dict.fromkeys(_name(column) for column in open_ if column.at in shared):
        assumed.append(
            f"「{name}」は種類の違う行にまたがる結合セルなので、実績としました(違うときは kind を直してください)"
        )
    for column in open_:
        words = set() if column.at in shared or not column.activity else _words(column, columns, found)
        only = {kinds.get(plain(word), "") for word in words}
        if len(words) == 1 and only - {"result", ""}:
            word, title = words.pop(), ATTRIBUTES[only.pop()]
            assumed.append(
                f"「{_name(column)}」の値は「{word}」の行にだけあるので、{title}として読みました(違うときは kind を書いてください)"
            )
    return tuple(replace(column, kind="result") if column.at in shared else column for column in columns)


def is_shared(column: Column, found: Sequence[Found]) -> bool:
    """Whether most of what it prints is merged over several lines."""
    heights = [height for one in found for height in _heights(column, one)]
    return sum(height > 1 for height in heights) * 2 > len(heights)


# Private functions


def _name(column: Column) -> str:
    return column.activity or one_line(column.heading)


def _heights(column: Column, found: Found) -> Iterator[int]:
    covering = Covering(found.sheet)
    for row in rows_of(found.sheet, found.block):
        if not is_blank(found.sheet.text(row, column.at)):
            area = covering.area(row, column.at)
            yield area.bottom - area.top + 1 if area else 1


def _words(column: Column, columns: Sequence[Column], found: Sequence[Found]) -> set[str]:
    """What the column of kinds says of the lines on which it prints something, where other values stand on further ones."""
    kind = next((other.at for other in columns if other.role == "kind"), 0)
    others = [other.at for other in columns if other.role == "value" and other.at != column.at]
    printed, beside = set[str](), set[str]()
    for one in found if kind else ():
        covering = Covering(one.sheet)
        for row in rows_of(one.sheet, one.block):
            word = one_line(covering.text(row, kind))
            if word and not is_blank(one.sheet.text(row, column.at)):
                printed.add(word)
            if word and any(not is_blank(one.sheet.text(row, at)) for at in others):
                beside.add(word)
    return printed if beside - printed else set()
