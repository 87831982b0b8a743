"""Lexicon: what the words of a message can stand for."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from nlp.names.likeness import begins_at
from nlp.names.linking import Linker
from nlp.names.names import Link, Name, Phrase
from nlp.writing.text import to_key

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
    """name, alias, word; kana where the key is the reading of a word, heard where it is its sound, or a label's kanji with
    its sound, mark where it is written in marks that folding drops (◎, 1.2): its key is not folded."""


_Stored = Entry | tuple[str, Sequence[Sequence[str]], str]
"""An entry as it is, or as JSON gives it."""


class Occurrence(NamedTuple):
    """An entry found in a folded text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Surfaces and names of one knowledge base; says the same at any time to any thread, makes entries when looked for."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        """What `to_json` wrote, as JSON gives it."""
        self._stored: dict[str, list[_Stored]] = stored["entries"]
        self._heard: dict[str, _Stored] = stored["heard"]
        self._names: Sequence[Sequence[Any]] = stored["names"]
        self._texts: Sequence[tuple[str, str]] = stored["texts"]
        self.marks: Sequence[tuple[str, str, str]] = stored["marks"]
        """Grades and numbers of projects in marks: as they may be written, type and value of what they stand for."""
        self._entries: dict[str, list[Entry]] = {}

    @classmethod
    def from_json(cls, content: str) -> "Lexicon":
        """The lexicon that `to_json` wrote."""
        return cls(json.loads(content))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every way to call a project or an activity, in the table's order."""
        return tuple(map(_name, self._names))

    def find(self, folded: str) -> list[Occurrence]:
        """Every entry that stands in a folded text, overlaps included."""
        found = []
        for start, (one, other) in enumerate(zip(folded, f"{folded[1:]} ", strict=False)):  # no key holds a space
            for piece in (one + other, one):
                if piece not in self._stored:  # most are not: asked here, because this is the innermost loop of all
                    continue
                for entry in self._beginning(piece):
                    if folded.startswith(entry.key, start):
                        found.append(Occurrence(start, start + len(entry.key), entry))
        return found

    @staticmethod
    def kind(reference: str) -> str:
        """project or activity."""
        return "activity" if "." in reference.rpartition("/")[2] else "project"

    def has_word(self, reference: str, word: str) -> bool:
        """Whether a name, or the name of an activity's project, holds a folded word within its own borders."""
        owners = {reference, f"{reference.rpartition('.')[0]}" if self.kind(reference) == "activity" else reference}
        return any(
            owner in owners and begins_at(key, word, tuple(borders), whole=True)
            for owner, _, key, _, (borders, _) in self._names
        )

    def prints(self, reference: str, typed: str) -> bool:
        """Whether a name reads so somewhere, particles included: 書かない窓口."""
        texts = {name[1] for name in self._names if name[0] == reference}
        return any(typed in to_key(text) for text in texts)

    def link(self, phrase: Phrase, only: frozenset[str] | None = None) -> Link:
        """The names that a phrase can stand for, `only` among some of them."""
        return self._linker.link(phrase, only)

    def nearly(self, phrase: Phrase) -> Link | None:
        """The names that a phrase is as a whole, typed right or nearly so."""
        return self._linker.nearly(phrase)

    def resembles(self, phrase: Phrase, reference: str) -> bool:
        """Whether a part of a misspelt name has a likeness of its own; a whole other word has none."""
        return self._linker.resembles(phrase, reference)

    def heard(self, sound: str) -> Entry | None:
        """The word of the vocabulary that sounds so: a wrong conversion of 実績 is still 実績; a label with its kanji, too."""
        stored = self._heard.get(sound) if len(sound) >= SHORTEST_HEARD else None
        return _entry(stored) if stored else None

    # Private functions

    @cached_property
    def _linker(self) -> Linker:
        """Made when something is left to be linked: most questions name a thing as it is printed."""
        return Linker(self.names, ((reference, text) for reference, text in self._texts))

    def _beginning(self, piece: str) -> list[Entry]:
        """The entries that begin with a piece, the longest first."""
        if piece not in self._entries:
            self._entries[piece] = list(map(_entry, self._stored[piece]))
        return self._entries[piece]


def to_json(entries: Sequence[Entry], names: Sequence[Name], texts: Sequence[tuple[str, str]]) -> str:
    """A lexicon as text, the same for the same content; its entries by their first two characters, the longest first."""
    heard = {entry.key: entry for entry in entries if entry.how == "heard"}
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (-len(entry.key), entry.key)):
        if entry.how not in ("heard", "mark"):
            grouped[entry.key[:2]].append(entry)
    marks = [(entry.key, *entry.meanings[0]) for entry in entries if entry.how == "mark"]
    content = {"entries": grouped, "heard": heard, "names": names, "texts": texts, "marks": marks}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


# Private functions


def _entry(stored: _Stored) -> Entry:
    key, meanings, how = stored
    return Entry(key, tuple(Meaning(kind, value) for kind, value in meanings), how)


def _name(stored: Sequence[Any]) -> Name:
    reference, text, key, sound, (keys, sounds) = stored
    return Name(reference, text, key, sound, (tuple(keys), tuple(sounds)))
