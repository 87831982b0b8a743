import logging

import pytest
from telegram import Bot

from bot.answering import Kotae
from bot.channels.telegram import polling
from bot.errors import JournalError
from tests.bot.telegram.answers import Echo, Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, Phone
from tests.bot.telegram.server import TOKEN, BotApi
from tests.bot.telegram.service import Place, Time, running, talking
from tests.helpers import FLAGSHIP


def lost(api: BotApi, kept: set[int]) -> list[int]:
    """The updates that the bot confirmed and doesn't have."""
    return sorted(number for number in api.confirmed if number not in kept)


def kept(phone: Phone) -> set[int]:
    """The updates that the journal holds."""
    numbers = range(100, 1000)
    states = phone.journal.read(lambda t: {number: t.inbox.state("telegram", str(number)) for number in numbers})
    return {number for number, state in states.items() if state}


@in_loop
async def test_nothing_is_confirmed_before_it_is_kept() -> None:
    """While the journal can't be written nothing is confirmed; once it can, everything is answered, in order."""
    async with talking(Echo()) as phone:
        await phone.says("はじめ")
        keep = phone.office.receive
        asked: list[int] = []

        async def full(events: object) -> None:
            asked.append(1)
            raise JournalError("記録がいっぱいです。")

        phone.office.receive = full  # type: ignore[method-assign]  # the disk is full
        for text in ("一", "二", "三"):
            phone.api.push("message", phone.message(text=text))
        await phone.api.until(lambda: len(asked) >= 3)
        assert len(phone.api.updates) == 3
        assert lost(phone.api, kept(phone)) == []
        phone.office.receive = keep  # type: ignore[method-assign]
        await phone.settles()
        assert lost(phone.api, kept(phone)) == []
    assert [bubble.text for bubble in phone.api.shown[1:]] == ["『一』", "『二』", "『三』"]


@in_loop
async def test_a_careless_loop_is_caught() -> None:
    """Negative control: a loop that moves its offset first is seen to lose all three."""
    async with BotApi() as api, Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
        for text in ("一", "二", "三"):
            api.push("message", {"message_id": 1, "date": 1, "chat": {"id": CLERK, "type": "private"}, "text": text})
        updates = await bot.get_updates()
        await bot.get_updates(updates[-1].update_id + 1)
        assert len(lost(api, set())) == 3


@in_loop
async def test_offset_is_dropped_once_all_is_confirmed() -> None:
    """Idle, the bot asks without an offset: numbers may begin anew after a week, below the last one."""
    async with talking(Echo()) as phone:
        await phone.says("一")
        await phone.api.until(lambda: len(phone.api.asked("getUpdates")) >= 4)
        polls = len(phone.api.asked("getUpdates"))
        phone.api.hang("getUpdates", 9)
        await phone.api.until(lambda: len(phone.api.asked("getUpdates")) > polls)
        phone.api.updates[7] = {"message": phone.message(text="二")}
        await phone.settles()
    assert [bubble.text for bubble in phone.api.shown] == ["『一』", "『二』"]


@in_loop
async def test_repeated_update() -> None:
    """An update that comes again is answered once."""
    async with talking(Echo()) as phone:
        message = phone.message(text="一")
        number = phone.api.push("message", message)
        await phone.settles()
        phone.api.updates[number] = {"message": message}
        phone.api.push("message", phone.message(text="二"))
        await phone.settles()
    assert [bubble.text for bubble in phone.api.shown] == ["『一』", "『二』"]


@in_loop
async def test_cut_off_while_answering(kotae: Kotae, tmp_path: object) -> None:
    """A question whose answer was cut off by the end of the program is answered by the next one."""
    place = Place(kotae, tmp_path)  # type: ignore[arg-type]
    async with BotApi() as api:
        async with running(place, api) as phone:
            api.fail("sendMessage", 500, times=1000)
            api.push("message", phone.message(text=FLAGSHIP))
            await api.until(lambda: bool(api.asked("sendMessage")))
        assert api.shown == []
        api._faults.clear()
        await api.http.down()
        await api.http.up()
        async with running(place, api) as phone:
            await phone.settles()
        assert ["10,136千円(19事業)" in bubble.text for bubble in api.shown] == [True]


@in_loop
async def test_outage(kotae: Kotae, caplog: pytest.LogCaptureFixture) -> None:
    """No network: a line when it begins, growing waits, a line when it ends, and every question is answered."""
    time = Time()
    async with talking(kotae, time=time) as phone:
        await phone.says(FLAGSHIP)
        await phone.api.http.down()
        await phone.api.until(lambda: len(time.waits) >= 7)
        phone.api.push("message", phone.message(text="24年度は？"))
        await phone.api.http.up()
        await phone.settles()
    assert "10,278千円(13事業)" in phone.api.shown[-1].bold[0]
    lines_logged = [record.message for record in caplog.records]
    assert len(lines_logged) == 2
    assert lines_logged[0].startswith("Telegram につながりません(")
    assert lines_logged[1].startswith("Telegram にまたつながりました(")
    assert time.waits[0] < 1
    assert time.waits == sorted(time.waits)
    assert max(time.waits) <= 60


@in_loop
async def test_no_network_at_start(kotae: Kotae, caplog: pytest.LogCaptureFixture, tmp_path: object) -> None:
    """Without a network at the start the bot waits for it."""
    api = BotApi()
    async with api:
        await api.http.down()
        async with running(Place(kotae, tmp_path), api) as phone:  # type: ignore[arg-type]
            await api.until(lambda: len(caplog.records) == 1)
            await api.http.up()
            [reply] = await phone.says(FLAGSHIP)
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
    """Tried three times, each a line without the question; then one apology, and the next question is answered."""
    kotae = Scripted(*[KeyError("秘密の質問")] * 3, lines("はい。"))
    async with talking(kotae) as phone:
        [apology] = await phone.says("秘密の質問")
        [answer] = await phone.says("次の質問")
    assert apology.text == "申し訳ありません。うまく処理できませんでした。もう一度送ってください。"
    assert answer.text == "はい。"
    assert ["KeyError(answers.py:" in record.message for record in caplog.records] == [True] * 3
    assert "秘密" not in caplog.text


@in_loop
async def test_a_press_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """A button that fails says so over the chat."""
    async with talking(Scripted(lines("はい。"), RuntimeError("秘密"))) as phone:
        [answer] = await phone.says("質問")
        assert await phone.presses(answer, "", data="plan/1//result") == []
    assert phone.words == ["申し訳ありません。うまく処理できませんでした。もう一度送ってください。"]
    assert "秘密" not in caplog.text


def test_what_is_asked_for() -> None:
    """Every kind of update that is answered is asked for: Telegram keeps back some unless they are named."""
    assert set(polling.UPDATES) == {
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
    }


@in_loop
async def test_order() -> None:
    """What waits together is answered in the order in which it happened, presses too."""
    async with talking(Echo()) as phone:
        await phone.says("一")
        phone.api.gate.clear()
        for text in ("二", "三", "四"):
            phone.api.push("message", phone.message(text=text, date=1764000000 + 5 * (text == "二")))
        phone.api.gate.set()
        await phone.settles()
    assert [bubble.text for bubble in phone.api.shown] == ["『一』", "『二』", "『三』", "『四』"]
