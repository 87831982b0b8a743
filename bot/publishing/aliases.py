"""Aliases: another name is checked against all names and questions, written, and in force at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering import Kotae
from bot.publishing.building import compile_all
from bot.publishing.examples import Filling, filling, fillings, questions
from bot.publishing.reviewing import Asked, answers_that_differ
from kb.catalog import Catalog
from kb.compiling.building import Compiled, discard, is_in_force, make, put_into_force
from kb.compiling.language import kinds_of
from kb.errors import DataError, KnowledgeBaseError
from kb.pointer import write_whole
from kb.publishing.shelf import writing
from kb.source.alias_files import with_alias, without_alias
from kb.source.aliases import FILE, Alias, alias_mistake, read_aliases
from kb.source.clashes import Target, clashes, find_targets, meant_by, nearest
from kb.source.documents import parse_document
from kb.source.plans import Plan, load_plans
from kb.source.projects import Project
from kb.source.reading import read_projects
from kb.storing import KnowledgeBase
from nlp.vocabulary import load_words
from nlp.writing.text import to_key
from nlp.writing.tokens import Tokenizer

__all__ = ["Named", "add_alias", "list_aliases", "remove_alias"]

_SHOWN = 5

Confirm = Callable[[Iterator[str]], bool]
"""Asked with what speaks against a name, a line each."""


@dataclass(frozen=True, slots=True)
class Named:
    """Another name and what it means."""

    plan: str
    """Id of the plan."""
    text: str
    """The name."""
    label: str
    """What it means: ある事業(No.7)."""
    revision: str = ""
    """The revision that is in force with (or without) it."""


def add_alias(data: Path, home: Path, text: str, said: str, plan: str, since: str, confirm: Confirm) -> Named | None:
    """Add a name; None where it isn't confirmed. DataError where it can be none or means nothing that is there."""
    if mistake := alias_mistake(text):
        raise DataError(f"「{text}」: {mistake}")
    with writing(home):
        plans = load_plans(data / "plans")
        projects = [project for one in _chosen(plans, plan) for project in read_projects(one)]
        target = _target(said, projects)
        own = next(one for one in plans if one.id == target.plan)
        alias = Alias(target.kind, target.reference, text)
        without, content = _both(own, alias)

        def doubts(new: KnowledgeBase) -> Iterator[str]:
            everything = [project for one in plans for project in read_projects(one)]
            words = load_words(data / "language" / "words")
            yield from clashes(text, target, plans, everything, words, Tokenizer())
            known = [alias.text for one in plans for alias in one.aliases]
            yield from _doubts(data, home, new, text, target, known)

        if alias in own.aliases and is_in_force(home, compile_all(data, plans).revision):
            raise DataError(f"「{text}」は、もう {target.label} の別名です。")
        _require_in_force(data, home, plans, own, without)
        revision = _put(data, home, plans, own, content, since, lambda new: confirm(doubts(new)))
    return Named(own.id, text, target.label, revision) if revision else None


def remove_alias(data: Path, home: Path, text: str, plan: str, since: str) -> Named:
    """Take a name away; DataError where there is none like it."""
    with writing(home):
        plans = load_plans(data / "plans")
        found = [(own, alias) for own in _chosen(plans, plan) for alias in own.aliases if alias.text == text]
        if not found:
            known = "・".join(alias.text for own in plans for alias in own.aliases) or "ありません"
            raise DataError(f"「{text}」という別名はありません(あるもの: {known})。")
        if len(found) > 1:
            raise DataError(f"「{text}」という別名がいくつもあります。--plan で計画を選ぶか、{FILE} を直してください。")
        own, alias = found[0]
        _require_in_force(data, home, plans, own, _content(own))
        revision = _put(data, home, plans, own, without_alias(_content(own), alias), since, lambda _: True)
    return Named(own.id, text, meant_by(alias, read_projects(own)).label, revision)


def list_aliases(data: Path) -> tuple[Named, ...]:
    """Every name of data/, in the order of the files."""
    found: list[Named] = []
    for plan in load_plans(data / "plans"):
        projects = read_projects(plan)
        found += [Named(plan.id, alias.text, meant_by(alias, projects).label) for alias in plan.aliases]
    return tuple(found)


# Private functions


def _chosen(plans: Sequence[Plan], name: str) -> list[Plan]:
    chosen = [plan for plan in plans if name in ("", plan.id)]
    if not chosen:
        raise DataError(f"「{name}」という計画はありません(あるもの: {'・'.join(plan.id for plan in plans)})。")
    return chosen


def _target(said: str, projects: Sequence[Project]) -> Target:
    found = list({target[:3]: target for target in find_targets(said, projects)}.values())
    if not found:
        near = "・".join(target.label for target in nearest(said, projects))
        raise DataError(f"「{said}」という事業はありません" + (f"(近い名前: {near})。" if near else "。"))
    if len(found) > 1:
        several = "・".join(f"{target.plan} {target.label}" for target in found)
        raise DataError(f"「{said}」に当てはまるものがいくつもあります({several})。番号か --plan で選んでください。")
    return found[0]


def _content(plan: Plan) -> str:
    path = plan.folder / FILE
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


def _both(plan: Plan, alias: Alias) -> tuple[str, str]:
    """A plan's names without one and with it; an addition that was broken off may have written it already."""
    content = _content(plan)
    if alias in plan.aliases:
        return without_alias(content, alias), content
    return content, with_alias(content, alias)


def _compiled(data: Path, plans: Sequence[Plan], own: Plan, content: str) -> Compiled:
    changed = replace(own, aliases=_read(content))
    return compile_all(data, [changed if plan is own else plan for plan in plans])


def _require_in_force(data: Path, home: Path, plans: Sequence[Plan], own: Plan, content: str) -> None:
    """A name is put into force alone: nothing else that nobody looked at goes with it."""
    if not is_in_force(home, _compiled(data, plans, own, content).revision):
        raise KnowledgeBaseError(
            "data/ に、まだ使われていない変更があります。kotae diff で確かめ、kotae publish のあとで、もう一度実行してください。"
        )


def _put(
    data: Path,
    home: Path,
    plans: Sequence[Plan],
    own: Plan,
    content: str,
    since: str,
    accept: Callable[[KnowledgeBase], bool],
) -> str:
    """Write a plan's names and put what is built with them into force, nothing else; "" where it isn't accepted."""
    compiled = _compiled(data, plans, own, content)
    try:
        new = make(home, compiled)
        if not _accepted(new, compiled, accept):
            return ""
        write_whole(own.folder / FILE, content.encode())
        put_into_force(home, compiled, since)
    finally:
        discard(home)
    return compiled.revision


def _accepted(new: Path, compiled: Compiled, accept: Callable[[KnowledgeBase], bool]) -> bool:
    knowledge = KnowledgeBase(new, compiled.revision)
    try:
        return accept(knowledge)
    finally:
        knowledge.close()


def _read(content: str) -> tuple[Alias, ...]:
    problems: list[str] = []
    aliases = read_aliases(parse_document(FILE, content), problems)
    if problems:
        raise DataError("\n".join(problems))
    return aliases


def _doubts(
    data: Path, home: Path, after: KnowledgeBase, text: str, target: Target, known: Sequence[str]
) -> Iterator[str]:
    """What is answered otherwise with the name, and whether the name does what it is for."""
    before = KnowledgeBase.open(home)
    try:
        old, new = Kotae(before), Kotae(after)
        catalog = next(catalog for catalog in new.catalogs if catalog.plan == target.plan)
        year = catalog.document.year_label(catalog.years[-1])
        yield from _itself(old, new, f"{text}の{year}の実績は？", target)
        filled = (*_near(catalog, text, known), *(one for catalog in new.catalogs for one in fillings(catalog)))
        changed = answers_that_differ(old, new, questions(kinds_of(data / "language"), filled))
    finally:
        before.close()
    for asked in changed[:_SHOWN]:
        yield _told(asked)
    if len(changed) > _SHOWN:
        yield f"答えの変わる質問は、ほかに{len(changed) - _SHOWN}件あります"


def _itself(old: Kotae, new: Kotae, question: str, target: Target) -> Iterator[str]:
    now, then = old.answer(question)[0], new.answer(question)[0]
    meant = {project.no for project in now.projects}
    if now.status in ("answer", "no_data") and meant and meant != {target.no}:
        yield f"「{question}」には、いま {'・'.join(p.name for p in now.projects[:3])} としてお答えしています"
    if target.no not in {project.no for project in then.projects} or then.status == "clarify":
        yield f"「{question}」ときいても、{target.label} としてお答えできません"


def _near(catalog: Catalog, text: str, known: Sequence[str]) -> tuple[Filling, ...]:
    """Names, other ones too, that hold the new one or that it holds, each with a year."""
    key = to_key(text)
    names = dict.fromkeys((*catalog.names.values(), *known))
    return tuple(
        filling(catalog, name, catalog.years[-1]) for name in names if key in (folded := to_key(name)) or folded in key
    )


def _told(asked: Asked) -> str:
    question = " ⇒ ".join(asked.turns)
    how = "あいまいになります" if asked.status == "clarify" else "変わります"
    return f"「{question}」の答えが{how}: {asked.before.splitlines()[0]} → {asked.after.splitlines()[0]}"
