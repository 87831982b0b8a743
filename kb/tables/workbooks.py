"""Workbooks: an .xlsx as sheets of texts; the door to openpyxl for reading. Links, macros and entities are not followed."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from kb.errors import ReadingError
from kb.tables.bounds import BOUNDS, Bounds, require_unpackable
from kb.tables.sheets import Area, Sheet, address
from kb.tables.showing import show_date, show_number

__all__ = ["read_workbook"]

_CHUNK = 1 << 20
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERA = re.compile(r"g{1,3}e(?!neral)|^e{1,2}$", re.IGNORECASE)


def read_workbook(path: Path, told: Callable[[int], None], bounds: Bounds = BOUNDS) -> tuple[Sheet, ...]:
    """Every sheet of a workbook; `told` hears how many cells there are so far."""
    try:
        require_unpackable(path, bounds)
        formulas = _prints(path, b"<f") and _formulas(path)
        book = load_workbook(path, data_only=True, keep_links=False, keep_vba=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError) as error:
        raise ReadingError(_unreadable(path, error)) from None
    sheets = []
    count = 0
    for worksheet in book.worksheets:
        sheet = _sheet(worksheet, formulas or {}, bounds)
        count += sum(map(len, sheet.rows.values()))
        if count > bounds.cells:
            raise ReadingError(f"{worksheet.title}: セルが多すぎます({bounds.cells:,}個まで)")
        told(count)
        sheets.append(sheet)
    return tuple(sheets)


# Private functions


def _unreadable(path: Path, error: Exception) -> str:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "パスワードのかかった Excel か、古い形式(.xls)です。パスワードを外し、.xlsx で保存し直してください"
    if not head.startswith(b"PK"):
        return "中身が .xlsx ではありません。Excel で開いて .xlsx で保存し直してください"
    return f"ファイルが壊れているか、途中で切れています({type(error).__name__})"


def _prints(path: Path, tag: bytes) -> bool:
    """Whether any sheet holds a tag; only then is it worth reading the file a second time."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    before = b""
                    while chunk := part.read(_CHUNK):
                        if tag in before + chunk:
                            return True
                        before = chunk[-len(tag) :]
    return False


def _formulas(path: Path) -> dict[tuple[str, str], str]:
    """Formulas by sheet and address."""
    book = load_workbook(path, data_only=False, keep_links=False, keep_vba=False)
    return {
        (sheet.title, cell.coordinate): _formula(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _formula(value: object) -> str:
    return str(getattr(value, "text", None) or value)


def _sheet(worksheet: Worksheet, formulas: dict[tuple[str, str], str], bounds: Bounds) -> Sheet:
    sheet = Sheet(worksheet.title)
    for cell in _cells(worksheet):
        formula = formulas.get((worksheet.title, cell.coordinate), "")
        if cell.value is None and not formula:
            continue
        _require_inside(worksheet.title, cell, sheet, bounds)
        text, note = (formula, ("formula",)) if cell.value is None else _text(cell)
        if text:
            if len(text) > bounds.text:
                raise ReadingError(f"{worksheet.title} {cell.coordinate}: 文字が多すぎます({bounds.text:,}字まで)")
            sheet.put(cell.row, cell.column, text)
            note = (*note, *_hidden(worksheet, cell))
            if note:
                sheet.notes[cell.row, cell.column] = note
    for area in worksheet.merged_cells.ranges:
        sheet.areas[area.min_row, area.min_col] = Area(area.min_row, area.min_col, area.max_row, area.max_col)
    return sheet


def _cells(worksheet: Worksheet) -> Iterator[Cell]:
    """The cells that exist, in order, without making those that don't (a lone cell in row 1,048,576 costs nothing)."""
    cells = worksheet._cells  # noqa: SLF001  iter_rows() would make a cell for every empty place
    for place in sorted(cells):
        cell = cells[place]
        if isinstance(cell, Cell):
            yield cell


def _require_inside(name: str, cell: Cell, sheet: Sheet, bounds: Bounds) -> None:
    if cell.column > bounds.columns:
        raise ReadingError(f"{name} {cell.coordinate}: 列が多すぎます({bounds.columns:,}列まで)")
    if len(sheet.rows) >= bounds.rows and cell.row not in sheet.rows:
        raise ReadingError(f"{name} {address(cell.row, cell.column)}: 行が多すぎます({bounds.rows:,}行まで)")


def _text(cell: Cell) -> tuple[str, tuple[str, ...]]:
    value = cell.value
    if cell.data_type == "e":
        return str(value), ("error",)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE", ()
    if isinstance(value, datetime | date | time | timedelta):
        return show_date(value, cell.number_format), ("date",)
    if isinstance(value, int | float):
        if _ERA.search(_LITERAL.sub("", cell.number_format)):  # openpyxl takes 令和5年度 (ggge) for a number
            return show_date(from_excel(value), cell.number_format), ("date",)
        shown = show_number(value, cell.number_format)
        raw = repr(value)
        if shown is None:
            return raw, ("format",)
        return shown, () if shown == raw else (f"raw={raw}",)
    return str(value), ()


def _hidden(worksheet: Worksheet, cell: Cell) -> tuple[str, ...]:
    if worksheet.sheet_state != "visible":
        return ("hidden-sheet",)
    row = worksheet.row_dimensions[cell.row].hidden if cell.row in worksheet.row_dimensions else False
    return ("hidden",) if row or _column_hidden(worksheet, cell) else ()


def _column_hidden(worksheet: Worksheet, cell: Cell) -> bool:
    for dimension in worksheet.column_dimensions.values():
        if dimension.hidden and (dimension.min or 0) <= cell.column <= (dimension.max or 0):
            return True
    return False
