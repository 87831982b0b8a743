"""Serving: every channel that has its keys, until the process is told to stop."""

import asyncio

from bot.editions import Editions
from bot.errors import ChannelError
from bot.settings import read_settings

__all__ = ["serve_all"]


def serve_all(editions: Editions) -> None:
    """Serve; ChannelError in one line where no channel is set up or one can't go on."""
    settings = read_settings()
    if not settings.telegram_token:
        raise ChannelError("チャットの鍵がありません。TELEGRAM_BOT_TOKEN を設定してください(docs/operation.ja.md)。")
    from bot.channels.telegram import TelegramSettings, serve

    # Telegram has no proof yet of who is a member, so nobody is one there.
    kotae = editions.at("telegram", member=False)
    asyncio.run(
        serve(kotae, TelegramSettings(settings.telegram_token, settings.telegram_base_url, settings.telegram_users))
    )
