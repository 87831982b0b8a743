"""Lose the network and come back; lose the server and have it back: no question is lost, none is asked twice."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.answering import Kotae
from tests.bot.web.serving import Server, free_port, serving
from tests.browser.asking import ask, card
from tests.browser.conftest import opened

pytestmark = pytest.mark.browser


def counted(server: Server) -> int:
    """How many questions were answered."""
    return server.journal.read(lambda transaction: transaction.audit.count())


def typed(page: Page, question: str) -> None:
    """Send a question that nobody answers yet."""
    page.get_by_role("combobox", name="質問").fill(question)
    page.keyboard.press("Enter")


def test_questions_wait_for_the_network(page: Page, phone: BrowserContext, served: Server) -> None:
    """They say so, and are answered in their order once it is back."""
    before = counted(served)
    phone.set_offline(True)
    typed(page, "商工相談の23年度は？")
    typed(page, "24年度は？")
    expect(page.locator(".said.waiting")).to_have_count(2)
    expect(page.get_by_text("つながっていません")).to_be_visible()
    phone.set_offline(False)
    expect(card(page, 1).locator(".figure.main")).to_contain_text("1,058件")
    expect(card(page, 2).locator(".figure.main")).to_contain_text("992件")
    expect(page.locator(".said.waiting")).to_have_count(0)
    expect(page.get_by_text("つながっていません")).to_be_hidden()
    order = page.locator("#log > .said, #log > .card").evaluate_all(
        "all => all.slice(1).map(one => one.className.split(' ')[0])"
    )
    assert order == ["said", "card", "said", "card"]
    assert counted(served) == before + 2


def test_a_thumb_counts_once_it_is_kept(page: Page, phone: BrowserContext) -> None:
    """Until the network is back it isn't marked."""
    answer = ask(page, "商工相談の23年度は？")
    thumb = answer.get_by_role("button", name="役に立った")
    phone.set_offline(True)
    thumb.tap()
    expect(page.get_by_text("つながっていません")).to_be_visible()
    expect(thumb).to_have_attribute("aria-pressed", "false")
    phone.set_offline(False)
    expect(thumb).to_have_attribute("aria-pressed", "true")


def test_what_waits_is_in_sight(page: Page, phone: BrowserContext) -> None:
    """Also the line that says so, above the field."""
    ask(page, "商工相談の23年度は？")
    phone.set_offline(True)
    typed(page, "24年度は？")
    page.wait_for_timeout(600)
    expect(page.locator(".said.waiting small")).to_be_in_viewport(ratio=1)


def test_a_question_outlives_the_page(page: Page, phone: BrowserContext, served: Server) -> None:
    """Closed before the network was back, it is sent by the next page."""
    before = counted(served)
    phone.set_offline(True)
    typed(page, "商工相談の23年度は？")
    expect(page.locator(".said.waiting")).to_have_count(1)
    page.close()
    phone.set_offline(False)
    again = opened(phone, served.url)
    expect(card(again, 1).locator(".figure.main")).to_contain_text("1,058件")
    assert counted(served) == before + 1


def test_the_questions_of_two_pages_outlive_both(page: Page, phone: BrowserContext, served: Server) -> None:
    """Neither writes over what the other keeps; the next page sends both, in the order in which they were asked."""
    before = counted(served)
    other = opened(phone, served.url)
    phone.set_offline(True)
    typed(page, "商工相談の23年度は？")
    expect(page.locator(".said.waiting")).to_have_count(1)
    typed(other, "経営指導の25年度は？")
    expect(other.locator(".said.waiting")).to_have_count(1)
    page.close()
    other.close()
    phone.set_offline(False)
    again = opened(phone, served.url)
    expect(card(again, 1).locator(".figure.main")).to_contain_text("1,058件")
    expect(card(again, 2).locator(".figure.main")).to_contain_text("59件")
    assert counted(served) == before + 2


def test_an_answer_that_was_lost_on_its_way_is_fetched_again(page: Page, served: Server) -> None:
    """The question was answered; only the browser doesn't know yet."""
    before = counted(served)
    lost: list[int] = []

    def lose(route: object) -> None:
        if not lost:
            lost.append(route.fetch().status)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/api/ask", lose)
    expect(ask(page, "商工相談の23年度は？").locator(".figure.main")).to_contain_text("1,058件")
    assert lost == [200]
    assert counted(served) == before + 1


def test_the_server_ends_and_comes_back(kotae: Kotae, phone: BrowserContext, tmp_path: Path) -> None:
    """The page stays open; the conversation goes on where it stood."""
    port = free_port()
    with serving(kotae, tmp_path / "journal.db", port=port) as server:
        page = opened(phone, server.url)
        ask(page, "商工相談の23年度は？")
    typed(page, "24年度は？")
    expect(page.locator(".said.waiting")).to_have_count(1)
    with serving(kotae, tmp_path / "journal.db", port=port) as server:
        expect(card(page, 2).locator(".figure.main")).to_contain_text("992件")
        assert counted(server) == 2


def test_a_page_that_opens_too_early_begins_later(kotae: Kotae, phone: BrowserContext, served: Server) -> None:
    """The address is known, the answers aren't there yet."""
    page = phone.new_page()
    failing = {"on": True}
    page.route("**/api/help", lambda route: route.abort() if failing["on"] else route.continue_())
    page.goto(served.url)
    expect(page.get_by_text("つながっていません")).to_be_visible()
    failing["on"] = False
    card(page, 0)
    expect(page.get_by_text("つながっていません")).to_be_hidden()


def test_what_is_typed_before_the_page_could_begin_is_said_once(phone: BrowserContext, served: Server) -> None:
    """The greeting stands first, then the question with its answer."""
    page = phone.new_page()
    failing = {"on": True}
    page.route("**/api/help", lambda route: route.abort() if failing["on"] else route.continue_())
    page.goto(served.url)
    expect(page.get_by_text("つながっていません")).to_be_visible()
    typed(page, "商工相談の23年度は？")
    failing["on"] = False
    expect(page.locator(".figure.main")).to_contain_text("1,058件")
    expect(page.get_by_text("つながっていません")).to_be_hidden()
    order = page.locator("#log > *").evaluate_all("all => all.map(one => one.className.split(' ')[0])")
    assert order == ["card", "said", "card"]
