"""Turns: what a person does at the desk, and what they are given."""

from typing import Literal, NamedTuple, Protocol

from bot.editions.bots import Answering
from bot.replies.answers import Answer

__all__ = ["Answering", "Button", "Caller", "Manner", "Opening", "Reply", "Rules", "Turn", "Verb"]

Verb = Literal["ask", "run", "rest", "formal", "chart", "receipt", "vote", "browse", "join", "help"]
Manner = Literal["new", "change", "passing", "picture"]


class Opening(Protocol):
    """Gives each door what may be seen there."""

    def at(self, platform: str, member: bool) -> Answering:
        """What answers members, or others, on a platform."""


class Caller(NamedTuple):
    """Somebody who stands before the desk, and where."""

    channel: str
    """telegram, line or web."""
    lane: str
    """The conversation."""
    person: str
    """Who, as the platform knows them."""
    alone: bool = True
    """Whether nobody else sees what is said; a group sees only what is public."""
    trusted: bool = False
    """Whether whoever stands there may ask without being a member: the page on the machine itself."""


class Turn(NamedTuple):
    """Something that somebody does."""

    verb: Verb
    """What."""
    text: str = ""
    """The question, the compact query, the receipt, the place in the list, the code."""
    message: str = ""
    """The message in which a question stands, as the platform knows it; edited, it comes again."""


class Button(NamedTuple):
    """Something that can be done next."""

    kind: str
    """rest (of a list), choice, formal, chart, up, down, reason, receipt, place, move (between pages and levels)."""
    label: str
    """What it shows."""
    press: str
    """What comes back when it is pressed, at most 64 bytes; "" where only its question can be asked."""
    question: str = ""
    """The question that a choice stands for."""


class Reply(NamedTuple):
    """What somebody is given."""

    answer: Answer
    """What is said."""
    manner: Manner = "new"
    """new message, change of the one whose button was pressed, passing word, or picture with the answer's caption."""
    buttons: tuple[Button, ...] = ()
    """What can be done next, in order."""
    receipt: str = ""
    """Under which it is kept; "" where it isn't."""


class Rules(NamedTuple):
    """What whoever runs Kotae has decided."""

    open: bool = False
    """Whether anybody may ask what is public."""
    each_minute: int = 30
    """What one person may ask, press and look up."""
