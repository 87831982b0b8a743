"""Questions over HTTP: each answered once, in the conversation of its browser."""

import secrets
from pathlib import Path

import httpx
import pytest

from bot.answering import Kotae
from tests.bot.web.serving import Server, serving

QUESTION = "空き店舗入居促進事業の25年度実績は？"
FIGURE = "10,136千円(19事業)、達成度A"


def asked(browser: httpx.Client, **content: str) -> dict[str, object]:
    """A reply."""
    response = browser.post("/api/ask", json={"id": secrets.token_hex(8), **content})
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize(
    "question",
    [QUESTION, "空き店舗事業の25年度は？", "達成度Bの事業は？", "ワイン祭りは？", "こんにちは", "", "<b>&amp;"],
)
def test_the_answer_is_the_one_of_the_command(served: Server, kotae: Kotae, question: str) -> None:
    """Letter by letter, with the keys of the contract."""
    expected = kotae.answer(question)[0].to_dict()
    reply = asked(served.browser(), text=question)
    assert {key: reply[key] for key in expected} == expected


def test_a_follow_up_is_read_in_the_browsers_conversation(served: Server) -> None:
    """And in no other's."""
    one, other = served.browser(), served.browser()
    asked(one, text=QUESTION)
    assert "10,278千円(13事業)" in str(asked(one, text="その前の年は？")["text"])
    assert asked(other, text="その前の年は？")["status"] == "clarify"


def test_each_conversation_of_a_browser_is_its_own(served: Server) -> None:
    """Two tabs: what is asked in one isn't what the other talks about."""
    browser = served.browser()
    asked(browser, text=QUESTION, talk="first-tab")
    assert asked(browser, text="その前の年は？", talk="second-tab")["status"] == "clarify"
    assert "10,278千円(13事業)" in str(asked(browser, text="その前の年は？", talk="first-tab")["text"])


def test_a_program_without_cookies_gets_one_with_its_first_answer(served: Server) -> None:
    """So that it can go on from there."""
    program = served.program()
    asked(program, text=QUESTION)
    assert "10,278千円(13事業)" in str(asked(program, text="その前の年は？")["text"])


def test_a_choice_is_pressed(served: Server) -> None:
    """A button sends its compact query."""
    browser = served.browser()
    reply = asked(browser, text="空き店舗事業の25年度は？")
    chosen = next(button for button in reply["buttons"] if button["label"] == "空き店舗活用事業(No.43)")  # type: ignore[attr-defined]
    assert str(asked(browser, press=chosen["press"])["text"]).startswith("2事業 2,743千円、達成度A")


def test_the_same_id_is_answered_once(served: Server) -> None:
    """A double click, a lost response, two tabs: one reply, one row of the audit."""
    browser = served.browser()
    before = served.journal.read(lambda transaction: transaction.audit.count())
    replies = [browser.post("/api/ask", json={"id": "twice-twice", "text": QUESTION}).json() for _ in range(3)]
    assert replies[0]["text"].startswith(FIGURE)
    assert replies[0] == replies[1] == replies[2]
    assert served.journal.read(lambda transaction: transaction.audit.count()) == before + 1


def test_the_same_id_of_another_browser_is_another_question(served: Server) -> None:
    """Nobody gets what somebody else was answered."""
    for browser, question, start in (
        (served.browser(), QUESTION, FIGURE),
        (served.browser(), "商工相談の23年度は？", "1,058件"),
    ):
        reply = browser.post("/api/ask", json={"id": "same-id-of-two", "text": question}).json()
        assert reply["text"].startswith(start)


def test_an_answer_outlives_the_server(kotae: Kotae, tmp_path: Path) -> None:
    """A browser that lost it asks again after the restart, and gets the same one."""
    content = {"id": "before-and-after", "text": QUESTION}
    with serving(kotae, tmp_path / "journal.db") as server:
        browser = server.browser()
        before = browser.post("/api/ask", json=content).json()
    with serving(kotae, tmp_path / "journal.db") as server:
        again = server.program(cookie=f"kotae={browser.cookies['kotae']}").post("/api/ask", json=content).json()
        assert again == before
        assert server.journal.read(lambda transaction: transaction.audit.count()) == 1


def test_a_single_question_needs_no_conversation(served: Server, kotae: Kotae) -> None:
    """GET /api/ask: the contract's JSON; what is talked about stays as it was."""
    browser = served.browser()
    asked(browser, text=QUESTION)
    reply = browser.get("/api/ask", params={"q": "商工相談の23年度は？"}).json()
    expected = kotae.answer("商工相談の23年度は？")[0].to_dict()
    assert {key: reply[key] for key in expected} == expected
    assert "10,278千円(13事業)" in str(asked(browser, text="その前の年は？")["text"])


def test_a_thumb_down_asks_for_the_reason(served: Server) -> None:
    """And the last word of each counts."""
    browser = served.browser()
    reply = asked(browser, text=QUESTION)
    down = next(button["press"] for button in reply["buttons"] if button["kind"] == "down")  # type: ignore[attr-defined]
    why = asked(browser, press=down)
    assert [button["label"] for button in why["buttons"]] == ["別の事業", "別の年度", "別の数字", "その他"]  # type: ignore[attr-defined]
    assert asked(browser, press=why["buttons"][1]["press"])["text"] == "ありがとうございます。"  # type: ignore[index]
    votes = served.journal.read(lambda transaction: transaction.feedback.listed())
    assert [(vote.vote, vote.reason) for vote in votes if vote.receipt == down[1:]] == [("down", "year")]


def test_the_slip_gives_the_answer_again(served: Server) -> None:
    """To whoever reads it out, held against what the table says now."""
    slip = str(asked(served.browser(), text=QUESTION)["slip"])
    again = str(asked(served.browser(), text=slip)["text"])
    assert again.startswith(FIGURE)
    assert f"控え {slip}" in again


def test_a_question_that_breaks_something_is_answered_with_an_apology(
    served: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three attempts; the next one is answered as if nothing had been."""
    from bot.desk import Desk

    browser, take = served.browser(), Desk.take
    monkeypatch.setattr(Desk, "take", lambda *_: 1 / 0)
    reply = asked(browser, text=QUESTION)
    assert reply["status"] == "error"
    assert str(reply["text"]).startswith("申し訳ありません。")
    monkeypatch.setattr(Desk, "take", take)
    assert str(asked(browser, text=QUESTION)["text"]).startswith(FIGURE)


def test_lines_come_in_pieces_that_make_up_the_text(served: Server) -> None:
    """A page may show a grade as a badge, and not lose a word of the answer."""
    reply = asked(served.browser(), text=QUESTION)
    lines = [("".join(piece["text"] for piece in line["pieces"]), line["text"]) for line in reply["lines"]]  # type: ignore[attr-defined]
    assert all(pieces == text for pieces, text in lines)
    assert "\n".join(text for _, text in lines) == reply["text"]


def test_a_grade_is_told_apart_from_words(served: Server) -> None:
    """With what it is called; in the sentence for a document it is a word like any other."""

    def pieces(question: str) -> list[tuple[str, str]]:
        line = asked(served.browser(), text=question)["lines"][0]  # type: ignore[index]
        return [(piece["kind"], piece["text"]) for piece in line["pieces"]]

    assert pieces(QUESTION) == [("cell", "10,136千円(19事業)"), ("words", "、"), ("grade", "達成度A")]
    formal = pieces("経営指導の24年度の回答文")
    assert ("words", "は「") in formal
    assert "grade" not in dict(formal)
