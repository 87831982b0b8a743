"""What the Bot API refuses, as its documentation has it; each function returns the description of the error, or ""."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from tests.bot.telegram.http import Form

METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getWebhookInfo": (set(), set()),
    "setWebhook": ({"url"}, {"secret_token", "allowed_updates", "max_connections", "drop_pending_updates"}),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "sendMessage": (
        {"chat_id", "text"},
        {"parse_mode", "reply_markup", "reply_parameters", "message_thread_id", "link_preview_options"},
    ),
    "sendPhoto": (
        {"chat_id", "photo"},
        {"caption", "parse_mode", "reply_markup", "reply_parameters", "message_thread_id"},
    ),
    "sendChatAction": ({"chat_id", "action"}, {"message_thread_id"}),
    "editMessageText": (
        {"chat_id", "message_id", "text"},
        {"parse_mode", "reply_markup", "link_preview_options"},
    ),
    "editMessageReplyMarkup": ({"chat_id", "message_id"}, {"reply_markup"}),
    "deleteMessage": ({"chat_id", "message_id"}, set()),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert"}),
    "answerInlineQuery": ({"inline_query_id", "results"}, {"cache_time", "is_personal", "next_offset", "button"}),
}
"""Required and optional parameters of the methods that a bot like this one needs."""

TEXTUAL = {
    "text", "parse_mode", "callback_query_id", "caption", "action", "url", "secret_token", "inline_query_id", "photo",
}  # fmt: skip
"""Parameters that are text as they stand; all others are JSON."""

UPDATES = {"message", "edited_message", "callback_query", "inline_query", "chosen_inline_result"}
TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"}
ENTITIES = {"lt", "gt", "amp", "quot"}


def read_parameters(form: Form) -> dict[str, Any]:
    """The parameters of a call with their types; a parameter that names an uploaded file is that file."""
    files = {name: value for name, value in form.items() if isinstance(value, bytes)}
    read = {name: _typed(name, value) for name, value in form.items() if isinstance(value, str)}
    for name, value in read.items():
        if isinstance(value, str) and value.startswith("attach://"):
            read[name] = files.pop(value.removeprefix("attach://"))
    return {**read, **files}


def parameters_refused(method: str, parameters: dict[str, Any]) -> str:
    """A method that doesn't exist, a parameter that is missing or that nobody documented."""
    if method not in METHODS:
        return f"Not Found: method {method}"
    required, optional = METHODS[method]
    missing = required - parameters.keys()
    unknown = parameters.keys() - required - optional
    return f"{method}: missing {sorted(missing)} unknown {sorted(unknown)}" if missing or unknown else ""


def text_refused(text: str, parse_mode: str | None) -> str:
    """A text that is empty, too long, or HTML that can't be parsed."""
    if parse_mode not in (None, "HTML"):
        return f"unsupported parse_mode {parse_mode}"
    if parse_mode == "HTML" and (mistake := Markup.mistake(text)):
        return f"can't parse entities: {mistake}"
    visible = shown(text) if parse_mode == "HTML" else text
    if not visible.strip():
        return "message text is empty"
    return "message is too long" if len(visible.encode("utf-16-le")) // 2 > 4096 else ""


def keyboard_refused(markup: dict[str, Any] | None) -> str:
    """A keyboard with an empty label, or with data that a button can't carry."""
    if markup is None:
        return ""
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
        return "field inline_keyboard must be an array of arrays"
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in rows):
        return "reply markup is too long"
    for button in buttons:
        if button.keys() != {"text", "callback_data"} or not button["text"].strip():
            return "BUTTON_INVALID"
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            return "BUTTON_DATA_INVALID"
    return ""


def updates_refused(parameters: dict[str, Any]) -> str:
    """A request for updates outside its limits."""
    if not 1 <= parameters.get("limit", 100) <= 100:
        return "limit out of 1-100"
    if parameters.get("timeout", 0) < 0 or parameters.get("offset", 0) < 0:
        return "negative timeout or offset"
    return "" if set(parameters.get("allowed_updates", UPDATES)) <= UPDATES else "unknown update type"


def photo_refused(parameters: dict[str, Any]) -> str:
    """A file that is no picture, or a caption that is too long."""
    photo, caption = parameters["photo"], parameters.get("caption", "")
    if not isinstance(photo, bytes) or not photo.startswith(b"\x89PNG"):
        return "IMAGE_PROCESS_FAILED"
    if mistake := Markup.mistake(caption):
        return f"can't parse entities: {mistake}"
    return "message caption is too long" if len(shown(caption).encode("utf-16-le")) // 2 > 1024 else ""


def commands_refused(commands: list[dict[str, str]]) -> str:
    """A menu outside its limits."""
    if not 1 <= len(commands) <= 100:
        return "BOT_COMMANDS_TOO_MUCH"
    names = all(re.fullmatch("[a-z0-9_]{1,32}", command["command"]) for command in commands)
    described = all(1 <= len(command["description"]) <= 256 for command in commands)
    return "" if names and described else "BOT_COMMAND_INVALID"


def webhook_refused(parameters: dict[str, Any]) -> str:
    """An address that isn't encrypted, a secret with other characters, an update that doesn't exist."""
    if not parameters["url"].startswith("https://"):
        return "bad webhook: An HTTPS URL must be provided for webhook"
    if not re.fullmatch("[A-Za-z0-9_-]{1,256}", parameters.get("secret_token", "x")):
        return "secret token contains unallowed characters"
    return updates_refused({"allowed_updates": parameters.get("allowed_updates", [])})


def results_refused(parameters: dict[str, Any]) -> str:
    """Inline results outside their limits."""
    results = parameters["results"]
    if len(results) > 50:
        return "RESULTS_TOO_MUCH"
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        return "RESULT_ID_DUPLICATE"
    if not all(1 <= len(each.encode()) <= 64 for each in ids):
        return "RESULT_ID_INVALID"
    for result in results:
        content = result["input_message_content"]
        if result["type"] != "article" or not result["title"].strip():
            return "RESULT_TYPE_INVALID"
        if refused := text_refused(content["message_text"], content.get("parse_mode")):
            return refused
    button = parameters.get("button")
    if button and not re.fullmatch("[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
        return "START_PARAM_INVALID"
    return ""


def shown(html: str) -> str:
    """The text that a reader sees."""
    return unescape("".join(part for part in _data(html)))


def bold(html: str) -> list[str]:
    """The parts of the text that stand in bold."""
    return [unescape(part.split("</b>")[0]) for part in html.split("<b>")[1:]]


class Markup(HTMLParser):
    """Telegram's HTML: few tags, closed in order; every other < and & escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.data: list[str] = []
        self.wrong = ""

    @classmethod
    def mistake(cls, html: str) -> str:
        """What is wrong with it."""
        parser = cls()
        parser.feed(html)
        parser.close()
        return parser.wrong or ("a tag isn't closed" if parser.open else "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only known tags, bare."""
        if tag not in TAGS or attrs:
            self.wrong = f'unsupported start tag "{tag}"'
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Only the tag that is open."""
        if not self.open or self.open.pop() != tag:
            self.wrong = f'unexpected end tag "{tag}"'

    def handle_data(self, data: str) -> None:
        """Text, without a character that had to be escaped."""
        if "<" in data or "&" in data:
            self.wrong = "a character that isn't escaped"
        self.data.append(data)

    def handle_entityref(self, name: str) -> None:
        """The four that Telegram knows."""
        if name not in ENTITIES:
            self.wrong = f"unknown entity &{name};"
        self.data.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self.data.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Not known to Telegram."""
        self.wrong = "a comment"

    def handle_decl(self, decl: str) -> None:
        """Not known to Telegram."""
        self.wrong = "a declaration"

    def unknown_decl(self, data: str) -> None:
        """Not known to Telegram."""
        self.wrong = "a declaration"

    def handle_pi(self, data: str) -> None:
        """Not known to Telegram."""
        self.wrong = "a processing instruction"


def _typed(name: str, value: str) -> Any:
    return value if name in TEXTUAL else json.loads(value)


def _data(html: str) -> list[str]:
    parser = Markup()
    parser.feed(html)
    parser.close()
    return parser.data
