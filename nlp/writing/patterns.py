"""Patterns: regular expressions that cost nothing until a text comes in which they can match."""

import re
from collections.abc import Iterable
from functools import cached_property

__all__ = ["Needles", "Pattern"]


class Pattern:
    """A regular expression that is compiled when it is first needed, and not run where it can't match.

    `needles` are plain strings of which every match needs at least one somewhere in the text; none: nothing is known.
    """

    def __init__(self, pattern: str, *needles: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.needles = needles
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """As the library runs it."""
        return re.compile(self.pattern, self.flags)

    def can_match(self, text: str) -> bool:
        """Whether a text holds what a match needs."""
        for needle in self.needles:  # a loop, because this is asked 80 times a question
            if needle in text:
                return True
        return not self.needles

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As in `re`."""
        return self.compiled.match(text, start) if self.can_match(text) else None

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As in `re`."""
        if not self.can_match(text):
            return None
        return self.compiled.fullmatch(text, start, len(text) if end is None else end)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As in `re`."""
        return self.compiled.search(text, start) if self.can_match(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """As in `re`."""
        return self.compiled.finditer(text) if self.can_match(text) else ()

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        """As in `re`."""
        return self.compiled.sub(replacement, text, count) if self.can_match(text) else text

    def split(self, text: str) -> list[str]:
        """As in `re`, for a pattern without groups."""
        return self.compiled.split(text) if self.can_match(text) else [text]


class Needles:
    """What some patterns need of a text, looked for at once: where none of it stands, none of them is asked."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        asked = tuple(patterns)
        self._needles = frozenset(needle for pattern in asked for needle in pattern.needles)
        self._known = all(pattern.needles for pattern in asked)

    def stand_in(self, text: str) -> bool:
        """Whether any of it stands in a text, or nothing is known of what one of them needs."""
        return not self._known or any(map(text.__contains__, self._needles))
