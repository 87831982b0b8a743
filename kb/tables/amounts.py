"""Amounts: columns of numbers whose headings name no kind: values where each line or sheet is of one year, else named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kb.tables.contents import Contents, contents_of
from kb.tables.discovery import Found
from kb.tables.headers import Block
from kb.tables.mapping import Column, Part, Table
from kb.tables.shared import is_shared
from kb.tables.sheets import Sheet, column_letter, one_line
from kb.tables.units import is_rate, unit_of
from kb.tables.vocabulary import Headings, plain

__all__ = ["unexplained", "values_of_lines"]

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_LEAST = 0.6
"""So much of a column is numbers."""


def values_of_lines(columns: Sequence[Column], found: Sequence[Found], headings: Headings) -> tuple[Column, ...]:
    """The columns of a layout whose lines or sheets are of one year each: 利用者数(人) is a value of that year."""
    kind = "" if any(column.role == "kind" for column in columns) or found[0].halves else "result"
    counted = any(column.role == "unit" for column in columns)
    contents = [contents_of(one.sheet, one.block) for one in found]
    turned = {}
    for column in columns:
        unit = unit_of(tuple(column.heading.split(" / ")), headings)
        rate = counted and not unit and is_rate(column.heading)  # not what the others are counted in
        if _is_amount(column, contents, headings) and not rate and not is_shared(column, found):
            name = column.heading.replace(" / ", " ")
            turned[column.at] = replace(column, role="value", kind=kind, unit=unit, activity=name, of="")
    return tuple(turned.get(column.at, column) for column in columns)


def unexplained(sheets: Sequence[Sheet], table: Table, headings: Headings) -> Iterator[str]:
    """Lines that name the columns of numbers that are details in a table of years."""
    for layout, columns in table.columns.items():
        parts = [part for part in table.parts if part.layout == layout]
        dated = any(c.year or c.role == "year" for c in columns) or any(part.year for part in parts)
        contents = [_contents(sheets, part) for part in parts] if dated else []
        name = next(column.at for column in columns if column.role == "name")
        left = [column for column in columns if column.at > name and _is_amount(column, contents, headings)]
        differences = [column for column in columns if column.role == "detail" and _is_difference(column, headings)]
        if differences:
            yield f"{_listed(differences)}はほかの欄の差とみて、項目として読みました(増減や合計の計算には使いません)"
        if left:
            yield (
                f"{_listed(left)}は数字の列ですが、年度の値とせず項目として読みました"
                '(年度の値なら plan.toml で role = "value" とし、kind と year を書いてください)'
            )


# Private functions


def _listed(columns: Sequence[Column]) -> str:
    return "".join(f"「{one_line(column.heading)}」({column_letter(column.at)}列)" for column in columns)


def _is_difference(column: Column, headings: Headings) -> bool:
    return headings.is_difference(column.heading.split(" / ")[-1])


def _contents(sheets: Sequence[Sheet], part: Part) -> dict[int, Contents]:
    sheet = next(sheet for sheet in sheets if part.covers(sheet))
    return contents_of(sheet, Block(part.headings, part.last_row(sheet), ()))


def _is_amount(column: Column, contents: Sequence[Mapping[int, Contents]], headings: Headings) -> bool:
    """Whether a detail is numbers, and neither years nor what its heading is known to be."""
    path = column.heading.split(" / ")
    if (
        column.role != "detail"
        or _is_difference(column, headings)
        or any(headings.is_base(part) or headings.role(part) == "detail" for part in path)
    ):
        return False
    texts = [text for one in contents for text in one.get(column.at, Contents(())).texts]
    years = sum(_YEAR.fullmatch(plain(text)) is not None for text in texts)
    return Contents(tuple(texts)).numbers() >= _LEAST and years * 2 < len(texts)
