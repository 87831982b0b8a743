"""Limits: how much at once, and how often somebody may try; whoever comes on top is told when to come again."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException

__all__ = ["Attempts", "Room"]

BUSY = "混み合っています。少し待ってから、もう一度お送りください。"
MINUTE = 60.0


class Room:
    """Takes so many at once."""

    def __init__(self, most: int) -> None:
        self._most, self._inside = most, 0

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Be inside; HTTPException where it is full."""
        if self._inside >= self._most:
            raise HTTPException(503, BUSY, {"retry-after": "2"})
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


class Attempts:
    """Takes so many tries a minute of each who tries; who they are is forgotten with the minute."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._most, self._clock = most, clock
        self._tried: deque[tuple[float, str]] = deque()
        self._many: Counter[str] = Counter()

    def note(self, who: str) -> None:
        """One more try; HTTPException where there were too many."""
        now = self._clock()
        while self._tried and self._tried[0][0] < now - MINUTE:
            self._forget(self._tried.popleft()[1])
        if self._many[who] >= self._most:
            raise HTTPException(429, BUSY, {"retry-after": "60"})
        self._tried.append((now, who))
        self._many[who] += 1

    # Private functions

    def _forget(self, who: str) -> None:
        self._many[who] -= 1
        if not self._many[who]:
            del self._many[who]
