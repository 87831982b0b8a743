"""Comparing: what one knowledge base says otherwise than another: plans, projects, figures, grades, labels, names."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.doors import DOORS
from kb.publishing.changes import KINDS, Change
from kb.publishing.opening import opened
from kb.publishing.sides import EMPTY, CellKey, RowKey, Side, read_side
from kb.storing import KnowledgeBase, SourceDocument

__all__ = ["Comparison", "compare"]

_ROW_KINDS = {"target": "目標", "budget": "予算", "settlement": "決算", "grade": "評価"}
_FIELDS = {
    "title": "題名",
    "scope": "題名の添え書き",
    "publisher": "発行者",
    "contact": "問い合わせ先",
    "era": "元号",
    "years": "年度",
    "keys": "年度の書き方",
    "address": "公表された場所",
    "as_of": "時点",
    "retrieved": "取得した日",
    "grades": "評価の段階",
    "grade_name": "評価の呼び名",
    "names": "呼び名",
    "continues": "前の計画からの続き",
}
_LABELS = ("goal", "goal_text", "policy", "subpolicy")
_ARTIFACTS = {"kinds": "質問の種類", "labels": "言葉の呼び方", "replies": "返事の言葉"}


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
        *_plans(old, new),
        *_orders(old, new),
        *_doors(old, new, several),
        *_projects(old, new, several),
        *_rows(old, new, several),
        *_columns(old, new, several),
        *_notes(old, new, several),
        *_words(old, new),
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


def _plans(old: Side, new: Side) -> Iterator[Change]:
    for plan in _both(old.documents, new.documents):
        before, after = old.documents.get(plan), new.documents.get(plan)
        if before is None or after is None:
            gone, come = (None if side is None else side.title for side in (before, after))
            yield Change("plan", plan, "", None, plan, gone, come)
            continue
        for field, label in _FIELDS.items():
            was, becomes = _said(before, field), _said(after, field)
            if was != becomes:
                yield Change("plan", plan, "", None, f"{plan} {label}", _shown(was), _shown(becomes))


def _orders(old: Side, new: Side) -> Iterator[Change]:
    """How numbers are shown, and in which order everything stands, of what both have: the first place that differs."""
    for plan in old.documents:
        projects = [key for key in old.projects if key[0] == plan and key in new.projects]
        shown = ((old.projects[key]["address"], new.projects[key]["address"]) for key in projects)
        rows = [
            [key for key in one.rows if key.plan == plan and key in other.rows]
            for one, other in ((old, new), (new, old))
        ]
        named = ((_row_name(was), _row_name(becomes)) for was, becomes in zip(*rows, strict=True) if was != becomes)
        for label, pairs in (("番号の見せ方", shown), ("並び順", named)):
            for was, becomes in [pair for pair in pairs if pair[0] != pair[1]][:1]:
                yield Change("plan", plan, "", None, f"{plan} {label}", was, becomes)


def _row_name(key: RowKey) -> str:
    return " ".join(filter(None, (f"No.{key.no}", key.activity, _ROW_KINDS.get(key.kind, ""))))


def _doors(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in _both(old.projects, new.projects):
        was, becomes = (side.withheld.get(key, frozenset()) for side in (old, new))
        if was != becomes and key in old.projects and key in new.projects:
            plan, no = key
            yield Change("access", plan, no, None, _place(plan, no, several), _open(was), _open(becomes))


def _open(withheld: frozenset[str]) -> str:
    """The doors that are given a project."""
    given = [door.name for door in DOORS if door.name not in withheld]
    return ("・".join(given) if withheld else "すべて") or "なし"


def _said(document: SourceDocument, field: str) -> object:
    """What a plan says of itself, whatever other plans there are to be told from."""
    if field == "names":
        return tuple(sorted({*document.names} - {document.id}))
    if field == "continues":
        return tuple(f"No.{no} ← {before}" for no, before in document.continues)
    return getattr(document, field)


def _projects(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in _both(old.projects, new.projects):
        before, after = old.projects.get(key), new.projects.get(key)
        plan, no = key
        place = _place(plan, no, several)
        if before is None or after is None:
            gone, come = (None if side is None else str(side["name"]) for side in (before, after))
            yield Change("project", plan, no, None, place, gone, come)
            continue
        yield from _differing("name", ("name",), place, before, after)
        yield from _differing("label", _LABELS, place, before, after)
        yield from _differing("description", ("description",), place, before, after)


def _rows(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in _both(old.rows, new.rows):
        if (key.plan, key.no) not in old.projects or (key.plan, key.no) not in new.projects:
            continue  # told as a project
        before, after = old.rows.get(key), new.rows.get(key)
        place = _place(key.plan, key.no, several)
        if before is None or after is None:
            gone, come = (None if side is None else key.activity or "(事業の行)" for side in (before, after))
            yield Change("activity", key.plan, key.no, None, place, gone, come)
            continue
        place = " ".join(filter(None, (place, key.activity, _ROW_KINDS.get(key.kind, ""))))
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
    for key in _both(old.details, new.details):
        (plan, no), heading = key
        was, becomes = old.details.get(key, ()), new.details.get(key, ())
        if was != becomes and key[0] in old.projects and key[0] in new.projects:
            place = f"{_place(plan, no, several)} {heading}"
            yield Change("detail", plan, no, None, place, *_differing_texts(was, becomes))


def _notes(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in _both(old.notes, new.notes):
        was, becomes = old.notes.get(key, ()), new.notes.get(key, ())
        if was != becomes and key in old.projects and key in new.projects:
            plan, no = key
            yield Change("note", plan, no, None, _place(plan, no, several), *_differing_texts(was, becomes))


def _differing_texts(was: tuple[str, ...], becomes: tuple[str, ...]) -> tuple[str, str]:
    """The texts that only one side has; all of them where only their order or number differs."""
    gone = tuple(text for text in was if text not in becomes)
    come = tuple(text for text in becomes if text not in was)
    return (_shown(gone), _shown(come)) if gone or come else (_shown(was), _shown(becomes))


def _words(old: Side, new: Side) -> Iterator[Change]:
    for key in _both(old.aliases, new.aliases):
        was, becomes = old.aliases.get(key), new.aliases.get(key)
        if was != becomes:
            yield Change("alias", key[0], "", None, f"「{key[1]}」", was, becomes)
    for name, label in _ARTIFACTS.items() if old.artifacts else ():
        if old.artifacts.get(name) != new.artifacts.get(name):
            yield Change("words", "", "", None, label, "今のもの", "新しいもの")


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
            yield Change(kind, plan, no, None, place, _shown(before[field]), _shown(after[field]))


def _place(plan: str, no: str, several: bool) -> str:
    return f"{plan} No.{no}" if several else f"No.{no}"


def _both(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Any]:
    return iter(dict.fromkeys((*old, *new)))


def _cell(text: str | None) -> str:
    return "(欄なし)" if text is None else text or "(空白)"


def _shown(value: object) -> str:
    text = "・".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text or "(空白)"
