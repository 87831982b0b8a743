"""Lexicon: what the words of a message can stand for."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from nlp.linking import Link, Linker, Name, Phrase

__all__ = ["Entry", "Lexicon", "Meaning", "Occurrence", "to_json"]

SHORTEST_HEARD = 4
"""Sounds that a wrongly converted word of the vocabulary must have."""


class Meaning(NamedTuple):
    """What a surface can stand for."""

    type: str
    """project, activity, goal, policy, label, or a type of the vocabulary (attribute, measure, cue …)."""
    value: str
    """A reference for names, the vocabulary's own value for words."""


class Entry(NamedTuple):
    """A surface that is recognised wherever it stands."""

    key: str
    """The folded surface."""
    meanings: tuple[Meaning, ...]
    """Everything that it can stand for."""
    how: str
    """name, alias, word; kana where the key is the reading of a word, heard where it is its sound."""


class Occurrence(NamedTuple):
    """An entry found in a folded text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Surfaces and names of one knowledge base; immutable, shared by all threads."""

    def __init__(self, entries: Iterable[Entry], names: Iterable[Name], texts: Iterable[tuple[str, str]]) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._heard: dict[str, Entry] = {}
        for entry in entries:
            if entry.how == "heard":
                self._heard[entry.key] = entry
            else:
                self._entries[entry.key[:2]].append(entry)
        for group in self._entries.values():
            group.sort(key=lambda entry: (-len(entry.key), entry.key))
        self._linker = Linker(names, texts)

    @classmethod
    def from_json(cls, content: str) -> "Lexicon":
        """The lexicon that `to_json` wrote."""
        data = json.loads(content)
        entries = (
            Entry(key, tuple(Meaning(kind, value) for kind, value in meanings), how)
            for key, meanings, how in data["entries"]
        )
        return cls(entries, map(_name, data["names"]), ((ref, text) for ref, text in data["texts"]))

    def find(self, folded: str) -> list[Occurrence]:
        """Every entry that stands in a folded text, overlaps included."""
        found = []
        entries = self._entries
        for start in range(len(folded)):
            for length in (2, 1):
                for entry in entries.get(folded[start : start + length], ()):
                    if folded.startswith(entry.key, start):
                        found.append(Occurrence(start, start + len(entry.key), entry))
                if start + 2 > len(folded):
                    break
        return found

    @staticmethod
    def kind(reference: str) -> str:
        """project or activity."""
        return "activity" if "." in reference.rpartition("/")[2] else "project"

    def link(self, phrase: Phrase, only: frozenset[str] | None = None) -> Link:
        """The names that a phrase can stand for, `only` among some of them."""
        return self._linker.link(phrase, only)

    def resembles(self, phrase: Phrase, reference: str) -> bool:
        """Whether a part of a misspelt name has a likeness of its own; a whole other word has none."""
        return self._linker.resembles(phrase, reference)

    def heard(self, sound: str) -> Entry | None:
        """The word of the vocabulary that sounds so: a wrong conversion of 実績 is still 実績."""
        return self._heard.get(sound) if len(sound) >= SHORTEST_HEARD else None


def to_json(entries: Sequence[Entry], names: Sequence[Name], texts: Sequence[tuple[str, str]]) -> str:
    """A lexicon as text, the same for the same content."""
    return json.dumps({"entries": entries, "names": names, "texts": texts}, ensure_ascii=False, separators=(",", ":"))


# Private functions


def _name(stored: Sequence[Any]) -> Name:
    reference, text, key, sound, (keys, sounds) = stored
    return Name(reference, text, key, sound, (tuple(keys), tuple(sounds)))
