from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Kotae
from bot.channels.telegram.inline import offers
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from tests.bot.telegram.answers import Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import CLERK, STRANGER
from tests.bot.telegram.rules import results_refused
from tests.bot.telegram.service import talking
from tests.bot.telegram.test_texts import LINES
from tests.helpers import FLAGSHIP


@in_loop
async def test_answer_is_offered(kotae: Kotae) -> None:
    """Typed in some other chat, a question is answered in the list: the figure, what it is of, the whole answer to send."""
    async with talking(kotae) as phone:
        offered = await phone.types(FLAGSHIP)
    [result] = offered["results"]
    assert result["id"] == "nerima-shokogyo/42/25/result"
    assert result["title"] == "10,136千円(19事業)、達成度A"
    assert result["description"].startswith("空き店舗入居促進事業(No.42) 平成25年度(2013年度)")
    assert "<b>10,136千円(19事業)、達成度A</b>" in result["input_message_content"]["message_text"]
    assert (offered["is_personal"], offered["cache_time"]) == (True, 0)
    assert "button" not in offered


@in_loop
async def test_choices_are_offered_each(kotae: Kotae) -> None:
    """Where the question is answered by another one, each of its choices is offered with its figure."""
    async with talking(kotae) as phone:
        offered = await phone.types("空き店舗の25年度の実績は？")
    titles = [result["title"] for result in offered["results"]]
    assert "10,136千円(19事業)、達成度A" in titles
    assert len(titles) >= 2


@in_loop
async def test_stranger(kotae: Kotae) -> None:
    """A stranger is shown the way to the bot and nothing else."""
    async with talking(kotae) as phone:
        offered = await phone.elsewhere(STRANGER).types(FLAGSHIP)
    assert offered["results"] == []
    assert offered["button"] == {"text": "登録された方だけが使えます", "start_parameter": "help"}
    assert (offered["is_personal"], offered["cache_time"]) == (True, 0)


@in_loop
async def test_nothing_to_offer(kotae: Kotae) -> None:
    """Before anything is typed, and for what has no answer, the way to the help is shown."""
    async with talking(kotae) as phone:
        for text in ("", " ", "ありがとう", "火星移住計画の実績は？"):
            offered = await phone.types(text)
            assert offered["results"] == []
            assert offered["button"]["text"] == "使い方を見る"
        [helped] = await phone.says("/start help")
    assert "たとえば" in helped.text


@in_loop
async def test_only_what_is_public() -> None:
    """Whoever asks, what is offered for another chat is public."""
    async with talking(Scripted(lines("公開")), internal=Scripted(lines("内部"))) as phone:
        offered = await phone.types("質問")
    assert [result["title"] for result in offered["results"]] == ["公開"]


@in_loop
async def test_long_answer_is_not_offered() -> None:
    """A part of an answer would look like the whole."""
    async with talking(Scripted(lines("あ" * 3000, "い" * 3000))) as phone:
        assert (await phone.types("全部"))["results"] == []


@in_loop
async def test_chosen(kotae: Kotae) -> None:
    """An answer that was sent to another chat stands in the audit, and changes no conversation."""
    async with talking(kotae) as phone:
        await phone.says("じゃあ43番の25年度は？")
        person = {"id": CLERK, "is_bot": False, "first_name": "職員"}
        chosen = {"result_id": "nerima-shokogyo/42/25/result", "from": person, "query": FLAGSHIP}
        assert await phone.happens("chosen_inline_result", chosen) == []
        assert await phone.happens("chosen_inline_result", chosen | {"result_id": "0"}) == []
        [follow_up] = await phone.says("24年度は？")
        assert phone.journal.read(lambda t: t.audit.count()) == 4
    assert "No.43" in follow_up.text


@in_loop
async def test_a_query_that_fails(kotae: Kotae) -> None:
    """A failure while somebody types disturbs nobody."""
    async with talking(Scripted(ValueError("秘密"), lines("はい。"))) as phone:
        phone.api.push(
            "inline_query",
            {"id": "x", "from": {"id": CLERK, "is_bot": False, "first_name": "y"}, "query": "質問", "offset": ""},
        )
        await phone.settles()
        [reply] = await phone.says("質問")
    assert reply.text == "はい。"


@settings(max_examples=30)
@given(st.lists(LINES, max_size=6).map(tuple), st.text(max_size=40))
def test_the_platform_refuses_no_offer(lines: tuple[Line, ...], query: str) -> None:
    """Whatever an answer holds, what is offered fits the limits."""
    found = offers(Scripted(Answer("answer", lines, query=query)), "質問")
    results = [
        {
            "type": "article",
            "id": offer.id,
            "title": offer.title,
            "input_message_content": {"message_text": offer.text, "parse_mode": "HTML"},
        }
        for offer in found
    ]
    assert results_refused({"results": results}) == ""


def test_a_title_is_not_cut_inside_a_figure() -> None:
    """Too long for the list, it ends between two parts."""
    text = "、".join(["807,994,168円"] * 12)
    [offer] = offers(Scripted(Answer("answer", (Line("figure", (Piece("cell", text),)),))), "質問")
    assert offer.title == "、".join(["807,994,168円"] * 9) + "…"
    assert text in offer.text
