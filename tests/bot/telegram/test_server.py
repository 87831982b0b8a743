import pytest

from tests.bot.telegram.rules import (
    commands_refused,
    keyboard_refused,
    parameters_refused,
    photo_refused,
    read_parameters,
    results_refused,
    text_refused,
    updates_refused,
    webhook_refused,
)
from tests.bot.telegram.server import BotApi

ARTICLE = {"type": "article", "id": "a", "title": "b", "input_message_content": {"message_text": "c"}}
BUTTON = {"text": "はい", "callback_data": "q"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "あ" * 4097,
        "\U0001f600" * 2049,
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "a < b",
        "a & b",
        "<div>x</div>",
        "&nbsp;",
    ],
    ids=["empty", "blank", "long", "emoji", "open", "close", "crossed", "less", "and", "unknown", "entity"],
)
def test_refused_text(text: str) -> None:
    """What Telegram would refuse or change, the server refuses."""
    assert text_refused(text, "HTML") != ""


@pytest.mark.parametrize(
    "text", ["あ" * 4096, "<b>" + "&amp;" * 4096 + "</b>", "<b>a</b>&lt;&#65;"], ids=["full", "escaped", "marked"]
)
def test_accepted_text(text: str) -> None:
    """What is seen counts, not what is sent."""
    assert text_refused(text, "HTML") == ""


@pytest.mark.parametrize(
    "button",
    [BUTTON | {"callback_data": ""}, BUTTON | {"callback_data": "あ" * 22}, BUTTON | {"text": " "}, {"text": "はい"}],
)
def test_refused_button(button: dict[str, str]) -> None:
    """Data of 1 to 64 bytes, and a label."""
    assert keyboard_refused({"inline_keyboard": [[button]]}) != ""
    assert keyboard_refused({"inline_keyboard": [[BUTTON | {"callback_data": "あ" * 21}]]}) == ""


@pytest.mark.parametrize(
    ("method", "parameters"),
    [("sendMessages", {}), ("sendMessage", {"chat_id": 1}), ("sendMessage", {"chat_id": 1, "text": "", "color": 1})],
)
def test_refused_call(method: str, parameters: dict[str, object]) -> None:
    """An unknown method, a missing parameter, an undocumented one."""
    assert parameters_refused(method, parameters) != ""


@pytest.mark.parametrize("parameters", [{"limit": 101}, {"timeout": -1}, {"offset": -1}, {"allowed_updates": ["x"]}])
def test_refused_poll(parameters: dict[str, object]) -> None:
    """A request for updates has its limits."""
    assert updates_refused(parameters) != ""
    assert updates_refused({"limit": 100, "timeout": 30, "offset": 5, "allowed_updates": ["message"]}) == ""


def test_every_rule_is_counted() -> None:
    """What the server refuses is remembered, so that a test can't pass over it."""
    api = BotApi()
    api._refuse(400, "message is too long")
    assert api.refused == ["message is too long"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"results": [ARTICLE] * 2},
        {"results": [{**ARTICLE, "id": "あ" * 22}]},
        {"results": [{**ARTICLE, "title": " "}]},
        {"results": [{**ARTICLE, "input_message_content": {"message_text": ""}}]},
        {"results": [{**ARTICLE, "id": str(at)} for at in range(51)]},
        {"results": [], "button": {"text": "x", "start_parameter": "あ"}},
    ],
)
def test_refused_results(wrong: dict[str, object]) -> None:
    """Fifty at most, each with an id of its own, a title and a text; a button that may begin a chat."""
    assert results_refused(wrong) != ""
    assert results_refused({"results": [ARTICLE], "button": {"text": "x", "start_parameter": "help"}}) == ""


def test_refused_picture() -> None:
    """A picture is a file, its caption short and well marked up."""
    assert photo_refused({"photo": b"\x89PNG", "caption": "あ" * 1024}) == ""
    assert photo_refused({"photo": b"<svg>"}) != ""
    assert photo_refused({"photo": b"\x89PNG", "caption": "あ" * 1025}) != ""
    assert photo_refused({"photo": b"\x89PNG", "caption": "<b>"}) != ""


def test_refused_menu_and_webhook() -> None:
    """Commands in small letters with a description; an encrypted address and a plain secret."""
    assert commands_refused([{"command": "help", "description": "使い方"}]) == ""
    assert commands_refused([{"command": "Help", "description": "使い方"}]) != ""
    assert commands_refused([]) != ""
    assert webhook_refused({"url": "https://kotae.example", "secret_token": "a-b"}) == ""
    assert webhook_refused({"url": "http://kotae.example"}) != ""
    assert webhook_refused({"url": "https://kotae.example", "secret_token": "あ"}) != ""


def test_uploaded_file() -> None:
    """A form with a file names it by its field, or by a reference."""
    assert read_parameters({"chat_id": "5", "photo": b"x"}) == {"chat_id": 5, "photo": b"x"}
    assert read_parameters({"photo": "attach://a", "a": b"x"}) == {"photo": b"x"}
