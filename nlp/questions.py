"""Questions: the kinds of question of data/language/questions, each with its cues, slots, operators and examples."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from nlp.vocabulary import LanguageError, read_toml

__all__ = ["Example", "Kind", "load_kinds"]

SLOTS = frozenset(
    {
        "subject", "project", "subjects", "year", "years", "attribute", "measure", "condition", "keyword", "figure", "bound", "absent", "table",
        "social", "letter", "number", "topic", "turn",
    }
)  # fmt: skip
"""What a kind may require or forbid: one subject, two subjects, a year, two years …"""

_KEYS = {"kind", "title", "cues", "required", "forbidden", "operators", "examples", "counter_examples", "known_gaps"}
_EXAMPLE_KEYS = {"ask", "turns", "understood", "status", "kind", "text"}


class Example(NamedTuple):
    """A question beside the kind that it belongs to; it is a test."""

    turns: tuple[str, ...]
    """The conversation; the last turn is what is looked at."""
    kind: str
    """The kind that it must be read as."""
    understood: str | None
    """How it must be understood, in Japanese, where that is said."""
    status: str | None
    """The reply's status, where that is said."""
    text: str | None
    """What must stand in the reply, where that is said."""


class Kind(NamedTuple):
    """A kind of question."""

    name: str
    """Its name, the file's."""
    title: str
    """What is asked, in Japanese."""
    cues: tuple[tuple[str, ...], ...]
    """Alternatives; of each alternative every cue must be there. None at all: the kind needs no cue."""
    required: frozenset[str]
    """Slots that must be filled."""
    forbidden: frozenset[str]
    """Slots that must not be filled."""
    operators: tuple[str, ...]
    """What is done with the selected cells, in order."""
    examples: tuple[Example, ...] = ()
    """Questions of this kind."""
    counter_examples: tuple[Example, ...] = ()
    """Questions that look like this kind and are another."""
    known_gaps: tuple[Example, ...] = ()
    """Questions of this kind that are not read yet."""

    def to_dict(self) -> dict[str, Any]:
        """A kind as the knowledge base keeps it: its examples answer nothing."""
        return {
            "name": self.name,
            "title": self.title,
            "cues": self.cues,
            "required": sorted(self.required),
            "forbidden": sorted(self.forbidden),
            "operators": self.operators,
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Kind":
        """The kind that `to_dict` wrote."""
        return cls(
            content["name"],
            content["title"],
            tuple(map(tuple, content["cues"])),
            frozenset(content["required"]),
            frozenset(content["forbidden"]),
            tuple(content["operators"]),
        )


def load_kinds(folder: Path, cues: Collection[str], operators: Collection[str]) -> tuple[Kind, ...]:
    """Every kind of a folder, by name; all mistakes at once, unknown cues and operators too."""
    mistakes: list[str] = []
    read = [kind for path in sorted(folder.glob("*.toml")) if (kind := _kind(path, mistakes))]
    kinds = [kind._replace(cues=tuple(_spelt_out(kind.cues, cues))) for kind in read]
    for kind in kinds:
        unknown = sorted({cue for alternative in kind.cues for cue in alternative} - set(cues))
        mistakes += [f"{kind.name}.toml: cues: 「{cue}」という手がかりは words/ にありません" for cue in unknown]
        unknown = sorted(set(kind.operators) - set(operators))
        mistakes += [f"{kind.name}.toml: operators: 「{name}」という操作はありません" for name in unknown]
    if mistakes:
        raise LanguageError("\n".join(mistakes))
    return tuple(sorted(kinds, key=lambda kind: kind.name))


# Private functions

_ANY = ":*"
"""What a cue ends with that stands for every value of its type: absent:*."""


def _spelt_out(alternatives: Iterable[tuple[str, ...]], known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The alternatives with each value of a type in the place of absent:*."""
    for alternative in alternatives:
        meant = [
            sorted(c for c in known if c.startswith(cue[:-1])) if cue.endswith(_ANY) else [cue] for cue in alternative
        ]
        yield from product(*(values or [cue] for values, cue in zip(meant, alternative, strict=True)))


STATUSES = frozenset({"answer", "clarify", "no_data", "not_found", "help", "error"})


def _kind(path: Path, mistakes: list[str]) -> Kind | None:
    before = len(mistakes)
    content = read_toml(path, mistakes)
    if len(mistakes) > before:
        return None
    mistakes += _mistakes(path.name, content)
    examples = {
        key: tuple(
            example
            for at, entry in enumerate(_listed(content.get(key)))
            if (example := _example(f"{path.name}: {key}[{at}]", path.stem, entry, mistakes))
        )
        for key in ("examples", "counter_examples", "known_gaps")
    }
    if len(mistakes) > before:
        return None
    return Kind(
        path.stem,
        content["title"],
        tuple(map(tuple, content.get("cues", ()))),
        frozenset(content.get("required", ())),
        frozenset(content.get("forbidden", ())),
        tuple(content["operators"]),
        **examples,
    )


def _mistakes(name: str, content: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name}: 知らない項目です({key})" for key in sorted(set(content) - _KEYS))
    for key, expected, is_right in _FORMS:
        value = content.get(key)
        if value is None or value == []:
            if key in ("title", "operators", "examples"):
                yield f"{name}: {key} がありません"
        elif not is_right(value):
            yield f"{name}: {key} は{expected}にしてください"
        elif key in ("required", "forbidden"):
            yield from (f"{name}: {key}: 「{slot}」という欄はありません" for slot in value if slot not in SLOTS)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _is_word_lists(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)


_FORMS: tuple[tuple[str, str, Callable[[object], bool]], ...] = (
    ("title", "文字", lambda value: isinstance(value, str)),
    ("operators", '["…"] の形', _is_words),
    ("cues", '[["…"]] の形', _is_word_lists),
    ("required", '["…"] の形', _is_words),
    ("forbidden", '["…"] の形', _is_words),
    ("examples", "[[examples]] の形", _is_tables),
    ("counter_examples", "[[counter_examples]] の形", _is_tables),
    ("known_gaps", "[[known_gaps]] の形", _is_tables),
)


def _example(place: str, kind: str, content: object, mistakes: list[str]) -> Example | None:
    if not isinstance(content, dict):
        return None
    turns = content.get("turns") or ([content["ask"]] if "ask" in content else [])
    found = [f"{place}: 知らない項目です({key})" for key in sorted(set(content) - _EXAMPLE_KEYS)]
    if not turns:
        found.append(f"{place}: ask(または turns)がありません")
    elif not _is_words(turns):
        found.append(f"{place}: ask(または turns)は文字にしてください")
    if content.get("status") not in (None, *STATUSES):
        found.append(f"{place}: status は {'・'.join(sorted(STATUSES))} のどれかにしてください")
    mistakes += found
    if found:
        return None
    said = (content.get(key) for key in ("understood", "status", "text"))
    return Example(tuple(turns), content.get("kind", kind), *said)
