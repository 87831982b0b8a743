"""Texts: an answer as HTML in as many parts as Telegram takes; wording and order are the answer's own."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from bot.texts import units

__all__ = ["LONGEST_CAPTION", "LONGEST_TEXT", "clean", "to_caption", "to_texts", "visible"]

LONGEST_TEXT = 4096
"""UTF-16 units of visible text in a message: never more than the platform counts."""
LONGEST_CAPTION = 1024
"""The same under a picture."""
TAG = re.compile("</?b>")


def to_texts(answer: Answer) -> tuple[str, ...]:
    """The answer's lines, the figures in bold, in as many texts as it takes."""
    parts = ((part, line.role == "figure") for line in answer.lines for part in _parts(line.pieces))
    return tuple(_packed(parts))


def to_caption(text: str) -> str:
    """Plain text under a picture; "" where it doesn't fit, for nothing of it may be cut off."""
    escaped = html.escape(clean(text).strip(), quote=False)
    return escaped if units(visible(escaped)) <= LONGEST_CAPTION else ""


def visible(marked: str) -> str:
    """What a reader sees of a text."""
    return html.unescape(TAG.sub("", marked))


def clean(text: str) -> str:
    """The text without characters that no message may hold."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


# Private functions


def _packed(parts: Iterable[tuple[str, bool]]) -> list[str]:
    """Parts put together, a line each, while they fit into a message; without the blanks that Telegram would cut."""
    packed: list[str] = []
    room = 0
    for text, bold in ((part.strip(), bold) for part, bold in parts if part.strip()):
        escaped = html.escape(text, quote=False)
        shown = f"<b>{escaped}</b>" if bold else escaped
        needed = units(text) + 1
        if needed <= room:
            packed[-1] += "\n" + shown
            room -= needed
        else:
            packed.append(shown)
            room = LONGEST_TEXT - units(text)
    return packed


def _parts(pieces: Iterable[Piece]) -> Iterator[str]:
    """A line, cut where it is too long; never inside a figure or a cell."""
    line = Line("", tuple(Piece(piece.kind, clean(piece.text)) for piece in pieces))
    rest, whole = line.text, _unbroken(line.pieces)
    start = 0
    while units(rest) > LONGEST_TEXT:
        length = _cut(rest, start, whole)
        yield rest[:length]
        rest, start = rest[length:], start + length
    yield rest


def _cut(rest: str, start: int, whole: list[range]) -> int:
    """How much of the rest goes into one message."""
    most = len(rest.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore"))
    for length in range(most, 0, -1):
        in_figure = rest[length - 1].isnumeric() or rest[length - 1] in ",.，．"
        if not in_figure and not any(start + length in inside for inside in whole):
            return length
    return most


def _unbroken(pieces: Iterable[Piece]) -> list[range]:
    """The places inside pieces that are quoted whole."""
    inside, start = [], 0
    for piece in pieces:
        end = start + len(piece.text)
        if piece.kind not in ("words", "echo") and units(piece.text) <= LONGEST_TEXT:
            inside.append(range(start + 1, end))
        start = end
    return inside
