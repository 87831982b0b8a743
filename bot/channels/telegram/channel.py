"""The Telegram channel: brings what people say to the inbox, answers it at the desk, has the answers sent."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from telegram import Bot, BotCommand, Update

from bot.channels.telegram.asides import Asides
from bot.channels.telegram.calls import CHANNEL, Call, dump_call, load_call
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.pacing import Pace
from bot.channels.telegram.polling import persist, poll
from bot.channels.telegram.questions import moment, to_call
from bot.channels.telegram.replying import Replying
from bot.channels.telegram.sending import Picture, Sender
from bot.channels.telegram.trouble import Trouble
from bot.channels.telegram.webhooks import PATH, Webhook, secret_of, watch
from bot.channels.telegram.wire import Wire
from bot.desk import Desk
from bot.errors import ChannelError, JournalError
from bot.journal import Event, Journal, Received, Transaction
from bot.logs import quiet
from bot.post import Office

__all__ = ["Telegram", "TelegramSettings"]

LOG = logging.getLogger(__name__)
TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
"""Anything else would make another address, and fail without end as if the network were away."""
MENU = ("list", "history", "grade", "help")
"""Commands that Telegram offers."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the channel is started with."""

    token: str = field(repr=False)
    """The bot's token, as given by BotFather."""
    base_url: str
    """The Bot API server, without /bot."""
    webhook: str = ""
    """The address under which Telegram reaches this server; "" where it can't, and is asked for updates instead."""


class Telegram:
    """A bot in service."""

    name = CHANNEL

    def __init__(
        self, settings: TelegramSettings, journal: Journal, desk: Desk, picture: Picture, pace: Pace | None = None
    ) -> None:
        """ChannelError where the settings can't be right."""
        self._settings, self._desk, self._pace = settings, desk, pace or Pace()
        with quiet():
            self._bot = _bot(settings, self._pace)
        self._replying = Replying(desk)
        self._asides = Asides(self._bot, Inline(self._bot, journal, desk))
        self._office: Office | None = None
        self._latest = 0.0
        self.sending = Sender(self._bot, journal, desk, picture)

    @property
    def webhooks(self) -> Mapping[str, Callable[[Mapping[str, str], bytes], Awaitable[int]]]:
        """What is to be mounted where Telegram calls; nothing where it is asked."""
        if not self._settings.webhook:
            return {}
        return {PATH: Webhook(secret_of(self._settings.token), self._bot, self._keep).called}

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Answer an event."""
        self._replying.reply(load_call(received.event.payload), transaction, received.number)

    def apologise(self, received: Received, transaction: Transaction) -> None:
        """Say that an event couldn't be handled."""
        self._replying.apologise(load_call(received.event.payload), transaction, received.number)

    async def run(self, office: Office) -> None:
        """Bring updates until cancelled; ChannelError where the platform refuses for good."""
        with quiet():
            try:
                await self._begin()
                self._office = office
                if self._settings.webhook:
                    url = self._settings.webhook.rstrip("/") + PATH
                    await watch(self._bot, url, secret_of(self._settings.token), self._pace)
                else:
                    await poll(self._bot, self._pace, self._keep)
            finally:
                self._office = None
                await self._asides.finish()
                await self.sending.finish()
                await self._bot.shutdown()

    # Private functions

    async def _begin(self) -> None:
        """Learn the bot's own name, and say what it can be asked."""
        trouble = Trouble(self._pace)
        await persist(self._bot.initialize, self._pace, trouble)
        commands = [BotCommand(name, self._desk.phrase(CHANNEL, "command", name)) for name in MENU]
        await persist(lambda: self._bot.set_my_commands(commands), self._pace, trouble)

    async def _keep(self, updates: Sequence[Update]) -> None:
        """Keep what is asked, and only then go on."""
        if self._office is None:
            raise JournalError("Telegram はまだ動いていません。")
        heard = [(update, call) for update in updates if (call := self._heard(update))]
        if heard:
            await self._office.receive([self._event(update, call) for update, call in heard])
        self._asides.typing([call for _, call in heard])
        self._asides.offered(updates)

    def _heard(self, update: Update) -> Call | None:
        """What is asked; an update that can't be understood must not hold up all the others for ever."""
        try:
            return to_call(update, self._bot.bot)
        except Exception as error:  # noqa: BLE001  whatever people send
            LOG.error("更新 %s を読めませんでした(%s)。", update.update_id, type(error).__name__)
            return None

    def _event(self, update: Update, call: Call) -> Event:
        """Its moment is never before that of an earlier one: a press says none, and order counts."""
        self._latest = max(self._latest, moment(update))
        return Event(CHANNEL, str(update.update_id), call.lane, str(call.person), self._latest, dump_call(call))


# Private functions


def _bot(settings: TelegramSettings, pace: Pace) -> Bot:
    base = settings.base_url.rstrip("/")
    if not TOKEN.fullmatch(settings.token):
        raise ChannelError("TELEGRAM_BOT_TOKEN がボットのトークンの形(数字:英数字)ではありません。")
    if not base.startswith(("http://", "https://")):
        raise ChannelError("TELEGRAM_BASE_URL は http:// か https:// で始まる必要があります。")
    if settings.webhook and not settings.webhook.startswith("https://"):
        raise ChannelError("TELEGRAM_WEBHOOK は https:// で始まる必要があります。")
    wires = [_wire(pace) for _ in range(2)]
    return Bot(
        settings.token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=wires[0],
        get_updates_request=wires[1],
    )


def _wire(pace: Pace) -> Wire:
    return Wire(
        connection_pool_size=8,
        connect_timeout=pace.call,
        read_timeout=pace.call,
        write_timeout=pace.call,
        pool_timeout=pace.call,
    )
