"""The LINE channel: brings what LINE delivers to the inbox, answers it at the desk, has the answers sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.channels.line.calls import CHANNEL
from bot.channels.line.events import read_kept
from bot.channels.line.loading import Loading
from bot.channels.line.pictures import PATH as CHARTS
from bot.channels.line.pictures import Charting, Pictures
from bot.channels.line.replying import Replying
from bot.channels.line.sending import Sender
from bot.channels.line.settings import LineSettings
from bot.channels.line.webhooks import PATH, Webhook
from bot.channels.line.wire import Rejected, Unknown, Wire
from bot.desk import Desk
from bot.desk.links import Links
from bot.errors import ChannelError, JournalError
from bot.journal import Event, Journal, Received, Transaction
from bot.logs import quiet
from bot.post import Office

__all__ = ["Line"]

LOG = logging.getLogger(__name__)


class Line:
    """A LINE channel in service."""

    name = CHANNEL

    def __init__(
        self, settings: LineSettings, journal: Journal, desk: Desk, charting: Charting, clock: Callable[[], float]
    ) -> None:
        self._settings, self._journal, self._clock = settings, journal, clock
        self._wire = Wire(settings)
        self._pictures = Pictures(settings.public_url, Links(settings.secret.encode()), desk, charting)
        self._replying = Replying(desk, self._pictures)
        self._loading = Loading(self._wire, self._waits)
        self._office: Office | None = None
        self.sending = Sender(self._wire, journal, clock, settings.push)

    @property
    def webhooks(self) -> Mapping[str, Callable[[Mapping[str, str], bytes], Awaitable[int]]]:
        """What is to be mounted where LINE calls: headers and body to a status."""
        return {PATH: Webhook(self._settings.secret, self._clock, self._keep).called}

    @property
    def pictures(self) -> Mapping[str, Callable[[str], Awaitable[bytes | None]]]:
        """What is to be mounted where LINE fetches charts: the rest of the address to a PNG, None where there is none."""
        return {CHARTS: self._fetched}

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Answer an event; ValueError where it can't be read."""
        self._replying.reply(read_kept(received.event.payload), transaction, received.number)

    def apologise(self, received: Received, transaction: Transaction) -> None:
        """Say that an event couldn't be handled; one that can't be read is nobody's."""
        if received.event.lane:
            self._replying.apologise(read_kept(received.event.payload), transaction, received.number)

    async def run(self, office: Office) -> None:
        """Be ready until cancelled; ChannelError where LINE doesn't take the token."""
        self._office = office
        try:
            with quiet():
                await self._begin()
                await asyncio.Event().wait()
        finally:
            self._office = None
            self._loading.finish()
            await self.sending.finish()
            await self._wire.close()

    # Private functions

    async def _begin(self) -> None:
        try:
            await self._wire.whoami()
        except Rejected as rejected:
            if rejected.status in (401, 403):
                raise ChannelError("LINE がトークンを受け付けません。LINE_CHANNEL_TOKEN を確かめてください。") from None
            LOG.warning("LINE の返事が思わしくありません(%d)。このまま続けます。", rejected.status)
        except Unknown as unknown:
            LOG.warning("LINE につながりません(%s)。届いた質問は、つながりしだい答えます。", unknown)

    async def _keep(self, events: Sequence[Event]) -> None:
        """Keep what was delivered; JournalError where that isn't possible now."""
        if self._office is None:
            raise JournalError("LINE はまだ動いていません。")
        await self._office.receive(events)
        for event in events:
            if event.lane:
                self._loading.begin(read_kept(event.payload).call)

    def _waits(self, event: str) -> bool:
        try:
            return self._journal.read(lambda transaction: transaction.inbox.state(CHANNEL, event)) == "waiting"
        except JournalError:
            return False

    async def _fetched(self, token: str) -> bytes | None:
        return await asyncio.to_thread(self._pictures.fetch, token, self._clock())
