"""Worker: takes what waits in the inbox, in order, each in one transaction with everything that comes of it."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from bot.errors import JournalError
from bot.journal import Journal, Received, Transaction
from bot.post.bell import Bell

__all__ = ["Handling", "Worker"]

LOG = logging.getLogger(__name__)
MOST = 32
"""Events that are handled together, and share a commit."""
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

    def __init__(self, journal: Journal, channels: Mapping[str, Handling], done: Callable[[], None]) -> None:
        """`done` is called where something was handled."""
        self._journal, self._channels, self._done = journal, channels, done
        self._bell = Bell()

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
            received = await asyncio.to_thread(self._journal.read, lambda transaction: transaction.inbox.waiting(MOST))
            futures = [self._journal.write(self._handler(one)) for one in received]
            await asyncio.gather(*map(asyncio.wrap_future, futures))
        except JournalError as error:
            LOG.error("%s", error)
            return False  # it waits in the inbox, and is tried again
        if received:
            self._done()
        return bool(received)

    # Private functions

    def _handler(self, received: Received) -> Callable[[Transaction], None]:
        return lambda transaction: self._handle(received, transaction)

    def _handle(self, received: Received, transaction: Transaction) -> None:
        """Tried again at once where it raises, so that nothing of its conversation overtakes it."""
        event = received.event
        if transaction.inbox.state(event.channel, event.id) != "waiting":
            return
        channel, dead = self._channels[event.channel], False
        while not dead:
            try:
                with transaction.step():
                    channel.handle(received, transaction)
            except Exception as error:  # noqa: BLE001  one event must not hold up all the others
                LOG.error("%s の %s を処理できませんでした: %s(%s)", event.channel, event.id, *_where(error))
                dead = transaction.inbox.failed(received.number, type(error).__name__)
            else:
                transaction.inbox.done(received.number)
                return
        try:
            with transaction.step():
                channel.apologise(received, transaction)
        except Exception as error:  # noqa: BLE001
            LOG.error("%s の %s のおわびもできませんでした: %s(%s)", event.channel, event.id, *_where(error))


# Private functions


def _where(error: Exception) -> tuple[str, str]:
    """Kind and place, without the message, which may quote a question."""
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__, f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
