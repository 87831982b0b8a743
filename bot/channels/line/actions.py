"""Actions: what a tap does: it sends a press back, says a question, or copies a text."""

from collections.abc import Sequence

from bot.channels.line.limits import (
    LONGEST_CLIPBOARD,
    LONGEST_DATA,
    LONGEST_LABEL,
    LONGEST_QUICK,
    LONGEST_SAID,
    MOST_QUICK,
    Content,
)
from bot.channels.line.texts import clean, shortened
from bot.desk import Button
from bot.texts import units

__all__ = ["copying", "page_of", "pressing", "quick_replies", "turning"]

MOVES = ("place", "move")
"""Kinds of button that say nothing in the chat: they only turn pages."""


def pressing(button: Button, longest: int = LONGEST_LABEL) -> Content | None:
    """What a button does; None where it can do nothing here."""
    label = shortened(button.label, longest)
    said = shortened(button.question or button.label, LONGEST_SAID)
    if not label:
        return None
    if button.press and len(button.press) <= LONGEST_DATA:
        spoken = {} if button.kind in MOVES else {"displayText": said}
        return {"type": "postback", "label": label, "data": button.press, **spoken}
    question = clean(button.question)
    return {"type": "message", "label": label, "text": question} if 0 < len(question) <= LONGEST_SAID else None


def turning(label: str, press: str, start: int) -> Content | None:
    """Turns to the page of a list that begins there; None where its query is too long for a button."""
    button = Button("move", label, f"@{start} {press}")
    return pressing(button) if press else None


def page_of(data: str) -> tuple[int, str]:
    """Where the page of a list begins that a tap turns to, and the press itself."""
    mark, _, press = data.partition(" ")
    if mark.startswith("@") and mark[1:].isascii() and mark[1:].isdecimal() and len(mark) < 8:
        return int(mark[1:]), press
    return 0, data


def copying(label: str, text: str) -> Content | None:
    """Copies a text; None where it is too long."""
    if not 0 < units(text) <= LONGEST_CLIPBOARD:
        return None
    return {"type": "clipboard", "label": shortened(label, LONGEST_QUICK), "clipboardText": text}


def quick_replies(actions: Sequence[Content]) -> Content:
    """Actions as they stand under the last message; nothing where there are none."""
    items = [{"type": "action", "action": action} for action in actions[:MOST_QUICK]]
    return {"quickReply": {"items": items}} if items else {}
