"""Polling: get updates, take each, and only then move the offset, which confirms them to Telegram for good."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from telegram import Bot, Update
from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.pacing import Pace
from bot.errors import ChannelError

__all__ = ["Polling", "Take"]

LOG = logging.getLogger(__name__)
UPDATES = ["message", "edited_message", "callback_query"]
PATIENCE = 60.0
"""Seconds that a second poller is borne; one that comes back later than that is a new one."""

T = TypeVar("T")
Take = Callable[[Update], Awaitable[None]]
"""Handles an update or keeps it safe: when it returns, the update may be confirmed."""


class Polling:
    """Fetches updates in order until it is told to stop."""

    def __init__(self, bot: Bot, pace: Pace, stop: asyncio.Event) -> None:
        self._bot = bot
        self._pace = pace
        self._stop = stop
        self._trouble = Trouble(pace)

    async def run(self, take: Take) -> None:
        """Take every update once; ChannelError where the platform refuses for good."""
        await self._without_webhook()
        offset: int | None = None
        while not self._stop.is_set():
            for update in await self._updates(offset):
                await take(update)
                offset = update.update_id + 1
                if self._stop.is_set():
                    break
        if offset is not None:
            await self._confirm(offset)

    async def persist(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """The call's result, however long the network is away; None once the channel is to stop."""
        while not self._stop.is_set():
            try:
                result = await self._unless_stopped(call())
            except TelegramError as error:
                await self._unless_stopped(self._pace.sleep(self._trouble.met(error)))
            else:
                self._trouble.over()
                return result
        return None

    # Private functions

    async def _updates(self, offset: int | None) -> tuple[Update, ...]:
        fetched = await self.persist(
            lambda: self._bot.get_updates(offset, timeout=self._pace.poll, allowed_updates=UPDATES)
        )
        return fetched or ()

    async def _without_webhook(self) -> None:
        """Telegram gives updates to a webhook or to a poller, never to both."""
        webhook = await self.persist(self._bot.get_webhook_info)
        if webhook and webhook.url:
            LOG.warning("このボットの webhook を外して、ポーリングで受け取ります。")
            await self.persist(self._bot.delete_webhook)

    async def _confirm(self, offset: int) -> None:
        """Say what was handled, so that the next start doesn't answer it again."""
        with suppress(TelegramError):
            await self._bot.get_updates(offset, limit=1, timeout=0, allowed_updates=UPDATES)

    async def _unless_stopped(self, work: Awaitable[T]) -> T | None:
        """The work's result, or None where the channel is to stop first."""
        task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for future in (task, stopped):
                future.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)


class Trouble:
    """What keeps the channel from its updates: how long to wait, what to say once, when to give up."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._failures = 0
        self._away = False
        self._contested: tuple[float, float] | None = None

    def met(self, error: TelegramError) -> float:
        """Seconds to wait before the next attempt."""
        if isinstance(error, InvalidToken | Forbidden):
            raise ChannelError(
                "Telegram がトークンを受け付けません。TELEGRAM_BOT_TOKEN(と TELEGRAM_BASE_URL)を確かめてください。"
            ) from None
        if isinstance(error, Conflict):
            self._second_poller()
        elif not self._away:
            self._away = True
            LOG.warning("Telegram につながりません(%s)。つながるまで試し続けます。", error.message)
        self._failures += 1
        return self._pace.pause(error, self._failures)

    def over(self) -> None:
        """A call went through."""
        if self._away:
            LOG.warning("Telegram にまたつながりました(%d回目の試み)。", self._failures + 1)
        self._failures, self._away = 0, False

    def _second_poller(self) -> None:
        """Two pollers take turns in being refused: what counts is how long refusals keep coming."""
        now = self._pace.clock()
        first, last = self._contested or (now, now)
        if self._contested is None or now - last > PATIENCE:
            LOG.warning("同じボットを別のプログラムが使っています。%d秒待っても続くときは終わります。", PATIENCE)
            first = now
        self._contested = (first, now)
        if now - first >= PATIENCE:
            raise ChannelError(
                "同じボットを別のプログラムが使っています。どちらかを止めてください(TELEGRAM_BOT_TOKEN が同じです)。"
            ) from None
