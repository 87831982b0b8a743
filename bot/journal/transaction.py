"""Transaction: one moment of the journal, whole or not at all; everything that a question changes is changed in one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from bot.errors import JournalError
from bot.journal.audit import Audit
from bot.journal.conversations import Conversations
from bot.journal.engine import is_fault
from bot.journal.feedback import Feedback
from bot.journal.inbox import Inbox
from bot.journal.members import Members
from bot.journal.migrations import version_of
from bot.journal.outbox import Outbox
from bot.journal.retention import Retention

__all__ = ["Transaction"]


class Transaction:
    """The parts of the journal over one connection, at one moment."""

    def __init__(self, connection: Connection, now: float) -> None:
        self.now = now
        self._connection = connection
        self.inbox = Inbox(connection, now)
        self.outbox = Outbox(connection, now)
        self.conversations = Conversations(connection, now)
        self.audit = Audit(connection, now)
        self.members = Members(connection, now)
        self.feedback = Feedback(connection, now)
        self.retention = Retention(connection, now)

    @contextmanager
    def step(self) -> Iterator[None]:
        """A part of it that is undone where it raises; the rest stands. JournalError where nothing of it all can."""
        try:
            with self._connection.begin_nested():
                yield
        except Exception as error:
            if is_fault(error) and not isinstance(error, JournalError):
                raise JournalError("記録に書けません。空きを確かめてください。") from error
            raise

    def version(self) -> int:
        """Of its form; 0 where nothing was made yet."""
        return version_of(self._connection)

    def whole(self) -> bool:
        """Whether every page of the file is as it should be; it reads all of them."""
        return self._connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"

    def withdraw(self, channel: str, message: str) -> None:
        """Somebody took a message back: its text is deleted, and its answer is not sent any more."""
        events = self.outbox.events_of(channel, message)
        self.inbox.forget(events)
        self.audit.forget_events(events)
        self.outbox.withdraw(channel, message)
        self.conversations.forget(channel, message)

    def answers(self, channel: str, event: str) -> tuple[str, ...] | None:
        """What is kept as the answer to an event; None while it waits, or where it never came."""
        number = self.inbox.number(channel, event)
        if number is None or self.inbox.state(channel, event) == "waiting":
            return None
        return self.outbox.of_event(number)
