"""Limits: how much at once; whoever comes on top, or too often, is told when to come again."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException

__all__ = ["Room", "hurried"]

BUSY = "混み合っています。少し待ってから、もう一度お送りください。"


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


def hurried() -> HTTPException:
    """Somebody came too often."""
    return HTTPException(429, BUSY, {"retry-after": "60"})
