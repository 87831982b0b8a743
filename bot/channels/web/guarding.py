"""Guarding: what every request must be before anything looks at it, and what every response says to the browser."""

import logging
from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.settings import WebSettings
from bot.errors import place_of

__all__ = ["Guard"]

LOG = logging.getLogger(__name__)
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
ELSEWHERE = "この窓口のアドレスではありません。"
FOREIGN = "ほかのページからは使えません。"
NO_JSON = "JSONで送ってください(Content-Type: application/json)。"


class Guard:
    """Stands before the application; a request that it refuses reaches nothing."""

    def __init__(self, application: ASGIApp, settings: WebSettings, hooks: Collection[str]) -> None:
        """`hooks`: paths that platforms call, which prove themselves in their own way."""
        self._application, self._settings, self._hooks = application, settings, hooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answering = self._refusal(Request(scope)) or self._application
        try:
            await answering(scope, receive, sent)
        except Exception as error:  # noqa: BLE001  one request must not harm another; its text stays out of the log
            LOG.error("%s を処理できませんでした: %s(%s)", _first(scope["path"]), type(error).__name__, place_of(error))

    # Private functions

    def _refusal(self, request: Request) -> JSONResponse | None:
        if request.url.path in self._hooks:
            return None
        host = request.headers.get("host", "").lower()
        if self._settings.public_host and host != self._settings.public_host and request.url.path != "/healthz":
            return _refused(421, ELSEWHERE)
        if _comes_from_elsewhere(request, host):
            return _refused(403, FOREIGN)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return _refused(415, NO_JSON) if request.method == "POST" and kind != "application/json" else None


# Private functions


def _comes_from_elsewhere(request: Request, host: str) -> bool:
    """Whether another site's page made the browser ask: links may lead here, nothing else."""
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
        return True
    reading = request.headers.get("sec-fetch-mode", "navigate") == "navigate" and request.method in ("GET", "HEAD")
    site = request.headers.get("sec-fetch-site", "none")
    return site in ("cross-site", "same-site") and not (reading and not request.url.path.startswith("/api/"))


def _refused(status: int, line: str) -> JSONResponse:
    return JSONResponse({"error": line}, status)


def _first(path: str) -> str:
    """The first part of a path: what follows may quote what is asked."""
    return "/" + path.lstrip("/").partition("/")[0]
