"""Courier: delivers what waits in the outbox of a channel, at the pace that the platform asks for."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Protocol

from bot.errors import JournalError
from bot.journal import Delivery, Journal
from bot.post.bell import Bell

__all__ = ["Courier", "Later", "Refused", "Sending"]

LOG = logging.getLogger(__name__)
IDLE = 5.0
LONGEST = 300.0
"""Seconds; no pause of our own choice is longer."""
PATIENT = 2.0
"""Seconds that others wait for one delivery: one at a time, so that a crash repeats one at most, unless it is slow."""


class Later(Exception):  # noqa: N818  it is no error: it is tried again
    """Not now: after so many seconds where the platform says so, else after a pause that grows."""

    def __init__(self, reason: str, seconds: float | None = None, *, everybody: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.everybody = everybody
        """Whether the platform wants nothing at all to be sent for so long."""


class Refused(Exception):  # noqa: N818
    """Never: the platform doesn't take it, and no repetition would mend that."""

    def __init__(self, reason: str, state: str = "dead") -> None:
        super().__init__(reason)
        self.state = state
        """dead; expired, where it is too late; uncertain, where it may have arrived."""


class Sending(Protocol):
    """How a channel sends."""

    async def send(self, delivery: Delivery) -> str:
        """Send it; how the platform calls what was sent. Raises Later or Refused."""


class Courier:
    """Delivers a channel's messages, those of one conversation in order."""

    def __init__(
        self,
        journal: Journal,
        channel: str,
        sending: Sending,
        clock: Callable[[], float],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._journal, self._channel, self._sending, self._clock, self._chance = (
            journal,
            channel,
            sending,
            clock,
            chance,
        )
        self._bell = Bell()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._not_before = 0.0

    def ring(self) -> None:
        """There is something to deliver."""
        self._bell.ring()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is finished."""
        try:
            while True:
                if not await self.work():
                    await self._bell.wait(await self._idle())
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way.values())

    async def work(self) -> bool:
        """Deliver one message; whether there was one."""
        if self._clock() < self._not_before:
            return False
        try:
            due = self._journal.read(
                lambda transaction: transaction.outbox.due(self._channel, len(self._under_way) + 1)
            )
        except JournalError as error:
            LOG.error("%s", error)
            return False
        delivery = next((one for one in due if one.lane not in self._under_way), None)
        if delivery is None:
            return False
        task = asyncio.create_task(self._deliver(delivery))
        self._under_way[delivery.lane] = task
        task.add_done_callback(lambda _: self._finished(delivery.lane))
        await asyncio.wait([task], timeout=PATIENT)
        return True

    # Private functions

    def _finished(self, lane: str) -> None:
        self._under_way.pop(lane, None)
        self._bell.ring()

    async def _idle(self) -> float:
        now = self._clock()
        try:
            due = self._journal.read(lambda transaction: transaction.outbox.next_due(self._channel))
        except JournalError:
            due = None
        soonest = max(due if due is not None else now + IDLE, self._not_before)
        return min(max(soonest - now, 0.05), IDLE)

    async def _deliver(self, delivery: Delivery) -> None:
        number, now = delivery.number, self._clock()
        if now >= delivery.expires:
            await self._note(number, "expired", "")
            return
        try:
            sent = await self._sending.send(delivery)
        except Later as later:
            reason = str(later)
            pause = later.seconds if later.seconds is not None else self._pause(delivery.attempts)
            if later.everybody:
                self._not_before = self._clock() + pause
            await self._written(lambda transaction: transaction.outbox.later(number, pause, reason))
        except Refused as refused:
            LOG.warning("%s が送信 %d を受け付けません: %s", self._channel, number, refused)
            await self._note(number, refused.state, str(refused))
        except Exception as error:  # noqa: BLE001  a mistake of ours in one message must not stop all the others
            LOG.error("%s への送信 %d を用意できませんでした(%s)", self._channel, number, type(error).__name__)
            await self._note(number, "dead", type(error).__name__)
        else:
            await self._written(lambda transaction: transaction.outbox.sent(number, sent))

    def _pause(self, attempts: int) -> float:
        return min(LONGEST, 2.0 ** min(attempts, 10) / 2) * (0.75 + 0.25 * self._chance())

    async def _note(self, number: int, state: str, error: str) -> None:
        await self._written(lambda transaction: transaction.outbox.given_up(number, state, error))

    async def _written(self, work: "Callable[..., None]") -> None:
        try:
            await asyncio.wrap_future(self._journal.write(work))
        except JournalError as error:
            # It was sent, and can't be noted: it is sent again rather than lost.
            LOG.error("%s", error)
            await asyncio.sleep(1)
