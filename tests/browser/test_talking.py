"""A conversation on a phone: ask, choose, follow up, see the chart, copy, vote, look through the list."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.answering import Kotae
from tests.bot.web.serving import Server
from tests.browser.asking import ask, card, said
from tests.browser.conftest import opened

pytestmark = pytest.mark.browser

QUESTION = "空き店舗入居促進事業の25年度実績は？"


def test_the_figure_is_what_is_seen_first(page: Page) -> None:
    """Large, with grade, project, year and source beneath, all on the screen at once."""
    answer = ask(page, QUESTION)
    figure, badge = answer.locator(".figure.main"), answer.locator(".badge")
    expect(figure).to_contain_text("10,136千円(19事業)")
    expect(badge).to_have_text("達成度A")
    expect(answer.locator(".head")).to_have_text("空き店舗入居促進事業(No.42) 平成25年度(2013年度)")
    expect(answer.locator(".source")).to_contain_text("出典: 練馬区商工業振興計画(平成23～26年度)進捗状況 No.42")
    assert figure.evaluate("element => parseFloat(getComputedStyle(element).fontSize)") >= 24
    for part in (figure, badge, answer.locator(".head"), answer.locator(".source")):
        expect(part).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    "question", [QUESTION, "達成度Bの事業は？", "商工相談の実績", "44番の25年度", "ワイン祭りは？"]
)
def test_nothing_of_an_answer_is_lost_on_the_page(page: Page, kotae: Kotae, question: str) -> None:
    """What a screen reader hears is the text of the answer, but for what stands on buttons."""
    answer = ask(page, question)
    shown = answer.evaluate("card => card.textContent").replace(" ", "")
    for line in kotae.answer(question)[0].lines:
        assert line.text.removeprefix("・").replace(" ", "") in shown


def test_a_name_that_could_be_two_is_chosen(page: Page) -> None:
    """With a finger; the choice stands in the conversation."""
    answer = ask(page, "空き店舗事業の25年度は？")
    answer.get_by_role("button", name="空き店舗活用事業(No.43)").tap()
    expect(card(page, 2).locator(".figure.main")).to_contain_text("2事業 2,743千円")
    expect(page.locator(".said").last).to_contain_text("空き店舗活用事業(No.43)")


def test_a_question_leans_on_the_one_before(page: Page) -> None:
    """その前の年は？"""
    ask(page, QUESTION)
    expect(ask(page, "その前の年は？").locator(".figure.main")).to_contain_text("10,278千円(13事業)")


def test_what_can_be_asked_next_is_pressed(page: Page) -> None:
    """The contents of a project."""
    ask(page, QUESTION).get_by_role("button", name="空き店舗入居促進事業の内容").tap()
    expect(card(page, 2)).to_contain_text("空き店舗情報の発信や店舗改修")


def test_a_history_has_a_chart(page: Page) -> None:
    """Drawn, with every figure in words, and to be saved."""
    answer = ask(page, "空き店舗入居促進事業の実績")
    answer.get_by_role("button", name="グラフ").tap()
    picture = answer.locator(".picture img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    for figure in ("10,376千円", "10,278千円", "10,136千円", "19事業"):
        assert figure in (picture.get_attribute("alt") or "")
    with page.expect_download() as saved:
        answer.get_by_role("link", name="画像を保存").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_sentence_for_a_document_is_copied(page: Page, kotae: Kotae) -> None:
    """And said to be."""
    ask(page, QUESTION).get_by_role("button", name="回答文").tap()
    expect(page.get_by_text("コピーしました")).to_be_visible()
    formal = kotae.answer(QUESTION)[0].to_dict()["formal"]
    assert page.evaluate("navigator.clipboard.readText()") == formal
    expect(page.locator(".formal")).to_have_text(formal)


def test_a_link_leads_to_the_answer(page: Page, phone: BrowserContext) -> None:
    """Copied where the phone shares nothing itself."""
    ask(page, QUESTION).get_by_role("button", name="リンク").tap()
    expect(page.get_by_text("コピーしました")).to_be_visible()
    other = opened(phone, page.evaluate("navigator.clipboard.readText()"))
    expect(card(other, 1).locator(".figure.main")).to_contain_text("10,136千円(19事業)")
    assert other.evaluate("location.pathname") == "/"


def test_what_is_wrong_is_said(page: Page, served: Server) -> None:
    """A thumb down, a reason, a word of thanks."""
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="違っている").tap()
    expect(answer.get_by_role("button", name="違っている")).to_have_attribute("aria-pressed", "true")
    answer.get_by_role("button", name="別の年度").tap()
    expect(page.get_by_text("ありがとうございます。")).to_be_visible()
    vote = served.journal.read(lambda transaction: transaction.feedback.listed())[-1]
    assert (vote.vote, vote.reason) == ("down", "year")


def test_the_slip_tells_that_nothing_has_changed(page: Page) -> None:
    """Of the answer under which it stands."""
    answer = ask(page, QUESTION)
    slip = answer.locator(".slip").inner_text()
    answer.get_by_role("button", name="控え").tap()
    expect(card(page, 2)).to_contain_text("引用した値は変わっていません。")
    expect(card(page, 2)).to_contain_text(slip)


def test_a_project_is_found_without_typing(page: Page) -> None:
    """List, goal, project, answer."""
    page.get_by_role("button", name="一覧", exact=True).tap()
    page.get_by_role("button", name="D まちににぎわいをもたらす").or_(page.get_by_role("button", name="D まち")).tap()
    page.get_by_role("button", name="次へ").tap()
    page.get_by_role("button", name="No.42 空き店舗入居促進事業").tap()
    expect(card(page, 1)).to_contain_text("10,136千円(19事業)")
    expect(page.locator("dialog")).to_be_hidden()


def test_a_name_is_suggested_and_taken_with_a_finger(page: Page) -> None:
    """The keyboard stays; the field holds the name."""
    field = page.get_by_role("combobox", name="質問")
    field.press_sequentially("あきてん")
    page.get_by_role("option", name="空き店舗入居促進事業(No.42)").tap()
    expect(field).to_have_value("空き店舗入居促進事業")
    expect(field).to_be_focused()


def test_what_is_typed_is_never_markup(page: Page) -> None:
    """Neither in the question nor in the answer that quotes it."""
    evil = "<img src=x onerror=alert(1)>の25年度"
    answer = ask(page, evil)
    expect(page.locator(".said").last).to_contain_text(evil)
    assert answer.locator("img").count() == 0
    assert page.locator("#log .said img").count() == 0


def test_a_reload_brings_the_conversation_back(page: Page) -> None:
    """And it goes on."""
    ask(page, QUESTION)
    page.reload()
    expect(card(page, 1).locator(".figure.main")).to_contain_text("10,136千円(19事業)")
    expect(ask(page, "その前の年は？").locator(".figure.main")).to_contain_text("10,278千円(13事業)")


def test_the_lines_are_heard_as_they_are_written(page: Page) -> None:
    """What the eye doesn't need is still said: the comma before a grade."""
    assert said(ask(page, QUESTION))[0].replace("\n", "").replace(" ", "") == "10,136千円(19事業)、達成度A"


def test_what_was_done_with_an_answer_is_there_after_a_reload(page: Page) -> None:
    """Its picture, its opened sentence, and which thumb: nobody votes twice for want of seeing it."""
    answer = ask(page, "空き店舗入居促進事業の実績")
    answer.get_by_role("button", name="グラフ").tap()
    answer.locator(".picture img").wait_for()
    answer.get_by_role("button", name="回答文").tap()
    answer.get_by_role("button", name="役に立った").tap()
    expect(page.get_by_text("ありがとうございます。")).to_be_visible()
    page.reload()
    again = card(page, 1)
    expect(again.locator(".picture img")).to_have_count(1)
    expect(again.locator(".formal")).to_have_count(1)
    expect(again.get_by_role("button", name="グラフ")).to_have_count(0)
    expect(again.get_by_role("button", name="役に立った")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(("button", "expected"), [("グラフ", ".picture"), ("空き店舗入居促進事業の内容", ".said")])
def test_a_double_tap_is_one(page: Page, button: str, expected: str) -> None:
    """Neither two pictures nor the question twice."""
    answer = ask(page, "空き店舗入居促進事業の実績")
    before = page.locator(expected).count()
    answer.get_by_role("button", name=button).dblclick()
    page.locator(expected).nth(before).wait_for()
    page.wait_for_timeout(600)
    expect(page.locator(expected)).to_have_count(before + 1)


def test_who_draws_by_keyboard_goes_on_from_the_picture(page: Page) -> None:
    """The button is gone; the way to save it has taken its place."""
    answer = ask(page, "空き店舗入居促進事業の実績")
    answer.get_by_role("button", name="グラフ").focus()
    page.keyboard.press("Enter")
    expect(answer.get_by_role("link", name="画像を保存")).to_be_focused()


def test_a_second_page_talks_for_itself(page: Page, phone: BrowserContext, served: Server) -> None:
    """It begins empty, and so doesn't know of whom the first one talks."""
    ask(page, QUESTION)
    other = opened(phone, served.url)
    expect(ask(other, "その前の年は？")).to_contain_text("どの事業について")
    expect(ask(page, "その前の年は？").locator(".figure.main")).to_contain_text("10,278千円(13事業)")


def test_the_way_back_leads_out_of_the_list(page: Page) -> None:
    """And not away from the page; closed by its button, the way back is what it was."""
    page.get_by_role("button", name="一覧", exact=True).tap()
    expect(page.locator("dialog")).to_be_visible()
    page.go_back()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.get_by_role("combobox", name="質問")).to_be_visible()
    page.get_by_role("button", name="一覧", exact=True).tap()
    page.get_by_role("button", name="閉じる").tap()
    expect(page.locator("dialog")).to_be_hidden()
    page.wait_for_timeout(300)
    assert page.evaluate("history.state") is None


def test_a_link_to_nothing_says_so(phone: BrowserContext, served: Server) -> None:
    """Beneath its own question; nobody has pressed a button."""
    page = opened(phone, f"{served.url}/a/nothing")
    expect(card(page, 1)).to_have_text("このリンクの答えは、いまの資料では開けません。")


def test_a_long_message_is_read_as_far_as_it_goes_and_says_so(page: Page) -> None:
    """Pasted whole; the answer isn't pushed out of sight by the question."""
    answer = ask(page, f"{QUESTION}{'あ' * 4900}")
    expect(answer).to_contain_text("長い文は先頭だけを読みました。")
    assert page.locator(".said").last.evaluate("one => one.getBoundingClientRect().height") < 300


def test_the_sentence_for_a_document_is_no_figure(page: Page) -> None:
    """Asked for in words it stands as it is copied; nothing of it is set apart."""
    answer = ask(page, "経営指導の24年度の回答文")
    expect(answer.locator(".figure").first).to_contain_text("、達成度は「A」です")
    expect(answer.locator(".badge")).to_have_count(0)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("商工相談と経営指導の25年度を比べて", "966件"),
        ("商工相談の合計", "3,075件"),
        ("商工相談の平均は？", "1,025件"),
        ("空き店舗入居促進事業の24年度から25年度の増減は？", "142千円減"),
        ("空き店舗入居促進事業の前年度比", "98.62%"),
    ],
)
def test_a_computed_answer_is_what_is_seen_first(page: Page, question: str, figure: str) -> None:
    """Larger than whatever it was computed of."""
    answer = ask(page, question)
    shown = answer.locator(".figure.main").first
    expect(shown).to_contain_text(figure)
    largest = "all => Math.max(...all.map(one => parseFloat(getComputedStyle(one).fontSize)))"
    assert shown.evaluate_all(largest) >= 20
    assert answer.locator(".row, .note, .head").evaluate_all(largest) <= 16


def test_what_stands_one_below_the_other_is_heard_as_a_list(page: Page) -> None:
    """The years of a history, the projects of a grade; an answer is named by its question."""
    page.wait_for_load_state()
    answer = ask(page, "商工相談の実績")
    expect(answer.get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_role("article", name="答え: 商工相談の実績")).to_have_count(1)
    expect(ask(page, "達成度Bの事業は？").get_by_role("list")).to_have_count(1)


def test_a_project_of_a_list_is_tapped(page: Page) -> None:
    """The line itself; it asks for the project by its name."""
    ask(page, "達成度Bの事業は？").get_by_role("button", name="No.27 インキュベート機能の充実").tap()
    expect(page.locator(".said").last).to_contain_text("インキュベート機能の充実")
    expect(card(page, 2)).to_contain_text("インキュベート機能の充実(No.27)")


def test_the_rest_of_a_list_is_tapped(page: Page) -> None:
    """It comes beneath its beginning."""
    ask(page, "達成度Aの事業は？").get_by_role("button", name="続きを見る").tap()
    expect(card(page, 2)).to_contain_text("はじめの12件の続きです。")
    expect(card(page, 2).get_by_role("listitem")).to_have_count(12)


def test_a_link_leads_to_a_list_too(page: Page, phone: BrowserContext) -> None:
    """Also to the rest of one: its conditions are part of the address."""
    ask(page, "達成度Aの事業は？")
    ask(page, "続き").get_by_role("button", name="リンク").tap()
    expect(page.get_by_text("コピーしました")).to_be_visible()
    other = opened(phone, page.evaluate("navigator.clipboard.readText()"))
    expect(card(other, 1)).to_contain_text("はじめの12件の続きです。")
