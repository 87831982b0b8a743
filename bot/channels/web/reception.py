"""Reception: what a visitor may see is looked up for them; a stranger is told one line."""

import asyncio
from typing import NamedTuple

from starlette.exceptions import HTTPException

from bot.channels.web.visitors import Visitor, Visitors
from bot.desk import Answering, Reply, Turn
from bot.post import Office

__all__ = ["Reception"]


class Reception(NamedTuple):
    """What lets visitors in."""

    office: Office
    """Journal and desk."""
    visitors: Visitors
    """Tells browsers apart."""

    async def admit(self, visitor: Visitor) -> Answering:
        """What answers somebody; HTTPException with the desk's line for a stranger."""
        desk, caller = self.office.desk, visitor.caller
        found = await asyncio.to_thread(self.office.journal.read, lambda t: desk.answering(caller, t))
        if found is None:
            raise HTTPException(403, desk.notice("stranger", caller).answer.text)
        return found

    async def take(self, visitor: Visitor, turn: Turn) -> Reply:
        """What is given for a turn that changes nothing."""
        desk, caller = self.office.desk, visitor.caller
        return await asyncio.to_thread(self.office.journal.read, lambda t: desk.take(turn, caller, t))
