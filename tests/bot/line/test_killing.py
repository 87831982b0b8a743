"""Killed again and again while events come, each up to five times: what was acknowledged is answered, and once."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.channels.line.parcels import retry_key
from bot.journal import Journal
from tests.bot.line.platform import Platform, user

ROOT = Path(__file__).parents[3]
MOST = 20
"""Deliveries that wait: LINE doesn't ask more while the bot is away for long."""
QUESTIONS = ("空き店舗入居促進事業の25年度実績は？", "42番の達成度", "達成度Bの事業は？", "ヘルプ", "24年度は？")


class Sender:
    """Delivers events 1 to 5 times, shuffled and in batches, and keeps its own list of what was acknowledged."""

    def __init__(self, line: Platform, seed: int) -> None:
        self.line, self.chance = line, random.Random(seed)
        self.acknowledged: set[str] = set()
        self.tokens: dict[str, str] = {}
        self._pending: list[dict[str, Any]] = []

    async def run(self, until: asyncio.Event) -> None:
        """Deliver until told to end; then what was never acknowledged, until it is."""
        while not until.is_set():
            self._add(self.chance.randint(1, 3) if len(self._pending) < MOST else 0)
            await self._batch()
            await asyncio.sleep(self.chance.random() / 6)
        while left := [event for event in self._pending if event["webhookEventId"] not in self.acknowledged]:
            self._pending = left
            await self._batch()
            await asyncio.sleep(0.02)

    def answers(self, id_: str) -> int:
        """How often an event was answered: by a reply, or by a push where it was too late for one."""
        return self.line.answers[self.tokens[id_]] + self.line.pushed[retry_key(id_)]

    def _add(self, many: int) -> None:
        for _ in range(many):
            event = self.line.text(self.chance.choice(QUESTIONS), user(self.chance.randint(1, 40)))
            self.tokens[event["webhookEventId"]] = event["replyToken"]
            self._pending += [event] * self.chance.randint(1, 5)
        self.chance.shuffle(self._pending)

    async def _batch(self) -> None:
        size = self.chance.randint(1, 10)
        batch, self._pending = self._pending[:size], self._pending[size:]
        if batch and await self.line.deliver(*batch, again=self.chance.random() < 0.5) == 200:
            self.acknowledged |= {event["webhookEventId"] for event in batch}
        else:
            self._pending += batch


async def killed(home: Path, folder: Path, kills: int, seed: int, patience: float = 120) -> tuple[Sender, Journal]:
    """So many lives, each ended at a moment of chance; the last one is left to finish."""
    chance = random.Random(seed)
    async with Platform() as line:
        nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.line.serving", str(home), str(folder / "journal.db"), line.url,
            stdin=PIPE, stdout=PIPE, cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        number = await born(nursery, line)
        try:
            sender, ended = Sender(line, seed), asyncio.Event()
            task = asyncio.create_task(sender.run(ended))
            for _ in range(kills):
                await asyncio.sleep(chance.uniform(0.02, 0.5))
                os.kill(number, signal.SIGKILL)
                assert await told(nursery) == "dead"
                number = await born(nursery, line)
            ended.set()
            await task
            with suppress(TimeoutError):
                await line.until(lambda: all(map(sender.answers, sender.acknowledged)), patience)
        finally:
            os.kill(number, signal.SIGKILL)
            assert nursery.stdin
            nursery.stdin.close()
            await nursery.wait()
        assert line.problems == []
    return sender, Journal(folder / "journal.db", lambda: 1.0)


async def born(nursery: Process, line: Platform) -> int:
    """A new life; its number."""
    assert nursery.stdin
    nursery.stdin.write(b"live\n")
    number, _, line.bot = (await told(nursery)).partition(" ")
    return int(number)


async def told(nursery: Process) -> str:
    """The next thing that it says."""
    assert nursery.stdout
    return (await asyncio.wait_for(nursery.stdout.readline(), 60)).decode().strip()


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_nothing_acknowledged_is_lost_and_nothing_is_told_twice(home: Path, tmp_path: Path, kills: int) -> None:
    """By the client's own list: one answer each, one audit row each, a journal that is whole."""
    sender, journal = asyncio.run(killed(home, tmp_path, kills, seed=kills))
    assert len(sender.acknowledged) == len(sender.tokens) > kills
    assert set(map(sender.answers, sender.tokens)) == {1}
    assert rows(journal, "SELECT state, count(*) FROM inbox GROUP BY 1") == [("done", len(sender.tokens))]
    assert rows(journal, "SELECT count(*), count(DISTINCT event) FROM audit") == [(len(sender.tokens),) * 2]
    assert rows(journal, "PRAGMA integrity_check") == [("ok",)]
    journal.close()


def test_an_acknowledgement_before_the_disk_would_be_noticed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a server that says 200 and keeps nothing loses what this counts."""
    monkeypatch.setenv("KOTAE_TEST_FORGETS", "1")
    sender, journal = asyncio.run(killed(home, tmp_path, kills=1, seed=1, patience=2))
    journal.close()
    assert [id_ for id_ in sender.acknowledged if not sender.answers(id_)] != []


def rows(journal: Journal, sql: str) -> list[tuple[Any, ...]]:
    """What the journal says."""
    return journal.read(lambda tx: [tuple(row) for row in tx._connection.exec_driver_sql(sql)])
