"""Calls: what somebody says to Kotae on LINE or does with it, as read from one event of a webhook."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from bot.desk import Caller
from bot.texts import without

__all__ = ["CHANNEL", "Call", "Kind", "read_call", "unsent_id"]

CHANNEL = "line"
Kind = Literal["said", "pressed", "unreadable", "followed", "joined", "unsent"]
CHATS = {"group": "groupId", "room": "roomId"}
LONGEST_ID = 64
LATEST = 1e14
"""Milliseconds: year 5138; anything later is no time."""


class Call(NamedTuple):
    """Something that Kotae is to answer."""

    kind: Kind
    """said, pressed (a button), unreadable (no text), followed (by a person), joined (a group), unsent (a message)."""
    id: str
    """By which LINE knows it."""
    at: float
    """When."""
    chat: str
    """Where an answer goes: a person, a group."""
    person: str
    """Who; in a group that doesn't say so, the group."""
    text: str = ""
    """What was said, or what the button sends back."""
    message: str = ""
    """The message that was said or unsent."""
    token: str = ""
    """By which it may be replied to, once and soon."""

    @property
    def alone(self) -> bool:
        """Whether nobody else is in the chat."""
        return self.chat == self.person and self.chat.startswith("U")

    @property
    def lane(self) -> str:
        """The conversation: of one person in one chat."""
        return self.person if self.alone else f"{self.chat}:{self.person}"

    @property
    def caller(self) -> Caller:
        """Where the person stands."""
        return Caller(CHANNEL, self.lane, self.person, self.alone)


def read_call(event: Any) -> Call | None:
    """What an event asks for; None where it asks for nothing. ValueError where it isn't what LINE sends."""
    if not isinstance(event, Mapping):
        raise ValueError("not an event")
    kind = _text(event, "type")
    if event.get("mode") == "standby" or kind not in _READERS:
        return None
    source = _part(event, "source")
    chat = _id(source, CHATS.get(_text(source, "type"), "userId"))
    person = _id(source, "userId") if source.get("userId") else chat
    token = event.get("replyToken", "")
    if not isinstance(token, str) or not token.isascii():
        raise ValueError("replyToken")
    return _READERS[kind](event, Call("said", _id(event, "webhookEventId"), _time(event), chat, person, token=token))


def unsent_id(message: str) -> str:
    """How the journal knows that a message was taken back: also where it comes later than that."""
    return f"unsent:{message}"


# Private functions


def _said(event: Mapping[str, Any], call: Call) -> Call | None:
    """A text; in a group only what is said to Kotae."""
    message = _part(event, "message")
    call = call._replace(message=_id(message, "id"))
    if _text(message, "type") != "text":
        return call._replace(kind="unreadable") if call.alone else None
    text = _text(message, "text")
    if call.alone:
        return call._replace(text=_valid(text))
    mentions = [mention for mention in _mentions(message) if mention.get("isSelf") is True]
    return call._replace(text=_valid(without(text, map(_span, mentions)))) if mentions else None


def _pressed(event: Mapping[str, Any], call: Call) -> Call:
    return call._replace(kind="pressed", text=_valid(_text(_part(event, "postback"), "data")))


def _unsent(event: Mapping[str, Any], call: Call) -> Call:
    message = _id(_part(event, "unsend"), "messageId")
    return call._replace(kind="unsent", id=unsent_id(message), message=message)


def _came(kind: Kind) -> "_Reader":
    return lambda _, call: call._replace(kind=kind)


_Reader = Callable[[Mapping[str, Any], Call], Call | None]
_READERS: Mapping[str, _Reader] = {
    "message": _said,
    "postback": _pressed,
    "follow": _came("followed"),
    "join": _came("joined"),
    "unsend": _unsent,
}


def _mentions(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    mentions = _part(message, "mention").get("mentionees") if "mention" in message else []
    if not isinstance(mentions, list) or not all(isinstance(mention, Mapping) for mention in mentions):
        raise ValueError("mention")
    return mentions


def _span(mention: Mapping[str, Any]) -> tuple[int, int]:
    return _number(mention, "index"), _number(mention, "length")


def _part(event: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = event.get(name)
    if not isinstance(part, Mapping):
        raise ValueError(name)
    return part


def _text(part: Mapping[str, Any], name: str) -> str:
    text = part.get(name)
    if not isinstance(text, str):
        raise ValueError(name)
    return text


def _valid(text: str) -> str:
    """What a database and a message can hold."""
    return text.encode(errors="replace").decode()


def _id(part: Mapping[str, Any], name: str) -> str:
    found = _text(part, name)
    if not (0 < len(found) <= LONGEST_ID and found.isascii() and found.isprintable()):
        raise ValueError(name)
    return found


def _number(part: Mapping[str, Any], name: str) -> int:
    number = part.get(name)
    if type(number) is not int or not 0 <= number < 10**6:
        raise ValueError(name)
    return number


def _time(event: Mapping[str, Any]) -> float:
    at = event.get("timestamp")
    if not isinstance(at, int | float) or isinstance(at, bool) or not 0 < at < LATEST:
        raise ValueError("timestamp")
    return at / 1000
