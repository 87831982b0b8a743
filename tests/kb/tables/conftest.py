"""What the tests of tables share: their files are read in this process; tests/kb/tables/test_files.py holds the child."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.tables import drafting
from kb.tables.cellfile import dump_cells
from kb.tables.delimited import read_delimited
from kb.tables.workbooks import read_workbook


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child takes nine tenths of the time of an import, and most of these tests import."""
    monkeypatch.setattr(drafting, "extract_cells", extracted)


def extracted(file: Path, out: Path, told: Callable[[int], None]) -> int:
    """Write the file's cells as the child does."""
    suffix = file.suffix.lower()
    sheets = read_workbook(file, told) if suffix == ".xlsx" else read_delimited(file, suffix, told)
    with out.open("wb") as stream:
        return dump_cells(sheets, stream)
