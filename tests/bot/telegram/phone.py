"""A person's side of Telegram: says, edits and presses things and sees what the bot shows."""

from dataclasses import dataclass
from typing import Any

from bot.channels.telegram import Telegram
from bot.journal import Journal
from bot.post import Office
from tests.bot.telegram.chats import BOT, Bubble
from tests.bot.telegram.server import BotApi

CLERK = 11
COLLEAGUE = 12
STRANGER = 99
GROUP = -1001


@dataclass
class Phone:
    """A phone in somebody's hand, in their private chat or in a group."""

    api: BotApi
    journal: Journal
    office: Office
    channel: Telegram
    person: int = CLERK
    chat: int = CLERK

    async def says(self, text: str, reply_to: Bubble | None = None, **more: Any) -> list[Bubble]:
        """Send a text; what the bot shows then."""
        message = self.message(text=text, entities=entities(text), **more)
        if reply_to:
            message["reply_to_message"] = self.message(text=reply_to.text) | {"message_id": reply_to.id, "from": BOT}
        return await self.happens("message", message)

    async def edits(self, message: int, text: str) -> list[Bubble]:
        """Change what was said before."""
        changed = self.message(text=text, entities=entities(text)) | {"message_id": message, "edit_date": 1764000001}
        return await self.happens("edited_message", changed)

    async def presses(self, bubble: Bubble, label: str, data: str | None = None) -> list[Bubble]:
        """Press the button under a message."""
        press = f"press-{self.api.number()}"
        self.api.chats.presses.add(press)
        rows = [[{"text": text, "callback_data": sent} for text, sent in row] for row in bubble.rows]
        shown = self.message(text=bubble.text) | {"message_id": bubble.id, "from": BOT}
        shown |= {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        query = {"id": press, "from": person(self.person), "chat_instance": "1", "message": shown}
        return await self.happens("callback_query", query | {"data": data or bubble.buttons[label]})

    async def types(self, text: str) -> dict[str, Any]:
        """Type @bot and a text in some other chat; what is offered there."""
        query = f"query-{self.api.number()}"
        self.api.chats.queries.add(query)
        before = len(self.api.chats.offered)
        self.api.push("inline_query", {"id": query, "from": person(self.person), "query": text, "offset": ""})
        await self.api.until(lambda: len(self.api.chats.offered) > before)
        return self.api.chats.offered[-1]

    async def happens(self, kind: str, content: dict[str, Any]) -> list[Bubble]:
        """Anything else; what the bot shows once it has nothing more to do."""
        before = len(self.api.shown)
        self.api.push(kind, content)
        await self.settles()
        return self.api.shown[before:]

    async def settles(self) -> None:
        """Wait until everything is answered, and every answer is where it belongs."""
        await self.api.until(lambda: self.api.settled and not self.waiting())

    def waiting(self) -> int:
        """How much is still to be answered or to be sent."""
        inbox, outbox = self.journal.read(lambda t: (t.inbox.counts(), t.outbox.counts()))
        return inbox.get("waiting", 0) + outbox.get("waiting", 0)

    @property
    def words(self) -> list[str]:
        """What was said over the chat."""
        return [word for word, _ in self.api.chats.words]

    def message(self, **content: Any) -> dict[str, Any]:
        """A message of this person, with the next id."""
        chat = {"id": self.chat, "type": "private" if self.chat > 0 else "supergroup", "title": "商工観光課"}
        return {
            "message_id": self.api.number(),
            "date": 1764000000,
            "chat": chat,
            "from": person(self.person),
            **content,
        }

    def elsewhere(self, person: int, chat: int | None = None) -> "Phone":
        """Another person's phone, or this bot in another chat."""
        return Phone(self.api, self.journal, self.office, self.channel, person, chat if chat is not None else person)


def person(number: int) -> dict[str, Any]:
    """A user as the API describes them."""
    return {"id": number, "is_bot": False, "first_name": "職員"}


def entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks, in UTF-16 units."""
    found, at = [], 0
    for word in text.split(" "):
        units = len(word.encode("utf-16-le", "surrogatepass")) // 2
        if word.startswith("/") or (word.startswith("@") and word.isascii()):
            kind = "bot_command" if word.startswith("/") else "mention"
            found.append({"type": kind, "offset": at, "length": units})
        at += units + 1
    return found
