"""The smallest HTTP server that a Bot API server needs: forms in, JSON out, connections kept, cut or refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

Form = dict[str, str | bytes]
"""Fields as text; bytes is an uploaded file."""
Reply = tuple[int, dict[str, Any]] | None
"""Status and body; None cuts the connection."""


class HttpServer:
    """Listens on a port of loopback that stays the same over outages."""

    def __init__(self, handle: Callable[[str, Form], Awaitable[Reply]]) -> None:
        self._handle = handle
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None
        self.port = 0

    async def up(self) -> None:
        """Listen."""
        self._listener = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Refuse every connection and cut those that are open."""
        if self._listener:
            self._listener.close()
            await self._listener.wait_closed()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Private functions

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        reply = await self._handle(request.split(" ")[1], _form(headers.get("content-type", ""), body))
        if reply is None:
            return False
        content = json.dumps(reply[1]).encode()
        writer.write(f"HTTP/1.1 {reply[0]} X\r\nContent-Type: application/json\r\n".encode())
        writer.write(f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        await writer.drain()
        return True


def _form(kind: str, body: bytes) -> Form:
    if not kind.startswith("multipart/form-data"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).get_payload()
    form: Form = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        form[name] = content if part.get_filename() else content.decode()
    return form
