"""Logs: how a server tells what happens: one line each, for people or for a collector, without secrets or questions."""

import json
import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal
from urllib.parse import quote

from bot.texts import printable

__all__ = ["Form", "quiet", "writing_log"]

Form = Literal["text", "json"]
TALKATIVE = ("aiohttp", "asyncio", "httpcore", "httpx", "linebot", "sqlalchemy", "telegram", "uvicorn.access")
"""They log addresses (which can hold a key), or what people wrote, below WARNING."""
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@contextmanager
def writing_log(form: Form, secrets: Sequence[str]) -> Iterator[None]:
    """While it lasts, the log of this process is written to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines(secrets) if form == "text" else _Objects(secrets))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    try:
        with quiet():
            yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def quiet() -> Iterator[None]:
    """While it lasts, libraries that tell keys and questions say nothing below WARNING, whoever writes the log."""
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


# Private functions


class _Discreet(logging.Formatter):
    """Takes every secret out of a line, however it got in, and whatever else could pass for another line."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = [form for secret in secrets if secret for form in {secret, quote(secret, safe="")}]

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = self.line(record, *_raised(record.exc_info))
        for secret in self._secrets:
            line = line.replace(secret, "<secret>")
        return line

    def line(self, record: logging.LogRecord, error: str, where: str) -> str:
        """A record as one line."""
        raise NotImplementedError


class _Lines(_Discreet):
    """For people."""

    def line(self, record: logging.LogRecord, error: str, where: str) -> str:
        """Time, level, logger, message, and what was raised where."""
        raised = f" {error} {where}" if error else ""
        return f"{_moment(record)} {record.levelname} {record.name}: {printable(_message(record))}{raised}"


class _Objects(_Discreet):
    """For a collector."""

    def line(self, record: logging.LogRecord, error: str, where: str) -> str:
        """A JSON object."""
        told = {"at": _moment(record), "level": record.levelname, "logger": record.name, "message": _message(record)}
        if error:
            told |= {"error": error, "where": where}
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  a mistake in a line of the log mustn't end what it tells of
        return str(record.msg)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds")


def _raised(info: _Raised | None) -> tuple[str, str]:
    """What was raised, and through which places; its message may quote a question."""
    if not info or info[0] is None:
        return "", ""
    frames = traceback.extract_tb(info[2])
    return info[0].__name__, " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
