"""Limits: what LINE takes; messages that it would refuse can't be built."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.texts import units

__all__ = [
    "BUBBLE_BYTES", "CAROUSEL_BYTES", "LONGEST_ALT", "LONGEST_CLIPBOARD", "LONGEST_DATA", "LONGEST_LABEL", "LONGEST_QUICK",
    "LONGEST_SAID", "LONGEST_TEXT", "MOST_BUBBLES", "MOST_MESSAGES", "MOST_QUICK", "Content", "check_messages", "size",
]  # fmt: skip

MOST_MESSAGES = 5
"""Of one reply."""
LONGEST_TEXT = 5000
"""UTF-16 units of a text message."""
LONGEST_ALT = 1500
"""Units of what a notification shows instead of a bubble."""
BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
MOST_BUBBLES = 12
MOST_QUICK = 13
"""Quick replies under a message."""
LONGEST_QUICK = 20
"""Characters on a quick reply."""
LONGEST_LABEL = 40
"""Characters on what can be tapped in a bubble."""
LONGEST_SAID = 300
"""Characters that a tap says in the chat."""
LONGEST_DATA = 300
LONGEST_CLIPBOARD = 1000
LONGEST_URL = 2000

Content = Mapping[str, Any]
"""A message or a part of one, as LINE's JSON has it."""


def check_messages(messages: Sequence[Content]) -> None:
    """ValueError where LINE would refuse one of them."""
    _must(1 <= len(messages) <= MOST_MESSAGES, "messages")
    for message in messages:
        for part in _parts(message):
            check = _CHECKS.get(part.get("type", ""))
            if check:
                check(part)
        quick = message.get("quickReply", {"items": [None]})["items"]
        _must(1 <= len(quick) <= MOST_QUICK, "quick replies")
    _must(all("quickReply" not in message for message in messages[:-1]), "only the last one's quick replies are shown")


def size(part: Content) -> int:
    """Bytes of a part as it is sent: the SDK spells every character out in ASCII."""
    return len(json.dumps(part))


# Private functions


def _parts(part: Any) -> Iterator[Content]:
    """Every part that has a type, at any depth."""
    if isinstance(part, Mapping):
        yield part
        part = tuple(part.values())
    if isinstance(part, tuple | list):
        for inner in part:
            yield from _parts(inner)


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(f"LINE refuses this: {what}")


def _text(part: Content) -> None:
    _must(bool(part["text"].strip()) and units(part["text"]) <= LONGEST_TEXT, "text")


def _flex(part: Content) -> None:
    _must(0 < units(part["altText"]) <= LONGEST_ALT, "altText")


def _carousel(part: Content) -> None:
    _must(0 < len(part["contents"]) <= MOST_BUBBLES and size(part) <= CAROUSEL_BYTES, "carousel")


def _bubble(part: Content) -> None:
    _must(size(part) <= BUBBLE_BYTES, "bubble")


def _quick(part: Content) -> None:
    _must(0 < len(part["action"]["label"]) <= LONGEST_QUICK, "label of a quick reply")


def _postback(part: Content) -> None:
    _must(0 < len(part["data"]) <= LONGEST_DATA, "data")
    _must(0 < len(part["label"].strip()) <= LONGEST_LABEL, "label")
    _must("displayText" not in part or 0 < len(part["displayText"]) <= LONGEST_SAID, "displayText")


def _message(part: Content) -> None:
    _must(0 < len(part["text"]) <= LONGEST_SAID, "text of an action")
    _must(0 < len(part["label"].strip()) <= LONGEST_LABEL, "label")


def _clipboard(part: Content) -> None:
    _must(0 < units(part["clipboardText"]) <= LONGEST_CLIPBOARD, "clipboardText")


def _image(part: Content) -> None:
    for url in (part["originalContentUrl"], part["previewImageUrl"]):
        _must(url.startswith("https://") and url.isascii() and len(url) <= LONGEST_URL, "address of a picture")


_CHECKS: Mapping[str, Callable[[Content], None]] = {
    "text": _text,
    "flex": _flex,
    "carousel": _carousel,
    "bubble": _bubble,
    "action": _quick,
    "postback": _postback,
    "message": _message,
    "clipboard": _clipboard,
    "image": _image,
}
