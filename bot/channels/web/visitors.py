"""Visitors: who asks, by the cookie of their browser; the journal knows no more than its hash."""

import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.settings import WebSettings, is_loopback
from bot.desk import Caller

__all__ = ["COOKIE", "Visitor", "Visitors"]

COOKIE = "kotae"
YEAR = 365 * 24 * 3600
_SESSION = re.compile(r"[\w-]{43}", re.ASCII)
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")
"""What proxies add: who asks through one doesn't sit at this machine."""


class Visitor(NamedTuple):
    """A browser."""

    session: str
    """What its cookie holds; nobody can guess it."""
    new: bool
    """Whether it doesn't have the cookie yet."""
    trusted: bool
    """Whether it sits at this machine, where no key is needed."""
    address: str
    """Where it calls from, as far as that can be known."""

    @property
    def person(self) -> str:
        """What the journal knows it by."""
        return hashlib.sha256(self.session.encode()).hexdigest()[:32]

    @property
    def caller(self) -> Caller:
        """Where it stands; each browser has one conversation."""
        return Caller("web", self.person, self.person, alone=True, trusted=self.trusted)


class Visitors:
    """Tells browsers apart."""

    def __init__(self, settings: WebSettings, new_session: Callable[[], str]) -> None:
        """`new_session` makes 43 characters that nobody can guess."""
        self._settings, self._new_session = settings, new_session

    def of(self, request: Request) -> Visitor:
        """Who sends a request."""
        session = request.cookies.get(COOKIE, "")
        known = bool(_SESSION.fullmatch(session))
        here = self._sits_here(request)
        return Visitor(session if known else self._new_session(), not known, here, self._address(request))

    def remember(self, visitor: Visitor, response: Response) -> Response:
        """The same response; a new browser is given its cookie with it."""
        if visitor.new:
            response.set_cookie(
                COOKIE,
                visitor.session,
                max_age=YEAR,
                httponly=True,
                samesite="lax",
                secure=self._settings.is_secure,
            )
        return response

    # Private functions

    def _address(self, request: Request) -> str:
        """The proxy's word for it counts only where there is one; the last address is the one that it saw itself."""
        forwarded = request.headers.get("x-forwarded-for", "") if self._settings.public_url else ""
        near = request.client.host if request.client else ""
        return forwarded.rpartition(",")[2].strip() or near

    def _sits_here(self, request: Request) -> bool:
        """Bound to loopback, called by loopback, under a name of loopback, and through nobody."""
        host = request.headers.get("host", "")
        named = is_loopback(host if host.endswith("]") else host.rpartition(":")[0] or host)
        near = request.client is not None and is_loopback(request.client.host)
        forwarded = any(header in request.headers for header in _FORWARDED)
        return self._settings.is_at_home and named and near and not forwarded
