"""Kotae as it serves LINE: journal, desk, post and channel over real data, called over loopback."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, Literal, NamedTuple, ParamSpec

from aiohttp import web

from bot.answering import Kotae
from bot.channels.line import Line, LineSettings
from bot.desk import Desk, Rules, Tools
from bot.journal import Journal
from bot.post import Office
from bot.replies.answers import Answer
from tests.bot.line.platform import SECRET, TOKEN, Platform, user

__all__ = ["Charts", "Everywhere", "World", "in_loop", "mounted", "opened", "said", "texts_of"]

P = ParamSpec("P")
RULES = Rules()
PUBLIC = "https://kotae.example.jp"


def in_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """A test that is a coroutine; a minute at most."""

    @wraps(test)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        async def limited() -> None:
            async with asyncio.timeout(60):
                await test(*arguments, **named)

        asyncio.run(limited())

    return run


class Everywhere:
    """The same plans at every door."""

    def __init__(self, kotae: Kotae) -> None:
        self.kotae = kotae

    def at(self, platform: str, member: bool) -> Kotae:
        """What answers there."""
        return self.kotae


class Drawn(NamedTuple):
    """What a chart would show."""

    caption: str


class Charts:
    """Draws nothing, but says what it would draw."""

    def to_chart(self, answer: Answer) -> Drawn | None:
        """Of several figures only."""
        return Drawn(answer.text) if len(answer.quotes) > 1 else None

    def draw(self, chart: Any, form: Literal["png"]) -> bytes:
        """A PNG's first bytes, and what it shows."""
        return b"\x89PNG" + chart.caption.encode()


class World(NamedTuple):
    """All of it."""

    platform: Platform
    line: Line
    journal: Journal
    office: Office


@asynccontextmanager
async def opened(kotae: Kotae, folder: Path, rules: Rules = RULES, **given: Any) -> AsyncIterator[World]:
    """Kotae in service on LINE; the first person is a member."""
    platform = given.pop("platform", None) or Platform(given.pop("life", 60.0))
    clock = given.pop("clock", time.time)
    async with platform:
        journal = Journal(folder / "journal.db", clock, serving=True)
        settings = LineSettings(SECRET, TOKEN, platform.url, **{"public_url": PUBLIC, **given})
        desk = Desk(Everywhere(kotae), rules, Tools(random.Random(5).choice, lambda a: len(a.quotes) > 1))
        line = Line(settings, journal, desk, Charts(), clock)
        office = Office(journal, desk, [line], clock)
        journal.write(lambda tx: tx.members.invite("CODE-0001", "職員", False, 3600)).result()
        journal.write(lambda tx: tx.members.join("CODE-0001", "line", user())).result()
        async with mounted(line) as url, serving(office):
            platform.bot = url
            await platform.until(lambda: "info" in platform.calls)
            yield World(platform, line, journal, office)
        journal.close()


@asynccontextmanager
async def serving(office: Office) -> AsyncIterator[None]:
    """The office at work."""
    task = asyncio.create_task(office.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def mounted(line: Line) -> AsyncIterator[str]:
    """The channel's webhook at an address."""
    (path, called), *_ = line.webhooks.items()

    async def handle(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return web.Response(status=await called(headers, await request.read()))

    app = web.Application(client_max_size=2**23)
    app.router.add_post(path, handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    finally:
        await runner.cleanup()


def said(message: dict[str, Any]) -> str:
    """What a message says where only its text is shown: in a notification, on a watch."""
    return str(message.get("altText") or message.get("text"))


def texts_of(message: dict[str, Any]) -> str:
    """What the first bubble of a message shows, line by line; a figure and its grade stand side by side."""
    contents = message["contents"]
    first = contents["contents"][0] if contents["type"] == "carousel" else contents
    return "\n".join(_row(row) for row in first["body"]["contents"])


def actions_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that can be tapped, quick replies last."""
    found: list[dict[str, Any]] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            found.extend([part["action"]] if "action" in part else [])
            for value in part.values():
                look(value)
        if isinstance(part, list):
            for value in part:
                look(value)

    look({key: value for key, value in message.items() if key != "quickReply"})
    look(message.get("quickReply"))
    return found


def labelled(message: dict[str, Any], label: str) -> dict[str, Any]:
    """What can be tapped under a label."""
    (action, *_) = [action for action in actions_of(message) if action["label"] == label]
    return action


def stored(journal: Journal) -> str:
    """Every text that the journal holds."""
    return journal.read(lambda tx: json.dumps([list(map(str, row)) for row in _rows(tx)], ensure_ascii=False))


# Private functions


def _rows(transaction: Any) -> list[Any]:
    connection = transaction._connection
    tables = ("inbox", "outbox", "texts", "audit", "turns", "conversations")
    return [row for table in tables for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def _row(row: dict[str, Any]) -> str:
    if row["type"] == "text":
        return str(row["text"])
    return "、".join(_row(inner) for inner in row["contents"])
