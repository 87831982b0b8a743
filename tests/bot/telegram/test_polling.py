import asyncio
import logging

import pytest
from telegram import Bot

from bot.answering import Kotae
from bot.channels.telegram import serve
from tests.bot.telegram.answers import Echo, Scripted, lines
from tests.bot.telegram.phone import Phone, Time, in_loop, settings, talking
from tests.bot.telegram.server import TOKEN, BotApi
from tests.helpers import FLAGSHIP


def lost(api: BotApi, questions: list[int]) -> list[int]:
    """The updates that the bot confirmed before it had sent as many answers as they are questions."""
    answered, gone = 0, []
    for method, parameters in api.calls:
        answered += method == "sendMessage"
        offset = parameters.get("offset", 0) if method == "getUpdates" else 0
        gone += [number for place, number in enumerate(questions) if number < offset and answered <= place]
    return sorted(set(gone))


async def waiting_questions(api: BotApi) -> list[int]:
    """Three questions that wait before the bot is there."""
    phone = Phone(api)
    for text in ("一", "二", "三"):
        api.push("message", phone.message(text=text))
    return list(api.updates)


@in_loop
async def test_nothing_is_confirmed_before_it_is_handled() -> None:
    """Of three waiting questions none is confirmed before its answer went out."""
    async with BotApi() as api:
        questions = await waiting_questions(api)
        stop = asyncio.Event()
        channel = asyncio.create_task(serve(Echo(), settings(api), stop, pace=Time().pace()))
        await api.until(lambda: api.settled)
        stop.set()
        await channel
        assert [bubble.text for bubble in api.shown] == ["『一』", "『二』", "『三』"]
        assert lost(api, questions) == []


@in_loop
async def test_a_careless_loop_is_caught() -> None:
    """Negative control: a loop that moves its offset first is seen to lose all three."""
    async with BotApi() as api:
        questions = await waiting_questions(api)
        async with Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
            updates = await bot.get_updates()
            await bot.get_updates(updates[-1].update_id + 1)
            for update in updates:
                await bot.send_message(11, f"『{update.effective_message.text}』")
        assert lost(api, questions) == questions


@in_loop
async def test_cut_off_while_answering(kotae: Kotae) -> None:
    """A question whose answer was cut off by the end of the program is answered by the next one."""
    async with BotApi() as api:
        api.gate.clear()
        channel = asyncio.create_task(serve(kotae, settings(api), asyncio.Event(), pace=Time().pace()))
        api.push("message", Phone(api).message(text=FLAGSHIP))
        await api.until(lambda: "sendMessage" in [method for method, _ in api.calls])
        channel.cancel()
        await asyncio.gather(channel, return_exceptions=True)
        assert len(api.updates) == 1
        await api.http.down()
        await api.http.up()
        api.gate.set()
        stop = asyncio.Event()
        channel = asyncio.create_task(serve(kotae, settings(api), stop, pace=Time().pace()))
        await api.until(lambda: api.settled)
        stop.set()
        await channel
        assert "10,136千円(19事業)" in api.shown[-1].text


@in_loop
async def test_outage(kotae: Kotae, caplog: pytest.LogCaptureFixture) -> None:
    """No network: a line when it begins, growing waits, a line when it ends, and the question is answered."""
    time = Time()
    async with talking(kotae, time=time) as phone:
        await phone.says(FLAGSHIP)
        phone.api.push("message", phone.message(text="24年度は？"))
        await phone.api.until(lambda: phone.api.settled)
        await phone.api.http.down()
        await phone.api.until(lambda: len(time.waits) >= 12)
        await phone.api.http.up()
        replies = await phone.says("23年度は？")
    assert "10,376千円(12事業)" in replies[-1].bold[0]
    lines_logged = [record.message for record in caplog.records]
    assert len(lines_logged) == 2
    assert lines_logged[0].startswith("Telegram につながりません(")
    assert lines_logged[1].startswith("Telegram にまたつながりました(")
    assert time.waits[0] < 1
    assert time.waits[:7] == sorted(time.waits[:7])
    assert max(time.waits) <= 60


@in_loop
async def test_no_network_at_start(kotae: Kotae, caplog: pytest.LogCaptureFixture) -> None:
    """Without a network at the start the bot waits for it; told to stop it ends at once."""
    api, stop = BotApi(), asyncio.Event()
    async with api:
        await api.http.down()
        channel = asyncio.create_task(serve(kotae, settings(api), stop, pace=Time().pace()))
        await api.until(lambda: len(caplog.records) == 1)
        await api.http.up()
        [reply] = await Phone(api).says(FLAGSHIP)
        await api.http.down()
        stop.set()
        await asyncio.wait_for(channel, 2)
    assert "10,136千円(19事業)" in reply.bold[0]


@pytest.mark.parametrize("fault", [{"status": 502}, {"status": 500}, {"status": 429, "retry_after": 3}, {"status": 0}])
@in_loop
async def test_fault_of_the_server(kotae: Kotae, fault: dict[str, int]) -> None:
    """Whatever goes wrong with a poll, the next one brings the question."""
    time = Time()
    async with talking(kotae, time=time) as phone:
        phone.api.fail("getUpdates", **fault, times=2)
        [reply] = await phone.says(FLAGSHIP)
    assert "10,136千円(19事業)" in reply.bold[0]
    assert ("retry_after" not in fault) or time.waits == [3.5, 3.5]


@in_loop
async def test_unreadable_update(kotae: Kotae, caplog: pytest.LogCaptureFixture) -> None:
    """An update that the library can't read is named by its number and doesn't hold up the next one."""
    async with talking(kotae) as phone:
        assert await phone.happens("message", {"text": "秘密の質問"}) == []
        [reply] = await phone.says(FLAGSHIP)
    assert "10,136千円(19事業)" in reply.bold[0]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "秘密" not in caplog.text


@in_loop
async def test_webhook_is_taken_off(kotae: Kotae) -> None:
    """A webhook that is set would keep the updates away: it is removed, and no waiting question with it."""
    api = BotApi()
    api.webhook = "https://example.org/hook"
    async with talking(kotae, api) as phone:
        assert len(await phone.says(FLAGSHIP)) == 1
    assert api.webhook == ""


@in_loop
async def test_an_update_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """One line is logged without the question, one apology is sent, and the next question is answered."""
    kotae = Scripted(KeyError("秘密の質問"), lines("はい。"))
    async with talking(kotae) as phone:
        [apology] = await phone.says("秘密の質問")
        [answer] = await phone.says("次の質問")
    assert apology.text == "申し訳ありません。うまく処理できませんでした。もう一度送ってください。"
    assert answer.text == "はい。"
    [record] = caplog.records
    assert "KeyError(answers.py:" in record.message
    assert "秘密" not in caplog.text


@in_loop
async def test_a_press_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """A button that fails says so over the chat."""
    async with talking(Scripted(lines("はい。"), RuntimeError("秘密"))) as phone:
        [answer] = await phone.says("質問")
        assert await phone.presses(answer, "", data="plan/1//result") == []
    assert phone.api.alerts == ["申し訳ありません。うまく処理できませんでした。もう一度送ってください。"]
    assert "秘密" not in caplog.text
