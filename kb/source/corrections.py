"""Corrections: what plan.toml replaces in the source before the rules read it."""

from kb.errors import ReadingError
from kb.source.layout import Block, Line
from kb.source.plan_sections import CELLS
from kb.source.projects import LABELS, Correction

__all__ = ["correct_cells", "correct_label", "of_project"]


def of_project(corrections: tuple[Correction, ...], no: str) -> tuple[Correction, ...]:
    """The corrections of one project."""
    return tuple(correction for correction in corrections if correction.project == no)


def correct_cells(block: Block, corrections: tuple[Correction, ...]) -> Block:
    """The project's lines with their cells replaced; each correction must meet its cells once."""
    lines = list(block.lines)
    for correction in corrections:
        if correction.field in CELLS:
            at, start = _find(lines, correction)
            length = len(correction.reads.split("\t"))
            lines[at] = lines[at].replaced(start, start + length, tuple(correction.becomes.split("\t")))
    return Block(block.no, tuple(lines))


def correct_label(field: str, label: str, corrections: tuple[Correction, ...]) -> str:
    """The label that holds for a project, replaced where a correction says so."""
    for correction in corrections:
        if correction.field == field and field in LABELS:
            if label != correction.reads:
                raise ReadingError(
                    f"No.{correction.project} {field}: 補正は「{correction.reads}」を前提にしていますが「{label}」です"
                )
            return correction.becomes
    return label


# Private functions


def _find(lines: list[Line], correction: Correction) -> tuple[int, int]:
    wanted = tuple(correction.reads.split("\t"))
    places = [
        (at, start)
        for at, line in enumerate(lines)
        if correction.activity is None or correction.activity in line.cells
        for start in range(len(line.cells) - len(wanted) + 1)
        if line.cells[start : start + len(wanted)] == wanted
    ]
    if len(places) != 1:
        reads = " | ".join(wanted)
        found = f"{len(places)}か所あります" if places else "原文にありません"
        raise ReadingError(f"{lines[0].number}行 No.{correction.project}: 補正の前提「{reads}」が{found}")
    return places[0]
