"""Health: whether whoever watches over the machine has to come."""

import asyncio
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.journal import Transaction
from bot.post import Office

__all__ = ["Health"]

LOG = logging.getLogger(__name__)
LONGEST = 60.0
"""Seconds that a question may wait before something is wrong."""


class Health:
    """Looks after journal and knowledge base."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, _: Request) -> Response:
        """GET /healthz: 200 where questions can be kept and answered, else 503."""
        found = await asyncio.to_thread(self._found)
        return JSONResponse(found, 200 if found["status"] == "ok" else 503)

    # Private functions

    def _found(self) -> dict[str, Any]:
        try:
            found = self._office.journal.read(self._journal)
            revision = self._office.desk.revision("web")
        except Exception as error:  # noqa: BLE001  whatever it is, somebody has to look
            LOG.error("動いていません: %s", type(error).__name__)
            return {"status": "failed", "failed": type(error).__name__}
        late = (found["oldest_waiting_seconds"] or 0) > LONGEST
        return {"status": "late" if late else "ok", "revision": revision, **found}

    def _journal(self, transaction: Transaction) -> dict[str, Any]:
        inbox, outbox, oldest = transaction.inbox.counts(), transaction.outbox.counts(), transaction.inbox.oldest()
        return {
            "waiting": inbox.get("waiting", 0),
            "oldest_waiting_seconds": None if oldest is None else round(max(0.0, transaction.now - oldest), 1),
            "set_aside": inbox.get("dead", 0),
            "sending": outbox.get("waiting", 0),
            "refused": outbox.get("dead", 0),
        }
