"""Looking: what a page shows besides answers: how to begin, names while they are typed, the list, pictures."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.charting import Charting, Form
from bot.channels.web.limits import Room, hurried
from bot.channels.web.messages import to_message
from bot.channels.web.reception import Reception
from bot.desk import Turn, suggestions
from bot.replies.answers import Answer

__all__ = ["Looking"]

PICTURES = 4
"""That may be drawn at once: each takes a core for a moment."""
LONGEST = 100
"""Characters of a name that is being typed."""
NOTHING = "ここには何もありません。"
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Looking:
    """Shows what changes nothing."""

    def __init__(self, reception: Reception, charting: Charting) -> None:
        self._reception, self._charting, self._room = reception, charting, Room(PICTURES)

    async def help(self, request: Request) -> Response:
        """GET /api/help: how to begin."""
        return await self._shown(request, Turn("help"))

    async def list(self, request: Request) -> Response:
        """GET /api/list?at=: a page of the list of projects."""
        return await self._shown(request, Turn("browse", request.query_params.get("at", "")))

    async def suggest(self, request: Request) -> Response:
        """GET /api/suggest?q=: names that may be meant."""
        kotae = await self._reception.admit(self._reception.visitors.of(request))
        found = await asyncio.to_thread(suggestions, kotae, request.query_params.get("q", "")[:LONGEST])
        return JSONResponse({"names": [one._asdict() for one in found]})

    async def chart(self, request: Request) -> Response:
        """GET /chart/QUERY.svg or .png: an answer as a picture."""
        visitor = self._reception.visitors.of(request)
        await self._reception.admit(visitor)
        compact, _, form = request.path_params["name"].rpartition(".")
        if form not in ("svg", "png"):
            raise HTTPException(404, NOTHING)
        reply = await self._reception.take(visitor, Turn("chart", compact))
        if reply.manner == "passing":
            raise HTTPException(404, NOTHING)
        if reply.manner != "picture":
            raise hurried()
        with self._room.enter():
            drawn = await asyncio.to_thread(self._drawn, reply.answer, form)
        if form == "svg":
            return Response(drawn, media_type="image/svg+xml", headers={"content-security-policy": _SVG_POLICY})
        return Response(drawn, media_type="image/png")

    # Private functions

    async def _shown(self, request: Request, turn: Turn) -> Response:
        visitor = self._reception.visitors.of(request)
        await self._reception.admit(visitor)
        reply = await self._reception.take(visitor, turn)
        if reply.manner == "passing":
            raise HTTPException(404, reply.answer.text)
        return self._reception.visitors.remember(visitor, JSONResponse(to_message(reply, self._charting)))

    def _drawn(self, answer: Answer, form: Form) -> bytes:
        chart = self._charting.to_chart(answer)
        assert chart is not None  # noqa: S101  the desk gives an answer as a picture where it has a chart
        return self._charting.draw(chart, form)
