"""What the tests of the page share: Chromium as a phone, a server on loopback, and nothing else to speak to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot import charts
from bot.answering import Kotae
from tests.bot.web.serving import Server, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine."""
    path = shutil.which("chromium")
    assert path, "Chromium がありません"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that only this machine reaches."""
    with serving(kotae, tmp_path_factory.mktemp("state") / "journal.db", charting=charts) as server:
        yield server


@pytest.fixture
def noise() -> list[str]:
    """What a page complained of, and whatever it asked of another machine."""
    return []


@pytest.fixture
def phone(chromium: Browser, noise: list[str]) -> Iterator[BrowserContext]:
    """A phone of 390×844; a page that complains, or speaks to another machine, fails its test."""
    context = hold(chromium, noise)
    yield context
    context.close()
    assert noise == []


@pytest.fixture
def page(phone: BrowserContext, served: Server) -> Page:
    """The page, opened."""
    return opened(phone, served.url)


def hold(chromium: Browser, noise: list[str], scheme: str = "light") -> BrowserContext:
    """A phone in the hand."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="ja-JP",
        color_scheme=scheme,  # type: ignore[arg-type]
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(15_000)
    context.on("console", lambda said: noise.append(said.text) if _counts(said.type, said.text) else None)
    context.on("weberror", lambda error: noise.append(str(error.error)))
    context.on("request", lambda request: None if "//127.0.0.1" in request.url else noise.append(request.url))
    return context


def opened(phone: BrowserContext, url: str) -> Page:
    """A page of a server, once it has begun."""
    page = phone.new_page()
    page.goto(url)
    page.locator(".card").first.wait_for()
    return page


# Private functions


def _counts(kind: str, text: str) -> bool:
    """A network that is away, and a stranger who is told so, are no mistakes of the page."""
    away = (
        "ERR_FAILED",
        "ERR_INTERNET_DISCONNECTED",
        "ERR_CONNECTION_REFUSED",
        "ERR_CONNECTION_RESET",
        "403 (Forbidden)",
    )
    return kind == "error" and not any(known in text for known in away)
