"""The smallest HTTP server that a Bot API server needs: form in, JSON out, connections kept, cut or refused."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

Reply = tuple[int, dict[str, Any]] | None
"""Status and body; None cuts the connection."""


class HttpServer:
    """Listens on a port of loopback that stays the same over outages."""

    def __init__(self, handle: Callable[[str, dict[str, str]], Awaitable[Reply]]) -> None:
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
        request, *headers = head.split("\r\n")
        sizes = [int(line.split(":")[1]) for line in headers if line.lower().startswith("content-length:")]
        body = (await reader.readexactly(sizes[0])).decode() if sizes else ""
        form = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)))
        reply = await self._handle(request.split(" ")[1], form)
        if reply is None:
            return False
        content = json.dumps(reply[1]).encode()
        writer.write(f"HTTP/1.1 {reply[0]} X\r\nContent-Type: application/json\r\n".encode())
        writer.write(f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        await writer.drain()
        return True
