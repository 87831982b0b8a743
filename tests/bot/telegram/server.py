"""A small Bot API server on loopback: one bot, its chats, and no more than what the documentation promises."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from tests.bot.telegram.http import HttpServer, Reply
from tests.bot.telegram.rules import (
    bold,
    keyboard_refused,
    parameters_refused,
    read_parameters,
    shown,
    text_refused,
    updates_refused,
)

TOKEN = "7000000001:AAF-secret_of_the_tests"  # noqa: S105  a token of this server only
BOT = {"id": 7000000001, "is_bot": True, "first_name": "答え", "username": "kotae_bot"}


@dataclass
class Bubble:
    """A message of the bot as the chat shows it."""

    id: int
    chat: int
    html: str
    buttons: dict[str, str]
    reply_to: int | None
    edited: bool = False
    deleted: bool = False

    @property
    def text(self) -> str:
        """What a reader sees."""
        return shown(self.html)

    @property
    def bold(self) -> list[str]:
        """What stands out."""
        return bold(self.html)


@dataclass
class Fault:
    """Something that goes wrong on request."""

    status: int = 0
    parameters: dict[str, int] = field(default_factory=dict)
    after: bool = False
    hang: float = 0.0


class BotApi:
    """The server; what happened is in `calls`, `shown` and `alerts`, what it refused in `refused`."""

    def __init__(self) -> None:
        self.http = HttpServer(self._called)
        self.webhook = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.shown: list[Bubble] = []
        self.alerts: list[str] = []
        self.refused: list[str] = []
        self.updates: dict[int, dict[str, Any]] = {}
        self.presses: set[str] = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self._faults: dict[str, list[Fault]] = {}
        self._next = 100
        self._poll: asyncio.Future[None] | None = None

    @property
    def url(self) -> str:
        """What TELEGRAM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.http.port}"

    def fail(self, method: str, status: int = 0, times: int = 1, **parameters: int) -> None:
        """Answer the next calls with an error; status 0 cuts the connection."""
        self._faults.setdefault(method, []).extend([Fault(status, parameters)] * times)

    def lose_answer(self, method: str) -> None:
        """Do what the next call asks, and cut the connection instead of saying so."""
        self._faults.setdefault(method, []).append(Fault(after=True))

    def hang(self, method: str, seconds: float) -> None:
        """Answer the next call only after a while."""
        self._faults.setdefault(method, []).append(Fault(hang=seconds))

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """Something happens that the bot is to hear of."""
        self.updates[self.number()] = {kind: content}
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def number(self) -> int:
        """The next id."""
        self._next += 1
        return self._next

    @property
    def settled(self) -> bool:
        """Whether every update is confirmed and the bot waits for more."""
        return not self.updates and self._poll is not None and not self._poll.done()

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.002)

    async def __aenter__(self) -> "BotApi":
        await self.http.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.down()

    # Private functions

    async def _called(self, path: str, form: dict[str, str]) -> Reply:
        _, secret, method = path.split("/")
        if secret != f"bot{TOKEN}":
            return _error(401, "Unauthorized")
        parameters = read_parameters(form)
        self.calls.append((method, parameters))
        fault = self._faults[method].pop(0) if self._faults.get(method) else None
        if fault and fault.hang:
            await asyncio.sleep(fault.hang)
        elif fault and not fault.after:
            return _error(fault.status, f"fault {fault.status}", **fault.parameters) if fault.status else None
        reply = await self._answered(method, parameters)
        return None if fault and fault.after else reply

    async def _answered(self, method: str, parameters: dict[str, Any]) -> Reply:
        if refused := parameters_refused(method, parameters):
            return self._refuse(404 if refused.startswith("Not Found") else 400, refused)
        return await getattr(self, f"_{method}")(parameters)

    def _refuse(self, status: int, description: str) -> Reply:
        self.refused.append(description)
        return _error(status, description)

    async def _getMe(self, _: dict[str, Any]) -> Reply:  # noqa: N802  as the API calls it
        return _ok(BOT)

    async def _getWebhookInfo(self, _: dict[str, Any]) -> Reply:  # noqa: N802
        return _ok({"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)})

    async def _deleteWebhook(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if parameters.get("drop_pending_updates"):
            return self._refuse(400, "questions are thrown away")
        self.webhook = ""
        return _ok(True)

    async def _getUpdates(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if refused := updates_refused(parameters):
            return self._refuse(400, refused)
        if self.webhook:
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll and not self._poll.done():
            self._poll.set_exception(InterruptedError())
        self.updates = {
            number: update for number, update in self.updates.items() if number >= parameters.get("offset", 0)
        }
        self._poll = asyncio.get_running_loop().create_future()
        try:
            if not self.updates and parameters.get("timeout"):
                await asyncio.wait_for(self._poll, parameters["timeout"])
        except TimeoutError:
            pass
        except InterruptedError:
            return _error(409, "Conflict: terminated by other getUpdates request")
        if not self._poll.done():
            self._poll.cancel()
        batch = list(self.updates.items())[: parameters.get("limit", 100)]
        return _ok([{"update_id": number, **update} for number, update in batch])

    async def _sendMessage(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        await self.gate.wait()
        if refused := _message_refused(parameters):
            return self._refuse(400, f"Bad Request: {refused}")
        reply = parameters.get("reply_parameters", {}).get("message_id")
        bubble = Bubble(self.number(), parameters["chat_id"], parameters["text"], _buttons(parameters), reply)
        self.shown.append(bubble)
        return _ok(_message(bubble))

    async def _editMessageText(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        bubble = self._bubble(parameters)
        if bubble is None:
            return _error(400, "Bad Request: message to edit not found")
        if refused := _message_refused(parameters):
            return self._refuse(400, f"Bad Request: {refused}")
        if (bubble.html, bubble.buttons) == (parameters["text"], _buttons(parameters)):
            return _error(400, "Bad Request: message is not modified")
        bubble.html, bubble.buttons, bubble.edited = parameters["text"], _buttons(parameters), True
        self.shown.append(bubble)
        return _ok(_message(bubble))

    async def _deleteMessage(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        bubble = self._bubble(parameters)
        if bubble is None:
            return _error(400, "Bad Request: message to delete not found")
        bubble.deleted = True
        return _ok(True)

    async def _answerCallbackQuery(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if parameters["callback_query_id"] not in self.presses:
            return _error(400, "Bad Request: query is too old or query ID is invalid")
        if len(parameters.get("text", "")) > 200:
            return self._refuse(400, "Bad Request: MESSAGE_TOO_LONG")
        self.presses.discard(parameters["callback_query_id"])
        self.alerts += [parameters["text"]] if parameters.get("text") else []
        return _ok(True)

    def _bubble(self, parameters: dict[str, Any]) -> Bubble | None:
        place = (parameters["chat_id"], parameters["message_id"])
        alive = (bubble for bubble in self.shown if not bubble.deleted)
        return next((bubble for bubble in alive if (bubble.chat, bubble.id) == place), None)


def _ok(result: object) -> Reply:
    return 200, {"ok": True, "result": result}


def _error(status: int, description: str, **parameters: int) -> Reply:
    more = {"parameters": parameters} if parameters else {}
    return status, {"ok": False, "error_code": status, "description": description, **more}


def _message_refused(parameters: dict[str, Any]) -> str:
    mode = parameters.get("parse_mode")
    return text_refused(parameters["text"], mode) or keyboard_refused(parameters.get("reply_markup"))


def _buttons(parameters: dict[str, Any]) -> dict[str, str]:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}


def _message(bubble: Bubble) -> dict[str, Any]:
    chat = {"id": bubble.chat, "type": "private" if bubble.chat > 0 else "supergroup"}
    return {"message_id": bubble.id, "date": 1764000000, "chat": chat, "from": BOT, "text": bubble.text}
