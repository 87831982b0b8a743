"""Wording: the phrases of data/language/replies.toml, filled with pieces."""

import json
import re
from collections.abc import Iterator, Mapping

from bot.replies.pieces import Line, Piece, words

__all__ = ["Wording"]

_PLACE = re.compile(r"\{(\w+)\}")

Filling = Piece | tuple[Piece, ...]


class Wording:
    """Phrases by section and key; the words between the places hold no digit (checked when they are loaded)."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        self._known: dict[str, Filling] = {}
        self._phrases = {
            (section, key): tuple(_parts(phrase))
            for section, entries in phrases.items()
            for key, phrase in entries.items()
        }

    @classmethod
    def from_json(cls, content: str) -> "Wording":
        """The wording as the knowledge base keeps it."""
        return cls(json.loads(content))

    def naming(self, **filling: Filling) -> "Wording":
        """The same phrases with places that one plan fills everywhere: {grade_name}."""
        named = Wording({})
        named._phrases, named._known = self._phrases, filling
        return named

    def pieces(self, section: str, key: str, **filling: Filling) -> tuple[Piece, ...]:
        """A phrase with its places filled."""
        pieces: list[Piece] = []
        for part in self._phrases[section, key]:
            if isinstance(part, Piece):
                pieces.append(part)
                continue
            filled = filling[part] if part in filling else self._known[part]
            pieces += [filled] if isinstance(filled, Piece) else filled
        return tuple(pieces)

    def line(self, section: str, key: str, role: str = "note", **filling: Filling) -> Line:
        """A phrase as one line of a reply."""
        return Line(role, self.pieces(section, key, **filling))


# Private functions


def _parts(phrase: str) -> Iterator[Piece | str]:
    """The words of a phrase, and the names of the places between them."""
    for at, part in enumerate(_PLACE.split(phrase)):
        if at % 2:
            yield part
        elif part:
            yield words(part)
