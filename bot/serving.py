"""Serving: the page always, every other channel that has its keys, until the process is told to stop."""

import asyncio
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot import charts
from bot.answers import Answer
from bot.channels.web import Hook, Web, WebSettings
from bot.desk import Desk, Rules, Tools
from bot.editions import Editions
from bot.journal import Journal
from bot.post import Channel, Office
from bot.settings import Settings, read_settings

__all__ = ["serve_all"]


def serve_all(editions: Editions, journal: Path, tell: Callable[[str], None]) -> None:
    """Serve; ChannelError in one line where a channel can't go on. `tell` gets a line once people can ask."""
    settings = read_settings()
    kept = Journal(journal, time.time, serving=True)
    tools = Tools(secrets.choice, lambda answer: charts.to_chart(answer) is not None)
    desk = Desk(editions, Rules(open=settings.open), tools)
    try:
        asyncio.run(_serve(settings, kept, desk, tell))
    finally:
        kept.close()


# Private functions


async def _serve(settings: Settings, journal: Journal, desk: Desk, tell: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM; what is under way then is finished."""
    office = asyncio.create_task(Office(journal, desk, _channels(settings, journal, desk, tell), time.time).run())
    with suppress(NotImplementedError):  # Windows
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, office.cancel)
    with suppress(asyncio.CancelledError):
        await office


def _channels(settings: Settings, journal: Journal, desk: Desk, tell: Callable[[str], None]) -> list[Channel]:
    """Those that have their keys, and the page, on which the platforms call the others."""
    channels: list[Channel] = []
    hooks: dict[str, Hook] = {}
    if settings.telegram_token:
        from bot.channels.telegram import Telegram, TelegramSettings

        known = TelegramSettings(settings.telegram_token, settings.telegram_base_url, settings.telegram_webhook)
        telegram = Telegram(known, journal, desk, _picture)
        channels.append(telegram)
        hooks.update(telegram.webhooks)
    place = WebSettings(settings.host, settings.port, settings.public_url)
    return [*channels, Web(place, desk, charts, partial(secrets.token_urlsafe, 32), hooks, tell)]


def _picture(answer: Answer) -> tuple[bytes, str] | None:
    """What a chat shows of an answer's figures, with what it says of them."""
    chart = charts.to_chart(answer)
    return (charts.draw(chart, "png"), chart.caption) if chart else None
