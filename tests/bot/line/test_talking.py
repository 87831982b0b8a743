"""Asked on LINE, through the real SDK: the same answer as everywhere, as bubbles that can be tapped."""

from pathlib import Path

from bot.answering import Kotae
from bot.desk import Rules
from tests.bot.line.platform import user
from tests.bot.line.world import actions_of, in_loop, labelled, opened, said, stored, texts_of
from tests.helpers import FLAGSHIP, changed

FIGURE = "10,136千円(19事業)"
SHOP = "42 空き店舗入居促進事業"


@in_loop
async def test_a_question_is_answered_with_a_bubble(kotae: Kotae, tmp_path: Path) -> None:
    """Figure, grade, project, year and source; the notification says all of it."""
    async with opened(kotae, tmp_path) as (line, *_):
        message = await line.asks(FLAGSHIP)
        text = kotae.answer(FLAGSHIP)[0].text
        assert (message["type"], said(message), texts_of(message)) == ("flex", text, text)
        figure, badge = message["contents"]["body"]["contents"][0]["contents"]
        assert (figure["text"], figure["size"], badge["contents"][0]["text"]) == (FIGURE, "xxl", "達成度A")
        assert line.problems == []


@in_loop
async def test_what_can_be_done_next_is_below_it(kotae: Kotae, tmp_path: Path) -> None:
    """A choice by its compact query, the sentence to paste, a vote, the receipt."""
    async with opened(kotae, tmp_path) as (line, *_):
        message = await line.asks(FLAGSHIP)
        labels = [item["action"]["label"] for item in message["quickReply"]["items"]]
        assert labels == [
            "空き店舗入居促進事業の実績",
            "平成24年度・平成25年度…進事業の増減",
            "空き店舗入居促進事業の内容",
            "回答文",
            "👍",
            "👎",
            "控え",
        ]
        change = message["quickReply"]["items"][1]["action"]
        assert change["data"] == "nerima-shokogyo/42/24,25/cells-change"
        assert change["displayText"] == "平成24年度・平成25年度の空き店舗入居促進事業の増減"
        answer = (await line.told(line.press(change["data"])))[-1]
        assert said(answer) == kotae.answer(change["displayText"])[0].text


@in_loop
async def test_a_conversation_goes_on(kotae: Kotae, tmp_path: Path) -> None:
    """A follow-up refers to what was said before, also to what was tapped."""
    async with opened(kotae, tmp_path) as (line, *_):
        await line.asks(FLAGSHIP)
        assert "10,278千円(13事業)" in said(await line.asks("24年度は？"))
        await line.told(line.press("nerima-shokogyo/43/25/result"))
        assert "2事業 2,743千円" in said(await line.asks("25年度の実績は？"))


@in_loop
async def test_the_sentence_to_paste_stands_alone(kotae: Kotae, tmp_path: Path) -> None:
    """As a message of its own, which can be passed on, with a button that copies it."""
    async with opened(kotae, tmp_path) as (line, *_):
        press = labelled(await line.asks(FLAGSHIP), "回答文")["data"]
        (message,) = await line.told(line.press(press))
        sentence = "".join(piece.text for piece in kotae.answer(FLAGSHIP)[0].formal)
        assert (message["type"], message["text"]) == ("text", sentence)
        assert labelled(message, "コピー") == {"type": "clipboard", "label": "コピー", "clipboardText": sentence}


@in_loop
async def test_a_question_back_can_be_tapped(kotae: Kotae, tmp_path: Path) -> None:
    """Each choice in the bubble and below it; it leads where its words lead."""
    async with opened(kotae, tmp_path) as (line, *_):
        message = await line.asks("B")
        tapped = labelled(message, "達成度Bの事業一覧")
        assert tapped in [item["action"] for item in message["quickReply"]["items"]]
        answer = (await line.told(line.press(tapped["data"])))[-1]
        assert said(answer) == kotae.answer("達成度Bの事業一覧")[0].text


@in_loop
async def test_a_list_is_a_carousel(kotae: Kotae, tmp_path: Path) -> None:
    """The answer first, then every project that it only counts; each can be asked for."""
    async with opened(kotae, tmp_path) as (line, *_):
        message = await line.asks("達成度Aの事業は？")
        answer = kotae.answer("達成度Aの事業は？")[0]
        assert (said(message), texts_of(message)) == (answer.text, answer.text)
        projects = [action["data"] for action in actions_of(message)[: len(answer.projects)]]
        assert projects == [f"{project.reference}//result" for project in answer.projects]
        assert "10,136千円" in said((await line.told(line.press("nerima-shokogyo/42//result")))[-1])
        assert line.problems == []


@in_loop
async def test_the_list_of_projects_is_looked_through(kotae: Kotae, tmp_path: Path) -> None:
    """Level by level, page by page, without typing."""
    async with opened(kotae, tmp_path) as (line, *_):
        message = (await line.told(line.press("#")))[-1]
        assert [action["data"] for action in actions_of(message)][:2] == ["#nerima-shokogyo/0", "#nerima-shokogyo/1"]
        deeper = (await line.told(line.press("#nerima-shokogyo/0")))[-1]
        assert labelled(deeper, "↑ 上へ")["data"] == "#nerima-shokogyo"
        assert all("displayText" not in action for action in actions_of(message))


@in_loop
async def test_a_chart_is_a_picture_with_its_figures_in_words(kotae: Kotae, tmp_path: Path) -> None:
    """By an address that shows it for a while; what is changed in it shows nothing."""
    async with opened(kotae, tmp_path) as (line, channel, *_):
        press = labelled(await line.asks("空き店舗入居促進事業の推移は？"), "グラフ")["data"]
        image, caption = await line.told(line.press(press))
        ((prefix, fetch),) = channel.pictures.items()
        base, _, token = image["originalContentUrl"].partition(prefix)
        assert (base, FIGURE in caption["text"]) == ("https://kotae.example.jp", True)
        assert FIGURE.encode() in (await fetch(token) or b"")
        assert await fetch(changed(token)) is None


@in_loop
async def test_without_an_address_no_chart_is_offered(kotae: Kotae, tmp_path: Path) -> None:
    """LINE fetches pictures by HTTPS only."""
    async with opened(kotae, tmp_path, public_url="") as (line, *_):
        labels = [action["label"] for action in actions_of(await line.asks("空き店舗入居促進事業の推移は？"))]
        assert ("グラフ" in labels, "回答文" in labels) == (False, True)


@in_loop
async def test_a_vote_is_kept(kotae: Kotae, tmp_path: Path) -> None:
    """👎 asks what was wrong, and takes the answer."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        down = labelled(await line.asks(FLAGSHIP), "👎")
        why = (await line.told(line.press(down["data"])))[-1]
        thanks = (await line.told(line.press(labelled(why, "別の年度")["data"])))[-1]
        (vote,) = journal.read(lambda tx: tx.feedback.listed())
        assert (vote.vote, vote.reason, thanks["text"]) == ("down", "year", "ありがとうございます。")


@in_loop
async def test_a_stranger_gets_one_line(kotae: Kotae, tmp_path: Path) -> None:
    """And nothing of any plan, whatever they do."""
    async with opened(kotae, tmp_path) as (line, *_):
        stranger = user(7)
        events = [line.text(FLAGSHIP, stranger), line.press("#", stranger), line.event("follow", stranger)]
        answers = [await line.told(event) for event in [*events, line.event("message", stranger, message=IMAGE)]]
        assert {(len(answer), answer[0]["text"][:14]) for answer in answers} == {(1, "この窓口は登録された方だけが")}


@in_loop
async def test_a_code_lets_somebody_in_once(kotae: Kotae, tmp_path: Path) -> None:
    """Sent as a message; the next one can't use it."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        journal.write(lambda tx: tx.members.invite("K7Q2-9FMX", "田中", False, 60)).result()
        assert said(await line.asks("K7Q2-9FMX", user(2))).startswith("登録しました")
        assert FIGURE in said(await line.asks(FLAGSHIP, user(2)))
        assert said(await line.asks("K7Q2-9FMX", user(3))).startswith("この窓口は登録された方だけ")


@in_loop
async def test_a_code_lets_somebody_in_where_all_may_ask(kotae: Kotae, tmp_path: Path) -> None:
    """Whoever is no member yet, but may ask, is not told that the code is no project."""
    async with opened(kotae, tmp_path, Rules(open=True)) as (line, _, journal, *_):
        journal.write(lambda tx: tx.members.invite("K7Q2-9FMX", "田中", False, 60)).result()
        assert FIGURE in said(await line.asks(FLAGSHIP, user(2)))
        assert said(await line.asks("K7Q2-9FMX", user(2))).startswith("登録しました")


@in_loop
async def test_a_friend_is_welcomed(kotae: Kotae, tmp_path: Path) -> None:
    """With what can be asked."""
    async with opened(kotae, tmp_path) as (line, *_):
        (message,) = await line.told(line.event("follow", follow={"isUnblocked": False}))
        assert said(message) == kotae.answer("ヘルプ")[0].text


GROUP = "C" + "0" * 31 + "5"
IMAGE = {"id": "1", "type": "image", "contentProvider": {"type": "line"}}


@in_loop
async def test_in_a_group_only_a_mention_is_heard(kotae: Kotae, tmp_path: Path) -> None:
    """Nothing else that is said there is even kept; the answer goes to the group."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        assert (await line.told(line.event("join", "", GROUP)))[0]["text"].startswith("このトークでは")
        await line.deliver(
            line.text("きょうの昼は何にする？", group=GROUP), line.event("message", user(), GROUP, message=IMAGE)
        )
        (message,) = await line.told(line.text(FLAGSHIP, group=GROUP, mention=True))
        assert (said(message), "昼は" in stored(journal)) == (kotae.answer(FLAGSHIP)[0].text, False)


@in_loop
async def test_what_is_taken_back_is_deleted(kotae: Kotae, tmp_path: Path) -> None:
    """Question, reading and answer; the row that something was asked stays, and talk begins anew."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        event = line.text(FLAGSHIP)
        await line.told(event)
        assert FLAGSHIP in stored(journal)
        taken = line.event("unsend", unsend={"messageId": event["message"]["id"]})
        await line.deliver(taken)
        await line.until(lambda: FLAGSHIP not in stored(journal))
        assert ("10,136千円(19事業)、達成度" in stored(journal), journal.read(lambda tx: tx.audit.count())) == (
            False,
            1,
        )
        assert "どの事業についてですか" in said(await line.asks("24年度は？"))


@in_loop
async def test_what_was_taken_back_before_it_came_is_not_read(kotae: Kotae, tmp_path: Path) -> None:
    """Events may come in any order."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        event = line.text(FLAGSHIP)
        await line.deliver(line.event("unsend", unsend={"messageId": event["message"]["id"]}))
        await line.deliver(event)
        await line.asks("ヘルプ")
        assert (FLAGSHIP in stored(journal), line.answers[event["replyToken"]]) == (False, 0)


@in_loop
async def test_a_picture_can_not_be_read(kotae: Kotae, tmp_path: Path) -> None:
    """It says so."""
    async with opened(kotae, tmp_path) as (line, *_):
        (message,) = await line.told(line.event("message", message=IMAGE))
        assert message["text"] == "質問は文字で送ってください。"


@in_loop
async def test_an_old_button_says_so(kotae: Kotae, tmp_path: Path) -> None:
    """Also one that was never ours."""
    async with opened(kotae, tmp_path) as (line, *_):
        for data in ("nerima-shokogyo/999//result", "buy=1", "@99 nerima-shokogyo/?grade=A//projects", "=x", "-x"):
            (message,) = await line.told(line.press(data))
            assert message["text"].startswith("このボタンはもう使えません")
