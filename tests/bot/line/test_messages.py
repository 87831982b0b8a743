"""What is shown on LINE is what is answered everywhere, in messages that LINE takes."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from bot.channels.line.actions import page_of, pressing
from bot.channels.line.limits import check_messages
from bot.channels.line.lists import hidden
from bot.channels.line.menu import make_menu
from bot.channels.line.messages import Words, formal, to_messages
from bot.channels.line.texts import parts, shortened, units
from bot.desk import Button, Reply
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from kb.running.results import Project
from tests.bot.line.rules import complaints, menu_complaints
from tests.bot.line.world import actions_of, said, texts_of

SAY = Words("コピー", "次へ ▶", "はじめの部分だけを示しました。")
QUESTIONS = Path(__file__).parents[2] / "corpora/handwritten.jsonl"


def asked(kotae: Kotae) -> Iterator[Answer]:
    """The answers to every question of the corpus."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        context = None
        for turn in json.loads(line)["turns"]:
            answer, context = kotae.answer(turn, context)
            yield answer


def test_every_answer_says_the_same(kotae: Kotae) -> None:
    """Notification and bubble, letter by letter, in one message; LINE would take all of them."""
    wrong, many = [], 0
    for answer in asked(kotae):
        messages = to_messages(Reply(answer), kotae.catalogs, SAY)
        texts = [said(message) for message in messages], [texts_of(message) for message in messages]
        wrong += [answer.text] if texts != ([answer.text], [answer.text]) or [*complaints(list(messages))] else []
        many += 1
    assert (wrong, many > 50) == ([], True)


def answered(*lines: tuple[str, str]) -> Reply:
    """A reply of lines with their roles."""
    return Reply(
        Answer("answer", tuple(Line(role, (Piece("echo", text),)) for role, text in lines), query="p/?x//projects")
    )


def test_a_long_answer_is_several_bubbles() -> None:
    """Each with a notification that says all of it, no figure cut."""
    reply = answered(*(("figure", f"平成{at}年度: {at:,}34,567千円({at}事業)" + "あ" * 80) for at in range(60)))
    messages = to_messages(reply, (), SAY)
    assert list(complaints(list(messages))) == []
    assert "\n".join(said(message) for message in messages) == reply.answer.text
    assert [said(message) == texts_of(message) for message in messages] == [True] * len(messages)


def test_an_answer_without_end_says_that_it_is_cut() -> None:
    """Five messages at most."""
    messages = to_messages(answered(*(("note", "あ" * 1000) for _ in range(60))), (), SAY)
    assert (len(messages), said(messages[-1]), list(complaints(list(messages)))) == (5, SAY.long, [])


def test_a_long_list_is_paged(kotae: Kotae) -> None:
    """As many as fit, then a button that turns the page, until all were shown; each once."""
    catalog = kotae.catalogs[0]
    everything = [Project(name, "1", "長い名前の事業" * 9, (), "No.1") for name in catalog.names if "." not in name]
    projects = tuple(everything)
    more = Line("more", (Piece("words", "ほか"), Piece("count", str(len(projects)), projects), Piece("words", "件")))
    answer = Answer(
        "answer", (Line("figure", (Piece("words", "あ" * 1400),)), more), query="nerima-shokogyo/?grade=A//projects"
    )
    start, seen = 0, []
    for _ in range(9):
        (message,) = to_messages(Reply(answer), kotae.catalogs, SAY, start)
        assert list(complaints([message])) == []
        taps = actions_of(message)
        seen += [action["data"] for action in taps if not action["data"].startswith("@")]
        turned = [page_of(action["data"]) for action in taps if action["data"].startswith("@")]
        if not turned:
            break
        ((start, press),) = turned
        assert press == answer.query
    assert seen == [action.action["data"] for action in hidden(answer.lines, kotae.catalogs)]
    assert len(seen) == len(projects)


@pytest.mark.parametrize("label", ["あ" * 60, "か\u3099" * 30, "👨‍👩‍👧" * 20, "🇯🇵" * 30, "x\n" * 40])
def test_a_label_is_cut_between_characters(label: str) -> None:
    """Twenty at most, whatever they are made of."""
    short = shortened(label, 20)
    assert 0 < len(short) <= 20
    assert not re.search("(^|…)[\u3099\u200d]", short)


@pytest.mark.parametrize("most", [10, 11, 12, 13])
def test_a_text_is_never_cut_inside_a_figure(most: int) -> None:
    """The parts together are the text."""
    text = "実績は10,136千円でした。前の年は10,278千円でした。" * 3
    cut = list(parts(text, most))
    assert ("".join(cut), max(map(units, cut)) <= most) == (text, True)
    assert all(not (a[-1].isdigit() and (b[0].isdigit() or b[0] == ",")) for a, b in pairwise(cut))


REFUSED: list[list[dict[str, Any]]] = [
    [],
    [{"type": "text", "text": "x"}] * 6,
    [{"type": "text", "text": " "}],
    [{"type": "text", "text": "あ" * 5001}],
    [{"type": "flex", "altText": "🐤" * 751, "contents": {"type": "bubble"}}],
    [{"type": "flex", "altText": "", "contents": {"type": "bubble"}}],
    [{"type": "flex", "altText": "x", "contents": {"type": "bubble", "x": "あ" * 10_300}}],
    [{"type": "flex", "altText": "x", "contents": {"type": "carousel", "contents": [{"type": "bubble"}] * 13}}],
    [{"type": "image", "originalContentUrl": "http://x", "previewImageUrl": "https://x"}],
    [{"type": "text", "text": "x", "quickReply": {"items": []}}],
    [{"type": "text", "text": "x", "quickReply": {"items": [{"type": "action", "action": {"type": "postback", "label": "あ" * 21, "data": "x"}}]}}],
    [{"type": "text", "text": "x", "quickReply": {"items": [{"type": "action", "action": {"type": "postback", "label": "x", "data": "x" * 301}}]}}],
    [{"type": "text", "text": "x", "quickReply": {"items": [{}] * 14}}],
    [{"type": "text", "text": "x", "quickReply": {"items": [{}]}}, {"type": "text", "text": "y"}],
]  # fmt: skip


@pytest.mark.parametrize("messages", REFUSED, ids=range(len(REFUSED)))
def test_what_line_would_refuse_can_not_be_built(messages: list[dict[str, Any]]) -> None:
    """Before it is posted."""
    with pytest.raises(ValueError, match="LINE refuses this"):
        check_messages(messages)


@pytest.mark.parametrize("messages", REFUSED, ids=range(len(REFUSED)))
def test_what_line_would_refuse_is_complained_of(messages: list[dict[str, Any]]) -> None:
    """Negative control: the rules by which every other test looks at messages see each of these."""
    assert list(complaints(messages)) != []


MENU = make_menu(str)
AREA = MENU["areas"][0]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"size": {"width": 700, "height": 250}}, "size"),
        ({"size": {"width": 2500, "height": 2500}}, "size"),
        ({"chatBarText": "あ" * 15}, "words"),
        ({"name": ""}, "words"),
        ({"areas": [{**AREA, "bounds": {**AREA["bounds"], "x": 2500}}]}, "bounds"),
        ({"areas": [{**AREA, "action": {"type": "message", "label": "", "text": "x"}}]}, "label "),
    ],
)
def test_a_menu_that_line_would_refuse_is_complained_of(wrong: dict[str, Any], complaint: str) -> None:
    """Negative control: too small, too square, without words, beyond its edge, a button without a label."""
    assert (list(menu_complaints(MENU)), complaint in list(menu_complaints({**MENU, **wrong}))) == ([], True)


def test_a_button_that_can_not_be_pressed_asks_its_question() -> None:
    """Its query is too long for a button; where the question is too long as well, it is left to the text."""
    spoken = pressing(Button("choice", "推移", "", "空き店舗入居促進事業の推移は？"))
    assert spoken == {"type": "message", "label": "推移", "text": "空き店舗入居促進事業の推移は？"}
    assert pressing(Button("choice", "推移", "", "あ" * 301)) is None


def test_a_sentence_that_is_too_long_to_copy_is_still_sent() -> None:
    """Without the button."""
    (message,) = formal(answered(("formal", "あ" * 1001)), SAY)
    assert ("quickReply" in message, len(message["text"])) == (False, 1001)
