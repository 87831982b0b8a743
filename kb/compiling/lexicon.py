"""Lexicon: the names of the plans and the words of the vocabulary, compiled for recognition (build side)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from kb.compiling.headings import Headings, read_headings
from kb.compiling.ordinals import ordinals
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.tables.mapping import bare_heading
from nlp.figures.figures import read_figures
from nlp.figures.labels import label_stem
from nlp.names.lexicon import Entry, Meaning, to_json
from nlp.names.names import Name, Phrase
from nlp.vocabulary import Word
from nlp.writing.scripts import is_kana
from nlp.writing.text import fold, normalize, to_key
from nlp.writing.tokens import Tokenizer

__all__ = ["compile_lexicon"]

SHORTEST_READING = 4
"""Words of fewer kana are not looked for by their reading: they stand inside other words."""
_MARKS = re.compile(r"[\W_]+")
_NOTE = re.compile(r"\(\*[^()]*\)$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NO_NAME = re.compile(r"^\*|等$|^仮称$|^社$")


def compile_lexicon(
    plans: Sequence[Plan],
    projects: Sequence[Project],
    words: Sequence[Word],
    tokenizer: Tokenizer,
    plan_names: Mapping[str, Sequence[str]],
) -> str:
    """Everything that recognition looks for, as JSON; the same for the same plans and words; `plan_names`: of all plans."""
    aliases, bracketed = _aliases(plans), _bracketed(projects, words)
    entries: dict[tuple[str, str], list[Meaning]] = defaultdict(list)
    names: list[Name] = []
    for project in projects:
        for reference, kind, text, called in _named(project, aliases, bracketed):
            for form, how in called:
                _add(entries, to_key(form), how, Meaning(kind, reference))
                names.append(_name(reference, text, form, tokenizer))
    known = " ".join(name.key for name in names)
    labels = dict.fromkeys(label for project in projects for label in _figure_labels(project))
    stems = {label_stem(label): label for label in labels if label_stem(label) not in labels}  # 来場者 of 来場者数
    forms = {label: label for label in labels} | stems
    _words(entries, ((form, Meaning("label", label)) for form, label in forms.items() if len(to_key(form)) > 1), known)
    for text, meaning in _labelled(projects):
        _add(entries, to_key(text), "name", meaning)
    headings = read_headings(plans, projects, words)
    for key, meaning in (found for plan in plans for found in _called(plan, projects, words)):
        _add(entries, key, "name", meaning)
    asking = (*_vocabulary(words, headings, tokenizer), *headings.entries(tokenizer))
    for key, how, meaning in (*asking, *_named_words(words, known, headings)):
        _add(entries, key, how, meaning)
    _words(entries, ((form, Meaning("plan", id_)) for id_, forms in plan_names.items() for form in forms), known)
    for text, meaning in (*_labelled(projects), *headings.printed()):
        _add(entries, _phrase(text, tokenizer).written, "heard", meaning)
    compiled = [Entry(key, tuple(dict.fromkeys(meanings)), how) for (key, how), meanings in sorted(entries.items())]
    compiled += sorted({*headings.marks, *_numbers(projects)})
    texts = [(f"{project.plan}/{project.no}", _text(project)) for project in projects]
    return to_json(compiled, list(dict.fromkeys(names)), texts)


# Private functions


def _aliases(plans: Sequence[Plan]) -> dict[tuple[str, str, str], list[str]]:
    """Other names by plan, kind and what they stand for."""
    aliases: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for plan in plans:
        for alias in plan.aliases:
            aliases[plan.id, alias.kind, alias.reference].append(alias.text)
    return aliases


_Entries = dict[tuple[str, str], list[Meaning]]
_Called = list[tuple[str, str]]


def _words(entries: _Entries, found: Iterable[tuple[str, Meaning]], known: str) -> None:
    """Words with what they mean; those that stand in a name are a part of it where the name is said."""
    for text, meaning in found:
        _add(entries, to_key(text), "word", meaning)
        if to_key(text) in known:
            _add(entries, to_key(text), "word", Meaning("soft", "word"))


def _named(
    project: Project, aliases: dict[tuple[str, str, str], list[str]], bracketed: frozenset[str]
) -> Iterator[tuple[str, str, str, _Called]]:
    reference = f"{project.plan}/{project.no}"
    others = aliases.get((project.plan, "project", project.no), [])
    yield (
        reference,
        "project",
        project.name,
        [*_forms(project.name, bracketed), *((alias, "alias") for alias in others)],
    )
    named: set[str] = set()
    for position, row in enumerate(project.rows, 1):
        if row.activity and not (row.activity in named and project.has_kinds):
            named.add(row.activity)
            others = aliases.get((project.plan, "activity", row.activity), [])
            called = [*_forms(row.activity, bracketed), *((alias, "alias") for alias in others)]
            yield f"{reference}.{position}", "activity", row.activity, called


def _numbers(projects: Sequence[Project]) -> Iterator[Entry]:
    """Numbers that no grammar reads as one: 1.2, 1-1, Ⅰ-2; 42, 007 and ① are looked up by what they count."""
    for project in projects:
        key = normalize(project.number).value
        if not key.isdecimal() and any(character.isdecimal() for character in key):
            yield Entry(key, (Meaning("project", f"{project.plan}/{project.no}"),), "mark")


def _called(plan: Plan, projects: Sequence[Project], words: Sequence[Word]) -> Iterator[tuple[str, Meaning]]:
    """What calls labels and lines beside their names as printed."""
    yield from ordinals(plan, projects, words)
    yield from _endings(plan, projects)


def _endings(plan: Plan, projects: Sequence[Project]) -> Iterator[tuple[str, Meaning]]:
    """The 達成率 of 「養成者数 達成率」: lines that a column's heading names behind their own name."""
    headed = [column.activity for column in plan.columns if column.activity]
    named = dict.fromkeys((*headed, *(heading.rpartition(" ")[2] for heading in headed)))
    for project in (project for project in projects if project.plan == plan.id):
        lines = {row.activity: at for at, row in reversed(list(enumerate(project.rows, 1))) if row.activity}
        for activity, position in lines.items():
            whole = {to_key(bare_heading(line)) for line in lines}  # 排出量 is no 「基準年度 排出量」 beside it
            for ending in named:
                if activity.endswith(f" {ending}") and to_key(bare_heading(ending)) not in whole:
                    meaning = Meaning("activity", f"{plan.id}/{project.no}.{position}")
                    yield from ((to_key(form), meaning) for form in dict.fromkeys((ending, bare_heading(ending))))


def _bracketed(projects: Sequence[Project], words: Sequence[Word]) -> frozenset[str]:
    """What in the brackets of a name calls it too: what no other name holds, and is no word (合計, 達成度)."""
    names = {name for project in projects for name in (project.name, *(row.activity for row in project.rows)) if name}
    printed = "\n".join(normalize(name).value for name in names)
    inners = {inner for name in names for inner in _inner(name)}
    known = {to_key(word.surface) for word in words}
    return frozenset(inner for inner in inners if printed.count(inner) == 1 and to_key(inner) not in known)


def _inner(name: str) -> list[str]:
    inners = _BRACKETS.findall(_NOTE.sub("", normalize(name).value))
    return [inner for inner in inners if not _NO_NAME.search(inner)]


def _forms(name: str, bracketed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """A name as printed, without its note, without its brackets, and what stands in them where that is a name too."""
    value = normalize(name).value
    yield value, "name"
    plain = _NOTE.sub("", value)
    short = _BRACKETS.sub("", plain)
    for form in dict.fromkeys((plain, short)):
        if form != value:
            yield form, "name"
    for inner in _inner(name):
        if inner in bracketed:
            yield inner, "alias"


def _name(reference: str, text: str, form: str, tokenizer: Tokenizer) -> Name:
    phrase = _phrase(form, tokenizer)
    keys, sounds = ([word[at] for word in phrase.words] for at in (0, 1))
    return Name(reference, text, phrase.key, phrase.sound, (_borders(keys), _borders(sounds)))


def _phrase(form: str, tokenizer: Tokenizer) -> Phrase:
    """A text without its particles."""
    tokens = tokenizer.tokenize(normalize(form).value)
    return Phrase(tuple((token.key, token.sound) for token in tokens if not token.is_grammar))


def _borders(parts: Sequence[str]) -> tuple[int, ...]:
    return (0, *accumulate(map(len, parts)))


def _labelled(projects: Sequence[Project]) -> Iterator[tuple[str, Meaning]]:
    """Goals and policies by their names."""
    for project in projects:
        for kind, value, text in (
            ("goal", project.goal or project.goal_text, project.goal_text),
            ("policy", project.policy, project.policy),
            ("policy", project.subpolicy, project.subpolicy),
        ):
            if text:
                yield text, Meaning(kind, f"{project.plan}/{value}")


def _figure_labels(project: Project) -> Iterator[str]:
    for row in project.rows:
        for cell in row.cells if row.kind != "grade" else ():
            for figure in read_figures(cell.text):
                if figure.label:
                    yield figure.label


def _vocabulary(words: Sequence[Word], headings: Headings, tokenizer: Tokenizer) -> Iterator[tuple[str, str, Meaning]]:
    """The words of the vocabulary with what they stand for in these tables."""
    for word in words:
        meanings = tuple(headings.meanings(word, to_key(word.surface)))
        for form, how in _word_keys(word, tokenizer) if meanings else ():
            yield from ((form, how, meaning) for meaning in meanings)
        yield from ((form, "word", meaning) for form, meaning in headings.holding(word, to_key(word.surface)))


def _named_words(words: Sequence[Word], known: str, headings: Headings) -> Iterator[tuple[str, str, Meaning]]:
    """Words for what tables lack that names of this one hold: 窓口 asks for an office, or names 「窓口の改善」."""
    lacking = {to_key(word.surface) for word in words if word.type == "absent"}
    held = (key for key in sorted(lacking) if len(key) > 1 and key in known and key not in headings.own)
    yield from ((key, "word", Meaning("soft", "word")) for key in held)


def _word_keys(word: Word, tokenizer: Tokenizer) -> Iterator[tuple[str, str]]:
    value, key = normalize(word.surface).value, to_key(word.surface)
    yield key, "word"
    tokens = tokenizer.tokenize(value)
    reading = fold("".join(token.reading for token in tokens))
    if len(reading) >= SHORTEST_READING and word.type != "filler" and reading != key:
        yield reading, "kana" if is_kana(reading) else "word"
    if word.type in ("attribute", "measure", "absent"):
        yield "".join(token.sound for token in tokens), "heard"


def _text(project: Project) -> str:
    rows = [cell.text for row in project.rows for cell in row.cells]
    rows += [detail.text for detail in project.details]
    told = (normalize(text).value for text in dict.fromkeys([project.description, *rows]) if text)
    return " ".join(fold(word) for text in told for word in _MARKS.split(text) if word)


def _add(entries: _Entries, key: str, how: str, meaning: Meaning) -> None:
    if key and meaning not in entries[key, how]:
        entries[key, how].append(meaning)
