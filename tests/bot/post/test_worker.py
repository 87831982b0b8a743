"""Every event is handled once, in its order, whole or not at all, and none holds up the others for ever."""

import asyncio

import pytest

from bot.errors import JournalError
from bot.journal import Journal, Message, Received, Transaction
from bot.journal.inbox import STARTS
from bot.post import Worker
from tests.bot.journal.helpers import BIG, NOON, done, event, full
from tests.bot.post.helpers import Echo, in_loop


def worker(journal: Journal, channel: Echo) -> Worker:
    """A worker with one channel."""
    return Worker(journal, {channel.name: channel}, lambda _: None)


def payloads(journal: Journal) -> list[str]:
    """What is to be sent."""
    found = journal.read(
        lambda tx: tx._connection.exec_driver_sql("SELECT payload FROM outbox ORDER BY id").scalars().all()
    )
    return list(found)


async def handled_all(worker: Worker) -> None:
    """Until nothing waits."""
    while await worker.work():
        pass


@in_loop
async def test_each_is_answered_once_in_its_order(journal: Journal) -> None:
    """Also where two of them look at the same time."""
    channel = Echo()
    done(journal, lambda tx: tx.inbox.receive([event(str(n), payload=f"p{n}", at=NOON + n) for n in range(50)]))
    await asyncio.gather(*(worker(journal, channel).work() for _ in range(2)))
    await handled_all(worker(journal, channel))
    assert payloads(journal) == [f"p{n}" for n in range(50)]
    assert journal.read(lambda tx: (tx.audit.count(), tx.inbox.counts())) == (50, {"done": 50})


class Fragile(Echo):
    """Fails at what it is told to, after it has written."""

    def __init__(self, *failing: str, times: int = 99) -> None:
        super().__init__()
        self.failing, self.times = failing, times

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Write, then fail."""
        super().handle(received, transaction)
        if received.event.payload in self.failing and self.times:
            self.times -= 1
            raise ValueError(received.event.payload)


@in_loop
async def test_what_fails_once_is_tried_again(journal: Journal) -> None:
    """At once, before the next one of its conversation; nothing of the first attempt stays."""
    done(journal, lambda tx: tx.inbox.receive([event("1", payload="bad"), event("2", payload="next")]))
    await handled_all(worker(journal, Fragile("bad", times=1)))
    assert payloads(journal) == ["bad", "next"]
    assert journal.read(lambda tx: tx.audit.count()) == 2


@in_loop
async def test_what_always_fails_is_answered_with_an_apology(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    """It is set aside, the next one goes on; the log names kind and place, never what was asked."""
    done(journal, lambda tx: tx.inbox.receive([event("1", payload="秘密"), event("2", payload="next")]))
    await handled_all(worker(journal, Fragile("秘密")))
    assert payloads(journal) == ["sorry", "next"]
    assert journal.read(lambda tx: (tx.audit.count(), tx.inbox.counts())) == (1, {"dead": 1, "done": 1})
    assert "ValueError(test_worker.py:" in caplog.text
    assert "秘密" not in caplog.text


@in_loop
async def test_a_full_disk_is_no_fault_of_a_question(journal: Journal) -> None:
    """It waits, and is answered once there is room; no attempt is counted."""

    class Long(Echo):
        def handle(self, received: Received, transaction: Transaction) -> None:
            super().handle(received, transaction)
            transaction.outbox.post(received.number, self.name, "a", [Message(BIG)], "kept")

    done(journal, lambda tx: tx.inbox.receive([event("1", payload="p")]))
    channel = Long()
    serving = worker(journal, channel)
    with full(journal):
        assert [await serving.work() for _ in range(5)] == [False] * 5
        assert journal.read(lambda tx: [one.attempts for one in tx.inbox.waiting(("post",), 9)]) == [0]
    await handled_all(serving)
    assert payloads(journal) == ["p", BIG]


@in_loop
async def test_what_nobody_serves_holds_up_nobody(journal: Journal) -> None:
    """An event of a channel that has no key now waits; the others are answered."""
    done(journal, lambda tx: tx.inbox.receive([event("1", channel="gone"), event("2", payload="p")]))
    await handled_all(worker(journal, Echo()))
    assert payloads(journal) == ["p"]


@in_loop
async def test_what_ends_the_process_is_set_aside(journal: Journal) -> None:
    """Each process that finds it left counts the attempt before it makes it; at last one apologises instead."""

    class Deadly(Echo):
        def handle(self, received: Received, transaction: Transaction) -> None:
            if received.event.payload == "deadly":
                # What a process leaves that ends here: nothing of this transaction.
                raise JournalError("ended")
            super().handle(received, transaction)

    done(journal, lambda tx: tx.inbox.receive([event("1", payload="deadly"), event("2", payload="p")]))
    for _ in range(STARTS):
        assert not await worker(journal, Deadly()).work()
    await handled_all(worker(journal, Deadly()))
    assert payloads(journal) == ["sorry", "p"]
    assert journal.read(lambda tx: tx.inbox.counts()) == {"dead": 1, "done": 1}


@in_loop
async def test_it_waits_for_the_bell(journal: Journal) -> None:
    """Told to look, it looks at once; told to stop, it stops."""
    channel = Echo()
    serving = worker(journal, channel)
    running = asyncio.create_task(serving.run())
    await asyncio.sleep(0.05)
    await asyncio.wrap_future(journal.write(lambda tx: tx.inbox.receive([event("1")])))
    serving.ring()
    async with asyncio.timeout(2):
        while not channel.handled:
            await asyncio.sleep(0.005)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
