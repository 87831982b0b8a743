"""Links: addresses that show something to whoever was given them, for a while: nobody else can make one up."""

import base64
import hashlib
import hmac
import json
import math
from typing import NamedTuple

__all__ = ["Link", "Links"]

LENGTH = 20
"""Bytes of a signature."""


class Link(NamedTuple):
    """What an address shows."""

    query: str
    """The compact query behind it."""
    channel: str
    """Where it was given."""
    member: bool
    """Whether it was given to a member, where nobody else sees it."""
    until: float
    """When it ends."""


class Links:
    """Makes and reads addresses, with a key that nobody else has."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"links", hashlib.sha256)

    def issue(self, link: Link) -> str:
        """A link as a part of an address."""
        content = json.dumps([link.query, link.channel, link.member, math.ceil(link.until)]).encode()
        return _encoded(self._signature(content) + content)

    def read(self, token: str, now: float) -> Link | None:
        """What an address shows; None where it was made up, changed or has ended."""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except ValueError:
            return None
        signature, content = raw[:LENGTH], raw[LENGTH:]
        if not hmac.compare_digest(signature, self._signature(content)):
            return None
        link = Link(*json.loads(content))
        return link if now < link.until else None

    # Private functions

    def _signature(self, content: bytes) -> bytes:
        return hmac.digest(self._key, content, hashlib.sha256)[:LENGTH]


# Private functions


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
