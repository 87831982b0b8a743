"""Killed at any step, nothing acknowledged is lost, nothing is answered twice, and little is sent twice."""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.desk import Desk, Rules
from bot.journal import Delivery, Event, Journal, Received, Transaction
from bot.post import Office
from tests.bot.journal.helpers import NOON, event
from tests.bot.post.helpers import Echo
from tests.crashing import killed_at, steps_of

EVENTS = [event(str(n), lane=f"lane{n % 2}", at=NOON + n, payload=f"p{n}") for n in range(2)]


def lines(path: Path) -> list[str]:
    """What was noted whole."""
    return re.findall("<([^<>]*)>", path.read_text(encoding="utf-8")) if path.exists() else []


def note(path: Path, line: str) -> None:
    """Note something; a step at which the process may die."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"<{line}>")


class Post(Echo):
    """Brings what the platform doesn't know to be received, acknowledges it, and sends."""

    def __init__(self, folder: Path) -> None:
        super().__init__(self)
        self.folder = folder
        self.journal: Journal | None = None

    async def run(self, office: Office) -> None:
        """Once everything is sent there is nothing more to do."""
        known = lines(self.folder / "acknowledged")
        for one in EVENTS:
            if one.id not in known:
                await self.bring(office, one)
        while office.journal.read(lambda tx: {**tx.inbox.counts(), **tx.outbox.counts()}).keys() & {"waiting"}:
            await asyncio.sleep(0.002)
        raise Finished

    async def bring(self, office: Office, event: Event) -> None:
        """Keep it, then say so."""
        await office.receive([event])
        note(self.folder / "acknowledged", event.id)

    async def send(self, delivery: Delivery) -> str:
        """Send it."""
        note(self.folder / "sent", delivery.payload)
        return "m"


class Hasty(Post):
    """Says that it has kept what it is going to keep."""

    async def bring(self, office: Office, event: Event) -> None:
        """The wrong way round."""
        note(self.folder / "acknowledged", event.id)
        await office.receive([event])


class Early(Post):
    """Notes that it has sent what it is going to send."""

    async def send(self, delivery: Delivery) -> str:
        """The wrong way round."""
        assert self.journal
        await asyncio.wrap_future(self.journal.write(lambda tx: tx.outbox.sent(delivery.number, "m")))
        return await super().send(delivery)


class Blurting(Post):
    """Sends before there is a row of it."""

    def handle(self, received: Received, transaction: Transaction) -> None:
        """The wrong way round."""
        note(self.folder / "sent", received.event.payload)
        super().handle(received, transaction)


class Finished(Exception):  # noqa: N818
    """Everything is sent."""


def serve(channel: type[Post], folder: Path) -> None:
    """Serve until everything is sent."""
    post = channel(folder)
    post.journal = Journal(folder / "journal.db", lambda: NOON, serving=True)
    office = Office(post.journal, Desk(None, Rules(), None), [post], lambda: NOON)  # type: ignore[arg-type]

    async def limited() -> None:
        async with asyncio.timeout(20):
            await office.run()

    with suppress(BaseExceptionGroup):
        asyncio.run(limited())
    post.journal.close()


def broken_promises(folder: Path, kills: int, *, ended: bool) -> set[str]:
    """Which promises a history breaks, told from the platform's own notes."""
    journal = Journal(folder / "journal.db", lambda: NOON)
    rows = Counter(journal.read(_questions))
    journal.close()
    sent = Counter(lines(folder / "sent"))
    promises = {
        "one row each": max(rows.values(), default=0) <= 1,
        "no answer without its row": sent.keys() <= rows.keys(),
        "few twice": sum(sent.values()) - len(sent) <= kills,
        "nothing lost": not ended or {f"p{id_}" for id_ in lines(folder / "acknowledged")} <= sent.keys(),
    }
    return {promise for promise, kept in promises.items() if not kept}


def _questions(transaction: Transaction) -> Sequence[str]:
    return transaction._connection.exec_driver_sql("SELECT question FROM texts").scalars().all()


def sweep(channel: type[Post], folder: Path, promise: str = "") -> set[str]:
    """Which promises are broken where the process dies at each of its steps in turn, and is started again.

    It ends where a promise is broken that is expected to be.
    """
    broken: set[str] = set()
    step, killed = 0, True
    Journal(folder / "journal.db", lambda: NOON).close()
    while killed and promise not in broken:
        step += 1
        place = folder / str(step)
        place.mkdir()
        shutil.copy(folder / "journal.db", place)
        killed = killed_at(step, lambda place=place: serve(channel, place))  # type: ignore[misc]
        broken |= broken_promises(place, 1, ended=False)
        steps_of(lambda place=place: serve(channel, place))  # type: ignore[misc]
        broken |= broken_promises(place, 1, ended=True)
    assert promise or step > 20, "hardly any step was swept"
    return broken


def test_killed_at_any_step_every_promise_is_kept(tmp_path: Path) -> None:
    """Each commit, each acknowledgement and each call to the platform, whole or half."""
    assert sweep(Post, tmp_path) == set()


@pytest.mark.parametrize(
    ("channel", "promise"),
    [(Hasty, "nothing lost"), (Early, "nothing lost"), (Blurting, "no answer without its row")],
)
def test_a_promise_that_is_broken_is_noticed(tmp_path: Path, channel: type[Post], promise: str) -> None:
    """Negative control: two steps the wrong way round turn the sweep red."""
    assert promise in sweep(channel, tmp_path, promise)
