"""Serving: every channel that has its keys, until the process is told to stop."""

import asyncio
import secrets
import signal
import time
from contextlib import suppress
from pathlib import Path

from bot.answers import Answer
from bot.charts import draw, to_chart
from bot.desk import Desk, Rules, Tools
from bot.editions import Editions
from bot.errors import ChannelError
from bot.journal import Journal
from bot.post import Channel, Office
from bot.settings import Settings, read_settings

__all__ = ["serve_all"]


def serve_all(editions: Editions, journal: Path) -> None:
    """Serve; ChannelError in one line where no channel is set up or one can't go on."""
    settings = read_settings()
    if not settings.telegram_token:
        raise ChannelError("チャットの鍵がありません。TELEGRAM_BOT_TOKEN を設定してください(docs/operation.ja.md)。")
    kept = Journal(journal, time.time, serving=True)
    desk = Desk(editions, Rules(), Tools(secrets.choice, _charted))
    try:
        asyncio.run(_serve(settings, kept, desk))
    finally:
        kept.close()


# Private functions


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
    return [Telegram(known, journal, desk, _picture)]


def _picture(answer: Answer) -> tuple[bytes, str] | None:
    """A chart as a PNG with its caption; None where there is nothing to draw."""
    chart = to_chart(answer)
    return (draw(chart, "png"), chart.caption) if chart else None


def _charted(answer: Answer) -> bool:
    return to_chart(answer) is not None
