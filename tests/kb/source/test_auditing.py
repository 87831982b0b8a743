from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import ReadingError
from kb.source.auditing import check
from kb.source.plans import Plan, load_plan
from kb.source.projects import Project, Row
from kb.source.reading import read_projects
from tests.helpers import copied_plan

FOLDER = Path("data/plans/nerima-shokogyo")
PLAN = load_plan(FOLDER)
LINES = (FOLDER / "source.txt").read_text(encoding="utf-8").split("\n")
CELLS = [
    (line, column) for line, text in enumerate(LINES, 1) for column, cell in enumerate(text.split("\t"), 1) if cell
]
HEADINGS = 6
MUTATIONS: dict[str, Callable[[str], list[str]]] = {
    "changed": lambda cell: [cell + "1"],
    "emptied": lambda cell: [""],
    "removed": lambda cell: [],
    "doubled": lambda cell: [cell, cell],
}
KINDS = ["changed", "emptied", "doubled", pytest.param("removed", marks=pytest.mark.slow)]


def write(folder: Path, lines: list[str]) -> Plan:
    """The plan with another source."""
    copied_plan(folder, "inventory.toml")
    (folder / "source.txt").write_text("\n".join(lines), encoding="utf-8")
    return replace(PLAN, folder=folder)


def mutated(line: int, column: int, mutate: Callable[[str], list[str]]) -> list[str]:
    """The source's lines with one cell mutated."""
    cells = LINES[line - 1].split("\t")
    cells[column - 1 : column] = mutate(cells[column - 1])
    return [*LINES[: line - 1], "\t".join(cells), *LINES[line:]]


def test_the_untouched_source_gives_no_finding() -> None:
    """What is published is accounted for to the last cell."""
    plan = load_plan(FOLDER)
    assert check(plan, read_projects(plan)) == ()
    assert len(CELLS) == 504


@pytest.mark.parametrize("mutation", KINDS)
def test_every_mutated_cell_is_named_by_its_address(tmp_path: Path, mutation: str) -> None:
    """Each non-empty cell in turn is changed, emptied, removed or doubled: the check names its row and its cell."""
    unnamed = []
    for line, column in CELLS:
        plan = write(tmp_path, mutated(line, column, MUTATIONS[mutation]))
        findings = check(plan, None)
        # which of two equal neighbours was doubled cannot be told, so there the row is enough
        named = f"{line}行{column}列" if mutation == "changed" else f"{line}行"
        if not any(finding.address.startswith(named) for finding in findings):
            unnamed.append((line, column))
    assert unnamed == []


@pytest.mark.parametrize("mutation", KINDS)
def test_the_accounting_needs_no_inventory(tmp_path: Path, mutation: str) -> None:
    """Held against a right reading, every mutation is found by the walk alone.

    But for what changes no reading: a label that page 2 repeats may be left out; only the inventory knows it was there.
    """
    projects = read_projects(PLAN)
    missed = []
    for line, column in CELLS:
        plan = write(tmp_path, mutated(line, column, MUTATIONS[mutation]))
        (tmp_path / "inventory.toml").unlink()
        if line > HEADINGS and len(check(plan, projects)) == 1:  # the one says that there is no inventory
            missed.append((line, column))
    assert missed == ([(27, 1), (27, 2)] if mutation in {"emptied", "removed"} else [])


def test_a_source_that_stops_the_reader_is_still_inspected(tmp_path: Path) -> None:
    """The reader names the cell that it cannot place, the inventory the one that is missing."""
    plan = write(tmp_path, mutated(49, 8, MUTATIONS["removed"]))
    with pytest.raises(ReadingError, match="49行10列「A」"):
        read_projects(plan)
    assert [str(finding) for finding in check(plan, None)] == ["nerima-shokogyo 49行8列: セルがなくなっています"]


def variants(projects: tuple[Project, ...]) -> Iterator[tuple[Project, ...]]:
    """Readings with one mistake each, as a careless reader would make them."""
    for at, project in enumerate(projects):
        for wrong in (*_wrong_fields(project), *_wrong_rows(project)):
            yield (*projects[:at], wrong, *projects[at + 1 :])
        yield (*projects[:at], *projects[at + 1 :])


def _wrong_fields(project: Project) -> Iterator[Project]:
    yield replace(project, name=project.name + "x")
    yield replace(project, name=project.description, description=project.name)
    yield replace(project, goal="Z")
    yield replace(project, policy="よその施策")
    yield replace(project, subpolicy="よその施策")


def _wrong_rows(project: Project) -> Iterator[Project]:
    for at, row in enumerate(project.rows):
        for wrong in _wrong_cells(row):
            yield replace(project, rows=(*project.rows[:at], wrong, *project.rows[at + 1 :]))
        yield replace(project, rows=(*project.rows[:at], *project.rows[at + 1 :]))
        yield replace(project, rows=(*project.rows[:at], row, *project.rows[at:]))


def _wrong_cells(row: Row) -> Iterator[Row]:
    yield replace(row, period=row.period + "x")
    yield replace(row, grade="B" if row.grade == "A" else "A")
    texts = [cell.text for cell in row.cells]
    shifted = [*texts[1:], texts[0]]
    if shifted != texts:
        yield with_texts(row, shifted)
    for at, text in enumerate(texts):
        yield with_texts(row, [*texts[:at], text + "1", *texts[at + 1 :]])
        if text:
            yield with_texts(row, [*texts[:at], "", *texts[at + 1 :]])


def with_texts(row: Row, texts: list[str]) -> Row:
    """A row with other results."""
    cells = tuple(replace(cell, text=text) for cell, text in zip(row.cells, texts, strict=True))
    return replace(row, cells=cells)


def test_every_careless_reading_is_found() -> None:
    """A reader that changes, swaps, shifts, drops or doubles anything doesn't get past the walk of the source."""
    plan = load_plan(FOLDER)
    missed = [wrong for wrong in variants(read_projects(plan)) if not check(plan, wrong)]
    assert missed == []


def test_a_lost_or_doubled_line_is_named(tmp_path: Path) -> None:
    """Whole lines are found as their cells are."""
    lost = write(tmp_path, [*LINES[:48], *LINES[49:]])
    assert {finding.address.split("行")[0] for finding in check(lost, None)} == {"49"}
    doubled = write(tmp_path, [*LINES[:49], *LINES[48:]])
    assert {finding.address.split("行")[0] for finding in check(doubled, None)} == {"50"}


def test_without_its_inventory_a_plan_is_not_accepted(tmp_path: Path) -> None:
    """An inventory that is missing is a finding of its own."""
    plan = write(tmp_path, LINES)
    (tmp_path / "inventory.toml").unlink()
    assert [finding.address for finding in check(plan, None)] == ["控え"]
