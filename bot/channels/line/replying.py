"""Replying: a call is taken to the desk, and what the desk gives becomes messages; everything in one transaction."""

from collections.abc import Sequence

from bot.channels.line.actions import page_of
from bot.channels.line.calls import CHANNEL, Call, unsent_id
from bot.channels.line.events import Kept
from bot.channels.line.limits import Content
from bot.channels.line.messages import Words, formal, picture, to_messages, words
from bot.channels.line.parcels import Parcel, dump_parcel, retry_key
from bot.channels.line.pictures import Pictures
from bot.desk import Desk, Reply, Turn, read_press
from bot.journal import Message, Transaction

__all__ = ["Replying"]


class Replying:
    """Answers calls."""

    def __init__(self, desk: Desk, pictures: Pictures) -> None:
        self._desk, self._pictures = desk, pictures

    def reply(self, kept: Kept, transaction: Transaction, event: int) -> None:
        """Answer a call: the desk takes it, and what is to be sent is posted."""
        call = kept.call
        if call.kind == "unsent":
            transaction.withdraw(CHANNEL, call.message)
        elif not (call.message and transaction.inbox.state(CHANNEL, unsent_id(call.message))):
            self._post(kept, self._messages(call, transaction, event), transaction, event)

    def apologise(self, kept: Kept, transaction: Transaction, event: int) -> None:
        """Say that a call couldn't be answered, to whoever may ask."""
        call = kept.call
        if call.kind != "unsent" and self._desk.answering(call.caller, transaction):
            self._post(kept, words(self._desk.notice("apology", call.caller)), transaction, event)

    # Private functions

    def _messages(self, call: Call, transaction: Transaction, event: int) -> list[Content]:
        if call.kind in ("unreadable", "joined"):
            return words(self._desk.notice(self._greeting(call, transaction), call.caller))
        start, turn = self._turn(call, transaction)
        reply = self._desk.take(turn, call.caller, transaction, event)
        if turn.verb == "formal" and reply.manner == "new":
            return formal(reply, self._words())
        return self._shown(reply, call, transaction, start) or words(self._desk.notice("outdated", call.caller))

    def _greeting(self, call: Call, transaction: Transaction) -> str:
        if call.kind == "joined":
            return "group"
        return "text_only" if self._desk.answering(call.caller, transaction) else "stranger"

    def _turn(self, call: Call, transaction: Transaction) -> tuple[int, Turn]:
        """What is done, and from where on a list is shown."""
        if call.kind == "followed":
            return 0, Turn("help")
        if call.kind == "pressed":
            start, press = page_of(call.text)
            return start, read_press(press)
        if call.alone and transaction.members.opens(call.text.strip()):
            return 0, Turn("join", call.text)
        return 0, Turn("ask", call.text, call.message)

    def _shown(self, reply: Reply, call: Call, transaction: Transaction, start: int) -> list[Content]:
        if reply.manner == "picture":
            member = call.alone and transaction.members.find(CHANNEL, call.person) is not None
            shown = self._pictures.show(reply.answer, member, transaction.now)
            return picture(shown) if shown else []
        if reply.manner == "passing" or _is_word(reply):
            return words(reply)
        kotae = self._desk.answering(call.caller, transaction)
        buttons = tuple(one for one in reply.buttons if one.kind != "chart" or self._pictures.able)
        return to_messages(reply._replace(buttons=buttons), kotae.catalogs if kotae else (), self._words(), start)

    def _words(self) -> Words:
        say = (
            self._desk.phrase(CHANNEL, *key) for key in (("button", "copy"), ("button", "after"), ("notice", "long"))
        )
        return Words(*say)

    def _post(self, kept: Kept, messages: Sequence[Content], transaction: Transaction, event: int) -> None:
        call = kept.call
        parcel = Parcel(call.chat, call.token, kept.received, retry_key(call.id), tuple(messages))
        transaction.outbox.post(event, CHANNEL, call.lane, [Message(dump_parcel(parcel), call.message)])


# Private functions


def _is_word(reply: Reply) -> bool:
    """A sentence of the desk's own needs no bubble."""
    return reply.answer.status == "help" and len(reply.answer.lines) == 1 and not reply.buttons
