"""Trouble: what keeps the channel from its updates: how long to wait, what to say once, when to give up."""

import logging

from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.pacing import Pace
from bot.errors import ChannelError

__all__ = ["SILENCE", "Trouble", "silent"]

LOG = logging.getLogger(__name__)
PATIENCE = 60.0
"""Seconds that a second poller is borne; one that comes back later than that is a new one."""
SILENCE = 300.0
"""Seconds without a call that went through; then the process ends, and whatever watches over it starts it anew."""


class Trouble:
    """Failures of calls in a row."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._failures = 0
        self._away = False
        self._heard = pace.clock()
        self._contested: tuple[float, float] | None = None

    def met(self, error: TelegramError) -> float:
        """Seconds to wait before the next attempt; ChannelError where no attempt is worth it."""
        if isinstance(error, InvalidToken | Forbidden):
            raise ChannelError(
                "Telegram がトークンを受け付けません。TELEGRAM_BOT_TOKEN(と TELEGRAM_BASE_URL)を確かめてください。"
            ) from None
        if isinstance(error, Conflict):
            self._second_poller()
        elif not self._away:
            self._away = True
            LOG.warning("Telegram につながりません(%s)。つながるまで試し続けます。", type(error).__name__)
        if self._pace.clock() - self._heard >= SILENCE:
            raise silent() from None
        self._failures += 1
        return self._pace.pause(error, self._failures)

    def over(self) -> None:
        """A call went through."""
        if self._away:
            LOG.warning("Telegram にまたつながりました(%d回目の試み)。", self._failures + 1)
        self._failures, self._away, self._heard = 0, False, self._pace.clock()

    # Private functions

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


def silent() -> ChannelError:
    """Nothing has been heard of Telegram for too long."""
    return ChannelError(
        f"{SILENCE / 60:.0f}分間 Telegram とやりとりできません。ネットワークを確かめて、動かし直してください。"
    )
