"""Loading: the sign that an answer is under way, shown where it takes longer than a moment."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.channels.line.calls import Call
from bot.channels.line.wire import Rejected, Unknown, Wire

__all__ = ["Loading"]

MOMENT = 0.8
"""Seconds: an answer that is quicker would only be followed by the sign."""
SHOWN = 20
"""Seconds that it is shown, unless the answer comes."""
AT_ONCE = 20
"""Signs under way; where many ask at once, answers matter more."""


class Loading:
    """Shows the sign, as well as it can; nothing waits for it."""

    def __init__(self, wire: Wire, waits: Callable[[str], bool], moment: float = MOMENT) -> None:
        """`waits` tells whether an event is still to be answered."""
        self._wire, self._waits, self._moment = wire, waits, moment
        self._under_way: set[asyncio.Task[None]] = set()

    def begin(self, call: Call) -> None:
        """Something was asked; only in a chat with one person can it be shown."""
        if not call.alone or call.kind not in ("said", "pressed") or len(self._under_way) >= AT_ONCE:
            return
        task = asyncio.create_task(self._show(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def finish(self) -> None:
        """Show no more."""
        for task in self._under_way:
            task.cancel()

    # Private functions

    async def _show(self, call: Call) -> None:
        await asyncio.sleep(self._moment)
        if self._waits(call.id):
            with suppress(Rejected, Unknown):
                await self._wire.loading(call.person, SHOWN)
