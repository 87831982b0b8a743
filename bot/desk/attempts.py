"""Attempts: how often somebody did something within a minute; who they are is forgotten with the minute."""

import threading
from collections import Counter, deque

__all__ = ["Attempts"]

MINUTE = 60.0


class Attempts:
    """Takes so many a minute of each who tries; may be shared by threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._tried: deque[tuple[float, str]] = deque()
        self._many: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, who: str, now: float) -> bool:
        """One more, noted where it isn't one too many; what a clock that was wrong put into the future isn't counted."""
        with self._lock:
            while self._tried and not now - MINUTE < self._tried[0][0] <= now:
                self._forget(self._tried.popleft()[1])
            if self._many[who] >= self._most:
                return False
            self._tried.append((now, who))
            self._many[who] += 1
            return True

    # Private functions

    def _forget(self, who: str) -> None:
        self._many[who] -= 1
        if not self._many[who]:
            del self._many[who]
