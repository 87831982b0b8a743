"""What the Bot API refuses, as its documentation has it; each function returns the description of the error, or ""."""

import json
from html import unescape
from html.parser import HTMLParser
from typing import Any

METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getWebhookInfo": (set(), set()),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "sendMessage": (
        {"chat_id", "text"},
        {"parse_mode", "reply_markup", "reply_parameters", "message_thread_id", "link_preview_options"},
    ),
    "editMessageText": (
        {"chat_id", "message_id", "text"},
        {"parse_mode", "reply_markup", "link_preview_options"},
    ),
    "deleteMessage": ({"chat_id", "message_id"}, set()),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert"}),
}
"""Required and optional parameters of the methods that a simple bot needs."""

TEXTUAL = {"text", "parse_mode", "callback_query_id"}
"""Parameters that are text as they stand; all others are JSON."""

TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"}
ENTITIES = {"lt", "gt", "amp", "quot"}


def read_parameters(form: dict[str, str]) -> dict[str, Any]:
    """The parameters of a call with their types."""
    return {name: value if name in TEXTUAL else json.loads(value) for name, value in form.items()}


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
    if len(buttons) > 100:
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
    known = {"message", "edited_message", "callback_query"}
    return "" if set(parameters.get("allowed_updates", known)) <= known else "unknown update type"


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


def _data(html: str) -> list[str]:
    parser = Markup()
    parser.feed(html)
    parser.close()
    return parser.data
