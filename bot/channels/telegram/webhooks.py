"""Webhooks: updates that Telegram brings; each is on the disk before it is acknowledged."""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping

from telegram import Bot, Update

from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.polling import UPDATES, Keep, persist
from bot.channels.telegram.trouble import Trouble
from bot.channels.telegram.wire import readable
from bot.errors import JournalError

__all__ = ["PATH", "Webhook", "secret_of", "watch"]

LOG = logging.getLogger(__name__)
PATH = "/telegram"
HEADER = "x-telegram-bot-api-secret-token"
EACH = 60.0
"""Seconds between two looks at whether the webhook is still ours."""


class Webhook:
    """What Telegram calls."""

    def __init__(self, secret: str, bot: Bot, keep: Keep) -> None:
        self._secret, self._bot, self._keep = secret, bot, keep

    async def called(self, headers: Mapping[str, str], body: bytes) -> int:
        """The status of the answer: 200 once an update is kept, 503 while it can't be, 403 where it isn't Telegram's."""
        if not hmac.compare_digest(headers.get(HEADER, "").encode(), self._secret.encode()):
            return 403
        try:
            update = self._update(body)
        except (ValueError, TypeError, RecursionError):
            LOG.warning("読めない更新を飛ばします。")
            return 200  # it would come again for a day, and hold up its chat
        try:
            await self._keep((update,))
        except JournalError as error:
            LOG.error("%s", error)
            return 503
        return 200

    # Private functions

    def _update(self, body: bytes) -> Update:
        item = json.loads(body)
        if not isinstance(item, dict):
            raise TypeError("an update is an object")
        return Update.de_json(readable(item), self._bot)


def secret_of(token: str) -> str:
    """What Telegram shows to prove that it calls: made of the token, so that nobody has to keep another secret."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


async def watch(bot: Bot, url: str, secret: str, pace: Pace) -> None:
    """Keep the webhook set until cancelled; ChannelError where the platform refuses for good."""
    trouble = Trouble(pace)
    known = False
    while True:
        info = await persist(bot.get_webhook_info, pace, trouble)
        if info.url != url or not known:
            if known:
                LOG.warning("このボットの webhook が変えられていたため、戻します。")
            await persist(lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES), pace, trouble)
            known = True
        await pace.sleep(EACH)
