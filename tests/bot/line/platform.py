"""A stand-in for LINE over loopback: it signs and delivers, takes a reply once and for a minute, and refuses what LINE would."""

import asyncio
import base64
import hashlib
import hmac
import io
import itertools
import json
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.bot.line.rules import complaints, menu_complaints

__all__ = ["SECRET", "TOKEN", "Fault", "Platform", "user"]

SECRET, TOKEN = "0123456789abcdef-secret", "access-token/of+the=channel"

PATIENCE = 2.0
"""Seconds that LINE waits for the answer to a webhook."""


def user(number: int = 1) -> str:
    """A person's id."""
    return f"U{number:032x}"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a call."""

    status: int = 0
    """The status instead of what is due; 0 cuts the connection."""
    message: str = "The API rate limit has been exceeded. Try again later."
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False
    """Whether it takes effect before that."""
    delay: float = 0.0
    """Seconds between the two."""


class Platform:
    """The Messaging API, and the people who use it."""

    def __init__(self, life: float = 60.0) -> None:
        self.bot = ""
        """Where webhooks go."""
        self.shown: dict[str, list[dict[str, Any]]] = defaultdict(list)
        """Every message that a chat has got."""
        self.answers: Counter[str] = Counter()
        """How often each reply token's event was answered."""
        self.pushed: Counter[str] = Counter()
        """How often a push was taken, by its retry key."""
        self.problems: list[str] = []
        """Rules that were broken."""
        self.calls: list[str] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        """What goes wrong with the next calls of a kind: reply, push, loading, info."""
        self.loading: list[str] = []
        self.menus: dict[str, dict[str, Any]] = {}
        self.default_menu = ""
        self.endpoint, self.active = "", True
        self._life, self._tokens, self._keys = life, dict[str, tuple[str, float]](), dict[str, str]()
        self._numbers = itertools.count(460_000_000_000_000_000)

    async def __aenter__(self) -> "Platform":
        app = web.Application(client_max_size=2**21)
        app.router.add_route("*", "/{path:.*}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        await self._runner.cleanup()

    # What people do

    def event(self, kind: str, person: str = user(), group: str = "", **content: Any) -> dict[str, Any]:
        """An event that is not yet delivered."""
        number = next(self._numbers)
        source = {"type": "group", "groupId": group, "userId": person} if group else {"type": "user", "userId": person}
        return {
            "type": kind,
            "mode": "active",
            "timestamp": int(time.time() * 1000),
            "source": source,
            "webhookEventId": f"01H{number:023d}",
            "deliveryContext": {"isRedelivery": False},
            "replyToken": uuid.uuid4().hex,
            **content,
        }

    def text(self, text: str, person: str = user(), group: str = "", mention: bool = False) -> dict[str, Any]:
        """Somebody writes; in a group perhaps to the bot."""
        message: dict[str, Any] = {"id": str(next(self._numbers)), "type": "text", "text": text, "quoteToken": "q"}
        if mention:
            message["text"] = f"🐤 @答え {text}"
            message["mention"] = {"mentionees": [{"index": 3, "length": 3, "type": "user", "isSelf": True}]}
        return self.event("message", person, group, message=message)

    def press(self, data: str, person: str = user(), group: str = "") -> dict[str, Any]:
        """Somebody taps."""
        return self.event("postback", person, group, postback={"data": data})

    async def deliver(self, *events: dict[str, Any], again: bool = False, signature: str = "") -> int:
        """Have the bot called; its status, 0 where there was none."""
        for event in events:
            event["deliveryContext"]["isRedelivery"] = again
            source = event["source"]
            self._tokens[event.get("replyToken", "")] = (source.get("groupId") or source["userId"], time.monotonic())
        body = json.dumps({"destination": user(999), "events": events}, ensure_ascii=False).encode()
        return await self.post(body, signature or self.sign(body))

    async def post(self, body: bytes, signature: str | None) -> int:
        """Whatever bytes; the bot's status, 0 where it takes more than two seconds."""
        headers = {"content-type": "application/json; charset=utf-8"}
        headers |= {} if signature is None else {"x-line-signature": signature}
        try:
            async with self._http.post(self.bot, data=io.BytesIO(body), headers=headers) as response:
                content = await response.text()
                if SECRET in content or TOKEN in content:
                    self.problems.append("a secret was echoed")
                return response.status
        except (aiohttp.ClientError, OSError):
            return 0

    def sign(self, body: bytes) -> str:
        """The signature of a body."""
        return base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()

    async def asks(self, text: str, person: str = user()) -> dict[str, Any]:
        """Somebody writes; the last message that they get for it."""
        return (await self.told(self.text(text, person)))[-1]

    async def told(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        """What an event is answered with."""
        chat = event["source"].get("groupId") or event["source"]["userId"]
        before = len(self.shown[chat])
        assert await self.deliver(event) == 200
        await self.until(lambda: len(self.shown[chat]) > before)
        return self.shown[chat][before:]

    @staticmethod
    async def until(found: Any, seconds: float = 20) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(seconds):
            while not found():
                await asyncio.sleep(0.005)

    # What the bot calls

    async def _call(self, request: web.Request) -> web.StreamResponse:
        kind, handle = self._kind(request)
        self.calls.append(kind)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"message": "Authentication failed"}, status=401)
        raw = await request.read()
        body = json.loads(raw) if raw and request.content_type == "application/json" else {"raw": raw}
        fault = self.faults[kind].pop(0) if self.faults[kind] else None
        if fault and not fault.after:
            return self._failed(request, fault)
        status, answer = handle(body, request)
        if status == 400 and answer["message"] != "Invalid reply token":
            self.problems.append(f"{kind}: {answer}")
        if fault:
            await asyncio.sleep(fault.delay)
        return self._failed(request, fault) if fault else web.json_response(answer, status=status)

    @staticmethod
    def _failed(request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.status:
            return web.json_response({"message": fault.message}, status=fault.status, headers=fault.headers)
        assert request.transport
        request.transport.abort()
        return web.Response()

    def _kind(self, request: web.Request) -> tuple[str, Any]:
        path = request.path.removeprefix("/v2/bot/")
        ways = {
            "message/reply": ("reply", self._reply),
            "message/push": ("push", self._push),
            "chat/loading/start": ("loading", self._load),
            "info": ("info", self._info),
            "channel/webhook/endpoint": ("endpoint", self._endpoint),
            "channel/webhook/test": ("test", self._test),
            "richmenu": ("menu", self._menu),
            "richmenu/list": ("menus", self._menus),
        }
        if path in ways:
            return ways[path]
        if path.startswith("richmenu/") and path.endswith("/content"):
            return "picture", self._picture
        if path.startswith("user/all/richmenu/"):
            return "default", self._default
        if path.startswith("richmenu/") and request.method == "DELETE":
            return "drop", self._drop
        return path, lambda *_: (404, {"message": "Not found"})

    def _reply(self, body: dict[str, Any], request: web.Request) -> tuple[int, dict[str, Any]]:
        if "X-Line-Retry-Key" in request.headers:
            return 400, {"message": "X-Line-Retry-Key is not accepted here"}
        token = body["replyToken"]
        chat, since = self._tokens.get(token, ("", 0.0))
        if not chat or self.answers[token] or time.monotonic() - since > self._life:
            return 400, {"message": "Invalid reply token"}
        wrong = list(complaints(body["messages"]))
        if wrong:
            return 400, {"message": f"The request body has errors: {wrong}"}
        self.answers[token] += 1
        return 200, self._sent(chat, body["messages"])

    def _push(self, body: dict[str, Any], request: web.Request) -> tuple[int, dict[str, Any]]:
        key = str(uuid.UUID(request.headers["X-Line-Retry-Key"]))
        if key in self._keys:
            return 409, {"message": "The retry key is already accepted"}
        wrong = list(complaints(body["messages"]))
        if wrong:
            return 400, {"message": f"The request body has errors: {wrong}"}
        self._keys[key] = body["to"]
        self.pushed[key] += 1
        return 200, self._sent(body["to"], body["messages"])

    def _sent(self, chat: str, messages: list[dict[str, Any]]) -> dict[str, Any]:
        self.shown[chat] += messages
        return {"sentMessages": [{"id": str(next(self._numbers)), "quoteToken": "q"} for _ in messages]}

    def _load(self, body: dict[str, Any], _: web.Request) -> tuple[int, dict[str, Any]]:
        if body["loadingSeconds"] % 5 or not 5 <= body["loadingSeconds"] <= 60 or not body["chatId"].startswith("U"):
            return 400, {"message": "loadingSeconds"}
        self.loading.append(body["chatId"])
        return 202, {}

    def _info(self, *_: Any) -> tuple[int, dict[str, Any]]:
        names = {"userId": user(999), "basicId": "@kotae", "displayName": "答え"}
        return 200, {**names, "chatMode": "bot", "markAsReadMode": "auto"}

    def _endpoint(self, body: dict[str, Any], request: web.Request) -> tuple[int, dict[str, Any]]:
        if request.method == "PUT":
            self.endpoint = body["endpoint"]
            return 200, {}
        return (
            (200, {"endpoint": self.endpoint, "active": self.active}) if self.endpoint else (404, {"message": "none"})
        )

    def _test(self, body: dict[str, Any], _: web.Request) -> tuple[int, dict[str, Any]]:
        """As the tests say: `bot` holds the status that the address would give."""
        status = int(self.bot or 200)
        found = {"success": status == 200, "timestamp": "2026-08-01T00:00:00Z", "statusCode": status}
        return 200, {**found, "reason": "OK" if status == 200 else "ERROR_STATUS_CODE", "detail": str(status)}

    def _menu(self, body: dict[str, Any], _: web.Request) -> tuple[int, dict[str, Any]]:
        wrong = list(menu_complaints(body))
        if wrong:
            return 400, {"message": f"{wrong}"}
        number = f"richmenu-{next(self._numbers)}"
        self.menus[number] = body
        return 200, {"richMenuId": number}

    def _menus(self, *_: Any) -> tuple[int, dict[str, Any]]:
        return 200, {"richmenus": [{"richMenuId": number, **menu} for number, menu in self.menus.items()]}

    def _picture(self, body: dict[str, Any], request: web.Request) -> tuple[int, dict[str, Any]]:
        raw = body["raw"]
        if not raw.startswith(b"\x89PNG") or len(raw) > 2**20 or request.content_type != "image/png":
            return 400, {"message": "picture"}
        self.menus[request.path.split("/")[-2]]["pictured"] = True
        return 200, {}

    def _default(self, _: Any, request: web.Request) -> tuple[int, dict[str, Any]]:
        number = request.path.split("/")[-1]
        if not self.menus[number].pop("pictured", False):
            return 400, {"message": "A richmenu image is not uploaded"}
        self.default_menu = number
        return 200, {}

    def _drop(self, _: Any, request: web.Request) -> tuple[int, dict[str, Any]]:
        del self.menus[request.path.split("/")[-1]]
        return 200, {}
