"""What the chats of the server show, and what its methods do to it: no more than the documentation promises."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bot.telegram.http import Reply
from tests.bot.telegram.rules import bold, keyboard_refused, photo_refused, results_refused, shown, text_refused

BOT = {"id": 7000000001, "is_bot": True, "first_name": "答え", "username": "kotae_bot"}


class BrokenError(Exception):
    """The call broke a rule that is written down."""


class LateError(Exception):
    """The call came too late, or changes nothing: no mistake of the bot's."""


@dataclass
class Bubble:
    """A message of the bot as the chat shows it."""

    id: int
    chat: int
    html: str
    rows: list[list[tuple[str, str]]]
    reply_to: int | None = None
    photo: bytes = b""
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

    @property
    def buttons(self) -> dict[str, str]:
        """What each button sends."""
        return {label: data for row in self.rows for label, data in row}

    @property
    def layout(self) -> list[list[str]]:
        """What the buttons show, by rows."""
        return [[label for label, _ in row] for row in self.rows]


@dataclass
class Chats:
    """Every chat of the bot."""

    number: Callable[[], int]
    shown: list[Bubble] = field(default_factory=list)
    words: list[tuple[str, bool]] = field(default_factory=list)
    presses: set[str] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)
    offered: list[dict[str, Any]] = field(default_factory=list)
    commands: dict[str, str] = field(default_factory=dict)

    def sendMessage(self, parameters: dict[str, Any]) -> object:  # noqa: N802  as the API calls it
        """A new message."""
        _check(_message_refused(parameters))
        reply = parameters.get("reply_parameters", {}).get("message_id")
        return self._put(Bubble(self.number(), parameters["chat_id"], parameters["text"], _rows(parameters), reply))

    def sendPhoto(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """A new picture."""
        _check(photo_refused(parameters))
        bubble = Bubble(self.number(), parameters["chat_id"], parameters.get("caption", ""), [])
        bubble.photo = parameters["photo"]
        return self._put(bubble)

    def editMessageText(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """Another text in the place of one."""
        bubble = self._bubble(parameters, "edit")
        _check(_message_refused(parameters))
        return self._change(bubble, parameters["text"], _rows(parameters))

    def editMessageReplyMarkup(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """Other buttons under a message."""
        bubble = self._bubble(parameters, "edit")
        _check(keyboard_refused(parameters.get("reply_markup")))
        return self._change(bubble, bubble.html, _rows(parameters))

    def deleteMessage(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """A message is gone."""
        self._bubble(parameters, "delete").deleted = True
        return True

    def answerCallbackQuery(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """A pressed button stops waiting."""
        if parameters["callback_query_id"] not in self.presses:
            raise LateError("query is too old and response timeout expired or query ID is invalid")
        if len(parameters.get("text", "")) > 200:
            raise BrokenError("MESSAGE_TOO_LONG")
        self.presses.discard(parameters["callback_query_id"])
        if parameters.get("text"):
            self.words.append((parameters["text"], parameters.get("show_alert", False)))
        return True

    def answerInlineQuery(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """Answers are offered in some other chat."""
        if parameters["inline_query_id"] not in self.queries:
            raise LateError("query is too old and response timeout expired or query ID is invalid")
        _check(results_refused(parameters))
        self.queries.discard(parameters["inline_query_id"])
        self.offered.append(parameters)
        return True

    def sendChatAction(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        """Somebody is typing."""
        if parameters["action"] != "typing":
            raise BrokenError("wrong parameter action in request")
        return True

    # Private functions

    def _put(self, bubble: Bubble) -> dict[str, Any]:
        self.shown.append(bubble)
        return _message(bubble)

    def _change(self, bubble: Bubble, html: str, rows: list[list[tuple[str, str]]]) -> dict[str, Any]:
        if (bubble.html, bubble.rows) == (html, rows):
            raise LateError("message is not modified")
        bubble.html, bubble.rows, bubble.edited = html, rows, True
        return self._put(bubble)

    def _bubble(self, parameters: dict[str, Any], way: str) -> Bubble:
        place = (parameters["chat_id"], parameters["message_id"])
        alive = (bubble for bubble in self.shown if not bubble.deleted)
        found = next((bubble for bubble in alive if (bubble.chat, bubble.id) == place), None)
        if found is None:
            raise LateError(f"message to {way} not found")
        return found


def ok(result: object) -> Reply:
    """A call that went through."""
    return 200, {"ok": True, "result": result}


def error(status: int, description: str, **parameters: int) -> Reply:
    """A call that didn't."""
    more = {"parameters": parameters} if parameters else {}
    return status, {"ok": False, "error_code": status, "description": description, **more}


def _check(refused: str) -> None:
    if refused:
        raise BrokenError(refused)


def _message_refused(parameters: dict[str, Any]) -> str:
    mode = parameters.get("parse_mode")
    return text_refused(parameters["text"], mode) or keyboard_refused(parameters.get("reply_markup"))


def _rows(parameters: dict[str, Any]) -> list[list[tuple[str, str]]]:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(button["text"], button["callback_data"]) for button in row] for row in rows]


def _message(bubble: Bubble) -> dict[str, Any]:
    chat = {"id": bubble.chat, "type": "private" if bubble.chat > 0 else "supergroup"}
    return {"message_id": bubble.id, "date": 1764000000, "chat": chat, "from": BOT, "text": bubble.text}
