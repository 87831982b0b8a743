"""The audit of a table walks its cells apart from the reader: a cell that changes, moves or goes is found."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kb.source.plans import load_plan
from kb.source.projects import Cell, Project
from kb.tables.auditing import account
from kb.tables.drafting import Draft
from kb.tables.reading import read_table
from tests.kb.tables.tables import imported, workbook

LINES = [
    ["みどり町 事業一覧"],
    ["番号", "施策", "事業名", "担当課", "R4実績", "R5実績", "評価"],
    ["1", "健康", "健診", "保健課", "10件", "12件", "A"],
    ["2", "健康", "相談", "福祉課", "5件", "", "B"],
    ["", "", "合計", "", "15件", "12件", ""],
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A table that adds up."""
    return imported(workbook(tmp_path_factory.mktemp("audit") / "a.xlsx", {"一覧": LINES}))


def test_a_sound_reading_has_no_problem(made: Draft) -> None:
    """Negative control of all that follow."""
    assert account(made.plan, made.projects).problems == []
    assert account(made.plan, made.projects).left == []


def with_cells(projects: tuple[Project, ...], texts: list[str]) -> tuple[Project, ...]:
    """The projects with other results in the first one's row."""
    first, *others = projects
    cells = tuple(Cell(cell.year, text) for cell, text in zip(first.rows[0].cells, texts, strict=True))
    return replace(first, rows=(replace(first.rows[0], cells=cells),)), *others


SPOILT: list[tuple[str, Callable[[tuple[Project, ...]], tuple[Project, ...]], str]] = [
    ("another figure", lambda p: with_cells(p, ["11件", "12件"]), "一覧 E3「10件」"),
    ("years exchanged", lambda p: with_cells(p, ["12件", "10件"]), "一覧 E3「10件」"),
    ("a figure dropped", lambda p: with_cells(p, ["10件", ""]), "一覧 F3「12件」"),
    ("a figure invented", lambda p: (p[0], with_cells(p[1:], ["5件", "6件"])[0]), "No.2 相談"),
    ("a project dropped", lambda p: p[:1], "一覧 C4「相談」"),
    ("a project invented", lambda p: (*p, replace(p[0], no="3", name="訪問")), "No.3 訪問"),
    ("another grade", lambda p: (replace(p[0], rows=(replace(p[0].rows[0], grade="B"),)), p[1]), "一覧 G3「A」"),
    ("another number", lambda p: (replace(p[0], no="7"), p[1]), "一覧 A3「1」"),
    ("a detail dropped", lambda p: (replace(p[0], details=()), p[1]), "一覧 D3「保健課」"),
    ("another policy", lambda p: tuple(replace(one, policy="福祉") for one in p), "一覧 B3「健康」"),
]


@pytest.mark.parametrize(("spoil", "place"), [pytest.param(s, p, id=name) for name, s, p in SPOILT])
def test_what_a_reader_could_do_wrong_is_found(
    made: Draft, spoil: Callable[[tuple[Project, ...]], tuple[Project, ...]], place: str
) -> None:
    """Each is named by the cell that it is about."""
    assert place in [where for where, _ in account(made.plan, spoil(made.projects)).problems]


def test_a_part_that_names_no_sheet_is_of_any(made: Draft, tmp_path: Path) -> None:
    """The name may be left out of plan.toml: what is read by it then is audited by it, too."""
    folder = tmp_path / "plan"
    shutil.copytree(made.plan.folder, folder)
    path = folder / "plan.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('name = "一覧"\n', ""), encoding="utf-8")
    plan = load_plan(folder)
    projects = read_table(plan).projects
    assert [project.name for project in projects] == ["健診", "相談"]
    assert account(plan, projects).problems == []


@pytest.mark.parametrize("column", range(1, 8))
def test_a_cell_that_changes_in_the_cells_file_is_found(made: Draft, tmp_path: Path, column: int) -> None:
    """Held against the old reading, every changed cell of a project's line is named."""
    assert made.plan.table is not None
    for path in made.plan.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    cells = tmp_path / made.plan.table.cells
    text = cells.read_text(encoding="utf-8")
    address = f"{'ABCDEFG'[column - 1]}3"
    old = next(line for line in text.splitlines() if line.startswith(f"一覧,{address},"))
    cells.write_bytes(text.replace(old, f"一覧,{address},変わった,").replace("\n", "\r\n").encode())
    problems = account(replace(made.plan, folder=tmp_path), made.projects)
    assert any("変わった" in where for where, _ in (*problems.problems, *problems.left))
