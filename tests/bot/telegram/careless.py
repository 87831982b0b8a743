"""A careless kotae, for negative controls: it lets Telegram forget questions before they are on the disk."""

import asyncio
from collections.abc import Sequence

from bot.cli import main
from bot.journal import Event
from bot.post import Office

_kept = Office.receive
_later: set[asyncio.Task[None]] = set()


async def _receive(office: Office, events: Sequence[Event]) -> None:
    async def late() -> None:
        await asyncio.sleep(0.3)
        await _kept(office, events)

    task = asyncio.create_task(late())
    _later.add(task)
    task.add_done_callback(_later.discard)


Office.receive = _receive  # type: ignore[method-assign]

if __name__ == "__main__":
    main()
