"""Pacing: the clock, the waiting and the chance that the channel is given, and how long it waits after a failure."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import RetryAfter, TelegramError

__all__ = ["LONGEST", "Pace", "asked_for"]

LONGEST = 60.0
"""Seconds; no wait is longer, except where the platform asks for it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Everything about time that the channel is given from outside."""

    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    """Waits so many seconds."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    chance: Callable[[], float] = random.random
    """A number from 0 to 1, so that two programs don't retry in step."""
    poll: int = 30
    """Seconds that the platform may keep a request for updates open."""
    call: float = 20.0
    """Seconds that any call may take beyond that."""

    def pause(self, error: TelegramError, attempt: int) -> float:
        """Seconds to wait after the n-th failure in a row: what the platform asks for, or twice as long each time."""
        if isinstance(error, RetryAfter):
            return asked_for(error)
        return min(LONGEST, 2.0 ** min(attempt, 10) / 2) * (0.75 + 0.25 * self.chance())


def asked_for(error: RetryAfter) -> float:
    """Seconds that the platform asks to wait, and a little more."""
    seconds = error.retry_after
    return (seconds.total_seconds() if isinstance(seconds, timedelta) else seconds) + 0.5
