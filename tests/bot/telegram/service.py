"""The channel in service: journal, desk and post over it, a server on loopback, and somebody with a phone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.telegram import Pace, Telegram, TelegramSettings
from bot.desk import Answering, Desk, Rules, Tools
from bot.journal import Journal, Transaction
from bot.post import Office
from bot.replies.answers import Answer
from tests.bot.telegram.phone import CLERK, COLLEAGUE, Phone
from tests.bot.telegram.server import TOKEN, BotApi

CODE = "invitation"
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class Time:
    """How long the channel waited."""

    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        await asyncio.sleep(seconds)

    def pace(self) -> Pace:
        """The clock of the loop as the channel is given it; chance always says the middle."""
        return Pace(self.sleep, asyncio.get_running_loop().time, lambda: 0.5, poll=20, call=10)


class Everywhere:
    """The same is seen at every door, or something else by whom nobody else overhears."""

    def __init__(self, public: Answering, internal: Answering | None = None) -> None:
        self._public, self._internal = public, internal or public

    def at(self, platform: str, member: bool) -> Answering:
        """What answers there."""
        assert platform == "telegram"
        return self._internal if member else self._public


@dataclass
class Place:
    """Where a channel runs: what it is made of survives it."""

    kotae: Answering
    folder: Path
    internal: Answering | None = None
    webhook: str = ""
    token: str = TOKEN
    charts: bool = False
    each_minute: int = 10_000

    def channel(self, api: BotApi, journal: Journal, time: Time) -> tuple[Telegram, Office]:
        """The channel and its office over a journal."""
        clock = asyncio.get_running_loop().time
        letters = iter(f"K7Q2{number:04d}".translate(str.maketrans("01", "XY")) for number in range(9999))
        code: list[str] = []

        def choose(_: str) -> str:
            if not code:
                code.extend(next(letters))
            return code.pop(0)

        opening = Everywhere(self.kotae, self.internal)
        desk = Desk(opening, Rules(each_minute=self.each_minute), Tools(choose, lambda answer: self.charts))
        settings = TelegramSettings(self.token, api.url, self.webhook)
        channel = Telegram(settings, journal, desk, _drawn, time.pace())
        return channel, Office(journal, desk, [channel], clock)

    def journal(self) -> Journal:
        """The journal, in which two people may ask and one is invited."""
        journal = Journal(self.folder / "journal.db", asyncio.get_running_loop().time, serving=True)
        journal.write(_admit).result()
        return journal


@asynccontextmanager
async def talking(
    kotae: Answering, api: BotApi | None = None, time: Time | None = None, **more: object
) -> AsyncIterator[Phone]:
    """The channel in service; at its end nothing that it sent was refused."""
    api = api or BotApi()
    with TemporaryDirectory() as folder:
        async with api, running(Place(kotae, Path(folder), **more), api, time) as phone:  # type: ignore[arg-type]
            yield phone
    assert api.refused == []


@asynccontextmanager
async def running(place: Place, api: BotApi, time: Time | None = None) -> AsyncIterator[Phone]:
    """The channel of a place, until it is told to stop."""
    journal = place.journal()
    channel, office = place.channel(api, journal, time or Time())
    running = asyncio.create_task(office.run())
    try:
        yield Phone(api, journal, office, channel)
    finally:
        running.cancel()
        await asyncio.sleep(1)
        api.gate.set()
        await asyncio.wait([running], timeout=200)
        journal.close()
    assert running.cancelled()


def _admit(transaction: Transaction) -> None:
    members = transaction.members
    for person in (CLERK, COLLEAGUE):
        if members.find("telegram", str(person)) is None:
            members.invite(f"{CODE}-{person}", "職員", False, 1e6)
            members.join(f"{CODE}-{person}", "telegram", str(person))
    if not any(invite.name == "新人" for invite in members.invites()):
        members.invite(CODE, "新人", False, 1e6)


def _drawn(answer: Answer) -> tuple[bytes, str] | None:
    """A picture of nothing with a caption of everything."""
    return PNG, answer.text
