"""Sending: a reply while its token lives, else a push; what LINE says of it becomes sent, later or refused."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from bot.channels.line.parcels import Parcel, dump_parcel, load_parcel
from bot.channels.line.wire import Rejected, Unknown, Wire
from bot.errors import JournalError
from bot.journal import Delivery, Journal
from bot.post import Errands, Later, Refused

__all__ = ["LIFE", "Sender"]

LOG = logging.getLogger(__name__)
LIFE = 58.0
"""Seconds that a reply token lives, less what the call takes."""
KEYLESS = 60.0
"""Seconds until the access token is tried again that LINE doesn't take."""
USED_UP = "monthly limit"
DEAD = "invalid reply token"


class Sender:
    """Delivers parcels: an answer arrives once, or it is known that it didn't, or that nobody knows."""

    def __init__(self, wire: Wire, journal: Journal, clock: Callable[[], float], push: bool) -> None:
        self._wire, self._journal, self._clock, self._push = wire, journal, clock, push
        self._errands = Errands()

    async def send(self, delivery: Delivery) -> str:
        """Deliver a parcel; how LINE calls what was sent. Raises Later or Refused."""
        return await self._errands.run(self._sent(load_parcel(delivery.payload), delivery))

    async def finish(self) -> None:
        """Wait for what is under way."""
        await self._errands.finish()

    # Private functions

    async def _sent(self, parcel: Parcel, delivery: Delivery) -> str:
        try:
            if parcel.token and self._clock() < parcel.received + LIFE:
                return await self._replied(parcel, delivery)
            return await self._pushed(parcel)
        except Unknown as unknown:
            raise Later(str(unknown)) from None
        except JournalError as error:
            raise Later(str(error)) from None

    async def _replied(self, parcel: Parcel, delivery: Delivery) -> str:
        """Doubt is on the disk before the call: a token that is then refused may have been used already."""
        if not parcel.doubtful:
            await self._amend(delivery, replace(parcel, doubtful=True))
        try:
            return await self._wire.reply(parcel.token, parcel.messages)
        except Rejected as rejected:
            if not parcel.doubtful:
                await self._amend(delivery, parcel)
            if DEAD not in rejected.message.lower():
                raise _refusal(rejected) from None
        return await self._pushed(parcel)

    async def _pushed(self, parcel: Parcel) -> str:
        """Never what may have been replied already: nobody is told a thing twice."""
        if parcel.doubtful:
            raise Refused("the reply may have arrived", "uncertain")
        if not self._push:
            raise Refused("too late for a reply, and KOTAE_LINE_PUSH is off", "expired")
        try:
            return await self._wire.push(parcel.chat, parcel.messages, parcel.key)
        except Rejected as rejected:
            if rejected.status == 409:
                return ""  # it was taken before
            raise _refusal(rejected) from None

    async def _amend(self, delivery: Delivery, parcel: Parcel) -> None:
        payload = dump_parcel(parcel)
        future = self._journal.write(lambda transaction: transaction.outbox.amend(delivery.number, payload))
        await asyncio.wrap_future(future)


# Private functions


def _refusal(rejected: Rejected) -> Later | Refused:
    if rejected.status == 429 and USED_UP in rejected.message.lower():
        return Refused("the month's messages are used up", "expired")
    if rejected.status == 429:
        return Later("429", rejected.seconds, everybody=rejected.seconds is not None)
    if rejected.status in (401, 403):
        LOG.error("LINE がトークンを受け付けません(%d)。LINE_CHANNEL_TOKEN を確かめてください。", rejected.status)
        return Later(str(rejected.status), KEYLESS, everybody=True)
    return Refused(str(rejected))
