"""Events, answers and times for the tests of journal, desk and post."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.journal import Answered, Event, Journal, Message, Transaction

T = TypeVar("T")
NOON = 1_000_000.0
DAY = 24 * 3600.0


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        """The time that it shows."""
        return self.now


def done(journal: Journal, work: Callable[[Transaction], T]) -> T:
    """The result of a write, once the disk holds it."""
    return journal.write(work).result(timeout=20)


def event(id_: str, lane: str = "a", at: float = NOON, payload: str = "?", channel: str = "post") -> Event:
    """Something that a platform delivers."""
    return Event(channel, id_, lane, "taro", at, payload)


def answered(receipt: str = "K7Q29FMX", question: str = "25年度実績は？", person: str = "taro") -> Answered:
    """A question with its answer."""
    return Answered(
        "post", "a", person, "ask", question, "answer", "", "q", "understood", "10,136千円", "[]", "r", receipt
    )


def posted(journal: Journal, *payloads: str, lane: str = "a") -> None:
    """Have messages sent."""
    done(journal, lambda tx: tx.outbox.post(None, "post", lane, [Message(payload) for payload in payloads]))


@contextmanager
def full(journal: Journal) -> Iterator[None]:
    """A disk that has no room for another page, for the connection that writes."""
    done(journal, lambda tx: tx._connection.exec_driver_sql("PRAGMA max_page_count=1"))  # as many as there are
    yield
    # Begins a transaction, but needs no page.
    done(journal, lambda tx: tx._connection.exec_driver_sql("PRAGMA max_page_count=1000000"))


BIG = "大" * 100_000
"""Doesn't fit into the pages that there are."""
