"""Outbox: what is to be sent, tried again until it is delivered, expires or is refused for good."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, insert, select, update

from bot.journal.tables import outbox

__all__ = ["KEPT", "Delivery", "Message", "Outbox"]

KEPT = 24 * 3600.0
"""Seconds after which nobody waits for an answer any more."""


class Message(NamedTuple):
    """Something to be sent."""

    payload: str
    """What, as the channel keeps it: JSON."""
    answers: str = ""
    """The platform's message that it answers, so that an edited question finds its answers."""


class Delivery(NamedTuple):
    """A message that is to be sent."""

    number: int
    """Its number here."""
    lane: str
    """Within a lane the order is kept."""
    payload: str
    """What to send."""
    answers: str
    """The platform's message that it answers."""
    attempts: int
    """How often it was tried before."""
    expires: float
    """From when on it isn't worth sending."""


class Outbox:
    """What waits to be sent."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def post(
        self, event: int | None, channel: str, lane: str, messages: Sequence[Message], state: str = "waiting"
    ) -> None:
        """Have messages sent, in order; "kept" ones are fetched by whoever asked."""
        rows = [
            {
                "event": event,
                "channel": channel,
                "lane": lane,
                "answers": message.answers,
                "payload": message.payload,
                "state": state,
                "noted": self._now,
                "due": self._now,
                "expires": self._now + KEPT,
            }
            for message in messages
        ]
        if rows:
            self._connection.execute(insert(outbox), rows)

    def due(self, channel: str, busy: Collection[str] = ()) -> Delivery | None:
        """The next one that is to be sent: the first of a lane that isn't busy, if its time has come."""
        # What was put off by a clock that has been set back since is not to wait until that time comes again.
        come = (outbox.c.due <= self._now) | (outbox.c.noted > self._now)
        row = self._connection.execute(self._first(channel, busy).where(come).order_by(outbox.c.id)).first()
        return Delivery(row.id, row.lane, row.payload, row.answers, row.attempts, row.expires) if row else None

    def next_due(self, channel: str, busy: Collection[str] = ()) -> float | None:
        """When the next one is to be tried; None where nothing waits."""
        first = self._first(channel, busy).subquery()
        return self._connection.execute(select(func.min(first.c.due))).scalar()

    def sent(self, number: int, platform_id: str = "") -> None:
        """It was delivered, and the platform calls it so."""
        self._set(number, state="sent", sent=platform_id, finished=self._now, payload=None, error="")

    def later(self, number: int, seconds: float, error: str) -> None:
        """It is tried again after a while."""
        self._set(number, attempts=outbox.c.attempts + 1, noted=self._now, due=self._now + seconds, error=error)

    def amend(self, number: int, payload: str) -> None:
        """It waits with another content: what its channel has come to know of it."""
        self._set(number, payload=payload)

    def given_up(self, number: int, state: str, error: str) -> None:
        """It is not sent any more: expired, withdrawn, uncertain, or dead because the platform refuses it."""
        self._set(number, state=state, finished=self._now, payload=None, error=error)

    def replies(self, channel: str, answers: str) -> tuple[str, ...]:
        """What the platform calls the messages that answered one of its messages."""
        found = select(outbox.c.sent).where(
            outbox.c.channel == channel, outbox.c.answers == answers, outbox.c.state == "sent", outbox.c.sent != ""
        )
        return tuple(self._connection.execute(found.order_by(outbox.c.id)).scalars())

    def events_of(self, channel: str, answers: str) -> tuple[int, ...]:
        """The events that one of the platform's messages was answered for."""
        found = select(outbox.c.event).where(outbox.c.channel == channel, outbox.c.answers == answers)
        return tuple(self._connection.execute(found.where(outbox.c.event.is_not(None)).distinct()).scalars())

    def withdraw(self, channel: str, answers: str) -> None:
        """What answers one of the platform's messages is not sent any more, where it still waits."""
        waits = (outbox.c.channel == channel) & (outbox.c.answers == answers) & outbox.c.payload.is_not(None)
        gone = {"state": "withdrawn", "finished": self._now, "payload": None}
        self._connection.execute(update(outbox).where(waits).values(**gone))

    def of_event(self, event: int) -> tuple[str, ...]:
        """What is to be sent, or was, for an event, in order; for a browser that asks again."""
        found = select(outbox.c.payload).where(outbox.c.event == event, outbox.c.payload.is_not(None))
        return tuple(text for text in self._connection.execute(found.order_by(outbox.c.id)).scalars() if text)

    def counts(self) -> dict[str, int]:
        """How many there are by state."""
        rows = self._connection.execute(select(outbox.c.state, func.count().label("many")).group_by(outbox.c.state))
        return {row.state: row.many for row in rows}

    # Private functions

    def _first(self, channel: str, busy: Collection[str]) -> Select[tuple[Any, ...]]:
        """The first that waits in each lane but those that are busy."""
        waiting = (outbox.c.channel == channel) & (outbox.c.state == "waiting") & outbox.c.lane.not_in(busy)
        return select(outbox).where(
            outbox.c.id.in_(select(func.min(outbox.c.id)).where(waiting).group_by(outbox.c.lane))
        )

    def _set(self, number: int, **values: object) -> None:
        self._connection.execute(update(outbox).where(outbox.c.id == number).values(**values))
