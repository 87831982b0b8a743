"""Parcels: what is to be sent, as it waits in the outbox; one that the platform would refuse can't be made."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Literal

from bot.channels.telegram.keyboards import Rows, keyboard_fits, read_rows
from bot.channels.telegram.texts import LONGEST_TEXT, visible
from bot.texts import units

__all__ = ["Method", "Parcel", "dump_parcel", "load_parcel"]

Method = Literal["text", "keyboard", "toast", "photo", "clear"]
LONGEST_TOAST = 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to be sent or changed; ValueError where the platform would refuse it."""

    method: Method
    """A text, other buttons under a message, a word over the chat, a picture, taking surplus texts away."""
    chat: int
    """Where."""
    thread: int | None = None
    """The topic, in a forum."""
    reply_to: int | None = None
    """The message that it is a reply to, in a group."""
    message: int | None = None
    """The message that becomes this; without one it may be a new message."""
    text: str = ""
    """HTML; of a word over the chat plain."""
    rows: Rows = ()
    """The buttons under it."""
    press: str = ""
    """The press that a word over the chat acknowledges."""
    alert: bool = False
    """Whether that word stays until it is read."""
    query: str = ""
    """The compact query behind a picture."""
    person: int = 0
    """Who is to see the picture."""
    alone: bool = False
    """Whether nobody else sees it."""

    def __post_init__(self) -> None:
        if self.method == "text" and not (visible(self.text).strip() and units(visible(self.text)) <= LONGEST_TEXT):
            raise ValueError("a text is empty or too long")
        if self.method == "toast" and units(self.text) > LONGEST_TOAST:
            raise ValueError("a word over the chat is too long")
        if not keyboard_fits(self.rows):
            raise ValueError("a keyboard doesn't fit")


def dump_parcel(parcel: Parcel) -> str:
    """A parcel as text."""
    blank = {field.name: field.default for field in fields(Parcel)}
    content = {name: value for name, value in asdict(parcel).items() if value != blank[name]}
    return json.dumps(content, ensure_ascii=False)


def load_parcel(text: str) -> Parcel:
    """The parcel that a text holds."""
    content = json.loads(text)
    return Parcel(**{**content, "rows": read_rows(content.get("rows", ()))})
