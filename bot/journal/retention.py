"""Retention: what people wrote is forgotten after a while; that they asked, and from which cells they were answered, stays."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, delete, literal_column, select

from bot.journal.tables import conversations, inbox, outbox, texts, turns

__all__ = ["Keeping", "Retention"]

DAY = 24 * 3600.0
MOST = 500
"""Rows of a table that are forgotten at once: nobody is to wait long for it."""
_ROW: ColumnElement[int] = literal_column("rowid")


class Keeping(NamedTuple):
    """How long things are kept, in days."""

    texts: float = 90
    """Questions and answers."""
    conversations: float = 2
    """What a follow-up or an edited question refers to."""
    post: float = 30
    """What came and went: by its ids it is known when it comes again. What failed is kept as long, with its text."""


class Retention:
    """What is too old to be kept."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def forget(self, keeping: Keeping) -> int:
        """Forget some of what is too old; how many rows, until there are none. What still waits is never forgotten."""
        text, talk = (self._now - days * DAY for days in (keeping.texts, keeping.conversations))
        post = self._now - min(keeping.post, keeping.texts) * DAY
        too_old = (
            (texts, texts.c.at < text),
            (conversations, conversations.c.at < talk),
            (turns, turns.c.at < talk),
            (outbox, (outbox.c.state != "waiting") & (outbox.c.noted < post)),
            (inbox, (inbox.c.state != "waiting") & (inbox.c.received < post)),
        )
        return sum(self._deleted(table, condition) for table, condition in too_old)

    # Private functions

    def _deleted(self, table: Table, condition: ColumnElement[bool]) -> int:
        some = select(_ROW).select_from(table).where(condition).limit(MOST)
        return self._connection.execute(delete(table).where(_ROW.in_(some))).rowcount
