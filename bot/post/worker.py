"""Worker: takes what waits in the inbox, in order, each in one transaction with everything that comes of it."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.errors import JournalError, place_of
from bot.journal import Journal, Received, Transaction
from bot.post.bell import Bell

__all__ = ["Handling", "Worker"]

LOG = logging.getLogger(__name__)
MOST = 32
"""Events that are handed over together, and share commits."""
IDLE = 5.0
"""Seconds after which it looks up even if nobody rang."""


class Handling(Protocol):
    """What a channel does with an event: everything through the transaction, nothing at once."""

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Answer an event: its conversation, its audit row and what is to be sent."""

    def apologise(self, received: Received, transaction: Transaction) -> None:
        """Say that an event couldn't be handled."""


class Worker:
    """Handles the events of every channel."""

    def __init__(self, journal: Journal, channels: Mapping[str, Handling], done: Callable[[Received], None]) -> None:
        """`done` is called with each event that was handled."""
        self._journal, self._channels, self._done = journal, channels, done
        self._bell = Bell()
        self._left: int | None = None
        self._begun: set[int] = set()

    def ring(self) -> None:
        """Something has come."""
        self._bell.ring()

    async def run(self) -> None:
        """Handle events until cancelled; what is begun is finished whole or not at all."""
        while True:
            if not await self.work():
                await self._bell.wait(IDLE)

    async def work(self) -> bool:
        """Handle what waits; whether there was anything."""
        try:
            received = await asyncio.to_thread(self._journal.read, self._waiting)
            await self._handled(received)
        except JournalError as error:
            LOG.error("%s", error)
            return False  # it waits in the inbox, and is tried again
        return bool(received)

    # Private functions

    def _waiting(self, transaction: Transaction) -> tuple[Received, ...]:
        """What waits; what an earlier process left is told apart by its number."""
        if self._left is None:
            self._left = transaction.inbox.last()
        return transaction.inbox.waiting(tuple(self._channels), MOST)

    async def _handled(self, received: Sequence[Received]) -> None:
        """What an earlier process left is handled one by one: an event that ends the process mustn't do so for ever."""
        left = [one for one in received if one.number <= (self._left or 0)]
        for one in left:
            if one.number not in self._begun:
                await asyncio.wrap_future(self._journal.write(self._work(self._begin, one)))
                self._begun.add(one.number)
            await self._finished(one)
        await asyncio.gather(*(self._finished(one) for one in received if one not in left))

    async def _finished(self, one: Received) -> None:
        """An event handled, and whoever waits for it told at once."""
        await asyncio.wrap_future(self._journal.write(self._work(self._handle, one), heavy=True))
        self._done(one)

    def _work(
        self, doing: Callable[[Received, Transaction], None], received: Received
    ) -> Callable[[Transaction], None]:
        """Something done with an event, if that still waits."""
        event = received.event
        return lambda transaction: (
            doing(received, transaction) if transaction.inbox.state(event.channel, event.id) == "waiting" else None
        )

    def _begin(self, received: Received, transaction: Transaction) -> None:
        """Count the attempt before it is made: after it there may be nobody to count."""
        if transaction.inbox.begin(received.number):
            LOG.error("%s の %s は処理の途中で何度も終わりました。", received.event.channel, received.event.id)
            self._apologise(received, transaction)

    def _handle(self, received: Received, transaction: Transaction) -> None:
        """Tried again at once where it raises, so that nothing of its conversation overtakes it."""
        channel, dead = self._channels[received.event.channel], False
        while not dead:
            try:
                with transaction.step():
                    channel.handle(received, transaction)
            except JournalError:
                raise  # the disk's fault is nothing to count against an event
            except Exception as error:  # noqa: BLE001  one event must not hold up all the others
                self._tell("%s の %s を処理できませんでした: %s(%s)", received, error)
                dead = transaction.inbox.failed(received.number, type(error).__name__)
            else:
                transaction.inbox.done(received.number)
                return
        self._apologise(received, transaction)

    def _apologise(self, received: Received, transaction: Transaction) -> None:
        try:
            with transaction.step():
                self._channels[received.event.channel].apologise(received, transaction)
        except JournalError:
            raise
        except Exception as error:  # noqa: BLE001
            self._tell("%s の %s のおわびもできませんでした: %s(%s)", received, error)

    def _tell(self, line: str, received: Received, error: Exception) -> None:
        LOG.error(line, received.event.channel, received.event.id, type(error).__name__, place_of(error))
