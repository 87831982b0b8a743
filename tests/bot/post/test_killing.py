"""A real process is killed again and again while questions flow; the platform's own list says what it was promised."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.journal import Journal, Transaction
from tests.bot.journal.helpers import NOON
from tests.bot.post.helpers import until


class Platform:
    """Sends events of ten lanes until it has said enough, each again until it is acknowledged; takes every answer."""

    def __init__(self) -> None:
        self.said = 0
        self.acknowledged: set[str] = set()
        self.taken: list[str] = []
        self.enough = asyncio.Event()
        self._unheard: dict[str, str] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the process; it ends when the process does."""
        try:
            if await reader.readline() == b"events\n":
                await asyncio.gather(self._say(writer), self._hear(reader))
            else:
                await self._take(reader, writer)
        except OSError:
            pass
        finally:
            writer.close()

    @property
    def settled(self) -> bool:
        """Whether everything that was said is acknowledged and answered."""
        return self.enough.is_set() and not self._unheard and {f"p{id_}" for id_ in self.acknowledged} <= {*self.taken}

    async def _say(self, writer: asyncio.StreamWriter) -> None:
        for line in list(self._unheard.values()):
            writer.write(line.encode())
        while not self.enough.is_set():
            self.said += 1
            line = f"event {self.said} lane{self.said % 10}\n"
            self._unheard[str(self.said)] = line
            writer.write(line.encode())
            await writer.drain()
            await asyncio.sleep(0.01)

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            id_ = line.decode().split()[1]
            self.acknowledged.add(id_)
            self._unheard.pop(id_, None)
        raise ConnectionResetError

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            self.taken.append(line.decode().split()[1])
            writer.write(b"ok\n")
            await writer.drain()


async def killed(folder: Path, kills: int, *order: str, patience: float = 60) -> Platform:
    """What the platform has seen after so many kills, each within a second, and a last run that was left alone."""
    dice, platform = random.Random(kills), Platform()
    server = await asyncio.start_server(platform.serve, "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    arguments = ("-m", "tests.bot.post.serving", str(folder / "journal.db"), port, *order)
    async with server:
        for _ in range(kills):
            before = len(platform.taken)
            async with living(arguments):
                await until(lambda: len(platform.taken) > before)  # noqa: B023  awaited here; importing takes its time
                await asyncio.sleep(dice.uniform(0.0, 0.4))
        platform.enough.set()
        async with living(arguments):
            with suppress(TimeoutError):
                await until(lambda: platform.settled, patience)
    return platform


@asynccontextmanager
async def living(arguments: Sequence[str]) -> AsyncIterator[None]:
    """A process that is killed where the block ends."""
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
    try:
        yield
    finally:
        process.kill()
        await process.wait()


def rows(folder: Path) -> Counter[str]:
    """How many rows there are of each question."""

    def questions(transaction: Transaction) -> Sequence[str]:
        return transaction._connection.exec_driver_sql("SELECT question FROM texts").scalars().all()

    journal = Journal(folder / "journal.db", lambda: NOON)
    found = Counter(journal.read(questions))
    journal.close()
    return found


def lost(platform: Platform) -> set[str]:
    """What was acknowledged and never answered."""
    return {f"p{id_}" for id_ in platform.acknowledged} - set(platform.taken)


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_killed_while_questions_flow(tmp_path: Path, kills: int) -> None:
    """Nothing acknowledged is lost, each has one row, no more is sent twice than there were kills."""
    platform = asyncio.run(killed(tmp_path, kills))
    assert len(platform.acknowledged) > 5 * kills
    assert lost(platform) == set()
    assert set(rows(tmp_path).values()) == {1}
    assert len(platform.taken) - len(set(platform.taken)) <= kills
    assert set(platform.taken) <= rows(tmp_path).keys()


def test_what_is_acknowledged_too_early_is_noticed(tmp_path: Path) -> None:
    """Negative control: acknowledged before it is on the disk, something is lost."""
    assert lost(asyncio.run(killed(tmp_path, 5, "hasty", patience=5))) != set()
