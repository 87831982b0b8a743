"""Routes: every address of the web channel, with what answers it."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.web.asking import Asking
from bot.channels.web.bodies import read_body
from bot.channels.web.charting import Charting
from bot.channels.web.guarding import Guard
from bot.channels.web.health import Health
from bot.channels.web.looking import Looking
from bot.channels.web.pages import FOLDER, Pages
from bot.channels.web.reception import Reception
from bot.channels.web.settings import WebSettings
from bot.errors import JournalError

__all__ = ["Fetch", "Hook", "make_application"]

LOG = logging.getLogger(__name__)

Hook = Callable[[Mapping[str, str], bytes], Awaitable[int]]
"""What a platform calls: headers in lower case and the raw body in, the status out."""
Fetch = Callable[[str], Awaitable[bytes | None]]
"""What a platform shows of here: the end of an address in, a PNG out, None where there is none."""
UPDATE = 1024 * 1024
"""Bytes that a platform may send at once."""
UNKEPT = "いまは受け付けられません。少し待ってから、もう一度お送りください。"
FAILED = "申し訳ありません。うまく処理できませんでした。"
_MISUSED = "その使い方はできません。"


def make_application(
    reception: Reception,
    charting: Charting,
    settings: WebSettings,
    hooks: Mapping[str, Hook],
    pictures: Mapping[str, Fetch],
) -> ASGIApp:
    """Everything that is served, behind its guard."""
    asking, looking = Asking(reception), Looking(reception, charting)
    pages, health = Pages(reception), Health(reception.office)
    routes = [
        Route("/", pages.page),
        Route("/a/{query:path}", pages.answer),
        Route("/join/{code}", pages.page),
        Route("/page/{name}", pages.file),
        Route("/api/ask", asking.get, methods=["GET"]),
        Route("/api/ask", asking.post, methods=["POST"]),
        Route("/api/help", looking.help),
        Route("/api/list", looking.list),
        Route("/api/suggest", looking.suggest),
        Route("/api/openapi.json", _described),
        Route("/chart/{name:path}", looking.chart),
        Route("/healthz", health.show),
        *(Route(path, _called(hook), methods=["POST"]) for path, hook in hooks.items()),
        *(Route(f"{path}{{name}}", _fetched(fetch)) for path, fetch in pictures.items()),
    ]
    handlers = {404: pages.nothing, HTTPException: _said, JournalError: _unkept, Exception: _failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), settings, hooks)


# Private functions


async def _described(_: Request) -> Response:
    return Response((FOLDER.parent / "openapi.json").read_bytes(), media_type="application/json")


def _called(hook: Hook) -> Callable[[Request], Awaitable[Response]]:
    async def called(request: Request) -> Response:
        body = await read_body(request, UPDATE)
        return Response(status_code=await hook(dict(request.headers), body))

    return called


def _fetched(fetch: Fetch) -> Callable[[Request], Awaitable[Response]]:
    async def fetched(request: Request) -> Response:
        picture = await fetch(request.path_params["name"])
        if picture is None:
            raise HTTPException(404)
        return Response(picture, media_type="image/png", headers={"cross-origin-resource-policy": "cross-origin"})

    return fetched


async def _unkept(_: Request, error: Exception) -> Response:
    """What can't be kept isn't answered; the browser keeps it and sends it again."""
    LOG.error("%s", error)
    return JSONResponse({"error": UNKEPT}, 503, {"retry-after": "5"})


async def _failed(_: Request, __: Exception) -> Response:
    """A mistake of ours; it goes on to the guard, which logs where it was made."""
    return JSONResponse({"error": FAILED}, 500)


async def _said(_: Request, error: Exception) -> Response:
    """A refusal as JSON, in words that a person can read."""
    assert isinstance(error, HTTPException)  # noqa: S101  it is registered for nothing else
    line = _MISUSED if error.status_code == 405 else error.detail
    return JSONResponse({"error": line}, error.status_code, error.headers)
