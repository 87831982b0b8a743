"""Questions: the kinds of question of data/language/questions, each with its cues, slots, operators and examples."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.vocabulary import LanguageError, read_toml

__all__ = ["Example", "Kind", "load_kinds"]

SLOTS = frozenset(
    {
        "subject", "subjects", "year", "years", "attribute", "measure", "condition", "keyword", "figure", "absent", "table",
        "social", "letter", "number", "topic",
    }
)  # fmt: skip
"""What a kind may require or forbid: one subject, two subjects, a year, two years …"""

_KEYS = {"kind", "title", "cues", "required", "forbidden", "operators", "examples", "counter_examples", "known_gaps"}
_EXAMPLE_KEYS = {"ask", "turns", "understood", "status", "kind", "text"}


@dataclass(frozen=True, slots=True)
class Example:
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


@dataclass(frozen=True, slots=True)
class Kind:
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

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Kind":
        """A kind as the knowledge base keeps it, without its examples."""
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
    kinds = [kind for path in sorted(folder.glob("*.toml")) if (kind := _kind(path, mistakes))]
    for kind in kinds:
        unknown = sorted({cue for alternative in kind.cues for cue in alternative} - set(cues))
        mistakes += [f"{kind.name}.toml: cues: 「{cue}」という手がかりは words/ にありません" for cue in unknown]
        unknown = sorted(set(kind.operators) - set(operators))
        mistakes += [f"{kind.name}.toml: operators: 「{name}」という操作はありません" for name in unknown]
    if mistakes:
        raise LanguageError("\n".join(mistakes))
    return tuple(sorted(kinds, key=lambda kind: kind.name))


# Private functions


def _kind(path: Path, mistakes: list[str]) -> Kind | None:
    content = read_toml(path, mistakes)
    if not content:
        return None
    name = path.stem
    before = len(mistakes)
    mistakes += [f"{path.name}: 知らない項目です({key})" for key in sorted(set(content) - _KEYS)]
    mistakes += [
        f"{path.name}: {key} がありません" for key in ("title", "operators", "examples") if not content.get(key)
    ]
    for key in ("required", "forbidden"):
        mistakes += [
            f"{path.name}: {key}: 「{slot}」という欄はありません" for slot in content.get(key, ()) if slot not in SLOTS
        ]
    examples = {
        key: tuple(
            _example(f"{path.name}: {key}[{at}]", name, example, mistakes)
            for at, example in enumerate(content.get(key, ()))
        )
        for key in ("examples", "counter_examples", "known_gaps")
    }
    if len(mistakes) > before:
        return None
    return Kind(
        name,
        content["title"],
        tuple(tuple(cues) for cues in content.get("cues", ())),
        frozenset(content.get("required", ())),
        frozenset(content.get("forbidden", ())),
        tuple(content["operators"]),
        **examples,
    )


def _example(place: str, kind: str, content: Mapping[str, Any], mistakes: list[str]) -> Example:
    mistakes += [f"{place}: 知らない項目です({key})" for key in sorted(set(content) - _EXAMPLE_KEYS)]
    turns = tuple(content.get("turns", ())) or ((content["ask"],) if "ask" in content else ())
    if not turns:
        mistakes.append(f"{place}: ask(または turns)がありません")
    return Example(
        turns, content.get("kind", kind), content.get("understood"), content.get("status"), content.get("text")
    )
