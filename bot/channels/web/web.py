"""Web: the channel as the post knows it: what came in over HTTP is handled, and what came of it kept to be fetched."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.channels.web.charting import Charting
from bot.channels.web.listening import listen, serve
from bot.channels.web.messages import to_message
from bot.channels.web.reception import Reception
from bot.channels.web.routes import Fetch, Hook, make_application
from bot.channels.web.settings import WebSettings
from bot.channels.web.visitors import Visitors
from bot.desk import Caller, Desk, Reply, Turn, read_press
from bot.journal import Message, Received, Transaction
from bot.post import Office, Sending

__all__ = ["Web"]


class Web:
    """The web channel."""

    name = "web"
    sending: Sending | None = None
    """Browsers fetch their answers."""

    def __init__(
        self,
        settings: WebSettings,
        desk: Desk,
        charting: Charting,
        new_session: Callable[[], str],
        hooks: Mapping[str, Hook],
        tell: Callable[[str], None],
        pictures: Mapping[str, Fetch] = MappingProxyType({}),
    ) -> None:
        """`new_session` makes 43 characters by chance, `tell` gets the line at the start; other channels have hooks and pictures."""
        self._settings, self._desk, self._charting = settings, desk, charting
        self._visitors, self._hooks, self._tell = Visitors(settings, new_session), hooks, tell
        self._pictures = pictures

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Answer what a browser sent."""
        event = received.event
        sent = json.loads(event.payload)
        caller = Caller(self.name, event.lane, event.person, alone=True, trusted=sent["trusted"])
        self._keep(received, transaction, self._desk.take(_turn(sent), caller, transaction, received.number))

    def apologise(self, received: Received, transaction: Transaction) -> None:
        """Say that it couldn't be handled."""
        event = received.event
        caller = Caller(self.name, event.lane, event.person)
        reply = self._desk.notice("apology", caller)
        self._keep(received, transaction, reply._replace(answer=reply.answer._replace(status="error")))

    async def run(self, office: Office) -> None:
        """Serve until cancelled; ChannelError where the port can't be had."""
        listening = listen(self._settings)
        address = self._settings.address(listening.getsockname()[1])
        self._tell(f"{address} で答えます(止めるには Ctrl+C)。")
        reception = Reception(office, self._visitors)
        application = make_application(reception, self._charting, self._settings, self._hooks, self._pictures)
        await serve(application, listening)

    # Private functions

    def _keep(self, received: Received, transaction: Transaction, reply: Reply) -> None:
        message = Message(json.dumps(to_message(reply, self._charting), ensure_ascii=False))
        transaction.outbox.post(received.number, self.name, received.event.lane, [message], state="kept")


# Private functions


def _turn(sent: Mapping[str, str]) -> Turn:
    if "press" in sent:
        return read_press(sent["press"])
    return Turn("join", sent["join"]) if "join" in sent else Turn("ask", sent["text"])
