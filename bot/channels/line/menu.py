"""Menu: the three buttons below the chat that are there before anybody has asked anything."""

from pathlib import Path

from bot.channels.line.limits import Content

__all__ = ["MENU", "NAME", "read_picture"]

NAME = "kotae"
"""By which the menu is found again, to be replaced."""
WIDTH, HEIGHT = 2500, 843
"""Of the picture."""
_ASKS = {"今年の実績": "今年の実績は？", "使い方": "ヘルプ"}


def read_picture() -> bytes:
    """The picture: PNG, in three equal parts."""
    return (Path(__file__).parent / "menu.png").read_bytes()


# Private functions


def _action(label: str) -> Content:
    if label in _ASKS:
        return {"type": "message", "label": label, "text": _ASKS[label]}
    return {"type": "postback", "label": label, "data": "#", "displayText": label}


def _area(at: int, label: str) -> Content:
    left, right = WIDTH * at // 3, WIDTH * (at + 1) // 3
    return {"bounds": {"x": left, "y": 0, "width": right - left, "height": HEIGHT}, "action": _action(label)}


MENU: Content = {
    "size": {"width": WIDTH, "height": HEIGHT},
    "selected": True,
    "name": NAME,
    "chatBarText": "メニュー",
    "areas": [_area(at, label) for at, label in enumerate(("今年の実績", "一覧から探す", "使い方"))],
}
"""What is where, and what it does."""
