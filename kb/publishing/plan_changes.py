"""Plan changes: what two knowledge bases say otherwise of whole plans: themselves, their order, their doors, their words."""

from collections.abc import Iterator

from kb.doors import DOORS
from kb.publishing.changes import ROW_KINDS, Change, both, place_of, shown
from kb.publishing.sides import RowKey, Side
from kb.storing import SourceDocument

__all__ = ["said_of_plans"]

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
_ARTIFACTS = {"kinds": "質問の種類", "labels": "言葉の呼び方", "replies": "返事の言葉"}


def said_of_plans(old: Side, new: Side, several: bool) -> Iterator[Change]:
    """Everything that isn't about one project's line."""
    yield from _plans(old, new)
    yield from _orders(old, new)
    yield from _doors(old, new, several)
    yield from _words(old, new)


# Private functions


def _plans(old: Side, new: Side) -> Iterator[Change]:
    for plan in both(old.documents, new.documents):
        before, after = old.documents.get(plan), new.documents.get(plan)
        if before is None or after is None:
            gone, come = (None if side is None else side.title for side in (before, after))
            yield Change("plan", plan, "", None, plan, gone, come)
            continue
        for field, label in _FIELDS.items():
            was, becomes = _said(before, field), _said(after, field)
            if was != becomes:
                yield Change("plan", plan, "", None, f"{plan} {label}", shown(was), shown(becomes))


def _orders(old: Side, new: Side) -> Iterator[Change]:
    """How numbers are shown, and in which order everything stands, of what both have: the first place that differs."""
    for plan in old.documents:
        projects = [key for key in old.projects if key[0] == plan and key in new.projects]
        addressed = ((old.projects[key]["address"], new.projects[key]["address"]) for key in projects)
        rows = [
            [key for key in one.rows if key.plan == plan and key in other.rows]
            for one, other in ((old, new), (new, old))
        ]
        named = ((_row_name(was), _row_name(becomes)) for was, becomes in zip(*rows, strict=True) if was != becomes)
        for label, pairs in (("番号の見せ方", addressed), ("並び順", named)):
            for was, becomes in [pair for pair in pairs if pair[0] != pair[1]][:1]:
                yield Change("plan", plan, "", None, f"{plan} {label}", was, becomes)


def _row_name(key: RowKey) -> str:
    return " ".join(filter(None, (f"No.{key.no}", key.activity, ROW_KINDS.get(key.kind, ""))))


def _doors(old: Side, new: Side, several: bool) -> Iterator[Change]:
    for key in both(old.projects, new.projects):
        was, becomes = (side.withheld.get(key, frozenset()) for side in (old, new))
        if was != becomes and key in old.projects and key in new.projects:
            plan, no = key
            yield Change("access", plan, no, None, place_of(plan, no, several), _open(was), _open(becomes))


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


def _words(old: Side, new: Side) -> Iterator[Change]:
    for key in both(old.aliases, new.aliases):
        was, becomes = old.aliases.get(key), new.aliases.get(key)
        if was != becomes:
            yield Change("alias", key[0], "", None, f"「{key[1]}」", was, becomes)
    for name, label in _ARTIFACTS.items() if old.artifacts else ():
        if old.artifacts.get(name) != new.artifacts.get(name):
            yield Change("words", "", "", None, label, "今のもの", "新しいもの")
