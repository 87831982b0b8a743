"""Serving: the page always, every other channel that has its keys, until the process is told to stop."""

import asyncio
import logging
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import charts
from bot.channels.web import Fetch, Hook, Web, WebSettings
from bot.desk import Desk, Rules, Tools
from bot.editions.editions import Editions
from bot.journal import Journal, Keeping, alone
from bot.logs import writing_log
from bot.post import Channel, Office
from bot.replies.answers import Answer
from bot.settings import Settings, cautions, read_settings

if TYPE_CHECKING:
    from bot.channels.line import LineSettings

__all__ = ["line_settings", "serve_all"]

LOG = logging.getLogger(__name__)


def serve_all(editions: Editions, state: Path, tell: Callable[[str], None]) -> None:
    """Serve; ChannelError in one line where a channel can't go on. `tell` gets a line once people can ask."""
    settings = read_settings()
    with writing_log(settings.log, settings.secrets), alone(state):
        for line in cautions(settings):
            LOG.warning("%s", line)
        with closing(Journal(state, time.time, serving=True)) as journal:
            asyncio.run(_serve(settings, journal, _desk(settings, editions), tell))


def line_settings(settings: Settings) -> "LineSettings":
    """What the LINE channel is started with; ChannelError where that can't be right."""
    from bot.channels.line import LineSettings

    return LineSettings(
        settings.line_secret, settings.line_token, settings.line_base_url, settings.public_url, settings.line_push
    )


# Private functions


def _desk(settings: Settings, editions: Editions) -> Desk:
    rules = Rules(open=settings.open, each_minute=settings.each_minute)
    return Desk(editions, rules, Tools(secrets.choice, lambda answer: charts.to_chart(answer) is not None))


async def _serve(settings: Settings, journal: Journal, desk: Desk, tell: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM; what is under way then is finished."""
    channels, keeping = _channels(settings, journal, desk, tell), Keeping(texts=settings.keep_days)
    office = asyncio.create_task(Office(journal, desk, channels, time.time, keeping).run())
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
    pictures: dict[str, Fetch] = {}
    if settings.line_token or settings.line_secret:
        from bot.channels.line import Line

        line = Line(line_settings(settings), journal, desk, charts, time.time)
        channels.append(line)
        hooks.update(line.webhooks)
        pictures.update(line.pictures)
    place = WebSettings(settings.host, settings.port, settings.public_url)
    return [*channels, Web(place, desk, charts, partial(secrets.token_urlsafe, 32), hooks, tell, pictures)]


def _picture(answer: Answer) -> tuple[bytes, str] | None:
    """What a chat shows of an answer's figures, with what it says of them."""
    chart = charts.to_chart(answer)
    return (charts.draw(chart, "png"), chart.caption) if chart else None
