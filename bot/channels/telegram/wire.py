"""Wire: the connection to the Bot API."""

import json
import logging
import os
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

__all__ = ["Wire", "readable"]

LOG = logging.getLogger(__name__)
# Seconds that Telegram asks for come as a timedelta, as they will in any later version; an int would warn each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Wire(HTTPXRequest):
    """Reads what the server says; one unreadable update must not hold up all the others for ever."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The server's answer; an update that the library can't read is left with its number alone."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            # The library's own method would log the whole text.
            raise TelegramError("not JSON")
        if isinstance(answer.get("result"), list):
            answer["result"] = [readable(item) for item in answer["result"]]
        return answer


def readable(item: Any) -> Any:
    """The update, or only its number where the library can't read it."""
    if not isinstance(item, dict) or "update_id" not in item:
        return item
    try:
        Update.de_json(item, None)
    except Exception as error:  # noqa: BLE001  the library says nothing about what it may raise here
        LOG.warning("読めない更新 %s を飛ばします(%s)。", item["update_id"], type(error).__name__)
        return {"update_id": item["update_id"]}
    return item
