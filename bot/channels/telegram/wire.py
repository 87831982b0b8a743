"""Wire: the connection to the Bot API and what of it may be logged: never the token, never what people wrote."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

__all__ = ["Redaction", "Wire", "discreet", "readable"]

LOG = logging.getLogger(__name__)
TALKATIVE = ("httpx", "httpcore", "telegram")
"""They log addresses (which hold the token) and messages below WARNING."""


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


class Redaction(logging.Filter):
    """Takes a secret out of whatever is logged, tracebacks included."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, without the secret."""
        record.msg, record.args = self._message(record)
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            if self._secret in text:
                record.exc_text, record.exc_info = text, None
        record.exc_text = self._redacted(record.exc_text)
        record.stack_info = self._redacted(record.stack_info)
        return True

    def _message(self, record: logging.LogRecord) -> tuple[object, Any]:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = f"{record.msg} {record.args}"
        return (self._redacted(message), ()) if self._secret in message else (record.msg, record.args)

    def _redacted(self, text: str | None) -> str | None:
        return text.replace(self._secret, "<token>") if text else text


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


@contextmanager
def discreet(secret: str) -> Iterator[None]:
    """While it lasts, no handler of the root logger gets to see the secret."""
    redaction = Redaction(secret)
    guarded = [*logging.getLogger().handlers, *filter(None, [logging.lastResort])]
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    for handler in guarded:
        handler.addFilter(redaction)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            # Both forms of retry_after are read: an int now, a timedelta in a later version.
            warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)
            yield
    finally:
        for handler in guarded:
            handler.removeFilter(redaction)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
