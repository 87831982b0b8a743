"""For everybody: by keyboard alone, by ear, in the dark, with large fingers; and for strangers nothing."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bot.answering import Kotae
from bot.channels.web import WebSettings
from tests.bot.web.serving import Server, serving
from tests.browser.asking import ask, card
from tests.browser.conftest import AXE, hold, opened

pytestmark = pytest.mark.browser

QUESTION = "空き店舗入居促進事業の25年度実績は？"


def faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical, once every card stands: one that is still fading in has no contrast yet."""
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => null)")
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_can_not_see_or_barely_can_is_not_kept_out(
    chromium: Browser, served: Server, noise: list[str], scheme: str
) -> None:
    """In every state of the page: contrasts, names, roles."""
    phone = hold(chromium, noise, scheme)
    page = opened(phone, served.url)
    assert faults(page) == []
    answer = ask(page, "空き店舗入居促進事業の実績")
    answer.get_by_role("button", name="グラフ").tap()
    answer.locator(".picture img").wait_for()
    answer.get_by_role("button", name="違っている").tap()
    answer.locator(".reasons").wait_for()
    ask(page, "空き店舗事業の25年度は？")
    assert faults(page) == []
    page.get_by_role("combobox", name="質問").press_sequentially("しょうてん")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="一覧", exact=True).tap()
    page.locator("#places button").first.wait_for()
    assert faults(page) == []
    phone.close()
    assert noise == []


def test_a_page_that_keeps_somebody_out_is_noticed(page: Page) -> None:
    """Negative control: a button without a name, letters that are barely there."""
    page.evaluate("document.querySelector('.card').insertAdjacentHTML('beforeend', '<button></button>')")
    page.evaluate("document.querySelector('.card').style.color = '#eee'")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"button-name", "color-contrast"}


def test_a_page_that_complains_is_noticed(chromium: Browser, served: Server, noise: list[str]) -> None:
    """Negative control: an error in the console, one that nobody caught, an address of another machine."""
    phone = hold(chromium, noise)
    page = opened(phone, served.url)
    page.evaluate("console.error('an error')")
    page.evaluate("setTimeout(() => { throw new Error('nobody caught it') })")
    page.evaluate("fetch('https://elsewhere.invalid/').catch(() => null)")
    page.wait_for_timeout(200)
    phone.close()
    for said in ("an error", "nobody caught it", "https://elsewhere.invalid/"):
        assert any(said in one for one in noise)


def test_in_the_dark_the_page_is_dark(chromium: Browser, served: Server, noise: list[str]) -> None:
    """As the phone asks for it."""
    brightness = {}
    for scheme in ("light", "dark"):
        phone = hold(chromium, noise, scheme)
        page = opened(phone, served.url)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(","))
        phone.close()
    assert noise == []
    assert brightness["light"] > 600
    assert brightness["dark"] < 120


def test_fingers_hit_and_nothing_is_cut_off(page: Page) -> None:
    """Targets of 44 px, letters at which a phone doesn't zoom in, nothing sideways."""
    ask(page, QUESTION).get_by_role("button", name="違っている").tap()
    ask(page, "空き店舗事業の25年度は？")
    page.get_by_role("button", name="一覧", exact=True).tap()
    page.locator("#places button").first.wait_for()
    small = page.locator("button:visible, input:visible, a:visible").evaluate_all(
        "all => all.map(one => [one.textContent, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"
    )
    assert small == []
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#question')).fontSize)") >= 16
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#log').scrollWidth") <= 390


def test_everything_goes_by_keyboard(page: Page) -> None:
    """Type, choose a name by arrows, send, choose an answer, open and close the list."""
    field = page.get_by_role("combobox", name="質問")
    field.focus()
    page.keyboard.type("空き")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "name-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(field).to_have_value("空き店舗入居促進事業")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type("の25年度は？")
    page.keyboard.press("Enter")
    answer = card(page, 1)
    answer.get_by_role("button", name="空き店舗入居促進事業の内容").focus()
    page.keyboard.press("Enter")
    expect(card(page, 2)).to_contain_text("空き店舗情報の発信")
    page.get_by_role("button", name="一覧", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#list-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="閉じる")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="一覧", exact=True)).to_be_focused()


def test_a_list_that_comes_late_takes_nobody_back(page: Page) -> None:
    """Who has gone on to the way out while it was fetched stays there."""
    waiting: list[Route] = []
    page.route("**/api/list*", lambda route: waiting.append(route))  # noqa: PLW0108  Playwright takes no builtin
    page.get_by_role("button", name="一覧", exact=True).click()
    expect(page.locator("#list-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="閉じる")).to_be_focused()
    waiting[0].continue_()
    page.locator("#places button").first.wait_for()
    expect(page.get_by_role("button", name="閉じる")).to_be_focused()


def test_escape_closes_the_names_and_keeps_what_was_typed(page: Page) -> None:
    """The next Enter sends it."""
    field = page.get_by_role("combobox", name="質問")
    field.press_sequentially("空き")
    page.get_by_role("option").first.wait_for()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("空き")


def test_the_enter_that_ends_a_conversion_does_not_send(page: Page) -> None:
    """Kana become kanji by Enter; the question isn't finished by it."""
    field = page.get_by_role("combobox", name="質問")
    field.fill("空き店舗")
    sent = field.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown', "
        "{ key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"
    )
    assert sent is False
    expect(page.locator(".said")).to_have_count(0)


def test_the_question_about_a_thumb_takes_nobody_out_of_their_typing(page: Page) -> None:
    """It appears while the next question is being typed; Enter sends that."""
    answer = ask(page, QUESTION)
    field = page.get_by_role("combobox", name="質問")
    page.route("**/api/ask", lambda route: (page.wait_for_timeout(300), route.continue_()))
    answer.get_by_role("button", name="違っている").tap()
    field.fill("24年度は？")
    answer.locator(".reasons").wait_for()
    expect(field).to_be_focused()


def test_answers_are_announced(page: Page) -> None:
    """By the region in which they appear."""
    expect(page.get_by_role("log", name="やりとり")).to_contain_text("お答えします")


def test_a_stranger_sees_one_line_and_no_way_to_ask(
    kotae: Kotae, phone: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Until they are invited: the link joins, and the page is theirs."""
    path = tmp_path_factory.mktemp("strangers") / "journal.db"
    with serving(kotae, path, WebSettings(host="0.0.0.0")) as server:  # noqa: S104
        page = opened(phone, server.url)
        expect(page.locator("#log")).to_have_text(
            "この窓口は登録された方だけが使えます。"
            "使いたいときは、この窓口を運用している部署に招待をお申し込みください。"
        )
        expect(page.get_by_role("combobox")).to_be_hidden()
        server.journal.write(lambda transaction: transaction.members.invite("CODE", "受付", False, 60.0)).result()
        joined = opened(phone, f"{server.url}/join/CODE")
        expect(joined.locator(".card").first).to_contain_text("登録しました。")
        expect(card(joined, 1)).to_contain_text("たとえば:")
        expect(ask(joined, QUESTION).locator(".figure.main")).to_contain_text("10,136千円(19事業)")
        late = opened(another(phone), f"{server.url}/join/CODE")
        expect(late.locator(".card")).to_have_text(re.compile("^この招待は使えません。"))
        expect(late.get_by_role("combobox")).to_be_hidden()
        expect(late.get_by_role("button", name="一覧", exact=True)).to_be_hidden()
        late.context.close()


def another(phone: BrowserContext) -> BrowserContext:
    """Somebody else's phone."""
    assert phone.browser
    return phone.browser.new_context(viewport={"width": 390, "height": 844}, locale="ja-JP")


def test_who_may_not_ask_any_more_keeps_no_answers(
    kotae: Kotae, phone: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Neither on the page nor in the browser."""
    path = tmp_path_factory.mktemp("revoked") / "journal.db"
    with serving(kotae, path, WebSettings(host="0.0.0.0")) as server:  # noqa: S104
        server.journal.write(lambda transaction: transaction.members.invite("CODE", "受付", False, 60.0)).result()
        page = opened(phone, f"{server.url}/join/CODE")
        expect(card(page, 1)).to_contain_text("たとえば:")
        ask(page, QUESTION)
        server.journal.write(lambda transaction: transaction.members.revoke(1)).result()
        page.get_by_role("combobox", name="質問").fill("24年度は？")
        page.keyboard.press("Enter")
        expect(page.locator("#log")).to_have_text(re.compile("^この窓口は登録された方だけが使えます。"))
        assert "10,136" not in page.evaluate("JSON.stringify(sessionStorage)")
