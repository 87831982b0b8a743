"""Errands: the sends that are under way, so that what they need isn't closed before they are done."""

import asyncio
from collections.abc import Coroutine
from typing import Any

__all__ = ["Errands"]


class Errands:
    """Sends under way; each ends with whoever waits for it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[str]] = set()

    async def run(self, errand: Coroutine[Any, Any, str]) -> str:
        """What comes of an errand; cancelled with whoever waits for it."""
        task = asyncio.create_task(errand)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await task

    async def finish(self) -> None:
        """Wait for all that are under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)
