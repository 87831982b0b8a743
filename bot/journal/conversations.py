"""Conversations: where each stands, and where it stood before a message that may yet be edited."""

from typing import NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.journal.contexts import dump_context, load_context
from bot.journal.tables import conversations, turns
from nlp.contexts import Context

__all__ = ["Conversation", "Conversations", "Turn"]


class Conversation(NamedTuple):
    """Where a conversation stands."""

    context: Context | None = None
    """What a follow-up refers to; None at its beginning."""
    message: str = ""
    """The message that was asked last, as the platform knows it; "" where a button was pressed since."""


class Turn(NamedTuple):
    """A question that was asked before."""

    before: Context | None
    """The conversation before it: an edited question is read in its old place."""


class Conversations:
    """Conversations by channel and lane."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def recall(self, channel: str, lane: str) -> Conversation:
        """Where a conversation stands; at its beginning where there was none, or none that can be read."""
        found = select(conversations).where(conversations.c.channel == channel, conversations.c.lane == lane)
        row = self._connection.execute(found).first()
        return Conversation(load_context(row.context), row.message) if row else Conversation()

    def keep(self, channel: str, lane: str, conversation: Conversation) -> None:
        """Remember where a conversation stands now."""
        values = {"context": dump_context(conversation.context), "message": conversation.message, "at": self._now}
        put = insert(conversations).values(channel=channel, lane=lane, **values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["channel", "lane"], set_=values))

    def forget(self, channel: str, message: str) -> None:
        """A message was taken back: what it led to is no longer talked about."""
        of_it = conversations.c.message == message
        self._connection.execute(delete(turns).where(turns.c.channel == channel, turns.c.message == message))
        self._connection.execute(delete(conversations).where(conversations.c.channel == channel, of_it))

    def turn(self, channel: str, message: str) -> Turn | None:
        """How things stood before a message; None where it isn't known."""
        found = select(turns.c.before).where(turns.c.channel == channel, turns.c.message == message)
        row = self._connection.execute(found).first()
        return Turn(load_context(row.before)) if row else None

    def begin_turn(self, channel: str, lane: str, message: str, before: Context | None) -> None:
        """Remember how things stood before a message."""
        values = {"lane": lane, "before": dump_context(before), "at": self._now}
        put = insert(turns).values(channel=channel, message=message, **values)
        self._connection.execute(put.on_conflict_do_nothing())
