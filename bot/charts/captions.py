"""Captions: every figure of a picture in words, as its cell prints it, within what a chat allows."""

from collections.abc import Sequence

from bot.charts.fitting import shortened
from bot.replies.answers import Answer
from bot.texts import units

__all__ = ["LONGEST", "caption", "notes", "sources"]

LONGEST = 1024
"""What Telegram allows below a picture, in UTF-16 units."""
LONGEST_PART = 96
"""Characters of a title or a source, which are no figures and may be cut."""


def caption(title: str, cells: Sequence[str], answer: Answer) -> str:
    """Title, cells, notes and sources, a line each; cells that don't fit are counted, none is cut."""
    above = shortened(title, LONGEST_PART)
    told = [note for note in notes(answer) if len(note) <= LONGEST_PART]
    below = [*told[:2], *(shortened(line, LONGEST_PART) for line in sources(answer)[:2])]
    for fitting in range(len(cells), -1, -1):
        more = [f"ほか{len(cells) - fitting}件"] if fitting < len(cells) else []
        text = "\n".join([above, *cells[:fitting], *more, *below])
        if units(text) <= LONGEST:
            break
    return text


def notes(answer: Answer) -> tuple[str, ...]:
    """What the reply says of its figures, but for formulas: no picture shows what was computed."""
    remarks = [line for line in answer.lines if line.role == "note"]
    return tuple(line.text for line in remarks if all(piece.kind != "computed" for piece in line.pieces))


def sources(answer: Answer) -> tuple[str, ...]:
    """Where the figures come from, as the reply says it."""
    return tuple(line.text for line in answer.lines if line.role == "source")
