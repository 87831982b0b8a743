"""Serving: the page always, every other channel that has its keys, until the process is told to stop."""

import asyncio
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.answers import Answer
from bot.channels.web import Form, Picture, Web, WebSettings
from bot.current import Current
from bot.desk import Desk, Opening, Rules, Tools
from bot.journal import Journal
from bot.post import Office
from bot.settings import Settings, read_settings

__all__ = ["serve_all"]


def serve_all(kotae: Current, state: Path, tell: Callable[[str], None]) -> None:
    """Serve; ChannelError in one line where a channel can't go on. `tell` gets a line once people can ask."""
    settings = read_settings()
    journal = Journal(state, time.time, serving=True)
    try:
        asyncio.run(_serve(kotae, journal, settings, tell))
    finally:
        journal.close()


# Private functions


async def _serve(kotae: Current, journal: Journal, settings: Settings, tell: Callable[[str], None]) -> None:
    desk = Desk(_Everywhere(kotae), Rules(open=settings.open), Tools(secrets.choice, lambda _: False))
    web = Web(
        WebSettings(settings.host, settings.port, settings.public_url),
        desk,
        _NoCharts(),
        lambda: secrets.token_urlsafe(32),
        {},
        lambda address: tell(f"{address} で答えます(止めるには Ctrl+C)。"),
    )
    office = Office(journal, desk, [web], time.time)
    serving = [asyncio.create_task(office.run())]
    if settings.telegram_token:
        serving.append(asyncio.create_task(_telegram(kotae, settings)))
    await _until_stopped(serving)


async def _until_stopped(serving: list[asyncio.Task[None]]) -> None:
    """Until a signal, or until one of them can't go on; then the others end as well."""
    loop = asyncio.get_running_loop()
    stop = asyncio.create_task(asyncio.Event().wait())
    with suppress(NotImplementedError):  # Windows
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.cancel)
    await asyncio.wait([stop, *serving], return_when=asyncio.FIRST_COMPLETED)
    for task in (stop, *serving):
        task.cancel()
    ended = await asyncio.gather(*serving, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _telegram(kotae: Current, settings: Settings) -> None:
    from bot.channels.telegram import TelegramSettings, serve

    telegram = TelegramSettings(settings.telegram_token, settings.telegram_base_url, settings.telegram_users)
    await serve(kotae, telegram, asyncio.Event())


class _Everywhere(Opening):
    """The same at every door."""

    def __init__(self, kotae: Current) -> None:
        self._kotae = kotae

    def at(self, platform: str, member: bool) -> Current:
        """What is in force."""
        del platform, member
        return self._kotae


class _NoCharts:
    """Draws nothing."""

    def to_chart(self, _: Answer) -> Picture | None:
        """Nothing."""
        return None

    def draw(self, chart: Picture, form: Form) -> bytes:
        """Never called."""
        raise NotImplementedError(form, chart)
