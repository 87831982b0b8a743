"""The office brings events to their answers, tells whoever waits, and ends as a whole."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.desk import Desk, Rules
from bot.errors import ChannelError, JournalError
from bot.journal import Journal, Transaction
from bot.post import Office
from tests.bot.journal.helpers import BIG, Clock, event, full
from tests.bot.post.helpers import BROKEN, Echo, Platform, in_loop, until

T = TypeVar("T")


def office(journal: Journal, clock: Clock, *channels: Echo) -> Office:
    """An office whose channels need no desk."""
    return Office(journal, Desk(None, Rules(), None), channels, clock)  # type: ignore[arg-type]


async def stopped(running: "asyncio.Task[None]") -> None:
    """End what runs."""
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


@in_loop
async def test_a_question_comes_and_its_answer_goes(journal: Journal, clock: Clock) -> None:
    """From receive to send, and the one who asks is told what is kept."""
    platform = Platform(clock)
    serving = office(journal, clock, Echo(platform))
    running = asyncio.create_task(serving.run())
    await serving.receive([event("1", payload="p")])
    await until(lambda: platform.sent == ["p"])
    await stopped(running)


@in_loop
async def test_who_waits_for_an_answer_gets_it(journal: Journal, clock: Clock) -> None:
    """As soon as it is there, as often as they ask; nothing for what never came, or takes too long."""
    serving = office(journal, clock, Echo())
    await serving.receive([event("1", payload="p")])
    assert await serving.answered("post", "1", 0.1) is None
    waiting = asyncio.create_task(serving.answered("post", "1", 5))
    running = asyncio.create_task(serving.run())
    assert await waiting == ("p",)
    assert await serving.answered("post", "1", 0) == ("p",)
    assert await serving.answered("post", "2", 0.1) is None
    await stopped(running)


@in_loop
async def test_what_cannot_be_kept_is_not_acknowledged(journal: Journal, clock: Clock) -> None:
    """The channel learns of it, and lets the platform send it again."""
    serving = office(journal, clock, Echo())
    with full(journal), pytest.raises(JournalError):
        await serving.receive([event("1", payload=BIG)])
    await serving.receive([event("1", payload=BIG)])
    assert journal.read(lambda tx: tx.inbox.counts()) == {"waiting": 1}


@in_loop
async def test_a_channel_that_cannot_go_on_ends_the_office(journal: Journal, clock: Clock) -> None:
    """With its own line, from however deep within."""

    async def breaks(_: Office) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(raising())

    async def raising() -> None:
        raise BROKEN

    with pytest.raises(ChannelError, match="not valid any more"):
        await office(journal, clock, Echo(brings=breaks)).run()


@in_loop
async def test_events_of_a_conversation_stay_in_order(journal: Journal, clock: Clock) -> None:
    """300 events of 10 lanes, brought by three at once: each lane's answers go out as its events came."""
    platform = Platform(clock)
    events = [event(str(n), f"lane{n % 10}", float(n), f"{n % 10}-{n // 10:02}") for n in range(300)]

    async def brings(serving: Office) -> None:
        for at in range(0, 300, 10):
            await serving.receive(events[at : at + 10])

    running = asyncio.create_task(office(journal, clock, Echo(platform, brings)).run())
    await until(lambda: len(platform.sent) == 300)
    await stopped(running)
    lanes: dict[str, list[str]] = {}
    for payload in platform.sent:
        lanes.setdefault(payload[0], []).append(payload)
    assert all(payloads == sorted(payloads) for payloads in lanes.values())


@in_loop
async def test_who_waits_looks_up_for_their_own_answer_only(tmp_path: Path, clock: Clock) -> None:
    """Forty wait at once; each of their questions is read a few times, not once for every other answer."""
    journal = Counted(tmp_path / "journal.db", clock)
    serving = office(journal, clock, Echo())
    running = asyncio.create_task(serving.run())
    waiting = []
    for number in range(40):
        waiting.append(asyncio.create_task(serving.answered("post", str(number), 20)))
    await asyncio.sleep(0)
    for number in range(40):
        await serving.receive([event(str(number), f"lane{number}", float(number), f"p{number}")])
    assert await asyncio.gather(*waiting) == [(f"p{number}",) for number in range(40)]
    await stopped(running)
    journal.close()
    assert journal.reads < 6 * 40


class Counted(Journal):
    """A journal that counts how often it is read."""

    reads = 0

    def read(self, work: Callable[[Transaction], T]) -> T:
        """The same, counted."""
        self.reads += 1
        return super().read(work)
