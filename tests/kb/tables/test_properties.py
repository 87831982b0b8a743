"""Properties: any table that is written to a file comes back cell for cell."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kb.tables.cellfile import dump_cells, load_cells
from kb.tables.delimited import read_delimited
from kb.tables.sheets import Area, Sheet, address, column_letter, column_number
from kb.tables.workbooks import read_workbook
from tests.kb.tables.tables import text_file

PIECES = [
    "007",
    "△1,000",
    "▲",
    "１２３",
    "ｱｲｳ",
    "\n",
    " ",
    "　",
    "\t",
    '"',
    "'",
    "=1+1",
    "-",
    "0",
    "令和5年度",
    "件",
    ",",
    ";",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)), max_size=4
).map("".join)
TABLES = st.lists(st.lists(TEXTS, min_size=1, max_size=5), min_size=1, max_size=6)


def rows(lines: list[list[str]]) -> dict[int, list[str]]:
    """What must come back: each row up to its last cell that is not empty."""
    kept = {}
    for number, line in enumerate(lines, 1):
        last = max((at for at, text in enumerate(line, 1) if text), default=0)
        if last:
            kept[number] = line[:last]
    return kept


def through_the_cells_file(sheets: tuple[Sheet, ...], folder: Path) -> tuple[Sheet, ...]:
    """Written and read again."""
    path = folder / "cells.csv"
    with path.open("wb") as stream:
        dump_cells(sheets, stream)
    return load_cells(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_a_workbook_comes_back_cell_for_cell(lines: list[list[str]]) -> None:
    """Texts typed as text, whatever they look like."""
    with TemporaryDirectory() as name:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row, line in enumerate(lines, 1):
            for column, text in enumerate(line, 1):
                if text:
                    cell = sheet.cell(row, column)
                    cell.value = text
                    cell.data_type = "s"
        book.save(Path(name) / "a.xlsx")
        read = through_the_cells_file(read_workbook(Path(name) / "a.xlsx", lambda _: None), Path(name))
        assert (read[0].rows if read else {}) == rows(lines)


@example([["\t", "\n\t\n\t"]], ",", "utf-8")
@settings(max_examples=150)
@given(TABLES, st.sampled_from([",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_delimited_text_comes_back_cell_for_cell(lines: list[list[str]], delimiter: str, encoding: str) -> None:
    """Below headings, so that its delimiter can be seen."""
    lines = [["番号", "事業名", "実績", "評価", "備考"], *([*line, ""] for line in lines)]
    with TemporaryDirectory() as name:
        suffix = ".csv" if delimiter == "," else ".tsv"
        file = text_file(Path(name) / f"a{suffix}", lines, encoding, delimiter)
        read = through_the_cells_file(read_delimited(file, suffix, lambda _: None), Path(name))
        assert read[0].rows == rows(lines)


@given(st.integers(1, 20_000))
def test_columns_have_one_name(number: int) -> None:
    """C is 3 and 3 is C."""
    assert column_number(column_letter(number)) == number


@given(st.integers(1, 900), st.integers(1, 900), st.integers(0, 9), st.integers(0, 9))
def test_merged_areas_come_back(row: int, column: int, height: int, width: int) -> None:
    """A3:B7 is what it covers."""
    area = Area(row, column, row + height, column + width)
    assert Area.from_text(str(area)) == area
    assert str(area).startswith(address(row, column))
