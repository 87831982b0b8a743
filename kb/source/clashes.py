"""Clashes: what speaks against another name before it is written: names, aliases and words that are there already."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.source.aliases import Alias
from kb.source.plans import Plan
from kb.source.projects import Project
from nlp.vocabulary import TYPES, Word
from nlp.writing.scripts import is_kana
from nlp.writing.spelling import similarity
from nlp.writing.text import fold, normalize, to_key
from nlp.writing.tokens import Tokenizer

__all__ = ["Target", "clashes", "find_targets", "meant_by", "nearest"]

_SHOWN = 3
_NEAR = 0.35
_JOINING = frozenset("のとやー")
"""Particles that stand inside a name."""


class Target(NamedTuple):
    """What another name is to mean."""

    plan: str
    """Id of the plan."""
    kind: str
    """project or activity."""
    reference: str
    """The project's number, or the activity as printed."""
    label: str
    """As it is told: ある事業(No.7)."""
    name: str
    """As printed."""
    no: str
    """The number of the project that it is, or stands in."""


def find_targets(said: str, projects: Sequence[Project]) -> tuple[Target, ...]:
    """Projects with a number or name, or activities with a name, as somebody typed it."""
    key = to_key(said.strip())
    numbers = {key, key.removeprefix("no").removeprefix(".").removesuffix("番")}
    return tuple(
        target
        for target in _targets(projects)
        if key == to_key(target.name) or (target.kind == "project" and to_key(target.reference) in numbers)
    )


def meant_by(alias: Alias, projects: Sequence[Project]) -> Target:
    """What a name means that there is already."""
    return next(target for target in _targets(projects) if target[1:3] == (alias.kind, alias.reference))


def nearest(said: str, projects: Sequence[Project]) -> tuple[Target, ...]:
    """Names that look like what was typed, the nearest first."""
    key = to_key(said)
    scored = [(_likeness(key, to_key(target.name)), target) for target in _targets(projects)]
    ranked = sorted((item for item in scored if item[0] >= _NEAR), key=lambda item: -item[0])
    return tuple(target for _, target in ranked[:_SHOWN])


def clashes(
    text: str,
    target: Target,
    plans: Sequence[Plan],
    projects: Sequence[Project],
    words: Sequence[Word],
    tokenizer: Tokenizer,
) -> Iterator[str]:
    """One line for each thing that speaks against a name."""
    key = to_key(text)
    others = [other for other in _targets(projects) if other[:3] != target[:3]]
    same = [other for other in others if to_key(other.name) == key]
    inside = [other for other in others if key in to_key(other.name) and other not in same]
    if same:
        yield f"「{text}」は、ほかの名前と同じです: {_listed(same)}"
    if inside:
        yield f"「{text}」は、ほかの名前に含まれます: {_listed(inside)}"
    for plan in plans:
        yield from _of_plan(text, key, plan)
    for word in words:
        if to_key(word.surface) == key:
            yield f"「{text}」は、質問の言葉として使われています: {TYPES[word.type]}"
            break
    if len(key) == 1 or key.isdigit():
        yield f"「{text}」は、番号や記号と区別できません"
    if spoken := _spoken(normalize(text).value, tokenizer):
        yield f"「{text}」は、名前でなく文のように見えます({'・'.join(spoken)})"


# Private functions


def _of_plan(text: str, key: str, plan: Plan) -> Iterator[str]:
    for alias in plan.aliases:
        if to_key(alias.text) == key:
            yield f"「{text}」は、もう別の呼び名になっています: {plan.id} {alias.reference}"
    if said := next((said for said in (*plan.names, plan.publisher, plan.title) if key in to_key(said)), ""):
        yield f"「{text}」は、資料の題名や発行者に含まれます: {plan.id} {said}"


def _targets(projects: Sequence[Project]) -> Iterator[Target]:
    for project in projects:
        label = f"{project.name}(No.{project.no})"
        yield Target(project.plan, "project", project.no, label, project.name, project.no)
        for row in project.rows:
            if row.activity:
                label = f"{row.activity}(No.{project.no})"
                yield Target(project.plan, "activity", row.activity, label, row.activity, project.no)


def _likeness(key: str, name: str) -> float:
    return max(similarity(key, name), 0.9 if key and (key in name or name in key) else 0.0)


def _listed(targets: Sequence[Target]) -> str:
    labels = list(dict.fromkeys(target.label for target in targets))
    more = f" ほか{len(labels) - _SHOWN}件" if len(labels) > _SHOWN else ""
    return "・".join(labels[:_SHOWN]) + more


def _spoken(value: str, tokenizer: Tokenizer) -> list[str]:
    """Words that make a sentence; kana alone may be cut anywhere, and say nothing."""
    if is_kana(fold(value)):
        return []
    tokens = tokenizer.tokenize(value)
    return [
        value[token.start : token.end]
        for token in tokens
        if token.pos == "助動詞"
        or (token.pos == "動詞" and token is tokens[-1])  # a name may begin with one: 空き地
        or (token.pos == "助詞" and token.key not in _JOINING)
    ]
