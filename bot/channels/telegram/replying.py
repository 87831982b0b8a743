"""Replying: a call is taken to the desk, and what the desk gives becomes parcels; everything in one transaction."""

from collections.abc import Sequence
from typing import cast

from bot.channels.telegram.calls import CHANNEL, Call
from bot.channels.telegram.keyboards import to_rows, without_reasons
from bot.channels.telegram.parcels import Parcel, dump_parcel
from bot.channels.telegram.texts import to_texts
from bot.desk import Desk, Reply, Turn, Verb
from bot.journal import Message, Transaction
from bot.replies.pieces import Piece

__all__ = ["Replying"]

WORDED = ("history", "grade")
"""Commands that stand for a question."""


class Replying:
    """Answers calls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reply(self, call: Call, transaction: Transaction, event: int) -> None:
        """Answer a call: the desk takes it, and what is to be sent is posted."""
        stranger = call.verb != "join" and self._desk.answering(call.caller, transaction) is None
        if stranger and (not call.alone or call.kind == "edited"):
            self._post(call, _acknowledged(call), transaction, event)
            return
        reply = self._given(call, transaction, event)
        if call.kind != "chosen":
            reply = reply._replace(manner="passing") if stranger else reply
            self._post(call, _parcels(call, reply), transaction, event)

    def apologise(self, call: Call, transaction: Transaction, event: int) -> None:
        """Say that a call couldn't be answered, to whoever may ask."""
        if call.kind == "chosen" or self._desk.answering(call.caller, transaction) is None:
            return
        reply = self._desk.notice("apology", call.caller)._replace(manner="passing")
        self._post(call, _parcels(call, reply), transaction, event)

    # Private functions

    def _given(self, call: Call, transaction: Transaction, event: int) -> Reply:
        if call.verb == "unreadable":
            known = self._desk.answering(call.caller, transaction) is not None
            return self._desk.notice("text_only" if known else "stranger", call.caller)
        return self._desk.take(self._turn(call), call.caller, transaction, event)

    def _turn(self, call: Call) -> Turn:
        if call.verb in WORDED:
            key = f"{call.verb}_question" if call.text else f"{call.verb}_follow_up"
            text = self._desk.phrase(CHANNEL, "command", key, name=Piece("echo", call.text))
            return Turn("ask", text, call.place)
        return Turn(cast(Verb, call.verb), call.text, call.place)

    def _post(self, call: Call, parcels: Sequence[Parcel], transaction: Transaction, event: int) -> None:
        """Each text answers the message as its n-th part, so that it can become another one once that is edited."""
        places = [f"{call.place}/{at}" if call.place else "" for at, _ in enumerate(parcels)]
        messages = [Message(dump_parcel(parcel), place) for parcel, place in zip(parcels, places, strict=True)]
        transaction.outbox.post(event, CHANNEL, call.lane, messages)


# Private functions


def _parcels(call: Call, reply: Reply) -> list[Parcel]:
    if call.kind != "pressed":
        surplus = [Parcel("clear", call.chat)] if call.kind == "edited" else []
        return [*_texts(call, reply, None if call.alone else call.message), *surplus]
    if reply.manner == "passing":
        return _passed(call, reply)
    if reply.manner == "picture":
        query = reply.answer.query
        picture = Parcel("photo", call.chat, call.thread, query=query, person=call.person, alone=call.alone)
        return [*_acknowledged(call), picture]
    return [*_acknowledged(call), *_texts(call, reply)]


def _texts(call: Call, reply: Reply, reply_to: int | None = None) -> list[Parcel]:
    """A reply in as many messages as it takes, the buttons under the last; a change begins with the pressed one."""
    texts, rows = to_texts(reply.answer), to_rows(reply.buttons)
    changed = call.message if call.kind == "pressed" and reply.manner == "change" else None
    return [
        Parcel(
            "text", call.chat, call.thread, reply_to, changed if at == 0 else None, text, rows if at == len(texts) - 1 else (),
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip


def _passed(call: Call, reply: Reply) -> list[Parcel]:
    """A word over the chat; the reasons of a vote come under the message, and go once one was chosen."""
    votes = call.verb == "vote"
    word = Parcel("toast", call.chat, text=reply.answer.text, press=call.press, alert=not votes)
    rows = (*without_reasons(call.rows), *to_rows(reply.buttons))
    if not votes or rows == call.rows:
        return [word]
    return [word, Parcel("keyboard", call.chat, message=call.message, rows=rows)]


def _acknowledged(call: Call) -> list[Parcel]:
    """A press is acknowledged, whatever comes of it: the button stops waiting."""
    return [Parcel("toast", call.chat, press=call.press)] if call.press else []
