"""A small Bot API server on loopback: one bot, its chats, its updates, and whatever goes wrong on request."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from tests.bot.telegram.chats import BOT, BrokenError, Bubble, Chats, LateError, error, ok
from tests.bot.telegram.http import Form, HttpServer, Reply
from tests.bot.telegram.rules import (
    commands_refused,
    parameters_refused,
    read_parameters,
    updates_refused,
    webhook_refused,
)

TOKEN = "7000000001:AAF-secret_of_the_tests"  # noqa: S105  a token of this server only


@dataclass
class Fault:
    """Something that goes wrong on request."""

    status: int = 0
    parameters: dict[str, int] = field(default_factory=dict)
    after: bool = False
    hang: float = 0.0


class BotApi:
    """The server; what happened is in `calls` and `chats`, what it refused in `refused`."""

    def __init__(self) -> None:
        self.http = HttpServer(self._called)
        self.webhook = ""
        self.secret = ""
        self.chats = Chats(self.number)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.updates: dict[int, dict[str, Any]] = {}
        self.weather: Callable[[str], Fault | None] = lambda _: None
        self.pushed: list[int] = []
        self.confirmed: set[int] = set()
        self._called_at: list[tuple[str, float]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._faults: dict[str, list[Fault]] = {}
        self._next = 100
        self._poll: asyncio.Future[None] | None = None

    @property
    def url(self) -> str:
        """What TELEGRAM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.http.port}"

    @property
    def shown(self) -> list[Bubble]:
        """Every message of the bot, an edited one once more."""
        return self.chats.shown

    def fail(self, method: str, status: int = 0, times: int = 1, **parameters: int) -> None:
        """Answer the next calls with an error; status 0 cuts the connection."""
        self._faults.setdefault(method, []).extend([Fault(status, parameters)] * times)

    def lose_answer(self, method: str) -> None:
        """Do what the next call asks, and cut the connection instead of saying so."""
        self._faults.setdefault(method, []).append(Fault(after=True))

    def hang(self, method: str, seconds: float) -> None:
        """Answer the next call only after a while."""
        self._faults.setdefault(method, []).append(Fault(hang=seconds))

    def storm(self, chance: random.Random, share: float) -> None:
        """From now on so many of all calls go wrong, in every way there is."""
        faults = [Fault(429, {"retry_after": 1}), Fault(500), Fault(502), Fault(), Fault(after=True), Fault(hang=30)]
        self.weather = lambda method: chance.choice(faults) if chance.random() < share else None

    def push(self, kind: str, content: dict[str, Any]) -> int:
        """Something happens that the bot is to hear of."""
        number = self.number()
        self.pushed.append(number)
        self.updates[number] = {kind: content}
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        return number

    def number(self) -> int:
        """The next id."""
        self._next += 1
        return self._next

    @property
    def settled(self) -> bool:
        """Whether every update is confirmed and the bot waits for more."""
        return not self.updates and self._poll is not None and not self._poll.done()

    def asked(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    def times(self, method: str) -> list[float]:
        """When each call of a method came."""
        return [moment for name, moment in self._called_at if name == method]

    async def until(self, true: Callable[[], bool], seconds: float = 500.0) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.4)

    async def __aenter__(self) -> "BotApi":
        await self.http.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.down()

    # Private functions

    async def _called(self, path: str, form: Form) -> Reply:
        _, secret, method = path.split("/")
        if secret != f"bot{TOKEN}":
            return error(401, "Unauthorized")
        parameters = read_parameters(form)
        self.calls.append((method, parameters))
        self._called_at.append((method, asyncio.get_running_loop().time()))
        fault = self._faults[method].pop(0) if self._faults.get(method) else self.weather(method)
        if fault and fault.hang:
            await asyncio.sleep(fault.hang)
        elif fault and not fault.after:
            return error(fault.status, f"fault {fault.status}", **fault.parameters) if fault.status else None
        reply = await self._answered(method, parameters)
        return None if fault and fault.after else reply

    async def _answered(self, method: str, parameters: dict[str, Any]) -> Reply:
        if refused := parameters_refused(method, parameters):
            return self._refuse(404 if refused.startswith("Not Found") else 400, refused)
        if method == "sendMessage":
            await self.gate.wait()
        own = getattr(self, f"_{method}", None)
        if own:
            reply: Reply = await own(parameters)
            return reply
        try:
            return ok(getattr(self.chats, method)(parameters))
        except LateError as late:
            return error(400, f"Bad Request: {late}")
        except BrokenError as broken:
            return self._refuse(400, f"Bad Request: {broken}")

    def _refuse(self, status: int, description: str) -> Reply:
        self.refused.append(description)
        return error(status, description)

    async def _getMe(self, _: dict[str, Any]) -> Reply:  # noqa: N802  as the API calls it
        return ok(BOT)

    async def _setMyCommands(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if refused := commands_refused(parameters["commands"]):
            return self._refuse(400, f"Bad Request: {refused}")
        self.chats.commands = {command["command"]: command["description"] for command in parameters["commands"]}
        return ok(True)

    async def _getWebhookInfo(self, _: dict[str, Any]) -> Reply:  # noqa: N802
        return ok({"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)})

    async def _setWebhook(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if refused := webhook_refused(parameters):
            return self._refuse(400, f"Bad Request: {refused}")
        self.webhook, self.secret = parameters["url"], parameters.get("secret_token", "")
        return ok(True)

    async def _deleteWebhook(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if parameters.get("drop_pending_updates"):
            return self._refuse(400, "questions are thrown away")
        self.webhook = ""
        return ok(True)

    async def _getUpdates(self, parameters: dict[str, Any]) -> Reply:  # noqa: N802
        if refused := updates_refused(parameters):
            return self._refuse(400, refused)
        if self.webhook:
            return error(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll and not self._poll.done():
            self._poll.set_exception(InterruptedError())
        offset = parameters.get("offset", 0)
        gone = {number for number in self.updates if number < offset}
        self.confirmed |= gone
        self.updates = {number: update for number, update in self.updates.items() if number not in gone}
        self._poll = asyncio.get_running_loop().create_future()
        try:
            if not self.updates and parameters.get("timeout"):
                await asyncio.wait_for(self._poll, parameters["timeout"])
        except TimeoutError:
            pass
        except InterruptedError:
            return error(409, "Conflict: terminated by other getUpdates request")
        if not self._poll.done():
            self._poll.cancel()
        batch = list(self.updates.items())[: parameters.get("limit", 100)]
        return ok([{"update_id": number, **update} for number, update in batch])
