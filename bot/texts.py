"""Texts: how platforms count and mark the text of people, and how it is shown where it mustn't steer anything."""

from collections.abc import Iterable

__all__ = ["printable", "units", "without"]


def units(text: str) -> int:
    """How long the platforms count a text: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """What is left without some parts, each with its place and length in UTF-16."""
    coded = text.encode("utf-16-le", "surrogatepass")
    for start, length in sorted(spans, reverse=True):
        coded = coded[: 2 * start] + coded[2 * (start + length) :]
    return coded.decode("utf-16-le", "replace").strip()


def printable(text: str) -> str:
    """What people wrote, in one line that steers no terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
