"""Files: what is read of them cell for cell, and what a file that can't be read is told in one line."""

import struct
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kb.errors import ReadingError
from kb.tables import extraction
from kb.tables.bounds import Bounds, require_unpackable
from kb.tables.cellfile import load_cells
from kb.tables.extraction import extract_cells
from kb.tables.sheets import Sheet
from kb.tables.workbooks import read_workbook
from tests.kb.tables.tables import text_file, workbook


def extracted(file: Path) -> tuple[Sheet, ...]:
    """The cells of a file, through the child process and the cells file."""
    out = file.parent / "cells.csv"
    extract_cells(file, out, lambda _: None)
    return load_cells(out)


def refused(file: Path, seconds: int = 60) -> str:
    """The one line that a file is refused with."""
    with pytest.raises(ReadingError) as caught:
        extract_cells(file, file.parent / "cells.csv", lambda _: None, seconds)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '#,##0"円"', "1,234,567円"),
        (-1500, '#,##0;"△"#,##0', "△1,500"),
        (-1500, "#,##0;[Red]▲ #,##0", "▲ 1,500"),
        (-1500, "#,##0_ ;[Red]\\-#,##0\\ ", "-1,500 "),
        (0, '#,##0;"△"#,##0;"-"', "-"),
        (0.1234, "0.0%", "12.3%"),
        (0.5, "0%", "50%"),
        (2.5, "0", "3"),
        (12.0, "General", "12"),
        (0.1, "General", "0.1"),
        (7, "000", "007"),
        (3.14159, "0.00", "3.14"),
        (1200, "¥#,##0", "¥1,200"),
        (12, '0"件"', "12件"),
        (date(2023, 4, 1), "yyyy/m/d", "2023/4/1"),
        (date(2023, 4, 1), 'ggge"年"m"月"d"日"', "令和5年4月1日"),
        (date(2019, 4, 1), 'ggge"年度"', "平成31年度"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(tmp_path: Path, value: object, form: str, shown: str) -> None:
    """What an office sees in its spreadsheet is what the source prints."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"].value = value
    sheet["A1"].number_format = form
    book.save(tmp_path / "a.xlsx")
    assert extracted(tmp_path / "a.xlsx")[0].text(1, 1) == shown


def test_a_format_that_is_not_understood_is_said(tmp_path: Path) -> None:
    """The number stays as it is stored, with a note."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"].value = 0.5
    sheet["A1"].number_format = "# ?/?"
    book.save(tmp_path / "a.xlsx")
    (read,) = extracted(tmp_path / "a.xlsx")
    assert (read.text(1, 1), read.notes[1, 1]) == ("0.5", ("format",))


def test_numbers_stored_as_text_stay_as_they_are(tmp_path: Path) -> None:
    """Leading zeros, full width and △ are the text itself."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["007", "１２３", "△1,000", " 前に空白", "上\n下"]]})
    assert extracted(file)[0].rows == {1: ["007", "１２３", "△1,000", " 前に空白", "上\n下"]}


def test_a_formula_with_a_stored_value_is_that_value(tmp_path: Path) -> None:
    """As a spreadsheet has calculated it."""
    file = workbook(tmp_path / "a.xlsx", {"S": [[1, 2, "=A1+B1"]]})
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<f>A1+B1</f><v></v>" in sheet or b"<f>A1+B1</f><v/>" in sheet or b"<f>A1+B1</f><v />" in sheet
    for empty in (b"<v></v>", b"<v/>", b"<v />"):
        sheet = sheet.replace(b"<f>A1+B1</f>" + empty, b"<f>A1+B1</f><v>3</v>")
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, content)
    (read,) = extracted(file)
    assert (read.text(1, 3), read.notes.get((1, 3))) == ("3", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".csv", "\t"), (".tsv", "\t")])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, suffix: str, delimiter: str) -> None:
    """As Excel, an editor or another system may have saved it."""
    lines = [["番号", "事業名", "実績"], ["01", "健診(1,000人)", "複数\n行"], ["02", "相談", '"引用"']]
    file = text_file(tmp_path / f"a{suffix}", lines, encoding, delimiter)
    assert list(extracted(file)[0].rows.values()) == lines


def test_a_lone_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    """A cell in the last row of a sheet makes no rows in between."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["a"]]})
    book = load_workbook(file)
    book["S"]["B1048576"].value = "x"
    book.save(file)
    assert list(extracted(file)[0].rows) == [1, 1048576]


# ── What can't be read ──


def test_an_empty_file(tmp_path: Path) -> None:
    """No bytes at all."""
    (tmp_path / "a.xlsx").touch()
    assert refused(tmp_path / "a.xlsx") == "a.xlsx: ファイルが空です"


def test_a_missing_file_and_a_suffix_that_is_not_read(tmp_path: Path) -> None:
    """Both are said by name."""
    assert refused(tmp_path / "a.xlsx") == "a.xlsx: 読めません(No such file or directory)"
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert refused(tmp_path / "a.pdf").startswith("a.pdf: この形のファイルは読めません(.xlsx・")


def test_an_encrypted_or_old_workbook(tmp_path: Path) -> None:
    """Both lie in the same container, which is no zip file."""
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refused(tmp_path / "a.xlsx").startswith("a.xlsx: パスワードのかかった Excel か、古い形式(.xls)です。")


def test_a_truncated_workbook(tmp_path: Path) -> None:
    """A copy that broke off, at any place."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["番号", "事業名"]] * 50})
    whole = file.read_bytes()
    for length in (10, len(whole) // 2, len(whole) - 30):
        file.write_bytes(whole[:length])
        assert refused(file).startswith("a.xlsx: ファイルが壊れているか、途中で切れています")


def test_a_wrong_suffix(tmp_path: Path) -> None:
    """A CSV that is called .xlsx, and a workbook that is called .csv."""
    text_file(tmp_path / "a.xlsx", [["番号", "事業名"]])
    assert refused(tmp_path / "a.xlsx").startswith("a.xlsx: 中身が .xlsx ではありません。")
    workbook(tmp_path / "b.xlsx", {"S": [["番号"]]}).rename(tmp_path / "b.csv")
    assert refused(tmp_path / "b.csv").startswith("b.csv: 文字のファイルではありません")


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    """Any other archive."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refused(tmp_path / "a.xlsx").startswith("a.xlsx: ファイルが壊れているか、途中で切れています")


def test_bytes_of_no_known_encoding(tmp_path: Path) -> None:
    """Neither UTF-8 nor CP932."""
    (tmp_path / "a.csv").write_bytes(b"a,b\r\n\xff\xfd\x80\x81,\xa0\r\n")
    assert refused(tmp_path / "a.csv").startswith("a.csv: 文字コードが UTF-8 でも CP932(Shift_JIS)でもありません。")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """1 GB of zeros in 1 MB."""
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(1 << 20))
    assert refused(tmp_path / "a.xlsx") == "a.xlsx: 広げると大きすぎます(1024MB、800MBまで)"


def test_a_bomb_that_lies_about_its_size_ends_in_the_child(tmp_path: Path) -> None:
    """The directory says 1,000 bytes; what comes out is more and is refused by the archive's own check."""
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(workbook(file, {"S": [["a"]]})) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.ljust(1 << 22) if name.endswith("sheet1.xml") else content)
    content = bytearray(file.read_bytes())
    at = content.find(struct.pack("<L", 1 << 22), content.find(b"PK\x01\x02"))
    content[at : at + 4] = struct.pack("<L", 1000)
    file.write_bytes(content)
    assert refused(file).startswith("a.xlsx: ファイルが壊れているか、途中で切れています")


def test_an_entity_bomb_and_an_external_entity_are_not_followed(tmp_path: Path) -> None:
    """A billion laughs ends in one line, and no file of this machine comes out of a workbook."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["番号", "事業名"]]})
    (tmp_path / "secret").write_text("himitsu", encoding="utf-8")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    for entities in (f'<!ENTITY a0 "ha">{laughs}', f'<!ENTITY a9 SYSTEM "{(tmp_path / "secret").as_uri()}">'):
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        assert "番号" in sheet
        bad = f"<!DOCTYPE worksheet [{entities}]>{sheet.replace('番号', '&a9;')}"
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in {**parts, "xl/worksheets/sheet1.xml": bad.encode()}.items():
                archive.writestr(name, content)
        out = tmp_path / "cells.csv"
        out.unlink(missing_ok=True)
        with pytest.raises(ReadingError):
            extract_cells(file, out, lambda _: None, 30)
        assert not out.exists() or b"himitsu" not in out.read_bytes()


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that takes too long is ended."""
    real = subprocess.Popen

    def sleeping(command: list[str], **more: object) -> "subprocess.Popen[str]":
        return real([command[0], "-c", "import time; time.sleep(60)"], **more)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(extraction.subprocess, "Popen", sleeping)
    file = text_file(tmp_path / "a.csv", [["a"]])
    assert refused(file, 1) == "a.csv: 読むのに時間がかかりすぎるため、やめました(1秒まで)"


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        (Bounds(rows=3), "S A4: 行が多すぎます(3行まで)"),
        (Bounds(columns=3), "S D1: 列が多すぎます(3列まで)"),
        (Bounds(cells=10), "S: セルが多すぎます(10個まで)"),
        (Bounds(text=2), "S A1: 文字が多すぎます(2字まで)"),
        (Bounds(unpacked=100), "広げると大きすぎます(0MB、0MBまで)"),
        (Bounds(parts=2), "中のファイルが多すぎます"),
    ],
)
def test_every_bound_names_where_it_was_met(tmp_path: Path, bounds: Bounds, message: str) -> None:
    """Rows, columns, cells and texts; the file's own size before anything is parsed."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["aaa", "b", "c", "d"]] * 6})
    with pytest.raises(ReadingError) as caught:
        read_workbook(file, lambda _: None, bounds)
    assert message in str(caught.value)


def test_the_bounds_let_a_sound_file_pass(tmp_path: Path) -> None:
    """Negative control."""
    file = workbook(tmp_path / "a.xlsx", {"S": [["aaa", "b", "c", "d"]] * 6})
    require_unpackable(file)
    assert len(read_workbook(file, lambda _: None)[0].rows) == 6
