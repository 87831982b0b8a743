"""Parcels: what is to be sent, as it waits in the outbox; one that LINE would refuse can't be made."""

import json
import uuid
from dataclasses import asdict, dataclass

from bot.channels.line.limits import Content, check_messages

__all__ = ["Parcel", "dump_parcel", "load_parcel", "retry_key"]

_KEYS = uuid.UUID("6e5a2c1e-7a83-4f53-9a0c-0b6f0c6f6f4d")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Messages for one chat; ValueError where LINE would refuse them."""

    chat: str
    """Where they go, if they have to be pushed."""
    token: str
    """By which they are a reply; "" where there is nothing to reply to."""
    received: float
    """When the token came."""
    key: str
    """By which LINE knows a push that is tried again; here before it is tried first."""
    messages: tuple[Content, ...]
    """In order."""
    doubtful: bool = False
    """Whether a reply was begun of which nobody knows how it ended."""

    def __post_init__(self) -> None:
        check_messages(self.messages)


def retry_key(event: str) -> str:
    """The key of what answers an event: the same one whenever it is made."""
    return str(uuid.uuid5(_KEYS, event))


def dump_parcel(parcel: Parcel) -> str:
    """A parcel as text."""
    return json.dumps(asdict(parcel), ensure_ascii=False)


def load_parcel(text: str) -> Parcel:
    """The parcel that a text holds."""
    content = json.loads(text)
    return Parcel(**{**content, "messages": tuple(content["messages"])})
