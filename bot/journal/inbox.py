"""Inbox: what platforms delivered, each once; it waits here until it is answered, whatever becomes of the process."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Column, Connection, func, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from bot.journal.tables import inbox

__all__ = ["ATTEMPTS", "STARTS", "Event", "Inbox", "Received"]

ATTEMPTS = 3
"""How often an event is tried that raises; then it is set aside, so that those after it are answered."""
STARTS = 10
"""How many processes try an event that an earlier one left; most of them ended for a reason of their own."""


class Event(NamedTuple):
    """Something that a platform delivers."""

    channel: str
    """telegram, line or web."""
    id: str
    """By which the platform knows it; the same one may come again."""
    lane: str
    """The conversation that it belongs to; within one the order is kept."""
    person: str
    """Who sent it, as the platform knows them."""
    at: float
    """When, as the platform says."""
    payload: str
    """What is to be handled, as the channel keeps it: JSON."""


class Received(NamedTuple):
    """An event that waits."""

    number: int
    """Its number here."""
    event: Event
    """What came."""
    attempts: int
    """How often it was tried before."""


class Inbox:
    """What waits to be answered."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def receive(self, events: Sequence[Event]) -> int:
        """Keep the events that are new; how many."""
        return sum(self._connection.execute(self._put(event)).rowcount for event in events)

    def waiting(self, channels: Collection[str], most: int) -> tuple[Received, ...]:
        """What is to be answered next on some channels, the earliest first."""
        found = select(inbox).where(inbox.c.state == "waiting", inbox.c.channel.in_(channels))
        rows = self._connection.execute(found.order_by(inbox.c.at, inbox.c.id).limit(most))
        return tuple(
            Received(row.id, Event(row.channel, row.event, row.lane, row.person, row.at, row.payload), row.attempts)
            for row in rows
        )

    def last(self) -> int:
        """The number of the last one that was received; 0 before the first."""
        return self._connection.execute(select(func.max(inbox.c.id))).scalar() or 0

    def state(self, channel: str, event: str) -> str:
        """waiting, done or dead; "" where it never came."""
        found = select(inbox.c.state).where(inbox.c.channel == channel, inbox.c.event == event)
        return self._connection.execute(found).scalar() or ""

    def number(self, channel: str, event: str) -> int | None:
        """The number of an event; None where it never came."""
        found = select(inbox.c.id).where(inbox.c.channel == channel, inbox.c.event == event)
        return self._connection.execute(found).scalar()

    def done(self, number: int) -> None:
        """It is answered."""
        self._set(number, state="done", payload=None, error="")

    def failed(self, number: int, error: str) -> bool:
        """It raised; whether it was set aside for good."""
        tried = self._counted(inbox.c.attempts, number)
        self._set(number, error=error, state="dead" if tried >= ATTEMPTS else "waiting")
        return tried >= ATTEMPTS

    def begin(self, number: int) -> bool:
        """It is tried again after a process ended that may have ended by it; whether it is set aside instead."""
        begun = self._counted(inbox.c.begun, number)
        if begun > STARTS:
            self._set(number, error="ended", state="dead")
        return begun > STARTS

    def forget(self, numbers: Sequence[int]) -> None:
        """Delete what some events said."""
        self._connection.execute(update(inbox).where(inbox.c.id.in_(numbers)).values(payload=None))

    def counts(self) -> dict[str, int]:
        """How many there are by state."""
        rows = self._connection.execute(select(inbox.c.state, func.count().label("many")).group_by(inbox.c.state))
        return {row.state: row.many for row in rows}

    def oldest(self) -> float | None:
        """When the oldest of those that wait was received."""
        return self._connection.execute(select(func.min(inbox.c.received)).where(inbox.c.state == "waiting")).scalar()

    # Private functions

    def _counted(self, column: Column[int], number: int) -> int:
        """A count of an event, one higher."""
        higher = update(inbox).where(inbox.c.id == number).values({column: column + 1}).returning(column)
        return int(self._connection.execute(higher).scalar_one())

    def _put(self, event: Event) -> Insert:
        values = {"event": event.id, "received": self._now, "state": "waiting"}
        fields = {name: value for name, value in event._asdict().items() if name != "id"}
        return insert(inbox).values(**fields, **values).on_conflict_do_nothing()

    def _set(self, number: int, **values: object) -> None:
        self._connection.execute(update(inbox).where(inbox.c.id == number).values(**values))
