"""A channel that echoes, and a platform that takes what is sent, fails as it is told, and remembers."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import wraps
from typing import Any, ParamSpec

from bot.errors import ChannelError
from bot.journal import Delivery, Journal, Message, Received, Transaction
from bot.post import Courier, Office, Sending
from tests.bot.journal.helpers import Clock, answered

P = ParamSpec("P")


def in_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that is a coroutine; half a minute at most."""

    @wraps(test)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        async def limited() -> None:
            async with asyncio.timeout(30):
                await test(*arguments, **named)

        asyncio.run(limited())

    return run


class Echo:
    """A channel that answers each event with its own payload."""

    name = "post"

    def __init__(
        self, sending: Sending | None = None, brings: Callable[[Office], Awaitable[None]] | None = None
    ) -> None:
        self.sending = sending
        self._brings = brings
        self.handled: list[str] = []

    async def run(self, office: Office) -> None:
        """Bring what it is to bring, then wait."""
        if self._brings:
            await self._brings(office)
        await asyncio.Event().wait()

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Keep it and have it sent back."""
        event = received.event
        self.handled.append(event.id)
        transaction.audit.record(received.number, answered(f"R{received.number}", event.payload))
        state = "waiting" if self.sending else "kept"
        transaction.outbox.post(received.number, self.name, event.lane, [Message(event.payload)], state)

    def apologise(self, received: Received, transaction: Transaction) -> None:
        """Say so."""
        transaction.outbox.post(received.number, self.name, received.event.lane, [Message("sorry")])


class Platform:
    """Takes what is sent; before that it does what it is told to, one thing a call."""

    def __init__(self, clock: Clock, *faults: Exception | float | None) -> None:
        self._clock, self._faults = clock, list(faults)
        self.calls: list[tuple[float, str]] = []
        """When each call came, and with what."""
        self.sent: list[str] = []
        """What was taken."""

    async def send(self, delivery: Delivery) -> str:
        """Take it, or raise what comes next; a number is the seconds that it takes."""
        self.calls.append((self._clock.now, delivery.payload))
        fault = self._faults.pop(0) if self._faults else None
        if isinstance(fault, Exception):
            raise fault
        if fault:
            await asyncio.sleep(fault)
        self.sent.append(delivery.payload)
        return f"m{len(self.sent)}"


def courier(journal: Journal, clock: Clock, sending: Sending) -> Courier:
    """A courier that never shortens its pauses by chance."""
    return Courier(journal, "post", sending, clock, lambda: 1.0)


async def worked(courier: Courier, clock: Clock, seconds: Iterable[float] = ()) -> None:
    """Deliver what can be delivered, now and after each so many seconds."""
    for pause in (0.0, *seconds):
        clock.now += pause
        while await courier.work():
            pass


async def until(found: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not found():
            await asyncio.sleep(0.005)


BROKEN = ChannelError("The key is not valid any more.")
