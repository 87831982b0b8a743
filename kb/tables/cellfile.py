"""The cells file: one line for each cell that prints something: sheet, address, text, note. What a build reads."""

import csv
import re
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from kb.errors import ReadingError
from kb.tables.sheets import Area, Sheet, address, column_number

__all__ = ["dump_cells", "load_cells"]

HEAD = ["sheet", "address", "text", "note"]

_ADDRESS = re.compile(r"([A-Z]{1,4})(\d{1,8})")


def dump_cells(sheets: Iterable[Sheet], file: BinaryIO) -> int:
    """Write the cells; how many there are."""
    stream = TextIOWrapper(file, encoding="utf-8", errors="surrogatepass", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")  # so that a lone line break inside a text is quoted, too
    writer.writerow(HEAD)
    count = 0
    for sheet in sheets:
        for row, column, text in sheet.cells():
            area = sheet.areas.get((row, column))
            note = (*sheet.notes.get((row, column), ()), *((f"merged={area}",) if area else ()))
            writer.writerow((sheet.name, address(row, column), text, " ".join(note)))
            count += 1
        for (row, column), area in sheet.areas.items():
            if not sheet.text(row, column) and (row, column) not in sheet.notes:
                writer.writerow((sheet.name, address(row, column), "", f"merged={area}"))
    stream.flush()
    stream.detach()
    return count


def load_cells(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a cells file, in its order; raises ReadingError naming the line."""
    sheets: dict[str, Sheet] = {}
    texts: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            if next(reader, None) != HEAD:
                raise ReadingError(f"{path.name}: 1行目が {','.join(HEAD)} ではありません")
            for line in reader:
                _put(sheets, line, texts, path.name, reader.line_num)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadingError(f"{path.name}: セルの控えを読めません({type(error).__name__})") from None
    except OSError as error:
        raise ReadingError(f"{path.name}: セルの控えを読めません({error.strerror})") from None
    return tuple(sheets.values())


# Private functions


def _put(sheets: dict[str, Sheet], line: list[str], texts: dict[str, str], file: str, number: int) -> None:
    found = _ADDRESS.fullmatch(line[1]) if len(line) == len(HEAD) else None
    if not found:
        raise ReadingError(f"{file}: {number}行目がセルの控えの形ではありません")
    name, _, text, note = line
    sheet = sheets.get(name) or sheets.setdefault(name, Sheet(name))
    row, column = int(found[2]), column_number(found[1])
    if text:
        sheet.put(row, column, texts.setdefault(text, text))
    if note:
        _note(sheet, row, column, note)


def _note(sheet: Sheet, row: int, column: int, note: str) -> None:
    words = tuple(word for word in note.split(" ") if not word.startswith("merged="))
    if words:
        sheet.notes[row, column] = words
    for word in note.split(" "):
        if word.startswith("merged="):
            sheet.areas[row, column] = Area.from_text(word.removeprefix("merged="))
