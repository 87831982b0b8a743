"""Polling: get updates, have them kept, and only then move the offset, which confirms them to Telegram for good."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.trouble import SILENCE, Trouble, silent
from bot.errors import JournalError

__all__ = ["UPDATES", "Keep", "persist", "poll"]

LOG = logging.getLogger(__name__)
UPDATES = ("message", "edited_message", "callback_query", "inline_query", "chosen_inline_result")
FULL = 5.0
"""Seconds before the next attempt where updates couldn't be kept: the disk is full."""

T = TypeVar("T")
Keep = Callable[[Sequence[Update]], Awaitable[None]]
"""Keeps updates safe: when it returns, they may be confirmed; JournalError where they aren't kept."""


async def poll(bot: Bot, pace: Pace, keep: Keep) -> None:
    """Fetch updates until cancelled; ChannelError where the platform refuses for good."""
    trouble = Trouble(pace)
    await _without_webhook(bot, pace, trouble)
    offset: int | None = None
    while True:
        fetch = partial(bot.get_updates, offset, timeout=pace.poll, allowed_updates=UPDATES)
        updates = await persist(fetch, pace, trouble)
        try:
            await keep(updates)
        except JournalError as error:
            LOG.error("%s", error)
            await pace.sleep(FULL)
        else:
            # Once Telegram has nothing more, all is confirmed: after an idle week numbers may begin anew, below the offset.
            offset = updates[-1].update_id + 1 if updates else None


async def persist(call: Callable[[], Awaitable[T]], pace: Pace, trouble: Trouble) -> T:
    """The call's result, however often it takes; ChannelError where it is refused for good, or after a long silence."""
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                result = await call()
        except TelegramError as error:
            await pace.sleep(trouble.met(error))
        except TimeoutError:
            raise silent() from None
        else:
            trouble.over()
            return result


# Private functions


async def _without_webhook(bot: Bot, pace: Pace, trouble: Trouble) -> None:
    """Telegram gives updates to a webhook or to a poller, never to both."""
    webhook = await persist(bot.get_webhook_info, pace, trouble)
    if webhook.url:
        LOG.warning("このボットの webhook を外して、ポーリングで受け取ります。")
        await persist(bot.delete_webhook, pace, trouble)
