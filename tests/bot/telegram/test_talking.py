import pytest

from bot.answering import Kotae
from bot.replies.answers import Choice
from tests.bot.telegram.answers import Echo, Scripted, choosing, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.service import talking
from tests.helpers import FLAGSHIP


@in_loop
async def test_question(kotae: Kotae) -> None:
    """The figure comes first and in bold; the text is the one that the terminal shows."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
    assert "10,136千円(19事業)" in reply.bold[0]
    assert "達成度A" in reply.text
    assert reply.text == kotae.answer(FLAGSHIP)[0].text
    assert len(reply.bold) == 1
    assert reply.reply_to is None


@pytest.mark.parametrize("text", ["/start", "/start help", "/help", "/unknown", "/ask"])
@in_loop
async def test_command(kotae: Kotae, text: str) -> None:
    """Every command without a question is answered with Kotae's own help."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(text)
    assert reply.text == kotae.answer("ヘルプ")[0].text
    assert "たとえば" in reply.text


@in_loop
async def test_help_leaves_the_conversation_alone(kotae: Kotae) -> None:
    """Asking for help in between forgets nothing and is not answered as a follow-up."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        [helped] = await phone.says("/help")
        [reply] = await phone.says("24年度は？")
    assert "たとえば" in helped.text
    assert "10,278千円(13事業)" in reply.bold[0]


@in_loop
async def test_follow_up(kotae: Kotae) -> None:
    """What was talked about is still known at the next message."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        [reply] = await phone.says("24年度は？")
    assert "10,278千円(13事業)" in reply.bold[0]


@in_loop
async def test_conversations_are_kept_apart(kotae: Kotae) -> None:
    """A colleague's follow-up doesn't refer to what somebody else asked."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        [reply] = await phone.elsewhere(12).says("24年度は？")
    assert "10,278千円" not in reply.text


@in_loop
async def test_choice(kotae: Kotae) -> None:
    """An ambiguous question has its candidates as buttons; pressing one turns the message into the answer."""
    async with talking(kotae) as phone:
        [asked] = await phone.says("空き店舗の25年度の実績は？")
        label = next(label for label in asked.buttons if "空き店舗入居促進事業" in label)
        [answer] = await phone.presses(asked, label)
        [follow_up] = await phone.says("24年度は？")
    assert answer.id == asked.id
    assert answer.edited
    assert "10,136千円(19事業)" in answer.bold[0]
    assert "10,278千円(13事業)" in follow_up.bold[0]


@in_loop
async def test_formal_sentence(kotae: Kotae) -> None:
    """「回答文」 is a message of its own, plain, to be forwarded; the answer stays as it is."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        [formal] = await phone.presses(reply, "回答文")
    assert not reply.edited
    assert formal.id != reply.id
    assert formal.text == "".join(piece.text for piece in kotae.answer(FLAGSHIP)[0].formal)
    assert "平成25年度" in formal.text
    assert "10,136千円(19事業)" in formal.text
    assert (formal.bold, formal.buttons) == ([], {})


@pytest.mark.parametrize(
    "data", ["nerima-shokogyo/999/13/result", "another-plan/1/13/result", "?", "=", "+", "#9/9", "\U0001f600" * 16]
)
@in_loop
async def test_outdated_button(kotae: Kotae, data: str) -> None:
    """A button that stands for nothing any more says so over the chat; no message changes."""
    async with talking(kotae) as phone:
        [reply] = await phone.says(FLAGSHIP)
        assert await phone.presses(reply, "", data=data) == []
    assert phone.words == ["このボタンはもう使えません。質問を文字で送ってください。"]


@in_loop
async def test_choice_without_query_is_left_to_the_text() -> None:
    """A choice too long for a button is no button; a long label keeps its beginning and its end."""
    long = "駅周辺地区まちづくりと連携した商店街整備の促進のための事業についての平成25年度の実績(No.44)"
    answer = choosing(Choice(long, "", "p/44/13/result"), Choice("長い", "", "p" * 65), Choice("ない", "", ""))
    async with talking(Scripted(answer)) as phone:
        [reply] = await phone.says("どれ")
    label = next(iter(reply.buttons))
    assert [reply.layout[0], len(reply.layout)] == [[label], 2]
    assert len(label) == 40
    assert label.startswith("駅周辺地区まちづくりと連携した")
    assert label.endswith("(No.44)")


@pytest.mark.parametrize(
    "text",
    [
        "<b>太字</b> & <script>",
        "</b>&lt;&amp;",
        "a < b > c & d",
        "\U0001f600" * 5,
        "\ud83d片",
        "\x00\x07\x1b[31m",
        "&#65;",
    ],
    ids=["tags", "closing", "signs", "emoji", "surrogate", "control", "reference"],
)
@in_loop
async def test_hostile_text(text: str) -> None:
    """Whatever is echoed comes out as it went in, in bold, with no markup of its own."""
    async with talking(Echo()) as phone:
        [reply] = await phone.says(text)
    visible = "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff")
    assert reply.bold == [reply.text]
    assert reply.text.replace("\ufffd", "") == f"『{visible}』"


@in_loop
async def test_hostile_question(kotae: Kotae) -> None:
    """HTML, 5,000 characters and binary are answered like any other question."""
    async with talking(kotae) as phone:
        for text in ("<b>空き店舗入居促進事業</b>&25年度", "空き店舗入居促進事業" * 500, "\x00\x01\x02", "！？"):
            assert len(await phone.says(text)) >= 1


@in_loop
async def test_long_answer() -> None:
    """An answer beyond a message goes on in the next; its choices stand under the last."""
    answer = lines(*(f"{'あ' * 99}" for _ in range(100)))
    async with talking(Scripted(answer)) as phone:
        replies = await phone.says("全部")
    assert [len(reply.text) for reply in replies] == [3999, 3999, 1999]
    assert "\n".join(reply.text for reply in replies) == answer.text


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "u",
                "width": 1,
                "height": 1,
                "type": "regular",
                "is_animated": False,
                "is_video": False,
            }
        },
        {"contact": {"phone_number": "1", "first_name": "職員"}},
    ],
)
@in_loop
async def test_something_else_than_text(kotae: Kotae, content: dict[str, object]) -> None:
    """A sticker or a photo gets one short line of help."""
    async with talking(kotae) as phone:
        [reply] = await phone.happens("message", phone.message(**content))
    assert reply.text == "質問は文字で送ってください。"


@in_loop
async def test_updates_without_a_question(kotae: Kotae) -> None:
    """A pinned message, a changed photo and an update of a kind that nobody asked for are passed over."""
    async with talking(kotae) as phone:
        pinned = phone.message(text="前の話")
        assert await phone.happens("message", phone.message(pinned_message=pinned)) == []
        assert await phone.happens("edited_message", phone.message(photo=[])) == []
        assert await phone.happens("poll_answer", {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}) == []
