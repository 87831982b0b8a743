import asyncio
import os
import signal

import pytest

from bot.answering import Kotae
from bot.channels.telegram import ChannelError, Pace, TelegramSettings, serve
from tests.bot.telegram.answers import Echo
from tests.bot.telegram.phone import Phone, Time, in_loop, settings, talking
from tests.bot.telegram.server import TOKEN, BotApi
from tests.helpers import FLAGSHIP


@in_loop
async def test_stop_after_the_current_update() -> None:
    """Told to stop while it answers, the bot finishes that answer, confirms it and leaves the rest."""
    async with BotApi() as api:
        for text in ("一", "二", "三"):
            api.push("message", Phone(api).message(text=text))
        questions = list(api.updates)
        stop = asyncio.Event()
        channel = asyncio.create_task(serve(Echo(lambda _: stop.set()), settings(api), stop, pace=Time().pace()))
        await asyncio.wait_for(channel, 2)
        assert [bubble.text for bubble in api.shown] == ["『一』"]
        assert list(api.updates) == questions[1:]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@in_loop
async def test_signal(kotae: Kotae, number: signal.Signals) -> None:
    """SIGTERM and SIGINT end a bot that waits, cleanly and at once, and leave no handler behind."""
    before = signal.getsignal(number)
    async with BotApi() as api:
        channel = asyncio.create_task(serve(kotae, settings(api), pace=Time().pace()))
        await api.until(lambda: api.settled)
        os.kill(os.getpid(), number)
        await asyncio.wait_for(channel, 2)
    assert signal.getsignal(number) in (before, signal.default_int_handler, signal.SIG_DFL)


@pytest.mark.parametrize(
    "token", ["7000000001:AAF-wrong", "", "token", "7000000001:AA F", f"{TOKEN}\n", "7000000001:ＡＡ", "1:a/../b"]
)
@in_loop
async def test_wrong_token(kotae: Kotae, token: str) -> None:
    """A token that is refused, or none at all, ends the channel with one line that doesn't show it."""
    async with BotApi() as api:
        with pytest.raises(ChannelError) as caught:
            await asyncio.wait_for(serve(kotae, settings(api, token), pace=Time().pace()), 2)
    assert "TELEGRAM_BOT_TOKEN" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not token or token not in str(caught.value)


@in_loop
async def test_wrong_address(kotae: Kotae) -> None:
    """An address without http is named, not tried for ever."""
    with pytest.raises(ChannelError, match="TELEGRAM_BASE_URL"):
        await serve(kotae, TelegramSettings(TOKEN, "127.0.0.1:8081"))


@in_loop
async def test_token_withdrawn(kotae: Kotae) -> None:
    """A token that is withdrawn while the bot polls ends the channel: it doesn't stay up and deaf."""
    async with BotApi() as api:
        api.fail("getUpdates", 401)
        with pytest.raises(ChannelError, match="TELEGRAM_BOT_TOKEN"):
            await asyncio.wait_for(serve(kotae, settings(api), asyncio.Event(), pace=Time().pace()), 2)


@in_loop
async def test_second_poller(kotae: Kotae, caplog: pytest.LogCaptureFixture) -> None:
    """A second poller is named once, borne for a minute, and then the channel ends."""
    time = Time()
    async with BotApi() as api:
        api.fail("getUpdates", 409, times=100)
        with pytest.raises(ChannelError, match="別のプログラム"):
            await asyncio.wait_for(serve(kotae, settings(api), asyncio.Event(), pace=time.pace()), 2)
    assert [record.message for record in caplog.records] == [
        "同じボットを別のプログラムが使っています。60秒待っても続くときは終わります。"
    ]
    assert 60 <= time.now <= 120
    assert time.waits == sorted(time.waits)


@in_loop
async def test_second_poller_that_goes(kotae: Kotae) -> None:
    """After a short overlap, as at a restart, the bot goes on."""
    async with talking(kotae) as phone:
        phone.api.fail("getUpdates", 409, times=3)
        replies = await phone.says(FLAGSHIP)
    assert len(replies) == 1


@in_loop
async def test_two_programs_that_take_turns(kotae: Kotae) -> None:
    """A refusal now and then among successes is a second poller too."""
    time = Time()
    async with BotApi() as api:
        channel = asyncio.create_task(serve(kotae, settings(api), asyncio.Event(), pace=time.pace()))
        for _ in range(4):
            await api.until(lambda: api.settled)
            time.now += 20
            api.fail("getUpdates", 409)
            api.push("message", Phone(api).message(text="/help"))
            await api.until(lambda: api.settled or channel.done())
        with pytest.raises(ChannelError, match="別のプログラム"):
            await asyncio.wait_for(channel, 2)


@in_loop
async def test_stop_in_an_outage(kotae: Kotae) -> None:
    """Told to stop while it waits for the network, the bot ends at once and not after the wait."""
    stop = asyncio.Event()
    api = BotApi()
    await api.http.up()
    await api.http.down()
    channel = asyncio.create_task(serve(kotae, settings(api), stop, pace=Pace()))
    await asyncio.sleep(0.2)
    stop.set()
    await asyncio.wait_for(channel, 0.5)
