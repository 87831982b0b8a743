"""A process that serves one channel over loopback: python -m tests.bot.post.serving JOURNAL PORT [ORDER].

A client connects to the platform's port; it sends `event ID LANE`, hears `ack ID`, hears `send PAYLOAD` and says `ok`.
"""

import asyncio
import sys
import time
from pathlib import Path

from bot.desk import Desk, Rules
from bot.journal import Delivery, Event, Journal, Received, Transaction
from bot.post import Later, Office
from tests.bot.post.helpers import Echo


class Loopback(Echo):
    """Speaks with the platform: one connection brings events, another one takes answers."""

    def __init__(self, port: int, order: str) -> None:
        super().__init__(self)
        self._port, self._order = port, order
        self._lines: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def run(self, office: Office) -> None:
        """Take events as they come; all that have come by then share an acknowledgement."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"events\n")
        while line := await reader.readline():
            _, id_, lane = line.decode().split()
            event = Event(self.name, id_, lane, lane, float(id_), f"p{id_}")
            if self._order == "hasty":
                writer.write(f"ack {id_}\n".encode())
                await asyncio.sleep(0.05)
            await office.receive([event])
            if self._order != "hasty":
                writer.write(f"ack {id_}\n".encode())

    def handle(self, received: Received, transaction: Transaction) -> None:
        """Some work for each."""
        time.sleep(0.002)
        super().handle(received, transaction)

    async def send(self, delivery: Delivery) -> str:
        """Send it, and wait until it is taken."""
        async with self._turn:
            try:
                if self._lines is None:
                    self._lines = await asyncio.open_connection("127.0.0.1", self._port)
                    self._lines[1].write(b"answers\n")
                reader, writer = self._lines
                writer.write(f"send {delivery.payload}\n".encode())
                if await reader.readline() != b"ok\n":
                    raise ConnectionResetError
            except OSError as error:
                self._lines = None
                raise Later(type(error).__name__, 0.05) from error
        return delivery.payload


def main(path: Path, port: int, order: str = "") -> None:
    """Serve until killed."""
    journal = Journal(path, time.time, serving=True)
    channel = Loopback(port, order)
    asyncio.run(Office(journal, Desk(None, Rules(), None), [channel], time.time).run())  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
