"""What LINE takes of messages, written down from its reference, apart from the bot's own limits."""

import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["complaints", "menu_complaints"]

KEYS: dict[str, set[str]] = {
    "text": {"text"},
    "flex": {"altText", "contents"},
    "image": {"originalContentUrl", "previewImageUrl"},
    "bubble": {"size", "body", "footer"},
    "carousel": {"contents"},
    "box": {
        "layout", "contents", "spacing", "margin", "flex", "backgroundColor", "cornerRadius", "paddingAll", "action",
        "alignItems",
    },
    "postback": {"label", "data", "displayText"},
    "message": {"label", "text"},
    "clipboard": {"label", "clipboardText"},
}  # fmt: skip
TEXT = {"text", "size", "color", "weight", "wrap", "margin", "flex", "gravity", "align"}
SIZES = {"none", "xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}
GRAPHEME = re.compile(r"[^\u0300-\u036f\u3099\u309a\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
"""Rough and strict: it counts no fewer than there are, but for joined emoji."""


def complaints(messages: list[Any]) -> Iterator[str]:
    """What LINE would refuse, in words."""
    if not 1 <= len(messages) <= 5:
        yield f"{len(messages)} messages"
    for message in messages:
        if message.get("type") not in ("text", "flex", "image"):
            yield f"type {message.get('type')}"
            continue
        extra = set(message) - KEYS[message["type"]] - {"type", "quickReply"}
        if extra:
            yield f"unknown {extra}"
        yield from {"text": _text, "flex": _flex, "image": _image}[message["type"]](message)
        if "quickReply" in message:
            yield from _quick(message["quickReply"])
            if message is not messages[-1]:
                yield "quick replies that nobody sees"


def menu_complaints(menu: dict[str, Any]) -> Iterator[str]:
    """What LINE would refuse of a rich menu."""
    width, height = menu["size"]["width"], menu["size"]["height"]
    if not (800 <= width <= 2500 and height >= 250 and width / height >= 1.45):
        yield "size"
    if not 0 < len(menu["chatBarText"]) <= 14 or not 0 < len(menu["name"]) <= 300:
        yield "words"
    for area in menu["areas"]:
        bounds = area["bounds"]
        if bounds["x"] + bounds["width"] > width or bounds["y"] + bounds["height"] > height:
            yield "bounds"
        yield from _action(area["action"], 20)


# Private functions


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(message: dict[str, Any]) -> Iterator[str]:
    if not message["text"].strip() or _units(message["text"]) > 5000:
        yield "text"


def _image(message: dict[str, Any]) -> Iterator[str]:
    for name in KEYS["image"]:
        if not message[name].startswith("https://") or len(message[name]) > 2000:
            yield name


def _flex(message: dict[str, Any]) -> Iterator[str]:
    if not 1 <= _units(message["altText"]) <= 1500:
        yield f"altText of {_units(message['altText'])}"
    contents = message["contents"]
    bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
    if contents["type"] == "carousel" and (not 1 <= len(bubbles) <= 12 or _bytes(contents) > 50 * 1024):
        yield f"carousel of {len(bubbles)} bubbles, {_bytes(contents)} bytes"
    for bubble in bubbles:
        if bubble["type"] != "bubble" or set(bubble) - KEYS["bubble"] - {"type"}:
            yield "bubble"
        if _bytes(bubble) > 30 * 1024:
            yield f"bubble of {_bytes(bubble)} bytes"
        for box in (bubble.get("body"), bubble.get("footer")):
            yield from _component(box) if box else ()


def _component(part: dict[str, Any]) -> Iterator[str]:
    if part["type"] == "text":
        if set(part) - TEXT - {"type"} or not part["text"] or part.get("size", "md") not in SIZES:
            yield f"text {part}"
    elif part["type"] == "box":
        if set(part) - KEYS["box"] - {"type"} or part["layout"] not in ("horizontal", "vertical"):
            yield f"box {set(part)}"
        if not part["contents"]:
            yield "empty box"
        if "action" in part:
            yield from _action(part["action"], 40)
        for inner in part["contents"]:
            yield from _component(inner)
    else:
        yield f"component {part['type']}"


def _quick(quick: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(quick["items"]) <= 13:
        yield "quick replies"
    for item in quick["items"]:
        if item.get("type") != "action" or set(item) != {"type", "action"}:
            yield "quick reply"
        else:
            yield from _action(item["action"], 20)


def _action(action: dict[str, Any], label: int) -> Iterator[str]:
    kind = action.get("type")
    if kind not in ("postback", "message", "clipboard") or set(action) - KEYS[kind] - {"type"}:
        yield f"action {action}"
        return
    if not 0 < len(GRAPHEME.findall(action["label"])) <= label:
        yield f"label {action['label']}"
    longest = {"data": 300, "displayText": 300, "text": 300, "clipboardText": 1000}
    for name, most in longest.items():
        if name in action and not 0 < _units(action[name]) <= most:
            yield f"{name} of {_units(action[name])}"


def _bytes(part: Any) -> int:
    return len(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
