"""Asking on the page, as a person does."""

from playwright.sync_api import Locator, Page

__all__ = ["ask", "card", "said"]


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it, and wait for its answer."""
    before = page.locator(".card").count()
    page.get_by_role("combobox", name="質問").fill(question)
    page.keyboard.press("Enter")
    return card(page, before)


def card(page: Page, at: int) -> Locator:
    """An answer, once it is there."""
    found = page.locator(".card").nth(at)
    found.wait_for()
    return found


def said(found: Locator) -> list[str]:
    """The lines of an answer as they are seen and heard."""
    return [line.strip() for line in found.locator("p").all_inner_texts()]
