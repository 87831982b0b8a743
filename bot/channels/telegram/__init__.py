"""Telegram: questions in private, in groups and by way of other chats; loses nothing that Telegram was told it has."""

from bot.channels.telegram.channel import Telegram, TelegramSettings
from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.sending import Picture

__all__ = ["Pace", "Picture", "Telegram", "TelegramSettings"]
