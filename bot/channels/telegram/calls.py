"""Calls: what somebody says to the bot or does with it, as it waits in the inbox."""

import json
from typing import Literal, NamedTuple

from bot.channels.telegram.keyboards import Rows, read_rows
from bot.desk import Caller

__all__ = ["CHANNEL", "Call", "Kind", "dump_call", "load_call"]

CHANNEL = "telegram"
Kind = Literal["said", "edited", "pressed", "chosen"]


class Call(NamedTuple):
    """Something that the bot is to answer."""

    kind: Kind
    """said, edited, pressed (a button), chosen (an answer that was offered in some other chat)."""
    verb: str
    """One of the desk's, or history, grade (commands whose question is worded later), unreadable (no text)."""
    text: str
    """What the verb is about."""
    person: int
    """Whose call it is."""
    chat: int = 0
    """Where; 0 where the bot isn't told."""
    alone: bool = False
    """Whether nobody else is in the chat."""
    message: int = 0
    """The message that was said, or whose button was pressed."""
    thread: int | None = None
    """The topic, in a forum."""
    press: str = ""
    """By which a pressed button is acknowledged."""
    rows: Rows = ()
    """The buttons under the message, where one of them was pressed."""

    @property
    def lane(self) -> str:
        """The conversation: of one person in one chat and topic; apart from them what was offered elsewhere."""
        return f"{self.chat or 'inline'}:{self.thread or ''}:{self.person}"

    @property
    def caller(self) -> Caller:
        """Where the person stands."""
        return Caller(CHANNEL, self.lane, str(self.person), self.alone)

    @property
    def place(self) -> str:
        """The message, as no other one is called; "" where it may be answered again."""
        return f"{self.chat}:{self.message}" if self.kind in ("said", "edited") else ""


def dump_call(call: Call) -> str:
    """A call as text."""
    return json.dumps(call._asdict(), ensure_ascii=False)


def load_call(text: str) -> Call:
    """The call that a text holds."""
    fields = json.loads(text)
    return Call(**{**fields, "rows": read_rows(fields["rows"])})
