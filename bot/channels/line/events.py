"""Events: the body of a webhook, split into what the inbox keeps, so that one event never takes others along."""

import hashlib
import json
from typing import Any, NamedTuple

from bot.channels.line.calls import CHANNEL, Call, read_call
from bot.journal import Event

__all__ = ["Kept", "read_kept", "to_events"]


class Kept(NamedTuple):
    """A call as it waits in the inbox."""

    call: Call
    """What is to be answered."""
    received: float
    """When it came: its reply token lives a minute from then on."""


def to_events(body: bytes, now: float) -> list[Event]:
    """What of a webhook is to be handled; what can't be read is kept too, to be set aside by whoever handles it."""
    try:
        content = json.loads(body)
        events = content["events"]
        if not isinstance(events, list):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        return [_unreadable(body.decode(errors="replace"), now)]
    return [event for one in events if (event := _event(one, now))]


def read_kept(payload: str) -> Kept:
    """The call that an event of the inbox holds; ValueError where it holds none."""
    content = json.loads(payload)
    call = read_call(content["event"])
    if call is None:
        raise ValueError("nothing to answer")
    return Kept(call, content["received"])


# Private functions


def _event(raw: Any, now: float) -> Event | None:
    try:
        payload = _payload(raw, now)
    except RecursionError:
        return _unreadable("nested too deeply", now)
    try:
        call = read_call(raw)
    except ValueError:
        return _unreadable(json.dumps(raw), now)
    return Event(CHANNEL, call.id, call.lane, call.person, call.at, payload) if call else None


def _unreadable(text: str, now: float) -> Event:
    """The same one, however often it comes."""
    name = "unreadable:" + hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return Event(CHANNEL, name, "", "", now, _payload(text, now))


def _payload(raw: Any, now: float) -> str:
    """In ASCII: a text with half a character in it is still a text here."""
    return json.dumps({"received": now, "event": raw})
