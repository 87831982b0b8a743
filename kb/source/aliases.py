"""Aliases: other names of projects and activities, kept beside the plan in aliases.toml."""

import re
from dataclasses import dataclass
from pathlib import Path

from kb.source.documents import Section, read_document

__all__ = ["FILE", "LONGEST", "Alias", "alias_mistake", "load_aliases", "read_aliases"]

FILE = "aliases.toml"
"""Beside plan.toml."""

LONGEST = 20
"""Characters of an alias."""

_SENTENCE = re.compile(r"[。．！？!?、，\s]|(?:か|です|ます|でした|ました|ください|教えて|おしえて|知りたい)$")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that people use."""

    kind: str
    """project or activity."""
    reference: str
    """The project's number, or the activity as printed."""
    text: str
    """The name: a noun phrase."""


def load_aliases(path: Path, problems: list[str]) -> tuple[Alias, ...]:
    """Load an alias file, if there is one; its mistakes are added to `problems`."""
    return read_aliases(read_document(path), problems) if path.is_file() else ()


def read_aliases(document: Section, problems: list[str]) -> tuple[Alias, ...]:
    """The names of a file that was read; its mistakes are added to `problems`."""
    document.problems = problems
    aliases = tuple(
        alias
        for key, kind in (("projects", "project"), ("activities", "activity"))
        for alias in _named(document.section(key, optional=True), kind)
    )
    document.close()
    return aliases


def alias_mistake(text: str) -> str:
    """Why a text can be no alias at all; "" where it can be one."""
    if not text.strip() or len(text) > LONGEST:
        return f"別名は1～{LONGEST}字にしてください"
    return "別名は名前にしてください(文や問いかけは書けません)" if _SENTENCE.search(text) else ""


# Private functions


def _named(section: Section, kind: str) -> tuple[Alias, ...]:
    return tuple(
        Alias(kind, reference, _noun(section, reference, text))
        for reference in section.data
        for text in section.texts(reference)
    )


def _noun(section: Section, reference: str, text: str) -> str:
    mistake = alias_mistake(text)
    if mistake:
        section.complain(reference, f"「{text}」: {mistake}")
    return text
