"""Nobody is answered who isn't let in, and nobody more often than the rules say."""

import pytest

from bot.desk import Caller, Turn, read_press
from tests.bot.desk.conftest import MEMBER, Open
from tests.bot.journal.helpers import done
from tests.helpers import FLAGSHIP

QUERY = "nerima-shokogyo/42//result"
STRANGER = Caller("telegram", "lane", "hana")
USED = (
    "この招待は使えません。すでに使われたか、期限が過ぎています。"
    "この窓口を運用している部署に、新しい招待をお申し込みください。"
)
POLITE = "この窓口は登録された方だけが使えます。使いたいときは、この窓口を運用している部署に招待をお申し込みください。"


def test_a_stranger_is_told_one_line_whatever_they_do(counter: Open) -> None:
    """No answer, no button, no row; nothing of any plan."""
    desk = counter()
    turns = [Turn("ask", FLAGSHIP), Turn("ask", "控え A2BC-DEFG"), Turn("browse"), Turn("help"), Turn("join")]
    turns += [read_press(data) for data in ("nerima-shokogyo/42/25/result", "=x", "~x", "*A2BCDEFG", "+A2BCDEFG", "#")]
    replies = [desk.take(turn, STRANGER) for turn in turns]
    assert {(reply.answer.text, reply.buttons, reply.receipt) for reply in replies} == {(POLITE, (), "")}
    assert desk.journal.read(lambda tx: tx.audit.count()) == 0
    assert {member for _, member in desk.opened} == {False}


def test_where_anybody_may_ask_a_stranger_sees_what_is_public(counter: Open) -> None:
    """By rule, or because they stand at the machine itself."""
    at_the_machine = STRANGER._replace(trusted=True)
    for desk, caller in ((counter(open=True), STRANGER), (counter(), at_the_machine)):
        assert desk.ask(FLAGSHIP, caller=caller).answer.status == "answer"
    assert set(desk.opened) == {("telegram", False)}


def test_a_member_sees_what_is_internal_where_nobody_else_does(counter: Open) -> None:
    """In a group only what is public."""
    desk = counter()
    desk.ask(FLAGSHIP)
    desk.ask(FLAGSHIP, caller=MEMBER._replace(alone=False))
    assert desk.opened == [("telegram", True), ("telegram", False)]


def test_a_code_makes_a_member(counter: Open) -> None:
    """Once; who is one already keeps their access, and the code."""
    desk = counter()
    assert desk.join(STRANGER, "hers").answer.text == "登録しました。事業の名前と年度を書いて、質問してください。"
    assert desk.ask(FLAGSHIP, caller=STRANGER).answer.status == "answer"
    other = STRANGER._replace(person="jiro")
    assert desk.take(Turn("join", "hers"), other).answer.text == USED
    assert desk.ask(FLAGSHIP, caller=other).answer.text == POLITE
    done(desk.journal, lambda tx: tx.members.invite("new", "", False, 60))
    desk.take(Turn("join", "new"), STRANGER)
    assert desk.take(Turn("join", " new\n"), other).answer.text.startswith("登録しました")


def test_access_that_is_taken_back_is_gone_at_once(counter: Open) -> None:
    """With the next question."""
    desk = counter()
    assert desk.ask(FLAGSHIP).answer.status == "answer"
    done(desk.journal, lambda tx: tx.members.revoke(1))
    assert desk.ask(FLAGSHIP).answer.text == POLITE


def test_who_asks_too_much_waits(counter: Open) -> None:
    """A minute later they may ask again; others may all the time."""
    desk = counter(each_minute=2)
    desk.join(STRANGER, "other")
    assert [desk.ask(FLAGSHIP).answer.status for _ in range(3)] == ["answer", "answer", "help"]
    assert desk.ask(FLAGSHIP).answer.text == "質問が続いています。少し待ってから、もう一度お送りください。"
    assert desk.ask(FLAGSHIP, caller=STRANGER).answer.status == "answer"
    desk.clock.now += 61
    assert desk.ask(FLAGSHIP).answer.status == "answer"


@pytest.mark.parametrize(
    "turn",
    [
        Turn("ask", FLAGSHIP),
        Turn("ask", "控え A2BC-DEFG"),
        Turn("browse"),
        Turn("help"),
        *map(read_press, (QUERY, f">{QUERY}", f"={QUERY}", f"~{QUERY}", "*A2BCDEFG", "+A2BCDEFG")),
    ],
    ids=lambda turn: turn.verb,
)
def test_whatever_is_done_counts(counter: Open, turn: Turn) -> None:
    """A picture costs as much as an answer."""
    desk = counter(each_minute=2)
    texts = [desk.take(turn).answer.text for _ in range(4)]
    assert [text.startswith("質問が続いています。") for text in texts] == [False, False, True, True]


def test_a_clock_that_is_set_back_locks_nobody_out(counter: Open) -> None:
    """What it put into the future isn't counted."""
    desk = counter(each_minute=1)
    desk.clock.now += 3600
    assert desk.ask(FLAGSHIP).answer.status == "answer"
    desk.clock.now -= 3600
    assert desk.ask(FLAGSHIP).answer.status == "answer"


def test_at_the_machine_itself_nothing_is_counted(counter: Open) -> None:
    """Whoever sits there may ask as much as they like."""
    desk = counter(each_minute=1)
    replies = [desk.ask(FLAGSHIP, caller=MEMBER._replace(trusted=True)) for _ in range(3)]
    assert [reply.answer.status for reply in replies] == ["answer"] * 3
