import pytest

from bot.answering import Kotae
from bot.channels.telegram.keyboards import Key, keyboard_fits, to_rows, without_reasons
from bot.desk import Button
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from tests.bot.telegram.answers import Scripted
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, COLLEAGUE
from tests.bot.telegram.service import PNG, talking
from tests.helpers import FLAGSHIP

DRAWN = Answer("answer", (Line("figure", (Piece("words", "図"),)),), query="p/1/2/result")


@in_loop
async def test_layout(kotae: Kotae) -> None:
    """What can be asked next stands one a row; what can be done with the answer stands side by side below."""
    async with talking(kotae, charts=True) as phone:
        [reply] = await phone.says(FLAGSHIP)
    assert [len(row) for row in reply.layout] == [1, 1, 1, 5]
    assert reply.layout[-1] == ["回答文", "グラフ", "👍", "👎", "控え"]


@in_loop
async def test_thanks(kotae: Kotae) -> None:
    """👍 is thanked for over the chat and kept; no message changes."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        assert await phone.presses(reply, "👍") == []
        [vote] = phone.journal.read(lambda t: t.feedback.listed())
    assert phone.api.chats.words == [("ありがとうございます。", False)]
    assert (vote.vote, vote.reason) == ("up", "")


@in_loop
async def test_complaint(kotae: Kotae) -> None:
    """👎 brings its reasons under the answer; the one chosen is kept, and the buttons are as they were."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        text, layout = reply.html, reply.layout
        [asked] = await phone.presses(reply, "👎")
        assert asked.layout == [*layout, ["別の事業", "別の年度"], ["別の数字", "その他"]]
        assert await phone.presses(reply, "👎") == []
        [thanked] = await phone.presses(asked, "別の年度")
        assert (thanked.layout, thanked.html) == (layout, text)
        [vote] = phone.journal.read(lambda t: t.feedback.listed())
    assert phone.words == ["どこが違いましたか。", "どこが違いましたか。", "ありがとうございます。"]
    assert (vote.vote, vote.reason) == ("down", "year")


@in_loop
async def test_each_person_has_a_vote(kotae: Kotae) -> None:
    """The same message may be judged by several people; the last word of each counts."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        await phone.presses(reply, "👎")
        await phone.presses(reply, "👍")
        await phone.elsewhere(COLLEAGUE, CLERK).presses(reply, "👎")
        votes = phone.journal.read(lambda t: t.feedback.listed())
    assert [vote.vote for vote in votes] == ["up", "down"]


@in_loop
async def test_receipt(kotae: Kotae) -> None:
    """「控え」 gives the code of the answer, which typed in gives the answer again."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        [shown] = await phone.presses(reply, "控え")
        code = phone.journal.read(lambda t: t.audit.by_receipt("K7Q2XXXX"))
        [again] = await phone.says("控え K7Q2-XXXX")
    assert code
    assert code.question == FLAGSHIP
    assert "K7Q2-XXXX" in shown.text
    assert "引用した値は変わっていません" in again.text
    assert "10,136千円(19事業)" in again.text


@in_loop
async def test_chart(kotae: Kotae) -> None:
    """「グラフ」 is a picture with a caption, drawn when it is sent."""
    async with talking(Scripted(DRAWN), charts=True) as phone:
        [reply] = await phone.says("図は？")
        [picture] = await phone.presses(reply, "グラフ")
    assert (picture.photo, picture.text) == (PNG, "図")
    assert not reply.edited


@in_loop
async def test_chart_of_what_may_no_longer_be_seen(caplog: pytest.LogCaptureFixture) -> None:
    """A picture is drawn of what its asker may see at that moment: nothing for one who became a stranger."""
    async with talking(Scripted(DRAWN), charts=True) as phone:
        [reply] = await phone.says("図は？")
        phone.api.fail("answerCallbackQuery", 500, times=2)
        phone.api.chats.presses.add("late")
        press = {"id": "late", "from": {"id": CLERK, "is_bot": False, "first_name": "職員"}, "chat_instance": "1"}
        shown = phone.message(text=reply.text) | {"message_id": reply.id}
        phone.api.push("callback_query", press | {"message": shown, "data": "~p/1/2/result"})
        await phone.api.until(lambda: len(phone.api.asked("answerCallbackQuery")) == 1)
        phone.journal.write(lambda t: t.members.revoke(1)).result()
        await phone.settles()
    assert phone.api.asked("sendPhoto") == []


@in_loop
async def test_press_under_a_message_that_is_gone(kotae: Kotae) -> None:
    """A press whose message Telegram doesn't show any more is answered by a new one."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        asked.deleted = True
        phone.api.chats.presses.add("old")
        gone = {"chat": {"id": CLERK, "type": "private"}, "message_id": asked.id, "date": 0}
        press = {"id": "old", "from": {"id": CLERK, "is_bot": False, "first_name": "職員"}, "chat_instance": "1"}
        data = next(iter(asked.buttons.values()))
        [answer] = await phone.happens("callback_query", press | {"message": gone, "data": data})
    assert answer.id != asked.id


def test_rows_keep_their_order() -> None:
    """Choices above what can be done, and a row is never empty."""
    buttons = [
        Button("choice", "一", "a"),
        Button("choice", "ない", ""),
        Button("up", "👍", "+X"),
        Button("down", "👎", "-X"),
    ]
    assert to_rows(buttons) == ((Key("一", "a"),), (Key("👍", "+X"), Key("👎", "-X")))
    assert to_rows([Button("choice", " ", "a"), Button("choice", "長い", "あ" * 22)]) == ()


def test_many_choices() -> None:
    """More choices than a phone shows are left to the text."""
    rows = to_rows([Button("choice", str(at), "q") for at in range(200)] + [Button("up", "👍", "+X")])
    assert len(rows) == 31
    assert keyboard_fits(rows)


def test_reasons_go() -> None:
    """Only the rows of reasons go; a vote itself is none."""
    rows = ((Key("👎", "-X"),), (Key("別の事業", "-X.project"),))
    assert without_reasons(rows) == rows[:1]
    assert not keyboard_fits(((Key("", "x"),),))
    assert not keyboard_fits(((),))
