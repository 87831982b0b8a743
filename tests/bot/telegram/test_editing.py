from bot.answering import Kotae
from tests.bot.telegram.answers import Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.service import talking
from tests.helpers import FLAGSHIP


@in_loop
async def test_edited_question(kotae: Kotae) -> None:
    """An edited question gets its answer changed where it stands, and is what a follow-up refers to."""
    async with talking(kotae) as phone:
        [first] = await phone.says(FLAGSHIP, message_id=50)
        [second] = await phone.edits(50, "空き店舗入居促進事業の24年度実績は？")
        [third] = await phone.says("達成度は？")
    assert second.id == first.id
    assert "10,278千円(13事業)" in second.bold[0]
    assert "空き店舗入居促進事業" in third.text


@in_loop
async def test_edited_follow_up(kotae: Kotae) -> None:
    """An edited follow-up is read where it was asked, not after itself."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        await phone.says("24年度は？", message_id=51)
        await phone.says("じゃあ43番の25年度は？")
        [edited] = await phone.edits(51, "23年度は？")
        [later] = await phone.says("24年度は？")
    assert "10,376千円(12事業)" in edited.bold[0]
    assert "No.43" in later.text


@in_loop
async def test_edit_without_change(kotae: Kotae) -> None:
    """Telegram reports an edit for a link preview too: the answer says what it said, and nothing new is sent."""
    async with talking(kotae) as phone:
        [before] = await phone.says(FLAGSHIP, message_id=52)
        text = before.text
        await phone.edits(52, FLAGSHIP)
        assert [bubble.text for bubble in phone.api.shown] == [text, text]
        assert {bubble.id for bubble in phone.api.shown} == {before.id}


@in_loop
async def test_edit_of_an_unknown_question(kotae: Kotae) -> None:
    """An edited question whose answer isn't known any more is answered anew."""
    async with talking(kotae) as phone:
        [reply] = await phone.edits(53, FLAGSHIP)
    assert not reply.edited
    assert "10,136千円(19事業)" in reply.bold[0]


@in_loop
async def test_edit_changes_the_number_of_messages() -> None:
    """A longer answer adds messages, a shorter one takes the surplus away."""
    short, long = lines("短い"), lines(*["あ" * 3000] * 3)
    async with talking(Scripted(short, long, short, long)) as phone:
        [one] = await phone.says("はじめ", message_id=54)
        three = await phone.edits(54, "長く")
        again = await phone.edits(54, "短く")
        assert [bubble.id == one.id for bubble in three] == [True, False, False]
        assert [(bubble.id, bubble.text) for bubble in again] == [(one.id, "短い")]
        assert [bubble.deleted for bubble in three] == [False, True, True]
        longer = await phone.edits(54, "また長く")
    assert [bubble.id == one.id for bubble in longer] == [True, False, False]
    assert [len(bubble.text) for bubble in phone.api.shown if not bubble.deleted][-3:] == [3000, 3000, 3000]


@in_loop
async def test_edit_of_an_answer_that_was_deleted(kotae: Kotae) -> None:
    """An answer that can't be edited any more is sent anew."""
    async with talking(kotae) as phone:
        [first] = await phone.says(FLAGSHIP, message_id=55)
        first.deleted = True
        [second] = await phone.edits(55, "空き店舗入居促進事業の24年度実績は？")
    assert second.id != first.id
    assert "10,278千円(13事業)" in second.bold[0]


@in_loop
async def test_edit_before_the_answer_is_out(kotae: Kotae) -> None:
    """Edited while the first answer still waits to be sent, there is one answer in the end, to the last question."""
    async with talking(kotae) as phone:
        phone.api.gate.clear()
        phone.api.push("message", phone.message(text=FLAGSHIP, message_id=56))
        await phone.api.until(lambda: bool(phone.api.asked("sendMessage")))
        changed = phone.message(text="空き店舗入居促進事業の24年度実績は？") | {
            "message_id": 56,
            "edit_date": 1764000001,
        }
        phone.api.push("edited_message", changed)
        await phone.api.until(lambda: phone.api.settled)
        phone.api.gate.set()
        await phone.settles()
    assert len({bubble.id for bubble in phone.api.shown}) == 1
    assert "10,278千円(13事業)" in phone.api.shown[-1].bold[0]
