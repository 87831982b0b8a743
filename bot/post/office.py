"""Office: journal, desk, worker and couriers as one; channels bring what came and ask what became of it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.desk import Desk
from bot.errors import ChannelError
from bot.journal import Event, Journal, Keeping, Received
from bot.post.courier import Courier, Sending
from bot.post.tidying import Tidying
from bot.post.worker import Handling, Worker

__all__ = ["Channel", "Office"]


class Channel(Handling, Protocol):
    """A platform where people ask."""

    @property
    def name(self) -> str:
        """telegram, line or web: its events are the journal's under this name."""

    @property
    def sending(self) -> Sending | None:
        """How its answers are delivered; None where whoever asks fetches them."""

    async def run(self, office: "Office") -> None:
        """Bring events until cancelled; ChannelError where it can't go on."""


class Office:
    """Everything between the channels and what answers."""

    def __init__(
        self,
        journal: Journal,
        desk: Desk,
        channels: Sequence[Channel],
        clock: Callable[[], float],
        keeping: Keeping = Keeping(),  # noqa: B008  a value
    ) -> None:
        self.journal, self.desk, self.clock = journal, desk, clock
        self._channels = channels
        self._couriers = [
            Courier(journal, channel.name, channel.sending, clock) for channel in channels if channel.sending
        ]
        self._worker = Worker(journal, {channel.name: channel for channel in channels}, self._handled)
        self._tidying = Tidying(journal, keeping)
        self._waiting: dict[tuple[str, str], set[asyncio.Event]] = {}

    async def receive(self, events: Sequence[Event]) -> None:
        """Keep events; once this returns they are on the disk, and may be acknowledged. JournalError where they aren't."""
        await asyncio.wrap_future(self.journal.write(lambda transaction: transaction.inbox.receive(events)))
        self._worker.ring()

    async def answered(self, channel: str, event: str, patience: float) -> tuple[str, ...] | None:
        """What an event was answered with, as soon as it is; None where that takes longer than so many seconds."""
        handled = asyncio.Event()
        waiting = self._waiting.setdefault((channel, event), set())
        waiting.add(handled)
        try:
            async with asyncio.timeout(patience):
                while (found := self._answers(channel, event)) is None:
                    await handled.wait()
                    handled.clear()
                return found
        except TimeoutError:
            return None
        finally:
            waiting.discard(handled)
            if not waiting:
                self._waiting.pop((channel, event), None)

    async def run(self) -> None:
        """Serve until cancelled; ChannelError where a channel can't go on."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._worker.run())
                group.create_task(self._tidying.run())
                for courier in self._couriers:
                    group.create_task(courier.run())
                for channel in self._channels:
                    group.create_task(channel.run(self))
        except* ChannelError as errors:
            raise _first(errors) from None

    # Private functions

    def _handled(self, received: Received) -> None:
        """Only who waits for this event looks up: many wait at once, and each look costs a read."""
        for courier in self._couriers:
            courier.ring()
        for waiting in self._waiting.get((received.event.channel, received.event.id), ()):
            waiting.set()

    def _answers(self, channel: str, event: str) -> tuple[str, ...] | None:
        return self.journal.read(lambda transaction: transaction.answers(channel, event))


# Private functions


def _first(errors: BaseExceptionGroup[ChannelError]) -> ChannelError:
    """The first mistake of a group, however deep it lies."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
