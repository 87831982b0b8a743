"""Presses: what a button sends back, at most 64 bytes: a compact query, or a sign and what it is about."""

from bot.desk.turns import Button, Turn, Verb
from bot.replies.answers import Answer, Status
from bot.replies.wording import Wording
from kb.query import LONGEST_COMPACT

__all__ = ["PROVED", "REASONS", "buttons_of", "place", "read_press", "reasons"]

_SIGNS: dict[str, Verb] = {
    ">": "rest",
    "=": "formal",
    "~": "chart",
    "*": "receipt",
    "+": "vote",
    "-": "vote",
    "#": "browse",
}
JUDGED: tuple[Status, ...] = ("answer", "clarify", "no_data", "not_found")
"""What can be right or wrong; a greeting is neither."""
PROVED: tuple[Status, ...] = ("answer", "no_data")
"""What tells something of the table, to be held against it later."""
REASONS = ("project", "year", "figure", "other")
"""What can be wrong with an answer."""


def read_press(data: str) -> Turn:
    """What a pressed button asks for; a vote keeps its sign."""
    verb = _SIGNS.get(data[:1])
    if verb is None:
        return Turn("run", data)
    return Turn(verb, data if verb == "vote" else data[1:])


def buttons_of(answer: Answer, receipt: str, charted: bool, wording: Wording) -> tuple[Button, ...]:
    """Everything that can be done next with an answer."""
    found = [
        *_rest(answer),
        *(Button("choice", choice.label, choice.query, choice.question) for choice in answer.choices),
    ]
    if answer.formal and answer.query:
        found.append(_labelled("formal", "=" + answer.query, wording))
    if charted and answer.query:
        found.append(_labelled("chart", "~" + answer.query, wording))
    if receipt and answer.status in JUDGED:
        found += [_labelled(kind, sign + receipt, wording) for kind, sign in (("up", "+"), ("down", "-"))]
    if receipt and answer.status in PROVED:
        found.append(_labelled("receipt", "*" + receipt, wording))
    return tuple(button for button in found if _fits(button.press) or button.question)


def reasons(receipt: str, wording: Wording) -> tuple[Button, ...]:
    """What was wrong, to choose from."""
    return tuple(Button("reason", _label(f"reason_{reason}", wording), f"-{receipt}.{reason}") for reason in REASONS)


def place(label: str, path: str, kind: str = "place") -> Button:
    """A place in the list of projects, or a move within it."""
    return Button(kind, label, "#" + path)


# Private functions


def _rest(answer: Answer) -> list[Button]:
    """The rest of a list; where its query is too long for a button, it is asked for in words."""
    if answer.rest is None:
        return []
    press = ">" + answer.rest.query
    return [Button("rest", answer.rest.label, press if _fits(press) else "", answer.rest.question)]


def _labelled(kind: str, press: str, wording: Wording) -> Button:
    return Button(kind, _label(kind, wording), press)


def _label(kind: str, wording: Wording) -> str:
    return wording.line("button", kind).text


def _fits(press: str) -> bool:
    return 0 < len(press.encode()) <= LONGEST_COMPACT
