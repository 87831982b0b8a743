"""Serving: every channel that has its keys, until the process is told to stop."""

import asyncio
import logging
import secrets
import signal
import time
from contextlib import closing, suppress
from pathlib import Path

from bot.answers import Answer
from bot.charts import draw, to_chart
from bot.desk import Desk, Rules, Tools
from bot.editions import Editions
from bot.errors import ChannelError
from bot.journal import Journal, Keeping, alone
from bot.logs import writing_log
from bot.post import Channel, Office
from bot.settings import Settings, cautions, read_settings

__all__ = ["serve_all"]

LOG = logging.getLogger(__name__)


def serve_all(editions: Editions, state: Path) -> None:
    """Serve; ChannelError in one line where no channel is set up or one can't go on."""
    settings = read_settings()
    if not settings.telegram_token:
        raise ChannelError("チャットの鍵がありません。TELEGRAM_BOT_TOKEN を設定してください(docs/operation.ja.md)。")
    with writing_log(settings.log, settings.secrets), alone(state):
        for line in cautions(settings):
            LOG.warning("%s", line)
        with closing(Journal(state, time.time, serving=True)) as journal:
            asyncio.run(_serve(settings, journal, _desk(settings, editions)))


# Private functions


def _desk(settings: Settings, editions: Editions) -> Desk:
    rules = Rules(open=settings.open, each_minute=settings.each_minute)
    return Desk(editions, rules, Tools(secrets.choice, lambda answer: to_chart(answer) is not None))


async def _serve(settings: Settings, journal: Journal, desk: Desk) -> None:
    """Until SIGINT or SIGTERM; what is under way then is finished."""
    keeping = Keeping(texts=settings.keep_days)
    office = asyncio.create_task(Office(journal, desk, _channels(settings, journal, desk), time.time, keeping).run())
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
