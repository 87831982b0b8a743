import pytest

from bot.answering import Kotae
from tests.bot.telegram.answers import Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, GROUP, STRANGER
from tests.bot.telegram.service import CODE, talking
from tests.helpers import FLAGSHIP

LINE = "この窓口は登録された方だけが使えます。使いたいときは、この窓口を運用している部署に招待をお申し込みください。"


@in_loop
async def test_stranger(kotae: Kotae) -> None:
    """Whatever a stranger sends in private, one polite line and no data comes back."""
    async with talking(kotae) as phone:
        stranger = phone.elsewhere(STRANGER)
        texts = (FLAGSHIP, "/start", "/help", "/list", "/history 空き店舗", "K7Q2-2222")
        shown = [await stranger.says(text) for text in texts]
        shown.append(
            await stranger.happens("message", stranger.message(contact={"phone_number": "1", "first_name": "x"}))
        )
        edited = await stranger.edits(50, FLAGSHIP)
    assert [[bubble.text for bubble in bubbles] for bubbles in shown] == [[LINE]] * 7
    assert [bubble.buttons for bubbles in shown for bubble in bubbles] == [{}] * 7
    assert edited == []


@in_loop
async def test_stranger_in_a_group(kotae: Kotae) -> None:
    """In a group a stranger is not answered at all, mention or not."""
    async with talking(kotae) as phone:
        stranger = phone.elsewhere(STRANGER, GROUP)
        assert await stranger.says(f"@kotae_bot {FLAGSHIP}") == []
        assert await stranger.says("/start@kotae_bot") == []


@in_loop
async def test_stranger_presses_a_button(kotae: Kotae) -> None:
    """A stranger's press changes nothing: a line over a private chat, silence in a group, and the button stops waiting."""
    async with talking(kotae) as phone:
        [reply] = await phone.elsewhere(CLERK, GROUP).says(f"@kotae_bot {FLAGSHIP}")
        for label in ("回答文", "👍", "控え"):
            assert await phone.elsewhere(STRANGER, GROUP).presses(reply, label) == []
        assert phone.words == []
        assert await phone.elsewhere(STRANGER).presses(reply, "回答文") == []
    assert phone.api.chats.words == [(LINE, True)]
    assert phone.api.chats.presses == set()


@in_loop
async def test_invitation(kotae: Kotae) -> None:
    """Whoever opens the link of an invitation may ask from then on; the link works once."""
    async with talking(kotae) as phone:
        stranger = phone.elsewhere(STRANGER)
        [welcome] = await stranger.says(f"/start {CODE}")
        [answer] = await stranger.says(FLAGSHIP)
        [again] = await stranger.says(f"/start {CODE}")
        [late] = await phone.elsewhere(98).says(f"/start {CODE}")
    assert welcome.text == "登録しました。事業の名前と年度を書いて、質問してください。"
    assert "10,136千円(19事業)" in answer.text
    assert again.text == welcome.text
    assert late.text.startswith("この招待は使えません。すでに使われたか、期限が過ぎています。")


@in_loop
async def test_access_taken_back(kotae: Kotae) -> None:
    """A member whose access was taken back is a stranger from the next message on."""
    async with talking(kotae) as phone:
        assert "10,136千円(19事業)" in (await phone.says(FLAGSHIP))[0].text
        phone.journal.write(lambda t: t.members.revoke(1)).result()
        assert [bubble.text for bubble in await phone.says(FLAGSHIP)] == [LINE]


@in_loop
async def test_invitation_in_a_group_is_none(kotae: Kotae) -> None:
    """A code that everybody reads lets nobody in, and stays good."""
    async with talking(kotae) as phone:
        assert await phone.elsewhere(STRANGER, GROUP).says(f"/start@kotae_bot {CODE}") == []
        [welcome] = await phone.elsewhere(STRANGER).says(f"/start {CODE}")
    assert welcome.text.startswith("登録しました。")


@pytest.mark.parametrize("text", ["@kotae_bot 質問", "/list@kotae_bot"])
@in_loop
async def test_internal_in_a_group(text: str) -> None:
    """In a group a member is given what is public only; in private what is internal, too."""
    public, internal = Scripted(lines("公開")), Scripted(lines("内部"))
    async with talking(public, internal=internal) as phone:
        assert [bubble.text for bubble in await phone.elsewhere(CLERK, GROUP).says("@kotae_bot 質問")] == ["公開"]
        assert [bubble.text for bubble in await phone.says("質問")] == ["内部"]
        assert "内部" not in [bubble.text for bubble in await phone.elsewhere(CLERK, GROUP).says(text)]


@in_loop
async def test_channel_and_anonymous_admin(kotae: Kotae) -> None:
    """A message without a person behind it, or of a bot, is not answered; nor is an answer sent by way of the bot."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        marked = [{"type": "mention", "offset": 0, "length": 10}]
        message = group.message(text=f"@kotae_bot {FLAGSHIP}", entities=marked)
        bot = {"id": 5, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        assert await group.happens("message", message | {"from": bot}) == []
        mine = {"id": 7000000001, "is_bot": True, "first_name": "答え", "username": "kotae_bot"}
        assert await phone.happens("message", phone.message(text=FLAGSHIP, via_bot=mine)) == []
        del message["from"]
        assert await group.happens("message", message) == []


@in_loop
async def test_too_many_questions(kotae: Kotae) -> None:
    """Who asks more than they may is asked to wait."""
    async with talking(kotae, each_minute=2) as phone:
        shown = [await phone.says(FLAGSHIP) for _ in range(3)]
    assert shown[2][0].text == "質問が続いています。少し待ってから、もう一度お送りください。"
