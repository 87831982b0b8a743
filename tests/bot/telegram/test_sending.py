import random

import pytest

from bot.answering import Kotae
from bot.channels.telegram.keyboards import Key
from bot.channels.telegram.parcels import Parcel, dump_parcel, load_parcel
from tests.bot.telegram.answers import Echo, Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, GROUP
from tests.bot.telegram.server import BotApi, Fault
from tests.bot.telegram.service import talking
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
async def test_limits_are_honoured() -> None:
    """Told to wait, the bot sends nobody anything for as long as it is told, and then everything."""
    async with talking(Echo()) as phone:
        await phone.says("はじめ")
        phone.api.fail("sendMessage", 429, retry_after=7)
        phone.api.push("message", phone.message(text="一"))
        phone.api.push("message", phone.elsewhere(12).message(text="二"))
        await phone.settles()
    times = phone.api.times("sendMessage")
    assert len(times) == 4
    assert min(times[2:]) - times[1] >= 7
    assert sorted(bubble.text for bubble in phone.api.shown[1:]) == ["『一』", "『二』"]


@in_loop
async def test_limit_of_a_group() -> None:
    """What a group may be sent is limited for itself: people are answered meanwhile."""
    async with talking(Echo()) as phone:
        phone.api.fail("sendMessage", 429, retry_after=20)
        group = phone.elsewhere(CLERK, GROUP)
        marked = [{"type": "mention", "offset": 0, "length": 10}]
        phone.api.push("message", group.message(text="@kotae_bot 一", entities=marked))
        await phone.api.until(lambda: bool(phone.api.asked("sendMessage")))
        phone.api.push("message", phone.message(text="二"))
        await phone.settles()
    assert [bubble.text for bubble in phone.api.shown] == ["『二』", "『一』"]


@in_loop
async def test_timeout(kotae: Kotae) -> None:
    """A send that takes too long is given up and repeated."""
    async with talking(kotae) as phone:
        phone.api.hang("sendMessage", 30)
        replies = await phone.says(FLAGSHIP)
        sent = [call["text"] for call in phone.api.asked("sendMessage")]
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
    assert phone.api.chats.presses == set()


@in_loop
async def test_two_presses(kotae: Kotae) -> None:
    """A button pressed twice leaves one message, and both presses are acknowledged."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        label, data = next(iter(asked.buttons.items()))
        await phone.presses(asked, label)
        await phone.presses(asked, label, data=data)
    assert {bubble.id for bubble in phone.api.shown} == {asked.id}
    assert phone.api.chats.presses == set()


@in_loop
async def test_late_press(kotae: Kotae) -> None:
    """A press that can't be acknowledged any more is answered all the same."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        phone.api.fail("answerCallbackQuery", 400)
        assert len(await phone.presses(asked, next(iter(asked.buttons)))) == 1


@pytest.mark.parametrize("status", [403, 400])
@in_loop
async def test_send_that_is_given_up(kotae: Kotae, caplog: pytest.LogCaptureFixture, status: int) -> None:
    """Blocked by the person, or refused for good: logged without the text, not repeated, and the others are served."""
    async with talking(kotae) as phone:
        phone.api.fail("sendMessage", status)
        assert await phone.says(FLAGSHIP) == []
        assert len(await phone.says(FLAGSHIP)) == 1
        assert len(phone.api.asked("sendMessage")) == 2
    [record] = [record for record in caplog.records if record.name == "bot.post.courier"]
    assert "受け付けません" in record.message
    assert "空き店舗" not in caplog.text


@in_loop
async def test_group_that_moved() -> None:
    """A group that became a supergroup is answered where it is now."""
    async with talking(Echo()) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        phone.api.fail("sendMessage", 400, migrate_to_chat_id=-1002)
        [reply] = await group.says("@kotae_bot 一")
    assert (reply.chat, reply.text) == (-1002, "『一』")


@in_loop
async def test_storm() -> None:
    """While three calls of ten go wrong in every way, every answer is delivered, in order, and no wait is cut short."""
    async with talking(Echo()) as phone:
        await phone.says("はじめ")
        phone.api.storm(random.Random(7), 0.3)
        told = noted_waits(phone.api)
        said = [f"{number}番" for number in range(60)]
        for at, text in enumerate(said):
            who = phone.elsewhere(11 + at % 2)
            phone.api.push("message", who.message(text=text))
        await phone.settles()
        phone.api.weather = lambda _: None
        assert phone.journal.read(lambda t: t.audit.count()) == 61
    for person in (11, 12):
        shown = [bubble.text for bubble in phone.api.shown if bubble.chat == person]
        expected = [f"『{text}』" for at, text in enumerate(said) if 11 + at % 2 == person]
        assert list(dict.fromkeys(text for text in shown if text != "『はじめ』")) == expected
    times = phone.api.times("sendMessage")
    waited = [min(later for later in times if later > moment) - moment for moment in told]
    assert [wait for wait in waited if wait < 1] == []  # how many there are the storm decides


def noted_waits(api: BotApi) -> list[float]:
    """When the bot is told to wait a second before it sends anything, from now on."""
    weather, told = api.weather, []

    def noted(method: str) -> Fault | None:
        fault = weather(method)
        if fault and fault.status == 429 and method == "sendMessage":
            told.append(api.times(method)[-1])
        return fault

    api.weather = noted
    return told


@in_loop
async def test_answer_of_several_messages_in_a_storm() -> None:
    """Parts of an answer never overtake each other."""
    async with talking(Scripted(lines("あ" * 3000, "い" * 3000, "う" * 3000))) as phone:
        phone.api.storm(random.Random(3), 0.3)
        await phone.says("全部")
        phone.api.weather = lambda _: None
    assert list(dict.fromkeys(bubble.text[0] for bubble in phone.api.shown)) == ["あ", "い", "う"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "text", "text": ""},
        {"method": "text", "text": "<b> </b>"},
        {"method": "text", "text": "あ" * 4097},
        {"method": "toast", "text": "あ" * 201},
        {"method": "text", "text": "あ", "rows": ((Key("い", "う" * 22),),)},
        {"method": "keyboard", "rows": ((Key(" ", "a"),),)},
        {"method": "keyboard", "rows": ((),)},
    ],
)
def test_what_would_be_refused_is_no_parcel(wrong: dict[str, object]) -> None:
    """The edge is where a mistake shows, not the platform."""
    with pytest.raises(ValueError):
        Parcel(chat=1, **wrong)  # type: ignore[arg-type]


def test_parcel_comes_back() -> None:
    """Out of the outbox it is what it was."""
    parcel = Parcel("text", 5, 7, 8, None, "<b>あ</b>", ((Key("い", "q"), Key("う", "r")),))
    assert load_parcel(dump_parcel(parcel)) == parcel
    assert load_parcel(dump_parcel(Parcel("clear", 5))) == Parcel("clear", 5)
