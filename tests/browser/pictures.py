"""The pictures of the documents, taken anew: python -m tests.browser.pictures URL (of a server that has just been started)."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.asking import ask, card
from tests.browser.conftest import FLAGS, hold, opened

__all__ = ["take"]

FOLDER = Path(__file__).resolve().parents[2] / "docs/images"


def take(url: str) -> None:
    """A choice in the light and in the dark, and a chart."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), headless=True, args=FLAGS)
        for scheme, name in (("light", "web-phone.png"), ("dark", "web-dark.png")):
            page = opened(hold(browser, [], scheme), url)
            ask(page, "空き店舗事業の25年度は？").get_by_role("button", name="空き店舗入居促進事業(No.42)").tap()
            card(page, 2)
            page.wait_for_timeout(1000)
            page.screenshot(path=FOLDER / name)
        page = opened(hold(browser, []), url)
        answer = ask(page, "空き店舗入居促進事業の実績")
        answer.get_by_role("button", name="グラフ").tap()
        answer.locator(".picture img").evaluate("image => image.decode()")
        page.wait_for_timeout(1000)
        page.screenshot(path=FOLDER / "web-chart.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
