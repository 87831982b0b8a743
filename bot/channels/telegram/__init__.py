"""The Telegram channel: python-telegram-bot's application and handlers, fed by a loop that loses nothing."""

import asyncio
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.channels.telegram.desk import Answering, Desk
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.wire import Wire, discreet
from bot.errors import ChannelError

__all__ = ["Answering", "ChannelError", "Memory", "Pace", "TelegramSettings", "serve"]

TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
"""Anything else would make another address, and fail without end as if the network were away."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the channel is started with."""

    token: str = field(repr=False)
    """The bot's token, as given by BotFather."""
    base_url: str
    """The Bot API server, without /bot."""
    allowed: frozenset[int] = frozenset()
    """Ids of the users who are answered; nobody else is."""


async def serve(
    kotae: Answering,
    settings: TelegramSettings,
    stop: asyncio.Event | None = None,
    *,
    memory: Memory | None = None,
    pace: Pace | None = None,
) -> None:
    """Answer until `stop` is set, without one until SIGINT or SIGTERM; ChannelError where it can't go on."""
    pace = pace or Pace()
    memory = memory or Memory()
    with discreet(settings.token), _stopping(stop) as ending:
        application = _application(settings, pace)
        sender = Sender(application.bot, memory, pace)
        Desk(kotae, settings.allowed, memory, sender).register(application)
        polling = Polling(application.bot, pace, ending)
        try:
            await polling.persist(application.initialize)
            await polling.run(application.process_update)
        finally:
            await application.shutdown()
            await application.bot.shutdown()  # where initialize never came to its end


# Private functions


def _application(settings: TelegramSettings, pace: Pace) -> Application[Any, Any, Any, Any, Any, Any]:
    base = settings.base_url.rstrip("/")
    if not TOKEN.fullmatch(settings.token):
        raise ChannelError("TELEGRAM_BOT_TOKEN がボットのトークンの形(数字:英数字)ではありません。")
    if not base.startswith(("http://", "https://")):
        raise ChannelError("TELEGRAM_BASE_URL は http:// か https:// で始まる必要があります。")
    builder = ApplicationBuilder().updater(None).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    builder = builder.request(_wire(pace)).get_updates_request(_wire(pace))
    return builder.token(settings.token).build()


def _wire(pace: Pace) -> Wire:
    return Wire(
        connection_pool_size=4,
        connect_timeout=pace.call,
        read_timeout=pace.call,
        write_timeout=pace.call,
        pool_timeout=pace.call,
    )


@contextmanager
def _stopping(stop: asyncio.Event | None) -> Iterator[asyncio.Event]:
    """The event that ends the channel; where none is given, SIGINT and SIGTERM set it."""
    if stop is not None:
        yield stop
        return
    ending, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    with suppress(NotImplementedError):  # Windows
        for number in signals:
            loop.add_signal_handler(number, ending.set)
    try:
        yield ending
    finally:
        with suppress(NotImplementedError):
            for number in signals:
                loop.remove_signal_handler(number)
