"""Webhooks: what LINE calls; whatever it brings is on the disk before it is acknowledged."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.channels.line.events import to_events
from bot.errors import JournalError
from bot.journal import Event

__all__ = ["PATH", "Webhook", "signature_of"]

LOG = logging.getLogger(__name__)
PATH = "/line/webhook"
HEADER = "x-line-signature"
MOST = 1024 * 1024
"""Bytes of a body."""

Keep = Callable[[Sequence[Event]], Awaitable[None]]
"""Keeps events; JournalError where they can't be kept."""


class Webhook:
    """The address that LINE calls."""

    def __init__(self, secret: str, clock: Callable[[], float], keep: Keep) -> None:
        self._secret, self._clock, self._keep = secret, clock, keep

    async def called(self, headers: Mapping[str, str], body: bytes) -> int:
        """The status of the answer: 200 once all is kept, 503 while it can't be, 403 where it isn't LINE's."""
        if len(body) > MOST:
            return 413
        if not hmac.compare_digest(headers.get(HEADER, "").encode(errors="replace"), signature_of(self._secret, body)):
            return 403
        try:
            events = to_events(body, self._clock())
            if events:
                await self._keep(events)
        except JournalError as error:
            LOG.error("%s", error)
            return 503
        return 200


def signature_of(secret: str, body: bytes) -> bytes:
    """What LINE shows to prove that it calls."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))
