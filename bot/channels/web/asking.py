"""Asking: a question comes in, is kept on the disk, and what it is answered with goes back, however often it is sent."""

import json
import uuid

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.bodies import Asked, read_asked
from bot.channels.web.limits import Room, hurried
from bot.channels.web.reception import Reception
from bot.channels.web.visitors import Visitor
from bot.desk import Attempts
from bot.journal import Event

__all__ = ["Asking"]

AT_ONCE = 64
"""Questions that may wait for their answers."""
CODES = 20
"""Invitation codes that may be tried in a minute, by everybody together: who guesses them has many addresses."""
EACH = 300
"""Questions a minute from one address, which may be a whole office."""
PATIENCE = 20.0
"""Seconds that a browser waits; then it asks again with the same id."""
LATER = "お答えに時間がかかっています。もう一度お送りください。"


class Asking:
    """Takes questions."""

    def __init__(self, reception: Reception) -> None:
        self._reception, self._office = reception, reception.office
        self._room = Room(AT_ONCE)
        self._codes, self._addresses = Attempts(CODES), Attempts(EACH)

    async def post(self, request: Request) -> Response:
        """POST /api/ask: a question, a pressed button or a code, in the browser's conversation."""
        visitor, asked = self._reception.visitors.of(request), await read_asked(request)
        return await self._answered(visitor, asked, f"{visitor.person}.{asked.talk}" if asked.talk else visitor.person)

    async def get(self, request: Request) -> Response:
        """GET /api/ask?q=: a question by itself."""
        question = request.query_params.get("q", "").encode(errors="replace").decode()
        return await self._answered(self._reception.visitors.of(request), Asked("", "text", question), uuid.uuid4().hex)

    # Private functions

    async def _answered(self, visitor: Visitor, asked: Asked, lane: str) -> Response:
        self._slow_down(visitor, asked)
        if asked.verb != "join":
            await self._reception.admit(visitor)  # nothing that a stranger sends is kept
        event = self._event(visitor, asked, lane)
        with self._room.enter():
            await self._office.receive([event])
            answers = await self._office.answered("web", event.id, PATIENCE)
        if not answers:
            raise HTTPException(503, LATER, {"retry-after": "1"})
        return self._reception.visitors.remember(visitor, JSONResponse(json.loads(answers[0])))

    def _slow_down(self, visitor: Visitor, asked: Asked) -> None:
        now = self._office.clock()
        often = not visitor.trusted and not self._addresses.take(visitor.address, now)
        if often or (asked.verb == "join" and not self._codes.take(asked.verb, now)):
            raise hurried()

    def _event(self, visitor: Visitor, asked: Asked, lane: str) -> Event:
        """Known by the browser and its own id; by that alone where it has no cookie yet and so can't be told apart."""
        payload = json.dumps({asked.verb: asked.content, "trusted": visitor.trusted})
        known = f"{'new' if visitor.new else visitor.person}.{asked.id or uuid.uuid4().hex}"
        return Event("web", known, lane, visitor.person, self._office.clock(), payload)
