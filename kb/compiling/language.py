"""Language: data/language checked and compiled into the artifacts that the knowledge base carries (build side)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.compiling.callings import callings, municipalities, short_titles
from kb.compiling.contents import to_json
from kb.compiling.lexicon import compile_lexicon
from kb.running.operators import OPERATORS, SELECTING
from kb.source.plans import Plan
from kb.source.projects import Project
from kb.storing import lexicon_name
from nlp.questions import Kind, load_kinds
from nlp.vocabulary import LanguageError, Word, load_words, read_toml
from nlp.writing.tokens import Tokenizer

__all__ = ["compile_language", "kinds_of"]


def compile_language(
    folder: Path, plans: Sequence[Plan], projects: Sequence[Project], tokenizer: Tokenizer
) -> dict[str, str]:
    """lexicon, kinds, labels and replies as JSON; LanguageError with every mistake of the first file that has any."""
    words = load_words(folder / "words")
    kinds = _kinds(folder, words)
    labels = {f"{word.type}.{word.value}": word.label for word in words}
    return {
        **_lexicons(plans, projects, words, tokenizer),
        "kinds": to_json([kind.to_dict() for kind in kinds]),
        "labels": to_json(labels),
        "replies": to_json(load_replies(folder / "replies.toml")),
    }


def kinds_of(folder: Path) -> tuple[Kind, ...]:
    """The kinds of question with their examples, checked against the words beside them."""
    return _kinds(folder, load_words(folder / "words"))


def load_replies(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The phrases of replies; outside of their places they hold no digit."""
    mistakes: list[str] = []
    phrases: Mapping[str, Mapping[str, str]] = read_toml(path, mistakes)
    for section, entries in phrases.items():
        for key, phrase in entries.items():
            if re.search(r"\d", re.sub(r"\{\w+\}", "", phrase)):
                mistakes.append(f"{path.name}: {section}.{key}: 返事の言葉に数字は書けません")
    if mistakes:
        raise LanguageError("\n".join(mistakes))
    return phrases


# Private functions


def _kinds(folder: Path, words: Sequence[Word]) -> tuple[Kind, ...]:
    cues = {word.value if word.type == "cue" else f"{word.type}:{word.value}" for word in words}
    return load_kinds(folder / "questions", cues, SELECTING | set(OPERATORS))


def _lexicons(
    plans: Sequence[Plan], projects: Sequence[Project], words: Sequence[Word], tokenizer: Tokenizer
) -> dict[str, str]:
    """One for each plan: its own names, all words, and what every plan is called."""
    towns, short = municipalities(plans), short_titles(plans)
    called = {id_: (*names, *towns[id_], *short.get(id_, ())) for id_, names in callings(plans).items()}
    return {
        lexicon_name(position, plan.id): compile_lexicon(
            [plan], [project for project in projects if project.plan == plan.id], words, tokenizer, called
        )
        for position, plan in enumerate(plans)
    }
