import pytest

from bot.answering import Kotae
from tests.bot.telegram.answers import Echo
from tests.bot.telegram.chats import BOT
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, COLLEAGUE, GROUP
from tests.bot.telegram.service import talking
from tests.helpers import FLAGSHIP


@pytest.mark.parametrize(
    "text",
    [
        FLAGSHIP,
        "@other_bot 25年度は？",
        "/ask@other_bot 25年度は？",
        "/start",
        "/ask 25年度は？",
        "メールは a@kotae_bot です",
    ],
)
@in_loop
async def test_silence(kotae: Kotae, text: str) -> None:
    """In a group nothing is said to what isn't said to the bot."""
    async with talking(kotae) as phone:
        assert await phone.elsewhere(CLERK, GROUP).says(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@kotae_bot 25年度は？", "25年度は？"),
        ("@Kotae_Bot 25年度は？", "25年度は？"),
        ("😀 25年度は？ @kotae_bot", "😀 25年度は？"),
        ("/ask@kotae_bot 25年度は？", "25年度は？"),
        ("/start@kotae_bot", "ヘルプ"),
        ("@kotae_bot", "ヘルプ"),
    ],
)
@in_loop
async def test_mention(text: str, asked: str) -> None:
    """Mentioned by name or by command the bot reads the rest of the message, and answers in reply to it."""
    heard: list[str] = []
    async with talking(Echo(heard.append)) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        [reply] = await group.happens("message", group.message(text=text, message_id=60, entities=_marked(text)))
    assert heard == [asked]
    assert reply.reply_to == 60


@in_loop
async def test_text_mention(kotae: Kotae) -> None:
    """A mention without a user name counts as well, and the bot's only."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        marked = [{"type": "text_mention", "offset": 0, "length": 2, "user": BOT}]
        [reply] = await group.happens("message", group.message(text=f"答え {FLAGSHIP}", entities=marked))
        other = [{**marked[0], "user": {"id": 5, "is_bot": False, "first_name": "答え"}}]
        assert await group.happens("message", group.message(text=f"答え {FLAGSHIP}", entities=other)) == []
    assert "10,136千円(19事業)" in reply.bold[0]


@in_loop
async def test_reply(kotae: Kotae) -> None:
    """A reply to the bot's message is a question; each person has a conversation of their own."""
    async with talking(kotae) as phone:
        group, colleague = phone.elsewhere(CLERK, GROUP), phone.elsewhere(COLLEAGUE, GROUP)
        [first] = await group.says(f"@kotae_bot {FLAGSHIP}")
        [second] = await group.says("24年度は？", reply_to=first)
        [third] = await colleague.says("24年度は？", reply_to=first)
    assert "10,278千円(13事業)" in second.bold[0]
    assert "10,278千円" not in third.text


@in_loop
async def test_topic(kotae: Kotae) -> None:
    """In a forum the answer stays in its topic."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        await group.says(f"@kotae_bot {FLAGSHIP}", is_topic_message=True, message_thread_id=7)
    assert [call["message_thread_id"] for method, call in phone.api.calls if method == "sendMessage"] == [7]


@in_loop
async def test_sticker(kotae: Kotae) -> None:
    """A photo in a group is none of the bot's business."""
    async with talking(kotae) as phone:
        group = phone.elsewhere(CLERK, GROUP)
        assert await group.happens("message", group.message(photo=[])) == []


def _marked(text: str) -> list[dict[str, object]]:
    """The entity that Telegram marks in these messages."""
    kind = "bot_command" if text.startswith("/") else "mention"
    start = text.index("/" if kind == "bot_command" else "@")
    before = len(text[:start].encode("utf-16-le")) // 2
    return [{"type": kind, "offset": before, "length": len(text[start:].split(" ", 1)[0])}]
