"""Comparing: what one knowledge base says otherwise than another: plans, projects, figures, grades, labels, names."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.publishing.changes import KINDS, ROW_KINDS, Change, both, place_of, shown
from kb.publishing.opening import opened
from kb.publishing.plan_changes import said_of_plans
from kb.publishing.sides import EMPTY, CellKey, RowKey, Side, read_side
from kb.storing import KnowledgeBase

__all__ = ["Comparison", "compare"]

_LABELS = ("goal", "goal_text", "policy", "subpolicy")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two knowledge bases say otherwise; that they differ in nothing that can be told in lines is one, too."""

    changes: tuple[Change, ...]
    """In the order of KINDS, and of the table within one."""
    figures: int
    """Cells that report something now."""
    lost: int
    """How many of them would be changed or gone."""
    opened: int = 0
    """How many projects that are withheld from some door wouldn't be any more, or would be gone."""
    years: tuple[str, ...] = ()
    """Years of a plan that stays of which nothing would be left, each with how many figures: 令和3年度の数字26個."""

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of a kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def compare(before: KnowledgeBase | None, after: KnowledgeBase) -> Comparison:
    """What `after` says otherwise than `before`; everything, where there was nothing before."""
    old, new = read_side(before) if before else EMPTY, read_side(after)
    several = len({*old.documents, *new.documents}) > 1
    changes = [
        *said_of_plans(old, new, several),
        *_projects(old, new, several),
        *_rows(old, new, several),
        *_columns(old, new, several),
        *_notes(old, new, several),
    ]
    if before and before.revision != after.revision and not changes:
        changes = [Change("rest", "", "", None, "知識ベースの中身", "今のもの", "新しいもの")]
    order = list(KINDS)
    return Comparison(
        tuple(sorted(changes, key=lambda change: order.index(change.kind))),
        len(old.reported),
        sum(new.cells.get(key) != old.cells[key] and not _is_same_figure(key, old, new) for key in old.reported),
        len(opened(before, after)) if before else 0,
        tuple(_years(old, new, several)),
    )


# Private functions


def _years(old: Side, new: Side, several: bool) -> Iterator[str]:
    """Next year's table often drops its first year: that is to be known before nobody can ask for it any more."""
    counts = Counter((key.plan, year) for key, year in old.reported)
    left = {(key.plan, year) for key, year in new.reported}
    for (plan, year), count in sorted(counts.items()):
        if plan in new.documents and (plan, year) not in left:
            whose = f"{plan} " if several else ""
            yield f"{whose}{old.documents[plan].year_label(year)}の数字{count}個"


def _projects(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in both(old.projects, new.projects):
        before, after = old.projects.get(key), new.projects.get(key)
        plan, no = key
        place = place_of(plan, no, several)
        if before is None or after is None:
            gone, come = (None if side is None else str(side["name"]) for side in (before, after))
            yield Change("project", plan, no, None, place, gone, come)
            continue
        yield from _differing("name", ("name",), place, before, after)
        yield from _differing("label", _LABELS, place, before, after)
        yield from _differing("description", ("description",), place, before, after)


def _rows(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in both(old.rows, new.rows):
        if (key.plan, key.no) not in old.projects or (key.plan, key.no) not in new.projects:
            continue  # told as a project
        before, after = old.rows.get(key), new.rows.get(key)
        place = place_of(key.plan, key.no, several)
        if before is None or after is None:
            gone, come = (None if side is None else key.activity or "(事業の行)" for side in (before, after))
            yield Change("activity", key.plan, key.no, None, place, gone, come)
            continue
        place = " ".join(filter(None, (place, key.activity, ROW_KINDS.get(key.kind, ""))))
        yield from _figures(key, old, new, place)
        yield from _differing("grade", ("grade",), place, before, after, key)
        yield from _differing("period", ("period",), place, before, after, key)


def _figures(key: RowKey, old: Side, new: Side, place: str) -> Iterator[Change]:
    for year in sorted({*old.documents[key.plan].years, *new.documents[key.plan].years}):
        was, becomes = old.cells.get((key, year)), new.cells.get((key, year))
        if was != becomes and (was or becomes):
            label = new.documents[key.plan].year_label(year)
            yield Change(
                _kind(key, year, old, new),
                key.plan,
                key.no,
                year,
                f"{place} {label}",
                _cell(was),
                _cell(becomes),
            )


def _kind(key: RowKey, year: int, old: Side, new: Side) -> str:
    if key.kind == "grade":
        return "grade"
    return "writing" if _is_same_figure((key, year), old, new) else "figure"


def _is_same_figure(key: CellKey, old: Side, new: Side) -> bool:
    """4,610 and 4610 in one unit are one figure, however a file writes it."""
    return key in old.figures and old.figures[key] == new.figures.get(key)


def _columns(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in both(old.details, new.details):
        (plan, no), heading = key
        was, becomes = old.details.get(key, ()), new.details.get(key, ())
        if was != becomes and key[0] in old.projects and key[0] in new.projects:
            place = f"{place_of(plan, no, several)} {heading}"
            yield Change("detail", plan, no, None, place, *_differing_texts(was, becomes))


def _notes(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in both(old.notes, new.notes):
        was, becomes = old.notes.get(key, ()), new.notes.get(key, ())
        if was != becomes and key in old.projects and key in new.projects:
            plan, no = key
            yield Change("note", plan, no, None, place_of(plan, no, several), *_differing_texts(was, becomes))


def _differing_texts(was: tuple[str, ...], becomes: tuple[str, ...]) -> tuple[str, str]:
    """The texts that only one side has; all of them where only their order or number differs."""
    gone = tuple(text for text in was if text not in becomes)
    come = tuple(text for text in becomes if text not in was)
    return (shown(gone), shown(come)) if gone or come else (shown(was), shown(becomes))


def _differing(
    kind: str,
    fields: tuple[str, ...],
    place: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    key: RowKey | None = None,
) -> Iterator[Change]:
    plan, no = (key.plan, key.no) if key else (after["plan"], after["no"])
    for field in fields:
        if before[field] != after[field]:
            yield Change(kind, plan, no, None, place, shown(before[field]), shown(after[field]))


def _cell(text: str | None) -> str:
    return "(欄なし)" if text is None else text or "(空白)"
