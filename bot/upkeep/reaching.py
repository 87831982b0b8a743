"""Reaching: whether the page can be served, or is, on its address; and the checks of every channel that is set up."""

import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.errors import ChannelError
from bot.findings import Finding, bad, good
from bot.journal import is_served
from bot.settings import Settings

__all__ = ["checks_of"]

PATIENCE = 3.0


def checks_of(state: Path) -> list[Callable[[Settings], Awaitable[list[Finding]]]]:
    """What can be found out about each channel."""

    async def page(settings: Settings) -> list[Finding]:
        return [_answers(settings) if is_served(state) else _is_free(settings)]

    return [page, _telegram, _line]


# Private functions


async def _telegram(settings: Settings) -> list[Finding]:
    if not settings.telegram_token:
        return []
    from bot.channels.telegram.checking import check

    return await check(settings.telegram_token, settings.telegram_base_url, settings.telegram_webhook)


async def _line(settings: Settings) -> list[Finding]:
    if not (settings.line_token or settings.line_secret):
        return []
    from bot.channels.line import check
    from bot.serving import line_settings

    return await check(line_settings(settings))


def _answers(settings: Settings) -> Finding:
    address = f"http://{_reached(settings.host)}:{settings.port}"
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE):  # noqa: S310  always http
            return good(f"ページは {address} で答えています。")
    except urllib.error.HTTPError as error:
        return bad(f"ページは動いていますが、具合が悪いようです({address}/healthz が {error.code})。")
    except OSError:
        return bad(f"ページに届きません({address})。KOTAE_HOST と KOTAE_PORT を確かめてください。")


def _is_free(settings: Settings) -> Finding:
    """Tried as kotae serve does it."""
    from bot.channels.web import WebSettings, listen

    try:
        listen(WebSettings(settings.host, settings.port)).close()
    except ChannelError as error:
        return bad(str(error))
    return good(f"ページは http://{_reached(settings.host)}:{settings.port} で出せます。")


def _reached(host: str) -> str:
    """By which a browser of this machine reaches what listens on a host."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  it is asked, not listened on
    return f"[{host}]" if ":" in host else host
