"""Bodies: what a request brings, read no longer and no further than it may be."""

import asyncio
import json
import re
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

__all__ = ["Asked", "read_asked", "read_body"]

MOST = 64 * 1024
"""Bytes of a question, which may be 5,000 characters that each are written in six."""
PATIENCE = 10.0
"""Seconds that a body may take to arrive."""
WANTED = ("text", "press", "join")
_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_PRESS = 64
"""Bytes of what a button sends back."""


class Asked(NamedTuple):
    """What a browser sends."""

    id: str
    """By which it knows the question: sent again, it is the same one; "" where it doesn't care."""
    verb: str
    """text, press or join."""
    content: str
    """The question, what a button sends back, or the code."""
    talk: str = ""
    """The conversation of the browser that it belongs to, where it holds several."""


async def read_body(request: Request, most: int) -> bytes:
    """What a request brings; HTTPException where that is too much or takes too long."""
    found = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                found += part
                if len(found) > most:
                    raise HTTPException(413, "長すぎます。短くしてお送りください。")
    except (TimeoutError, ClientDisconnect):
        raise HTTPException(408, "届くのに時間がかかりすぎました。もう一度お送りください。") from None
    return bytes(found)


async def read_asked(request: Request) -> Asked:
    """What a browser asks; HTTPException where that can't be made out."""
    try:
        content = json.loads(await read_body(request, MOST))
    except (ValueError, RecursionError):
        raise HTTPException(400, "JSONとして読めません。") from None
    verbs = [verb for verb in WANTED if isinstance(content, dict) and isinstance(content.get(verb), str)]
    if len(verbs) != 1:
        raise HTTPException(400, "text(質問)、press(ボタン)、join(招待の番号)のどれか一つを文字で入れてください。")
    id_, talk = (_named(content, key) for key in ("id", "talk"))
    said = content[verbs[0]].encode(errors="replace").decode()
    if verbs[0] != "text" and len(said.encode()) > _PRESS:
        raise HTTPException(400, f"{verbs[0]} は{_PRESS}バイトまでです。")
    return Asked(id_, verbs[0], said, talk)


# Private functions


def _named(content: dict[str, Any], key: str) -> str:
    """What the browser has made up to know something by; "" where it hasn't."""
    name = content.get(key) or ""
    if name and not (isinstance(name, str) and _ID.fullmatch(name)):
        raise HTTPException(400, f"{key} は8〜64文字の英数字にしてください。")
    return str(name)
