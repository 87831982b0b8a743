"""Menu: the three buttons below the chat that are there before anybody has asked anything."""

from collections.abc import Callable
from pathlib import Path

from bot.channels.line.limits import Content

__all__ = ["NAME", "make_menu", "read_picture"]

NAME = "kotae"
"""By which the menu is found again, to be replaced."""
WIDTH, HEIGHT = 2500, 843
"""Of the picture."""
BUTTONS = ("latest", "browse", "help")
"""As the picture shows them, from the left."""


def make_menu(say: Callable[[str], str]) -> Content:
    """What is where, and what it does; `say` gives the labels, and the questions that they stand for."""
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": NAME,
        "chatBarText": say("menu"),
        "areas": [_area(at, _action(key, say)) for at, key in enumerate(BUTTONS)],
    }


def read_picture() -> bytes:
    """The picture: PNG, in three equal parts."""
    return (Path(__file__).parent / "menu.png").read_bytes()


# Private functions


def _action(key: str, say: Callable[[str], str]) -> Content:
    label = say(key)
    if key == "browse":
        return {"type": "postback", "label": label, "data": "#", "displayText": label}
    return {"type": "message", "label": label, "text": say(f"{key}_question")}


def _area(at: int, action: Content) -> Content:
    left, right = WIDTH * at // 3, WIDTH * (at + 1) // 3
    return {"bounds": {"x": left, "y": 0, "width": right - left, "height": HEIGHT}, "action": action}
