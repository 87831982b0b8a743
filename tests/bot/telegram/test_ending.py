import asyncio
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram, TelegramSettings
from bot.errors import ChannelError
from tests.bot.telegram.answers import Echo
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.server import TOKEN, BotApi
from tests.bot.telegram.service import Place, Time, running, talking


async def ended(api: BotApi, folder: Path, time: Time | None = None, **more: str) -> ChannelError:
    """What a channel ends with by itself."""
    place = Place(Echo(), folder, **more)  # type: ignore[arg-type]
    journal = place.journal()
    try:
        _, office = place.channel(api, journal, time or Time())
        with pytest.raises(ChannelError) as caught:
            await asyncio.wait_for(office.run(), 500)
        return caught.value
    finally:
        journal.close()


@in_loop
async def test_stop_while_it_sends(tmp_path: Path) -> None:
    """Told to stop while an answer is on its way, the bot sees it delivered, and it isn't sent again."""
    place = Place(Echo(), tmp_path)
    async with BotApi() as api:
        async with running(place, api) as phone:
            api.gate.clear()
            api.push("message", phone.message(text="一"))
            await api.until(lambda: bool(api.asked("sendMessage")))
        assert [bubble.text for bubble in api.shown] == ["『一』"]
        async with running(place, api) as phone:
            await phone.settles()
        assert [bubble.text for bubble in api.shown] == ["『一』"]


@pytest.mark.parametrize(
    "token", ["7000000001:AAF-wrong", "", "token", "7000000001:AA F", f"{TOKEN}\n", "7000000001:ＡＡ", "1:a/../b"]
)
@in_loop
async def test_wrong_token(token: str, tmp_path: Path) -> None:
    """A token that is refused, or none at all, ends the channel with one line that doesn't show it."""
    async with BotApi() as api:
        try:
            error = await ended(api, tmp_path, token=token)
        except ChannelError as refused:
            error = refused
    assert "TELEGRAM_BOT_TOKEN" in str(error)
    assert "\n" not in str(error)
    assert not token or token not in str(error)


@pytest.mark.parametrize(
    ("base_url", "webhook", "named"),
    [("127.0.0.1:8081", "", "TELEGRAM_BASE_URL"), ("http://127.0.0.1", "http://kotae.example", "TELEGRAM_WEBHOOK")],
)
def test_wrong_address(base_url: str, webhook: str, named: str) -> None:
    """An address without http, or a webhook without https, is named, not tried for ever."""
    with pytest.raises(ChannelError, match=named):
        Telegram(TelegramSettings(TOKEN, base_url, webhook), None, None, lambda _: None)  # type: ignore[arg-type]


@pytest.mark.parametrize("webhook", ["", "https://kotae.example"])
@in_loop
async def test_token_withdrawn(webhook: str, tmp_path: Path) -> None:
    """A token that is withdrawn while the bot serves ends it: it doesn't stay up and deaf."""
    async with BotApi() as api:
        api.fail("getWebhookInfo" if webhook else "getUpdates", 401)
        assert "TELEGRAM_BOT_TOKEN" in str(await ended(api, tmp_path, webhook=webhook))


@in_loop
async def test_second_poller(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """A second poller is named once, borne for a minute, and then the channel ends."""
    time = Time()
    async with BotApi() as api:
        api.fail("getUpdates", 409, times=100)
        assert "別のプログラム" in str(await ended(api, tmp_path, time))
    assert [record.message for record in caplog.records] == [
        "同じボットを別のプログラムが使っています。60秒待っても続くときは終わります。"
    ]
    assert 55 <= sum(time.waits) <= 120
    assert time.waits == sorted(time.waits)


@in_loop
async def test_second_poller_that_goes() -> None:
    """After a short overlap, as at a restart, the bot goes on."""
    async with talking(Echo()) as phone:
        phone.api.fail("getUpdates", 409, times=3)
        assert len(await phone.says("一")) == 1


@in_loop
async def test_two_programs_that_take_turns(tmp_path: Path) -> None:
    """A refusal now and then among successes is a second poller too."""
    async with BotApi() as api:
        ending = asyncio.create_task(ended(api, tmp_path))
        while not ending.done():
            api.fail("getUpdates", 409)
            await asyncio.sleep(25)
        assert "別のプログラム" in str(await ending)


@in_loop
async def test_long_silence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """After five minutes without a word from Telegram the process ends, for whatever watches over it to start it anew."""
    time = Time()
    async with BotApi() as api:
        await api.http.down()
        assert str(await ended(api, tmp_path, time)) == (
            "5分間 Telegram とやりとりできません。ネットワークを確かめて、動かし直してください。"
        )
    assert 240 <= sum(time.waits) <= 420
    assert len(caplog.records) == 1


@in_loop
async def test_stop_in_an_outage(tmp_path: Path) -> None:
    """Told to stop while it waits for the network, the bot ends at once and not after the wait."""
    api, time = BotApi(), Time()
    async with api:
        await api.http.down()
        async with running(Place(Echo(), tmp_path), api, time):
            await api.until(lambda: len(time.waits) >= 6)
            before = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - before < 10
