"""Handle: who may ask, what is asked, what is answered where; understanding and wording are Kotae's."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, MessageHandler, filters

from bot.answers import Answer
from bot.channels.telegram.memory import Conversation, Exchange, Memory
from bot.channels.telegram.messages import plain, read_press, to_formal, to_messages
from bot.channels.telegram.questions import to_question
from bot.channels.telegram.sending import Place, Sender
from nlp.parsing import Context

__all__ = ["Answering", "Desk"]

LOG = logging.getLogger(__name__)
HELP = "ヘルプ"
"""What commands ask Kotae."""
STRANGER = "このボットは登録された方だけが使えます。使いたいときは、管理者にあなたの番号 {id} をお伝えください。"
TEXT_ONLY = "質問は文字で送ってください。"
APOLOGY = "申し訳ありません。うまく処理できませんでした。もう一度送ってください。"
OUTDATED = "このボタンはもう使えません。質問を文字で送ってください。"

Handling = CallbackContext[Any, Any, Any, Any]


class Answering(Protocol):
    """What the channel needs to be given answers."""

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a question."""

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query; ValueError or KeyError where it is none."""


class Desk:
    """Takes updates one by one."""

    def __init__(self, kotae: Answering, allowed: frozenset[int], memory: Memory, sender: Sender) -> None:
        self._kotae = kotae
        self._allowed = allowed
        self._memory = memory
        self._sender = sender

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Put the handlers into the library's application."""
        spoken = filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL
        application.add_handler(MessageHandler(spoken, self.asked))
        application.add_handler(CallbackQueryHandler(self.pressed))
        application.add_error_handler(self.failed)

    async def asked(self, update: Update, context: Handling) -> None:
        """A message, new or edited."""
        message, asker = update.effective_message, update.effective_user
        if message is None or asker is None:
            return
        new = update.edited_message is None
        if asker.id not in self._allowed:
            await self._remark(message, STRANGER.format(id=asker.id), new)
            return
        question = to_question(message, context.bot.bot)
        if question is None:
            await self._remark(message, TEXT_ONLY, new)
            return
        await self._reply(message, asker, question)

    async def pressed(self, update: Update, _: Handling) -> None:
        """A button under an answer."""
        press, chat = update.callback_query, update.effective_chat
        if press is None or chat is None or press.message is None:
            return
        if press.from_user.id not in self._allowed:
            private = chat.type == ChatType.PRIVATE
            await self._sender.acknowledge(press.id, STRANGER.format(id=press.from_user.id) if private else "")
            return
        compact, formal = read_press(press.data or "")
        try:
            answer, context = self._kotae.run(compact)
        except (ValueError, KeyError):
            await self._sender.acknowledge(press.id, OUTDATED)
            return
        await self._sender.acknowledge(press.id)
        self._memory.conversations.keep((chat.id, press.from_user.id), Conversation(context))
        await self._answer_press(press, chat.id, answer, formal and bool(answer.formal))

    async def failed(self, update: object, context: Handling) -> None:
        """An update that raised: named by kind and place only, for what people wrote stays out of the log."""
        error = context.error
        if error is None or not isinstance(update, Update):
            return
        LOG.error("更新 %s を処理できませんでした: %s(%s)", update.update_id, type(error).__name__, _where(error))
        if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            return
        try:
            await self._apologise(update, context.bot.bot)
        except TelegramError as second:
            LOG.warning("更新 %s のおわびも送れませんでした: %s", update.update_id, type(second).__name__)

    # Private functions

    async def _reply(self, message: Message, asker: User, question: str) -> None:
        """Answer a question, or change the answer of one that was edited."""
        person, asked = (message.chat_id, asker.id), (message.chat_id, message.message_id)
        conversation = self._memory.conversations.recall(person)
        known = self._memory.exchanges.recall(asked)
        before = known.before if known else conversation.context if conversation else None
        # Help is the same whatever was talked about, and changes nothing of it.
        answer, after = self._kotae.answer(question, before) if question else (self._kotae.answer(HELP)[0], before)
        replies = await self._sender.replace(_place(message), known.replies if known else (), to_messages(answer))
        self._memory.exchanges.keep(asked, Exchange(before, replies))
        latest = known is None or (conversation is not None and conversation.question == message.message_id)
        if after is not None and latest:
            self._memory.conversations.keep(person, Conversation(after, message.message_id))

    async def _answer_press(self, press: CallbackQuery, chat: int, answer: Answer, formal: bool) -> None:
        """A choice turns its message into the answer; a formal sentence becomes a message of its own."""
        message = press.message if isinstance(press.message, Message) else None
        place = Place(chat, _thread(message) if message else None)
        if formal:
            await self._sender.send(place, to_formal(answer))
        else:
            await self._sender.replace(place, (message.message_id,) if message else (), to_messages(answer))

    async def _remark(self, message: Message, text: str, new: bool) -> None:
        """A line of the channel's own: in private only, and never about an edit."""
        if new and message.chat.type == ChatType.PRIVATE:
            await self._sender.send(_place(message), [plain(text)])

    async def _apologise(self, update: Update, me: User) -> None:
        message, asker = update.effective_message, update.effective_user
        if asker is None or asker.id not in self._allowed:
            return
        if update.callback_query:
            await self._sender.acknowledge(update.callback_query.id, APOLOGY)
        elif message is not None and _quietly(to_question, message, me) is not None:
            await self._sender.send(_place(message), [plain(APOLOGY)])


def _place(message: Message) -> Place:
    """Where the answer to a message goes: in a group as a reply to it."""
    private = message.chat.type == ChatType.PRIVATE
    return Place(message.chat_id, _thread(message), None if private else message.message_id)


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _where(error: Exception) -> str:
    """The file and line that raised, without the message, which may quote a question."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _quietly(call: Callable[[Message, User], str | None], message: Message, me: User) -> str | None:
    """The call's result; None where the call itself is what fails."""
    try:
        return call(message, me)
    except Exception:  # noqa: BLE001  it was logged already
        return None
