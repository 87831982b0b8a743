"""In: an update as a call, or nothing where the bot isn't spoken to."""

from telegram import (
    CallbackQuery,
    ChosenInlineResult,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatType

from bot.channels.telegram.calls import Call
from bot.channels.telegram.keyboards import Key, Rows
from bot.desk import read_press
from bot.texts import without

__all__ = ["HELP", "moment", "to_call"]

HELP = "help"
"""What a link to the bot asks for that is no invitation."""
COMMANDS = {"/ask": "ask", "/history": "history", "/grade": "grade", "/list": "browse"}
"""What they ask for; every other one asks for help."""


def to_call(update: Update, me: User) -> Call | None:
    """What is asked of the bot."""
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.chosen_inline_result:
        return _chosen(update.chosen_inline_result)
    if update.message:
        return _spoken(update.message, me)
    if update.edited_message and (call := _spoken(update.edited_message, me)):
        return call._replace(kind="edited") if call.verb != "unreadable" else None
    return None


def moment(update: Update) -> float:
    """When it happened, as far as Telegram says: of a press only that it was after its message."""
    message = update.effective_message
    date = getattr(message, "edit_date", None) or getattr(message, "date", None)
    return float(date.timestamp()) if date else 0.0


# Private functions


def _spoken(message: Message, me: User) -> Call | None:
    person = message.from_user
    if person is None or person.is_bot or message.via_bot == me:
        return None
    found = _said(message, me)
    if found is None:
        return None
    alone = message.chat.type == ChatType.PRIVATE
    return Call("said", *found, person.id, message.chat_id, alone, message.message_id, _thread(message))


def _said(message: Message, me: User) -> tuple[str, str] | None:
    """Verb and text; None where it isn't for the bot."""
    private = message.chat.type == ChatType.PRIVATE
    if not message.text:
        return ("unreadable", "") if private and message.effective_attachment is not None else None
    command = _command(message)
    if command is not None:
        name, _, whose = command.partition("@")
        mine = whose.lower() == (me.username or "").lower() if whose else private
        return _commanded(name, _without(message, _leading(message)), private) if mine else None
    mentions = [entity for entity in message.entities if _mentions(message, entity, me)]
    if not (private or mentions or _replies(message, me)):
        return None
    text = _without(message, mentions)
    return ("ask", text) if text else ("help", "")


def _commanded(name: str, text: str, private: bool) -> tuple[str, str]:
    if name == "/start" and text and private:
        return ("join", text) if text != HELP else ("help", "")
    verb = COMMANDS.get(name, "help")
    return ("help", "") if verb == "ask" and not text else (verb, "" if verb in ("help", "browse") else text)


def _pressed(press: CallbackQuery) -> Call | None:
    message = press.message
    if message is None or not press.data:
        return None  # under an answer that was sent by way of another chat there are no buttons
    turn, alone = read_press(press.data), message.chat.type == ChatType.PRIVATE
    return Call(
        "pressed", turn.verb, turn.text, press.from_user.id, message.chat.id, alone, message.message_id,
        _thread(message), press.id, _rows(message),
    )  # fmt: skip


def _chosen(result: ChosenInlineResult) -> Call:
    """An answer that was offered and taken: asked again it is the same, and stands in the audit."""
    compact = "/" in result.result_id
    return Call("chosen", *(("run", result.result_id) if compact else ("ask", result.query)), result.from_user.id)


def _thread(message: MaybeInaccessibleMessage) -> int | None:
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _rows(message: MaybeInaccessibleMessage) -> Rows:
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    return tuple(tuple(Key(key.text, str(key.callback_data)) for key in row if key.callback_data) for row in rows)


def _command(message: Message) -> str | None:
    """/ask@kotae_bot, where the message begins with a command."""
    leading = _leading(message)
    return message.parse_entity(leading[0]) if leading else None


def _leading(message: Message) -> list[MessageEntity]:
    return [entity for entity in message.entities if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0]


def _mentions(message: Message, entity: MessageEntity, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and message.parse_entity(entity).lower() == me.name.lower()


def _replies(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == me.id


def _without(message: Message, entities: list[MessageEntity]) -> str:
    return without(message.text or "", [(entity.offset, entity.length) for entity in entities])
