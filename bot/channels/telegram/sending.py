"""Sending: messages into a chat, tried again where the network or the platform's limits are in the way."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.channels.telegram.memory import Memory
from bot.channels.telegram.messages import Message
from bot.channels.telegram.pacing import LONGEST, Pace

__all__ = ["Place", "Sender"]

LOG = logging.getLogger(__name__)
ATTEMPTS = 6
"""With the pauses between them about half a minute."""
SILENT_LINKS = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes."""

    chat: int
    """Id of the chat."""
    thread: int | None = None
    """Id of the topic, in a forum."""
    question: int | None = None
    """Id of the message that it is a reply to; None where that is plain."""


class Sender:
    """Sends and edits messages one after the other."""

    def __init__(self, bot: Bot, memory: Memory, pace: Pace) -> None:
        self._bot = bot
        self._shown = memory.shown
        self._pace = pace

    async def send(self, place: Place, messages: Sequence[Message]) -> tuple[int, ...]:
        """Send messages in order; their ids."""
        return tuple([await self._sent(place, message) for message in messages])

    async def replace(self, place: Place, replies: Sequence[int], messages: Sequence[Message]) -> tuple[int, ...]:
        """Turn messages that were sent into others, in place where that is possible; their ids."""
        ids = []
        for reply, message in zip_longest(replies, messages):
            if message is None:
                await self._deleted(place, reply)
            elif reply is None or not await self._edited(place, reply, message):
                ids.append(await self._sent(place, message))
            else:
                ids.append(reply)
        return tuple(ids)

    async def acknowledge(self, press: str, text: str = "") -> None:
        """End the waiting that a pressed button shows; a text is shown over the chat."""
        with suppress(BadRequest):  # too late for it: the answer itself matters more
            await self._insist(lambda: self._bot.answer_callback_query(press, text or None, show_alert=bool(text)))

    # Private functions

    async def _sent(self, place: Place, message: Message) -> int:
        reply = ReplyParameters(place.question, allow_sending_without_reply=True) if place.question else None
        sent = await self._insist(
            lambda: self._bot.send_message(
                place.chat,
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(message),
                reply_parameters=reply,
                message_thread_id=place.thread,
                link_preview_options=SILENT_LINKS,
            )
        )
        self._shown.keep((place.chat, sent.message_id), message)
        return sent.message_id

    async def _edited(self, place: Place, reply: int, message: Message) -> bool:
        """Whether the message now shows this; False where it can't be edited any more."""
        if self._shown.recall((place.chat, reply)) == message:
            return True
        try:
            await self._insist(
                lambda: self._bot.edit_message_text(
                    message.html,
                    place.chat,
                    reply,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_keyboard(message),
                    link_preview_options=SILENT_LINKS,
                )
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return False
        self._shown.keep((place.chat, reply), message)
        return True

    async def _deleted(self, place: Place, reply: int) -> None:
        with suppress(BadRequest):
            await self._insist(lambda: self._bot.delete_message(place.chat, reply))

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """The call's result; what no repetition mends is raised at once."""
        for attempt in range(1, ATTEMPTS):
            try:
                return await call()
            except BadRequest:
                raise
            except (NetworkError, RetryAfter) as error:
                pause = self._pace.pause(error, attempt)
                if pause > LONGEST:
                    raise
                LOG.info("送り直します(%s、%d回目)。", type(error).__name__, attempt)
            await self._pace.sleep(pause)
        return await call()


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.label, callback_data=button.data)] for button in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None
