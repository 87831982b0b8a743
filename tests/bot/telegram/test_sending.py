import pytest

from bot.answering import Kotae
from tests.bot.telegram.answers import Scripted, lines
from tests.bot.telegram.phone import CLERK, Time, in_loop, talking
from tests.helpers import FLAGSHIP


@pytest.mark.parametrize("status", [500, 502, 0])
@in_loop
async def test_send_is_repeated(kotae: Kotae, status: int) -> None:
    """An error of the server or a cut connection is met by sending again."""
    async with talking(kotae) as phone:
        phone.api.fail("sendMessage", status, times=3)
        [reply] = await phone.says(FLAGSHIP)
    assert "10,136千円(19事業)" in reply.bold[0]


@in_loop
async def test_limits_are_honoured(kotae: Kotae) -> None:
    """Told to wait, the bot waits as long as it is told, and then sends."""
    time = Time()
    async with talking(kotae, time=time) as phone:
        phone.api.fail("sendMessage", 429, times=2, retry_after=7)
        replies = await phone.says(FLAGSHIP)
    assert len(replies) == 1
    assert time.waits == [7.5, 7.5]


@in_loop
async def test_timeout(kotae: Kotae) -> None:
    """A send that takes too long is given up and repeated."""
    async with talking(kotae) as phone:
        phone.api.hang("sendMessage", 0.5)
        replies = await phone.says(FLAGSHIP)
        sent = [call["text"] for method, call in phone.api.calls if method == "sendMessage"]
    assert len(sent) >= 2
    assert len(set(sent)) == 1
    assert "10,136千円(19事業)" in replies[-1].bold[0]


@in_loop
async def test_lost_answer(kotae: Kotae) -> None:
    """A send whose success nobody told us is repeated: twice is better than never."""
    async with talking(kotae) as phone:
        phone.api.lose_answer("sendMessage")
        first, second = await phone.says(FLAGSHIP)
    assert first.text == second.text


@in_loop
async def test_edit_is_repeated(kotae: Kotae) -> None:
    """Edits and answers to presses are repeated like sends; an edit that had worked is not sent anew."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        phone.api.fail("answerCallbackQuery", 502)
        phone.api.lose_answer("editMessageText")
        [answer] = await phone.presses(asked, next(iter(asked.buttons)))
    assert answer.id == asked.id
    assert phone.api.presses == set()


@in_loop
async def test_two_presses(kotae: Kotae) -> None:
    """A button pressed twice changes the message once, and both presses are acknowledged."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        label, data = next(iter(asked.buttons.items()))
        assert len(await phone.presses(asked, label)) == 1
        assert await phone.presses(asked, label, data=data) == []
    assert phone.api.presses == set()


@in_loop
async def test_late_press(kotae: Kotae) -> None:
    """A press that can't be acknowledged any more is answered all the same."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        phone.api.fail("answerCallbackQuery", 400)
        assert len(await phone.presses(asked, next(iter(asked.buttons)))) == 1


@pytest.mark.parametrize(
    ("fault", "attempts"), [({"status": 403}, 1), ({"status": 429, "retry_after": 3600}, 1), ({"status": 502}, 6)]
)
@in_loop
async def test_send_that_is_given_up(
    kotae: Kotae, caplog: pytest.LogCaptureFixture, fault: dict[str, int], attempts: int
) -> None:
    """Blocked by the person, held off for an hour, or failing again and again: logged, and the loop goes on."""
    async with talking(kotae) as phone:
        phone.api.fail("sendMessage", **fault, times=attempts)
        assert await phone.says(FLAGSHIP) == []
        assert len(await phone.says(FLAGSHIP)) == 1
    [record] = caplog.records
    assert "を処理できませんでした" in record.message
    assert "空き店舗" not in caplog.text


@in_loop
async def test_refused_send() -> None:
    """A message that the platform refuses for good is not repeated but apologised for."""
    async with talking(Scripted(lines("はい。"))) as phone:
        phone.api.fail("sendMessage", 400)
        [apology] = await phone.says("質問")
        sent = [call["text"] for method, call in phone.api.calls if method == "sendMessage"]
    assert sent == ["はい。", "申し訳ありません。うまく処理できませんでした。もう一度送ってください。"]
    assert apology.chat == CLERK
