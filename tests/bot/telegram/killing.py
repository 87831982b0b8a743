"""Killing: a real kotae serve, killed again and again while questions flow; the server keeps its own list of them."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from bot.journal import Journal, Transaction
from bot.journal.tables import audit
from tests.bot.telegram.phone import person
from tests.bot.telegram.server import TOKEN, BotApi
from tests.helpers import FLAGSHIP

KOTAE = (sys.executable, "-c", "from bot.cli import main; main()")
PACE = 0.02
"""Seconds between two questions, each of somebody else."""


class Toll(NamedTuple):
    """What came of it."""

    asked: int
    """Questions."""
    lost: int
    """Questions that Telegram was told were taken, and that nobody answered."""
    doubled: int
    """Answers that were sent again."""
    recorded: set[int]
    """How many audit rows there are of each question."""


async def killed(times: int, home: Path, folder: Path, command: Sequence[str], chance: random.Random) -> Toll:
    """Serve, and be killed so often; the last one may finish."""
    people = range(1000, 1000 + times * 40)
    journal = Journal(folder / "journal.db", time.time)
    journal.write(lambda transaction: _admit(transaction, people)).result()
    async with BotApi() as api:
        surroundings = _surroundings(home, folder, api)
        asking = iter(people)
        for _ in range(times):
            await _served(command, surroundings, api, asking, chance.uniform(0.05, 0.6))
        await _finished(command, surroundings, api, journal)
        shown = [bubble.chat for bubble in api.shown]
    asked = people[: len(api.pushed)]
    rows = journal.read(lambda t: {_asked(t, each) for each in asked})
    journal.close()
    return Toll(len(asked), len(asked) - len(set(shown)), len(shown) - len(set(shown)), rows)


# Private functions


def _asked(transaction: Transaction, person: int) -> int:
    rows = select(func.count()).where(audit.c.person == str(person))
    return transaction._connection.execute(rows).scalar_one()


async def _served(
    command: Sequence[str], surroundings: dict[str, str], api: BotApi, people: Iterator[int], seconds: float
) -> None:
    """A process that is killed so many seconds after it has begun to fetch questions, while more of them come."""
    before = len(api.asked("getUpdates"))
    process = await _started(command, surroundings)
    await api.until(lambda: len(api.asked("getUpdates")) > before or process.returncode is not None, 60)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _ask(api, next(people))
        await asyncio.sleep(PACE)
    assert process.returncode is None
    process.kill()
    await process.wait()


def _ask(api: BotApi, each: int) -> None:
    chat = {"id": each, "type": "private"}
    message = {"message_id": api.number(), "date": int(time.time()), "chat": chat, "from": person(each)}
    api.push("message", message | {"text": FLAGSHIP})


async def _started(command: Sequence[str], surroundings: dict[str, str]) -> asyncio.subprocess.Process:
    folder = Path(surroundings["KOTAE_STATE"]).parent
    return await asyncio.create_subprocess_exec(*command, "serve", env=surroundings, cwd=folder)


async def _finished(command: Sequence[str], surroundings: dict[str, str], api: BotApi, journal: Journal) -> None:
    """A process that may go on until everything is answered, and is told to stop."""
    process = await _started(command, surroundings)
    try:
        await api.until(lambda: api.settled and not _waiting(journal), 120)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


def _waiting(journal: Journal) -> int:
    counts = journal.read(lambda t: (t.inbox.counts(), t.outbox.counts()))
    return sum(count.get("waiting", 0) for count in counts)


def _admit(transaction: Transaction, people: Sequence[int]) -> None:
    for each in people:
        transaction.members.invite(str(each), "職員", False, 1000.0)
        transaction.members.join(str(each), "telegram", str(each))


def _surroundings(home: Path, folder: Path, api: BotApi) -> dict[str, str]:
    certificates = folder / "certificates"
    certificates.mkdir(exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("KOTAE_", "TELEGRAM_", "SSL_"))},
        "KOTAE_HOME": str(home),
        "KOTAE_STATE": str(folder / "journal.db"),
        "KOTAE_PORT": "0",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": api.url,
        "SSL_CERT_DIR": str(certificates),
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
