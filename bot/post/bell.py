"""Bell: rung where there is something to do; whoever waits for it also looks up now and then."""

import asyncio
from contextlib import suppress

__all__ = ["Bell"]


class Bell:
    """One waits, many ring; a ring while nobody waits is heard by the next wait."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """There is something to do."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, and no longer than so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
        self._event.clear()
