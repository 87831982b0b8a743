"""Courier: delivers what waits in the outbox of a channel, at the pace that the platform asks for."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import NamedTuple, Protocol

from bot.errors import ChannelError, JournalError
from bot.journal import Delivery, Journal, Transaction
from bot.post.bell import Bell

__all__ = ["Courier", "Later", "Refused", "Sending"]

LOG = logging.getLogger(__name__)
IDLE = 5.0
LONGEST = 300.0
"""Seconds; no pause of our own choice is longer."""
PATIENT = 2.0
"""Seconds that others wait for one delivery: one at a time, so that a crash repeats one at most, unless it is slow."""
GRACE = 10.0
"""Seconds that are left to what is under way when the courier is told to stop."""
ATTEMPTS = 8
"""How often a message is tried that raises something unforeseen."""


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
        """Send it; how the platform calls what was sent. Raises Later or Refused; ChannelError where nothing can be sent."""


class _Silence(NamedTuple):
    """A time in which nothing is sent."""

    since: float = 0.0
    until: float = 0.0

    def holds(self, now: float) -> bool:
        """A clock that was set back ends it."""
        return self.since <= now < self.until


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
        self._journal, self._channel, self._sending = journal, channel, sending
        self._clock, self._chance = clock, chance
        self._bell = Bell()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._silence = _Silence()
        self._broken: ChannelError | None = None

    def ring(self) -> None:
        """There is something to deliver."""
        self._bell.ring()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is finished. ChannelError where nothing can be sent at all."""
        try:
            while self._broken is None:
                if not await self.work():
                    await self._bell.wait(self._idle())
            raise self._broken
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way.values(), timeout=GRACE)
            for task in self._under_way.values():
                task.cancel()

    async def work(self) -> bool:
        """Deliver one message; whether there was one."""
        if self._silence.holds(self._clock()):
            return False
        busy = tuple(self._under_way)
        try:
            delivery = self._journal.read(lambda transaction: transaction.outbox.due(self._channel, busy))
        except JournalError as error:
            LOG.error("%s", error)
            return False
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

    def _idle(self) -> float:
        """Seconds until something is due."""
        now, busy = self._clock(), tuple(self._under_way)
        if self._silence.holds(now):
            return min(self._silence.until - now, IDLE)
        try:
            due = self._journal.read(lambda transaction: transaction.outbox.next_due(self._channel, busy))
        except JournalError:
            due = None
        return IDLE if due is None else min(max(due - now, 0.05), IDLE)

    async def _deliver(self, delivery: Delivery) -> None:
        number = delivery.number
        try:
            sent = await self._sending.send(delivery)
        except Later as later:
            await self._put_off(delivery, later)
        except Refused as refused:
            LOG.warning("%s が送信 %d を受け付けません: %s", self._channel, number, refused)
            await self._give_up(number, refused.state, str(refused))
        except ChannelError as error:
            self._broken = error  # nothing is wrong with the message
        except OSError as error:
            await self._put_off(delivery, Later(type(error).__name__))
        except Exception as error:  # noqa: BLE001  a mistake of ours in one message must not stop all the others
            await self._unforeseen(delivery, type(error).__name__)
        else:
            await self._note(lambda transaction: transaction.outbox.sent(number, sent))

    async def _unforeseen(self, delivery: Delivery, kind: str) -> None:
        LOG.error("%s への送信 %d で思わぬことが起きました(%s)", self._channel, delivery.number, kind)
        if delivery.attempts + 1 < ATTEMPTS:
            await self._put_off(delivery, Later(kind))
        else:
            await self._give_up(delivery.number, "dead", kind)

    async def _put_off(self, delivery: Delivery, later: Later) -> None:
        """Try again after a pause, unless nobody waits for it any more by then."""
        now, number = self._clock(), delivery.number
        pause = later.seconds if later.seconds is not None else self._pause(delivery.attempts)
        if later.everybody:
            self._silence = _Silence(now, now + pause)
        if now + pause >= delivery.expires:
            LOG.warning("%s への送信 %d は届かないまま期限が来ました。", self._channel, number)
            await self._give_up(number, "expired", str(later))
        else:
            await self._note(lambda transaction: transaction.outbox.later(number, pause, str(later)))

    async def _give_up(self, number: int, state: str, error: str) -> None:
        await self._note(lambda transaction: transaction.outbox.given_up(number, state, error))

    async def _note(self, work: Callable[[Transaction], None]) -> None:
        """Note what became of a message, however long that takes: sent and not noted it would be sent again and again."""
        while True:
            try:
                await asyncio.wrap_future(self._journal.write(work))
            except JournalError as error:
                LOG.error("%s", error)
                await asyncio.sleep(1)
            else:
                return

    def _pause(self, attempts: int) -> float:
        return min(LONGEST, 2.0 ** min(attempts, 10) / 2) * (0.75 + 0.25 * self._chance())
