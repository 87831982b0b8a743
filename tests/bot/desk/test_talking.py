"""The same turns at every door: questions, follow-ups, edits, buttons, receipts, votes and the list of projects."""

import pytest

from bot.desk import Reply, Turn, read_press
from bot.desk.receipts import read_receipt
from bot.journal import Keeping
from kb.query import LONGEST_COMPACT
from tests.bot.desk.conftest import MEMBER, Counter, Open
from tests.bot.journal.helpers import DAY, done
from tests.helpers import FLAGSHIP


def press(desk: Counter, reply: Reply, kind: str, at: int = 0) -> Reply:
    """What somebody is given who presses a button of a reply."""
    buttons = [button for button in reply.buttons if button.kind == kind]
    return desk.take(read_press(buttons[at].press))


def kinds(reply: Reply) -> list[str]:
    """What can be done next, without the choices."""
    return [button.kind for button in reply.buttons if button.kind not in ("choice", "place")]


def test_a_question_is_answered_with_everything_that_can_be_done_next(counter: Open) -> None:
    """It is kept under its receipt."""
    desk = counter()
    reply = desk.ask(FLAGSHIP)
    assert reply.answer.text.startswith("10,136千円(19事業)、達成度A")
    assert (reply.manner, reply.receipt, kinds(reply)) == ("new", "A2BCDEFG", ["formal", "up", "down", "receipt"])
    kept = desk.journal.read(lambda tx: tx.audit.by_receipt("A2BCDEFG"))
    assert kept is not None
    assert (kept.question, kept.status, kept.query) == (FLAGSHIP, "answer", "nerima-shokogyo/42/25/result")
    assert (kept.channel, kept.lane, kept.person, kept.kind) == ("telegram", "lane", "taro", "ask")


def test_every_button_can_be_sent(counter: Open) -> None:
    """At most 64 bytes come back, with a label to read."""
    desk = counter()
    replies = [
        desk.ask(text) for text in (FLAGSHIP, "達成度Bの事業は？", "空き店舗", "ヘルプ", "42と43の25年度は？", "25")
    ]
    buttons = [button for reply in [*replies, desk.take(Turn("browse"))] for button in reply.buttons]
    assert len(buttons) > 20
    assert all(
        button.label and (button.question or 0 < len(button.press.encode()) <= LONGEST_COMPACT) for button in buttons
    )


def test_a_follow_up_knows_what_was_talked_about(counter: Open) -> None:
    """In its own lane only, and after a restart too: it is in the journal."""
    desk = counter()
    desk.ask(FLAGSHIP)
    assert "10,278千円(13事業)" in desk.ask("24年度は？").answer.text
    assert desk.ask("24年度は？", caller=MEMBER._replace(lane="other")).answer.status != "answer"


def test_an_edited_question_is_read_where_it_stood(counter: Open) -> None:
    """What was asked since keeps its own place."""
    desk = counter()
    desk.ask(FLAGSHIP, "m1")
    desk.ask("24年度は？", "m2")
    desk.ask("空き店舗活用事業は？", "m3")
    assert "10,278千円(13事業)" in desk.ask("24年度の実績は？", "m2").answer.text
    assert "空き店舗活用事業" in desk.ask("25年度は？", "m4").answer.text


def test_the_last_question_edited_changes_what_follows(counter: Open) -> None:
    """The conversation goes on from it."""
    desk = counter()
    desk.ask("空き店舗活用事業は？", "m1")
    desk.ask(FLAGSHIP, "m1")
    assert "10,278千円(13事業)" in desk.ask("24年度は？", "m2").answer.text


def test_a_choice_changes_the_message_and_the_conversation(counter: Open) -> None:
    """It has a row of its own."""
    desk = counter()
    reply = press(desk, desk.ask(FLAGSHIP), "choice")
    assert (reply.manner, reply.answer.status, reply.receipt) == ("change", "answer", "A3BCDEFG")
    assert desk.journal.read(lambda tx: tx.audit.count()) == 2


def test_the_formal_text_stands_alone(counter: Open) -> None:
    """A message of its own, made to be passed on."""
    desk = counter()
    answered = desk.ask(FLAGSHIP)
    reply = press(desk, answered, "formal")
    assert (reply.manner, reply.answer.text, reply.buttons) == (
        "new",
        "".join(piece.text for piece in answered.answer.formal),
        (),
    )


def test_a_chart_is_offered_where_it_says_something(counter: Open) -> None:
    """And drawn from the same query."""
    desk = counter()
    assert "chart" not in kinds(desk.ask(FLAGSHIP))
    reply = press(desk, desk.ask("空き店舗入居促進事業の推移は？"), "chart")
    assert (reply.manner, len(reply.answer.quotes) > 1) == ("picture", True)


def test_help_changes_nothing_of_what_was_talked_about(counter: Open) -> None:
    """It has no receipt."""
    desk = counter()
    desk.ask(FLAGSHIP)
    reply = desk.take(Turn("help"))
    assert (reply.answer.status, reply.receipt) == ("help", "")
    assert "10,278千円(13事業)" in desk.ask("24年度は？").answer.text


def test_a_vote_is_kept_and_a_bad_one_is_asked_why(counter: Open) -> None:
    """The reason takes the vote's place."""
    desk = counter()
    answered = desk.ask(FLAGSHIP)
    assert press(desk, answered, "up").answer.text == "ありがとうございます。"
    why = press(desk, answered, "down")
    assert (why.answer.text, why.manner, kinds(why)) == ("どこが違いましたか。", "passing", ["reason"] * 4)
    assert press(desk, why, "reason", 1).answer.text == "ありがとうございます。"
    (vote,) = desk.journal.read(lambda tx: tx.feedback.listed())
    assert (vote.receipt, vote.vote, vote.reason) == ("A2BCDEFG", "down", "year")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("こんにちは", set()),
        ("", set()),
        ("今日の天気は？", {"up", "down"}),
        ("空き店舗事業の25年度は？", {"up", "down"}),
        (FLAGSHIP, {"up", "down", "receipt"}),
    ],
)
def test_only_what_was_answered_is_judged_and_held_against_the_table(
    counter: Open, text: str, expected: set[str]
) -> None:
    """A greeting is neither right nor wrong, and nothing can be looked up in a refusal again."""
    reply = counter().ask(text)
    assert set(kinds(reply)) & {"up", "down", "receipt"} == expected
    assert bool(reply.receipt) == ("receipt" in expected)


@pytest.mark.parametrize(
    "written", ["控え A2BC-DEFG", "A2BC-DEFG", "a2bc-defg", "控えＡ２ＢＣ－ＤＥＦＧ", "#A2BCDEFG", "*A2BCDEFG"]
)
def test_a_receipt_gives_the_answer_again(counter: Open, written: str) -> None:
    """Typed or pressed; it says that what it quotes hasn't changed."""
    desk = counter()
    desk.ask(FLAGSHIP)
    reply = desk.take(read_press(written)) if written.startswith("*") else desk.ask(written)
    assert reply.answer.text.startswith("10,136千円(19事業)、達成度A")
    assert reply.answer.text.endswith("控え A2BC-DEFG(1970年1月12日の答え)から、引用した値は変わっていません。")
    assert desk.journal.read(lambda tx: tx.audit.count()) == 1


def test_a_receipt_whose_cells_have_changed_says_both(counter: Open) -> None:
    """What was answered then, and what the table says now."""
    desk = counter()
    desk.ask(FLAGSHIP)
    changed = "UPDATE audit SET cells = replace(cells, '10,136', '9,999')"
    text = "UPDATE texts SET answer = replace(answer, '10,136', '9,999')"
    done(desk.journal, lambda tx: [tx._connection.exec_driver_sql(one) for one in (changed, text)])
    lines = desk.ask("控え A2BC-DEFG").answer.text.splitlines()
    assert lines[:2] == ["控え A2BC-DEFG の答え(1970年1月12日):", "9,999千円(19事業)、達成度A"]
    since = lines.index("その後、引用した値が変わりました。いまの答え:")
    assert lines[since + 1] == "10,136千円(19事業)、達成度A"


def test_a_receipt_outlives_its_texts(counter: Open) -> None:
    """The query behind it gives the answer again."""
    desk = counter()
    desk.ask(FLAGSHIP)
    desk.clock.now += DAY
    done(desk.journal, lambda tx: tx.retention.forget(Keeping(texts=0.5)))
    assert "変わっていません" in desk.ask("A2BC-DEFG").answer.text


@pytest.mark.parametrize(
    "text", ["1234-5678", "ABCDEFGH", "12345678", "控え", "A2BC-DEFGH", "控え A2BC-DEFG を見せて", "O0I1A2BC"]
)
def test_what_is_no_receipt_is_a_question(text: str) -> None:
    """Numbers and names are read as such."""
    assert read_receipt(text) == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [("A2BCDEFG", "A2BCDEFG"), ("a2bcdefg", "A2BCDEFG"), ("AAAA-AAAA", "AAAAAAAA"), ("控え O0I1-A2BC", "O0I1A2BC")],
)
def test_a_receipt_may_be_typed_without_its_hyphen_or_wrong(typed: str, code: str) -> None:
    """What was meant as one is looked for, and never read as a question."""
    assert read_receipt(typed) == code


def test_the_list_leads_to_a_project(counter: Open) -> None:
    """Goal, policy, project; from there its answer."""
    desk = counter()
    page = desk.take(Turn("browse"))
    assert page.manner == "change"
    while not [button for button in page.buttons if button.kind == "choice"]:
        page = press(desk, page, "place")
    assert press(desk, page, "choice").answer.status == "answer"


@pytest.mark.parametrize(
    "data", ["", "x", "=x", "~nerima-shokogyo/42/25/result", "+XXXXXXX2", "-A2BCDEFG.why", "#nerima-shokogyo/99",
             "#x", "#/", "#nerima-shokogyo/" + "9" * 5000, "nerima-shokogyo/42/25/result/x/y/z", "\ud83d", "#\0"],
    ids=lambda data: ascii(data)[:24],
)  # fmt: skip
def test_a_button_that_means_nothing_any_more_says_so(counter: Open, data: str) -> None:
    """A passing word, no row, no exception."""
    desk = counter()
    desk.ask(FLAGSHIP)
    reply = desk.take(read_press(data))
    assert (reply.manner, reply.answer.text) == ("passing", "このボタンはもう使えません。質問を文字で送ってください。")
    assert desk.journal.read(lambda tx: tx.audit.count()) == 1


def test_a_receipt_of_nothing_says_so(counter: Open) -> None:
    """Without a word on whether there ever was one."""
    assert (
        counter().ask("控え Z9ZZ-ZZZZ").answer.text
        == "控え Z9ZZ-ZZZZ の答えはここにはありません。控えの文字をお確かめください。"
    )


def test_the_rest_of_a_list_is_pressed(counter: Open) -> None:
    """A message of its own after the first, with a button while there is more; typed it is the same."""
    desk = counter()
    reply = desk.ask("達成度Aの事業は？")
    rest = press(desk, reply, "rest")
    assert (rest.manner, rest.answer.lines[1].text) == ("new", "はじめの12件の続きです。")
    typed = desk.ask("続き")
    assert typed.answer.lines[1].text == "はじめの24件の続きです。"
    assert "rest" not in kinds(press(desk, typed, "rest"))


def test_a_rest_that_is_too_long_for_a_button_is_asked_for_in_words(counter: Open) -> None:
    """Its query holds a long condition; typed it is the same."""
    desk = counter()
    reply = desk.ask("達成度Aで24年度に実績がある、25年度に実績がある事業は？")
    rest = next(button for button in reply.buttons if button.kind == "rest")
    assert (rest.press, rest.question) == ("", "続き")
    assert desk.ask(rest.question).answer.lines[1].text == "はじめの12件の続きです。"
