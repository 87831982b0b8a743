import asyncio

from bot.answering import Kotae
from bot.channels.telegram import TelegramSettings, serve
from tests.bot.telegram.phone import CLERK, GROUP, STRANGER, Phone, Time, in_loop, talking
from tests.bot.telegram.server import TOKEN, BotApi
from tests.helpers import FLAGSHIP

LINE = "このボットは登録された方だけが使えます。使いたいときは、管理者にあなたの番号 99 をお伝えください。"


@in_loop
async def test_stranger(kotae: Kotae) -> None:
    """Whatever a stranger sends in private, one polite line and no data comes back."""
    async with talking(kotae) as phone:
        stranger = phone.elsewhere(STRANGER)
        shown = [await stranger.says(text) for text in (FLAGSHIP, "/start", "/help", "")]
        edited = await stranger.edits(50, FLAGSHIP)
    assert [[bubble.text for bubble in bubbles] for bubbles in shown] == [[LINE]] * 4
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
    """A stranger's press changes nothing: a line over a private chat, silence in a group."""
    async with talking(kotae) as phone:
        [reply] = await phone.elsewhere(CLERK, GROUP).says(f"@kotae_bot {FLAGSHIP}")
        assert await phone.elsewhere(STRANGER, GROUP).presses(reply, "回答文") == []
        assert phone.api.alerts == []
        assert await phone.elsewhere(STRANGER).presses(reply, "回答文") == []
    assert phone.api.alerts == [LINE]
    assert phone.api.presses == set()


@in_loop
async def test_channel_and_anonymous_admin(kotae: Kotae) -> None:
    """A message without a person behind it is not answered."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        message = group.message(
            text=f"@kotae_bot {FLAGSHIP}", entities=[{"type": "mention", "offset": 0, "length": 10}]
        )
        del message["from"]
        assert await group.happens("message", message) == []


@in_loop
async def test_nobody_is_allowed(kotae: Kotae) -> None:
    """Without a list of people the bot answers nobody."""
    async with BotApi() as api:
        stop = asyncio.Event()
        settings = TelegramSettings(TOKEN, api.url)
        channel = asyncio.create_task(serve(kotae, settings, stop, pace=Time().pace()))
        [reply] = await Phone(api).says(FLAGSHIP)
        stop.set()
        await channel
    assert "番号 11 を" in reply.text
    assert "10,136千円" not in reply.text
