"""Texts: how they are cut for LINE: never inside a figure, never inside a character."""

import unicodedata
from collections.abc import Iterator

from bot.texts import units

__all__ = ["clean", "parts", "shortened"]

JOINERS = "\u200d\ufe0e\ufe0f"
PAUSES = "。、 　)）」\n"
FIGURES = ",.，．"


def clean(text: str) -> str:
    """The text without characters that no message may hold."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))


def shortened(label: str, most: int) -> str:
    """The beginning and the end of a long label: its end is what tells it from its like.

    No character that a reader sees has fewer code points than one, so that as many of them always fit.
    """
    label = " ".join(clean(label).split())
    if len(label) <= most:
        return label
    tail = most // 3
    return label[: _whole(label, most - tail - 1)] + "…" + label[_whole_from(label, len(label) - tail) :]


def parts(text: str, most: int) -> Iterator[str]:
    """A text in parts of so many units at most."""
    while units(text) > most:
        at = _cut(text, most)
        yield text[:at]
        text = text[at:]
    yield text


# Private functions


def _whole(label: str, at: int) -> int:
    """The nearest place before that doesn't part what is read as one character."""
    while at > 0 and _continues(label, at):
        at -= 1
    return at


def _whole_from(label: str, at: int) -> int:
    while at < len(label) and _continues(label, at):
        at += 1
    return at


def _continues(label: str, at: int) -> bool:
    char, before = label[at], label[at - 1]
    return (
        bool(unicodedata.combining(char))
        or char in JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _cut(text: str, most: int) -> int:
    """Where a part ends: behind a pause if there is one, else wherever no figure is parted."""
    longest = len(text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore"))
    places = [at for at in range(longest, 0, -1) if _whole(text, at) == at and not _in_figure(text, at)]
    paused = next((at for at in places if text[at - 1] in PAUSES and at > longest // 2), 0)
    return paused or next(iter(places), longest)


def _in_figure(text: str, at: int) -> bool:
    return all(char.isnumeric() or char in FIGURES for char in text[at - 1 : at + 1])
