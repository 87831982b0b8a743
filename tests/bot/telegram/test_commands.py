import pytest

from bot.answering import Kotae
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, GROUP
from tests.bot.telegram.service import talking
from tests.helpers import FLAGSHIP


@in_loop
async def test_menu(kotae: Kotae) -> None:
    """Telegram offers the commands while somebody types a slash."""
    async with talking(kotae) as phone:
        await phone.says("/help")
    assert phone.api.chats.commands == {
        "list": "事業を一覧から選ぶ",
        "history": "事業名を続けて書くと、年度ごとの推移",
        "grade": "事業名を続けて書くと、達成度",
        "help": "使い方",
    }


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/history 空き店舗入居促進事業", "空き店舗入居促進事業の推移は？"),
        ("/grade 空き店舗入居促進事業", "空き店舗入居促進事業の達成度は？"),
        ("/grade@kotae_bot 42番", "42番の達成度は？"),
        ("/history", "推移は？"),
        ("/ask 空き店舗入居促進事業の25年度実績は？", "空き店舗入居促進事業の25年度実績は？"),
    ],
)
@in_loop
async def test_command_is_a_question(kotae: Kotae, text: str, question: str) -> None:
    """A command with a name gives what its question gives."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(text)
    assert reply.text == kotae.answer(question)[0].text


@in_loop
async def test_command_follows_up(kotae: Kotae) -> None:
    """A command without a name is about what was talked about."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        [grade] = await phone.says("/grade")
        [history] = await phone.says("/history")
    assert "達成度A" in grade.text
    assert "10,376千円(12事業)" in history.text


@in_loop
async def test_browsing(kotae: Kotae) -> None:
    """/list leads without typing from the goals to a project's answer, in one message that changes."""
    async with talking(kotae) as phone:
        [goals] = await phone.says("/list")
        goal = next(label for label in goals.buttons if label.startswith("C"))
        [inner] = await phone.presses(goals, goal)
        while "#" in next(iter(inner.buttons.values())):
            [inner] = await phone.presses(inner, next(iter(inner.buttons)))
        [answer] = await phone.presses(inner, next(iter(inner.buttons)))
        [follow_up] = await phone.says("達成度は？")
    assert {goals.id, inner.id, answer.id} == {goals.id}
    assert "出典" in answer.text
    assert "達成度" in follow_up.text


@in_loop
async def test_pages(kotae: Kotae) -> None:
    """Projects stand one a row; where they go on and where they came from stand side by side below."""
    async with talking(kotae) as phone:
        [shown] = await phone.says("/list")
        [shown] = await phone.presses(shown, next(iter(shown.buttons)))
    assert all(len(row) == 1 for row in shown.layout[:-1])
    assert shown.layout[-1][-1] == "↑ 上へ"


@in_loop
async def test_browsing_in_a_group(kotae: Kotae) -> None:
    """The list answers a command in a group as a reply."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        [shown] = await group.says("/list@kotae_bot", message_id=70)
    assert (shown.reply_to, len(shown.buttons) > 2) == (70, True)


@in_loop
async def test_typing_is_shown(kotae: Kotae) -> None:
    """While a question is read the bot is seen typing; that this fails hurts nothing."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        phone.api.fail("sendChatAction", 500)
        assert len(await phone.says(FLAGSHIP)) == 1
        await phone.api.until(lambda: len(phone.api.asked("sendChatAction")) == 2)
    assert phone.api.asked("sendChatAction")[0] == {"chat_id": CLERK, "action": "typing"}
