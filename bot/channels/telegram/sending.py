"""Sending: parcels by the library's calls; what the platform says of them becomes sent, later or refused."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count, takewhile

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.calls import CHANNEL
from bot.channels.telegram.keyboards import Rows
from bot.channels.telegram.pacing import asked_for
from bot.channels.telegram.parcels import Parcel, load_parcel
from bot.channels.telegram.texts import to_caption
from bot.desk import Caller, Desk, pressed
from bot.errors import JournalError
from bot.journal import Delivery, Journal
from bot.post import Errands, Later, Refused
from bot.replies.answers import Answer

__all__ = ["Picture", "Sender"]

SILENT_LINKS = LinkPreviewOptions(is_disabled=True)

Picture = Callable[[Answer], tuple[bytes, str] | None]
"""An answer as a PNG with its caption; None where there is nothing to draw."""


class Sender:
    """Delivers parcels."""

    def __init__(self, bot: Bot, journal: Journal, desk: Desk, picture: Picture) -> None:
        self._bot, self._journal, self._desk, self._picture = bot, journal, desk, picture
        self._errands = Errands()
        self._ways: dict[str, Callable[[Parcel, Delivery], Awaitable[str]]] = {
            "text": self._text,
            "keyboard": self._keyboard,
            "toast": self._toast,
            "photo": self._photo,
            "clear": self._clear,
        }

    async def send(self, delivery: Delivery) -> str:
        """Deliver a parcel; the message that came of it, "" where there is none. Raises Later or Refused."""
        return await self._errands.run(self._sent(load_parcel(delivery.payload), delivery))

    async def finish(self) -> None:
        """Wait for what is under way."""
        await self._errands.finish()

    # Private functions

    async def _sent(self, parcel: Parcel, delivery: Delivery) -> str:
        try:
            return await self._ways[parcel.method](parcel, delivery)
        except ChatMigrated as error:
            return await self._sent(replace(parcel, chat=error.new_chat_id), delivery)
        except RetryAfter as error:
            # A group's limit is its own; a person is never told to wait alone.
            raise Later("RetryAfter", asked_for(error), everybody=parcel.chat > 0) from None
        except (Forbidden, BadRequest) as error:
            raise Refused(error.message) from None
        except (TelegramError, JournalError) as error:
            raise Later(type(error).__name__) from None

    async def _text(self, parcel: Parcel, delivery: Delivery) -> str:
        """In the place of the message that it becomes, or that answered the same question; else, or where that fails, new."""
        standing = parcel.message or self._standing(delivery.answers)
        if standing and await self._edited(parcel, standing):
            return str(standing)
        sent = await self._bot.send_message(
            parcel.chat,
            parcel.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(parcel.rows),
            reply_parameters=_reply(parcel),
            message_thread_id=parcel.thread,
            link_preview_options=SILENT_LINKS,
        )
        return str(sent.message_id)

    async def _edited(self, parcel: Parcel, message: int) -> bool:
        """Whether the message now shows this; False where it can't be edited any more."""
        try:
            await self._bot.edit_message_text(
                parcel.text,
                parcel.chat,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(parcel.rows),
                link_preview_options=SILENT_LINKS,
            )
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def _keyboard(self, parcel: Parcel, _: Delivery) -> str:
        with suppress(BadRequest):  # it is so already, or the message is gone
            await self._bot.edit_message_reply_markup(parcel.chat, parcel.message, reply_markup=_markup(parcel.rows))
        return ""

    async def _toast(self, parcel: Parcel, _: Delivery) -> str:
        with suppress(BadRequest):  # too late for it: the answer itself matters more
            await self._bot.answer_callback_query(parcel.press, parcel.text or None, show_alert=parcel.alert or None)
        return ""

    async def _photo(self, parcel: Parcel, delivery: Delivery) -> str:
        """Drawn now, of what may be seen now."""
        caller = Caller(CHANNEL, delivery.lane, str(parcel.person), parcel.alone)
        drawn = await asyncio.to_thread(self._drawn, parcel.query, caller)
        if drawn is None:
            raise Refused("nothing to draw")
        png, caption = drawn
        sent = await self._bot.send_photo(
            parcel.chat,
            png,
            caption=to_caption(caption) or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=parcel.thread,
            filename="chart.png",
        )
        return str(sent.message_id)

    def _drawn(self, query: str, caller: Caller) -> tuple[bytes, str] | None:
        kotae = self._journal.read(lambda transaction: self._desk.answering(caller, transaction))
        found = pressed(kotae, query) if kotae else None
        return self._picture(found[0]) if found else None

    async def _clear(self, parcel: Parcel, delivery: Delivery) -> str:
        """The answer has become shorter: what stands beyond it is taken away."""
        place, _, first = delivery.answers.rpartition("/")
        beyond = (self._standing(f"{place}/{at}") for at in count(int(first)))
        for message in takewhile(bool, beyond):
            with suppress(BadRequest):  # it is gone already
                await self._bot.delete_message(parcel.chat, message)
        return ""

    def _standing(self, answers: str) -> int:
        """The message that answers one of a person's messages, or a part of it; 0 where there is none."""
        replies = (
            self._journal.read(lambda transaction: transaction.outbox.replies(CHANNEL, answers)) if answers else ()
        )
        return int(replies[-1]) if replies else 0


# Private functions


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    keys = [[InlineKeyboardButton(key.label, callback_data=key.data) for key in row] for row in rows]
    return InlineKeyboardMarkup(keys) if keys else None


def _reply(parcel: Parcel) -> ReplyParameters | None:
    return ReplyParameters(parcel.reply_to, allow_sending_without_reply=True) if parcel.reply_to else None
