"""Messages: what the desk gives, as LINE shows it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.channels.line.actions import MOVES, copying, pressing, quick_replies, turning
from bot.channels.line.bubbles import Row, bubble, row_of, tappable
from bot.channels.line.limits import (
    BUBBLE_BYTES,
    LONGEST_ALT,
    LONGEST_QUICK,
    LONGEST_TEXT,
    MOST_MESSAGES,
    MOST_QUICK,
    Content,
    size,
)
from bot.channels.line.lists import Listed, hidden, item, page_of_list
from bot.channels.line.pictures import Shown
from bot.channels.line.texts import clean, parts
from bot.desk import Button, Reply
from bot.replies.answers import Answer
from bot.texts import units
from kb.catalog import Catalog

__all__ = ["Words", "formal", "picture", "to_messages", "words"]


class Words(NamedTuple):
    """What is said on this channel alone."""

    copy: str
    """On the button that copies a text."""
    next: str
    """On the button that turns a page."""
    long: str
    """Under an answer of which only the beginning fits."""


def to_messages(reply: Reply, catalogs: Sequence[Catalog], say: Words, start: int = 0) -> list[Content]:
    """A reply as bubbles, its notification saying the same; a list goes on behind it, from a place on where it is turned."""
    answer, buttons = reply.answer, [button for button in reply.buttons if button.kind not in MOVES]
    listed = hidden(answer.lines, catalogs)
    if start:
        return _turned(answer, listed, say, start)
    found = [_bubbled(rows) for rows in _packed(_rows(reply, catalogs), say)]
    if listed and len(found) == 1:
        found = [_carousel(found[0], listed, answer, say)]
    return [*found[:-1], {**found[-1], **quick_replies(_quick(buttons))}]


def words(reply: Reply) -> list[Content]:
    """A word in passing, as plain text."""
    found = [{"type": "text", "text": part} for part in parts(clean(reply.answer.text), LONGEST_TEXT)]
    return [*found[:-1], {**found[-1], **quick_replies(_quick(reply.buttons))}]


def formal(reply: Reply, say: Words) -> list[Content]:
    """A sentence to paste, by itself: it can be held to be copied or passed on, and is copied with one tap."""
    text = clean(reply.answer.text)
    copy = copying(say.copy, text)
    found = [{"type": "text", "text": part} for part in parts(text, LONGEST_TEXT)]
    return [*found[:-1], {**found[-1], **quick_replies([copy] if copy else [])}]


def picture(shown: Shown) -> list[Content]:
    """A chart, and what it shows in words."""
    image = {"type": "image", "originalContentUrl": shown.url, "previewImageUrl": shown.url}
    return [image, *({"type": "text", "text": part} for part in parts(clean(shown.caption), LONGEST_TEXT))]


# Private functions


def _rows(reply: Reply, catalogs: Sequence[Catalog]) -> list[Row]:
    """The lines of an answer, then the places that can be gone to from there."""
    choices = {button.question or button.label: button for button in reply.buttons if button.kind == "choice"}
    choices |= {button.label: button for button in reply.buttons if button.kind == "choice"}
    rows = [row_of(line, item(line, catalogs) or _chosen(line.text, choices)) for line in reply.answer.lines]
    return [part for row in rows if row.text for part in _apart(row)] + _places(reply)


def _chosen(text: str, choices: Mapping[str, Button]) -> Content | None:
    button = choices.get(text.strip().lstrip("・"))
    return pressing(button) if button else None


def _apart(row: Row) -> list[Row]:
    """A line that is too long for a bubble as several."""
    if units(row.text) <= LONGEST_ALT:
        return [row]
    return [Row(part, row.role) for part in parts(row.text, LONGEST_ALT)]


def _places(reply: Reply) -> list[Row]:
    if not any(button.kind in MOVES for button in reply.buttons):
        return []
    pressed = [(clean(button.label), pressing(button)) for button in reply.buttons]
    return [Row(label, "place", action=action) for label, action in pressed if label and action]


def _packed(rows: Sequence[Row], say: Words) -> list[list[Row]]:
    """Rows put together while a bubble holds them and its notification says them all."""
    packed: list[list[Row]] = [[]]
    for row in rows:
        if packed[-1] and not _fits([*packed[-1], row]):
            packed.append([])
        packed[-1].append(row)
    if len(packed) <= MOST_MESSAGES:
        return packed
    return [*packed[: MOST_MESSAGES - 1], [Row(say.long, "note")]]


def _fits(rows: Sequence[Row]) -> bool:
    return units(_said(rows)) <= LONGEST_ALT and size(bubble(rows)) <= BUBBLE_BYTES - 2048


def _said(rows: Sequence[Row]) -> str:
    """Buttons that are only for going on are not said."""
    spoken = [row.text for row in rows if row.role != "place"]
    return "\n".join(spoken or [row.text for row in rows])


def _bubbled(rows: Sequence[Row]) -> Content:
    return {"type": "flex", "altText": _said(rows), "contents": bubble(rows)}


def _carousel(first: Content, listed: Sequence[Listed], answer: Answer, say: Words) -> Content:
    page = page_of_list(listed, 0, [first["contents"]], 10 * LONGEST_ALT)
    if not page.bubbles:
        return first
    bubbles = [first["contents"], *page.bubbles, *_more(page.next, answer, say)]
    return {**first, "contents": {"type": "carousel", "contents": bubbles}}


def _turned(answer: Answer, listed: Sequence[Listed], say: Words, start: int) -> list[Content]:
    """A further page of a list; the notification names what is on it."""
    page = page_of_list(listed, start, (), LONGEST_ALT)
    if not page.bubbles:
        return []
    bubbles = [*page.bubbles, *_more(page.next, answer, say)]
    return [{"type": "flex", "altText": "\n".join(page.names), "contents": {"type": "carousel", "contents": bubbles}}]


def _more(start: int | None, answer: Answer, say: Words) -> list[Content]:
    """A last bubble that turns the page."""
    action = turning(say.next, answer.query, start) if start is not None else None
    if action is None:
        return []
    found = bubble(())
    return [{**found, "body": {**found["body"], "contents": [tappable(say.next, action)]}}]


def _quick(buttons: Sequence[Button]) -> list[Content]:
    """What can be done next; where that is too much, fewer choices."""
    rest = [button for button in buttons if button.kind != "choice"]
    choices = [button for button in buttons if button.kind == "choice"][: MOST_QUICK - len(rest)]
    actions = [pressing(button, LONGEST_QUICK) for button in (*choices, *rest)]
    return [action for action in actions if action]
