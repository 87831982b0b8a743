"""In: a Telegram message as a question, or nothing where the bot isn't spoken to."""

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

__all__ = ["to_question"]


def to_question(message: Message, me: User) -> str | None:
    """What is asked, without the bot's name; "" asks for help; None where there is no text or it isn't for the bot."""
    if not message.text:
        return None
    command = _command(message)
    private = message.chat.type == ChatType.PRIVATE
    if command is not None:
        name, _, whose = command.partition("@")
        mine = whose.lower() == (me.username or "").lower() if whose else private
        return (_without(message, _leading(message)) if name == "/ask" else "") if mine else None
    mentions = [entity for entity in message.entities if _mentions(message, entity, me)]
    return _without(message, mentions) if private or mentions or _replies(message, me) else None


# Private functions


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
    """The text without the entities, whose places count UTF-16 units."""
    units = (message.text or "").encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le", "replace").strip()
