"""Listening: uvicorn inside the loop that runs already; it ends when it is cancelled, and begun answers are finished."""

import asyncio
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.channels.web.settings import WebSettings
from bot.errors import ChannelError

__all__ = ["listen", "serve"]

HEADERS = 16 * 1024
"""Bytes of a request before its body."""
HURRY = 10.0
"""Seconds in which a request has to be there, but for its body."""
CONNECTIONS = 1000
IDLE = 30
GRACE = 3


def listen(settings: WebSettings) -> socket.socket:
    """The socket; ChannelError where the address can't be had."""
    address = (settings.host, settings.port)
    try:
        listening = socket.create_server(address, family=socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    except OSError as error:
        raise ChannelError(
            f"{settings.host} のポート {settings.port} を使えません({os.strerror(error.errno or 0)})。"
            "別の kotae serve が動いていないか確かめるか、KOTAE_PORT を変えてください。"
        ) from None
    # asyncio does this for the sockets that it makes itself; without it every answer waits 40 ms for an acknowledgment.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def serve(application: ASGIApp, listening: socket.socket) -> None:
    """Serve until cancelled."""
    server = _Server(
        Config(
            application,
            http=_Hurrying,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",  # whoever sends nonsense must not fill the log
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=CONNECTIONS,
            h11_max_incomplete_event_size=HEADERS,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=GRACE,
        )
    )
    serving = asyncio.create_task(server.serve([listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


# Private functions


class _Server(Server):
    """Leaves signals to whoever runs the loop."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class _Hurrying(H11Protocol):
    """Closes a connection over which a request comes in drops: uvicorn itself would wait for ever."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._hurry()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        self._relax()
        super().connection_lost(exc)

    # Private functions

    def _hurry(self) -> None:
        """Begun and not yet a request: hurry; being answered: take the time that it takes."""
        cycle = getattr(self, "cycle", None)  # None until the first request, whatever its type says
        if cycle is not None and not cycle.response_complete:
            self._relax()
        elif self._late is None:
            self._late = self.loop.call_later(HURRY, self.transport.close)

    def _relax(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
