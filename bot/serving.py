"""Serving: every channel that has its keys, until the process is told to stop."""

import asyncio
import logging
import time
from pathlib import Path

from bot.current import Current
from bot.errors import ChannelError
from bot.journal import Journal, alone
from bot.logs import writing_log
from bot.settings import cautions, read_settings

__all__ = ["serve_all"]

LOG = logging.getLogger(__name__)


def serve_all(kotae: Current, state: Path) -> None:
    """Serve; ChannelError in one line where no channel is set up or one can't go on."""
    settings = read_settings()
    if not settings.telegram_token:
        raise ChannelError("チャットの鍵がありません。TELEGRAM_BOT_TOKEN を設定してください(docs/operation.ja.md)。")
    from bot.channels.telegram import TelegramSettings, serve

    with writing_log(settings.log, settings.secrets), alone(state):
        for line in cautions(settings):
            LOG.warning("%s", line)
        telegram = TelegramSettings(settings.telegram_token, settings.telegram_base_url, _members(state))
        asyncio.run(serve(kotae, telegram))


# Private functions


def _members(state: Path) -> frozenset[int]:
    """Who is answered on Telegram."""
    journal = Journal(state, time.time, serving=True)
    members = journal.read(lambda transaction: transaction.members.listed())
    journal.close()
    return frozenset(int(one.person) for one in members if one.channel == "telegram" and one.revoked is None)
