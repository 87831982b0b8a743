"""Serving: every channel that has its keys, until the process is told to stop."""

import asyncio
import secrets
import signal
import time
from contextlib import suppress
from pathlib import Path

from bot.current import Current
from bot.desk import Answering, Desk, Rules, Tools
from bot.errors import ChannelError
from bot.journal import Journal
from bot.post import Channel, Office
from bot.settings import Settings, read_settings

__all__ = ["serve_all"]


def serve_all(kotae: Current, journal: Path) -> None:
    """Serve; ChannelError in one line where no channel is set up or one can't go on."""
    settings = read_settings()
    if not settings.telegram_token:
        raise ChannelError("チャットの鍵がありません。TELEGRAM_BOT_TOKEN を設定してください(docs/operation.ja.md)。")
    kept = Journal(journal, time.time, serving=True)
    try:
        asyncio.run(_serve(settings, kept, Desk(_Everywhere(kotae), Rules(), Tools(secrets.choice, lambda _: False))))
    finally:
        kept.close()


# Private functions


class _Everywhere:
    """The same is seen at every door."""

    def __init__(self, kotae: Current) -> None:
        self._kotae = kotae

    def at(self, platform: str, member: bool) -> Answering:
        """What is in force."""
        del platform, member
        return self._kotae


async def _serve(settings: Settings, journal: Journal, desk: Desk) -> None:
    """Until SIGINT or SIGTERM; what is under way then is finished."""
    office = asyncio.create_task(Office(journal, desk, _channels(settings, journal, desk), time.time).run())
    with suppress(NotImplementedError):  # Windows
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, office.cancel)
    with suppress(asyncio.CancelledError):
        await office


def _channels(settings: Settings, journal: Journal, desk: Desk) -> list[Channel]:
    from bot.channels.telegram import Telegram, TelegramSettings

    known = TelegramSettings(settings.telegram_token, settings.telegram_base_url, settings.telegram_webhook)
    return [Telegram(known, journal, desk, lambda _: None)]
