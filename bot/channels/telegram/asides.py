"""Asides: what is done at once and may be lost: 「入力中…」, and answers offered while somebody types."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.calls import Call
from bot.channels.telegram.inline import Inline
from bot.errors import JournalError

__all__ = ["Asides"]

LOG = logging.getLogger(__name__)
MOST = 5
"""Chats of one batch where the bot is seen typing: after an outage there are many."""


class Asides:
    """Runs beside everything else."""

    def __init__(self, bot: Bot, inline: Inline) -> None:
        self._bot, self._inline = bot, inline
        self._tasks: dict[object, asyncio.Task[None]] = {}

    def typing(self, calls: Sequence[Call]) -> None:
        """Show to those who asked that an answer is on its way."""
        asked = dict.fromkeys((call.chat, call.thread) for call in calls if call.kind == "said")
        for chat, thread in list(asked)[:MOST]:
            action = partial(self._bot.send_chat_action, chat, ChatAction.TYPING, message_thread_id=thread)
            self._begin(("typing", chat, thread), action)

    def offered(self, updates: Sequence[Update]) -> None:
        """Answer inline queries; of one person only the latest counts."""
        latest = {update.inline_query.from_user.id: update.inline_query for update in updates if update.inline_query}
        for person, query in latest.items():
            self._begin(("inline", person), partial(self._inline.answer, query))

    async def finish(self) -> None:
        """End what is under way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Private functions

    def _begin(self, key: object, work: Callable[[], Awaitable[object]]) -> None:
        if key in self._tasks:
            self._tasks[key].cancel()
        task = asyncio.create_task(_tried(work))
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._tasks.pop(key) if self._tasks.get(key) is done else None)


# Private functions


async def _tried(work: Callable[[], Awaitable[object]]) -> None:
    """Nothing depends on it."""
    try:
        await work()
    except (TelegramError, JournalError) as error:
        LOG.info("あと回しにします(%s)。", type(error).__name__)
    except Exception as error:  # noqa: BLE001  a question that can't be read must not end the channel
        LOG.error("候補を出せませんでした(%s)。", type(error).__name__)
