"""Delimited text: .csv, .tsv and .txt as one sheet: which characters it is written in and what divides its cells."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from kb.errors import ReadingError
from kb.tables.bounds import BOUNDS, Bounds
from kb.tables.sheets import Sheet, address

__all__ = ["read_delimited"]

_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = {".csv": ",\t;", ".tsv": "\t,;", ".txt": "\t,;"}


def read_delimited(path: Path, suffix: str, told: Callable[[int], None], bounds: Bounds = BOUNDS) -> tuple[Sheet, ...]:
    """The file as one sheet that bears its name."""
    text = _decoded(path.read_bytes())
    csv.field_size_limit(bounds.text)
    sheet = Sheet(path.stem)
    count = 0
    try:
        for row, cells in enumerate(_rows(text, _delimiter(text, suffix), suffix), 1):
            count += _put(sheet, row, cells, bounds)
            if count > bounds.cells:
                raise ReadingError(f"{row}行: セルが多すぎます({bounds.cells:,}個まで)")
            if not row % 5000:
                told(count)
    except csv.Error as error:
        what = f"1つのセルが{bounds.text:,}字をこえます" if "limit" in str(error) else "区切りの形が崩れています"
        raise ReadingError(f'{what}(引用符 " の閉じ忘れがないか確かめてください)') from None
    told(count)
    return (sheet,)


# Private functions


def _decoded(content: bytes) -> str:
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingError("文字のファイルではありません(Excel なら .xlsx の名前で保存してください)")
    marked = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadingError("文字コードが UTF-8 でも CP932(Shift_JIS)でもありません。UTF-8 で保存し直してください")


def _delimiter(text: str, suffix: str) -> str:
    """The divider that cuts the largest share of the lines: of the ones that a file of this kind has."""
    sample = text[:200_000]
    scores = [(_score(sample, one), -at, one) for at, one in enumerate(_DELIMITERS[suffix])]
    return max(scores)[2]


def _score(sample: str, delimiter: str) -> float:
    if delimiter not in sample:
        return 0
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)][:200]
    except csv.Error:
        return 0
    # a share, not a count: by a wrong divider quoted cells fall apart into lines of their own
    return sum(width > 1 for width in widths) / len(widths)


def _rows(text: str, delimiter: str, suffix: str) -> Iterator[list[str]]:
    if suffix == ".txt":  # flattened from a page: a quotation mark is one
        return (line.removesuffix("\r").split(delimiter) for line in text.split("\n"))
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _put(sheet: Sheet, row: int, cells: list[str], bounds: Bounds) -> int:
    last = max((at for at, text in enumerate(cells, 1) if text), default=0)
    if last > bounds.columns:
        raise ReadingError(f"{address(row, last)}: 列が多すぎます({bounds.columns:,}列まで)")
    if last:
        sheet.rows[row] = cells[:last]
        if len(sheet.rows) > bounds.rows:
            raise ReadingError(f"{row}行: 行が多すぎます({bounds.rows:,}行まで)")
    return last
