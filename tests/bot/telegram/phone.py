"""A person's side of Telegram: says, edits and presses things and sees what the bot shows."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram import Answering, Pace, TelegramSettings, serve
from tests.bot.telegram.server import BOT, TOKEN, BotApi, Bubble

CLERK = 11
COLLEAGUE = 12
STRANGER = 99
GROUP = -1001


@dataclass
class Time:
    """A clock that only waiting moves, so that an hour of it takes no time."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0.001)

    def pace(self) -> Pace:
        """This clock as the channel is given it; chance always says the middle."""
        return Pace(self.sleep, lambda: self.now, lambda: 0.5, poll=20, call=0.3)


@dataclass
class Phone:
    """A phone in somebody's hand, in their private chat or in a group."""

    api: BotApi
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
        self.api.presses.add(press)
        shown = self.message(text=bubble.text) | {"message_id": bubble.id, "from": BOT}
        query = {"id": press, "from": person(self.person), "chat_instance": "1", "message": shown}
        return await self.happens("callback_query", query | {"data": data or bubble.buttons[label]})

    async def happens(self, kind: str, content: dict[str, Any]) -> list[Bubble]:
        """Anything else; what the bot shows once it waits again."""
        before = len(self.api.shown)
        self.api.push(kind, content)
        await self.api.until(lambda: self.api.settled)
        return self.api.shown[before:]

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
        return Phone(self.api, person, chat if chat is not None else person)


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


@asynccontextmanager
async def talking(kotae: Answering, api: BotApi | None = None, time: Time | None = None) -> AsyncIterator[Phone]:
    """The channel in service; at its end it has stopped when told to and nothing it sent was refused."""
    api = api or BotApi()
    async with api:
        stop = asyncio.Event()
        channel = asyncio.create_task(serve(kotae, settings(api), stop, pace=(time or Time()).pace()))
        try:
            yield Phone(api)
        finally:
            stop.set()
            api.gate.set()
            await asyncio.wait_for(channel, 5)
    assert api.refused == []


def settings(api: BotApi, token: str = TOKEN) -> TelegramSettings:
    """The channel's settings; two people may ask."""
    return TelegramSettings(token, api.url, frozenset({CLERK, COLLEAGUE}))


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a test in an event loop of its own."""

    @functools.wraps(test)
    def run(*arguments: Any, **fixtures: Any) -> None:
        asyncio.run(test(*arguments, **fixtures))

    return run
