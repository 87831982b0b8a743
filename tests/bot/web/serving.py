"""A real server on loopback: journal, desk, post and the web channel, in a thread of its own."""

import asyncio
import secrets
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from bot.answering import Kotae
from bot.channels.web import Charting, Fetch, Form, Hook, Picture, Web, WebSettings
from bot.desk import Desk, Opening, Rules, Tools
from bot.journal import Journal
from bot.post import Office
from bot.replies.answers import Answer

WAIT = 20.0


class Drawn(NamedTuple):
    """A chart that is easy to tell."""

    caption: str
    alt: str


class Charts:
    """Draws every answer that quotes two cells, as the names of its projects."""

    def to_chart(self, answer: Answer) -> Picture | None:
        """Two cells make a chart."""
        return Drawn(answer.text, f"グラフ: {answer.understood}") if len(answer.quotes) > 1 else None

    def draw(self, chart: Picture, form: Form) -> bytes:
        """A picture that says which it is."""
        return f"{form} {chart.alt}".encode()


class Everywhere:
    """The same at every door."""

    def __init__(self, kotae: Kotae) -> None:
        self.kotae = kotae

    def at(self, platform: str, member: bool) -> Kotae:
        """What is asked."""
        return self.kotae


class Server(NamedTuple):
    """What a test speaks to."""

    url: str
    journal: Journal
    clients: list[httpx.Client]

    def browser(self, **headers: str) -> httpx.Client:
        """A browser with a cookie jar of its own, which has opened the page."""
        client = self.program(**headers)
        client.get("/")
        return client

    def program(self, **headers: str) -> httpx.Client:
        """A program that knows nothing of cookies so far."""
        self.clients.append(httpx.Client(base_url=self.url, headers=headers, timeout=WAIT, trust_env=False))
        return self.clients[-1]

    def invited(self, browser: httpx.Client) -> None:
        """Make a browser's session a member."""
        code = secrets.token_hex(8)
        self.journal.write(lambda transaction: transaction.members.invite(code, "受付", False, 60.0)).result(WAIT)
        browser.post("/api/ask", json={"id": secrets.token_hex(8), "join": code}).raise_for_status()


@contextmanager
def serving(
    kotae: Kotae | Opening,
    path: Path,
    settings: WebSettings | None = None,
    *,
    open_: bool = False,
    each_minute: int = 100_000,
    port: int = 0,
    charting: Charting | None = None,
    hooks: Mapping[str, Hook] | None = None,
    pictures: Mapping[str, Fetch] | None = None,
) -> Iterator[Server]:
    """Serve until the block ends."""
    journal = Journal(path, time.time, serving=True)
    charts = charting or Charts()
    tools = Tools(secrets.choice, lambda answer: charts.to_chart(answer) is not None)
    desk = Desk(
        Everywhere(kotae) if isinstance(kotae, Kotae) else kotae, Rules(open=open_, each_minute=each_minute), tools
    )
    place = replace(settings or WebSettings(), port=port or free_port())
    ready = threading.Event()
    web = Web(
        place, desk, charts, lambda: secrets.token_urlsafe(32), hooks or {}, lambda _: ready.set(), pictures or {}
    )
    thread = _Looping(lambda: Office(journal, desk, [web], time.time).run())
    thread.start()
    assert ready.wait(WAIT), thread.error
    try:
        server = Server(f"http://127.0.0.1:{place.port}", journal, [])
        yield server
    finally:
        for client in server.clients:
            client.close()
        thread.end()
        journal.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class _Looping(threading.Thread):
    """A loop that runs one thing until it is told to end."""

    def __init__(self, make: Callable[[], Coroutine[Any, Any, None]]) -> None:
        super().__init__(daemon=True)
        self._make = make
        self.error: Exception | None = None

    def run(self) -> None:
        """Run it."""
        asyncio.run(self._ran())

    def end(self) -> None:
        """Cancel it, and wait until it has ended."""
        self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(WAIT)
        assert not self.is_alive()

    async def _ran(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._make())
        try:
            await self._task
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001  the test says it
            self.error = error
