"""Out: an Answer as Telegram messages that the platform cannot refuse; wording and order are the answer's own."""

import html
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answers import Answer
from bot.pieces import Line, Piece
from kb.query import LONGEST_COMPACT

__all__ = ["Button", "Message", "plain", "read_press", "to_formal", "to_messages"]

LONGEST_TEXT = 4096
"""UTF-16 units of visible text in a message: never more than the platform counts."""
LONGEST_LABEL = 40
"""Characters of a button that a phone still shows."""
MOST_BUTTONS = 30
"""More would be a list, and the text has that."""
FORMAL_LABEL = "回答文"
FORMAL_MARK = "="
"""Before a compact query: its formal sentence is wanted, not its answer."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    """What it shows."""
    data: str
    """What comes back when it is pressed."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent."""

    html: str
    """The text, everything escaped."""
    buttons: tuple[Button, ...] = ()
    """One a row."""


def to_messages(answer: Answer) -> tuple[Message, ...]:
    """The answer, in as many messages as it takes; its choices under the last."""
    parts = ((part, line.role == "figure") for line in answer.lines for part in _parts(line.pieces))
    *first, last = _packed(parts)
    return (*map(Message, first), Message(last, _buttons(answer)))


def to_formal(answer: Answer) -> tuple[Message, ...]:
    """The formal sentence alone, to copy or forward."""
    return tuple(map(Message, _packed((part, False) for part in _parts(answer.formal))))


def plain(text: str) -> Message:
    """A sentence of the channel's own."""
    return Message(html.escape(text, quote=False))


def read_press(data: str) -> tuple[str, bool]:
    """The compact query behind a button, and whether its formal sentence is wanted."""
    return data.removeprefix(FORMAL_MARK), data.startswith(FORMAL_MARK)


# Private functions


def _packed(parts: Iterable[tuple[str, bool]]) -> list[str]:
    """Parts put together, a line each, while they fit into a message; without the blanks that Telegram would cut."""
    packed: list[str] = []
    room = 0
    for text, bold in ((part.strip(), bold) for part, bold in parts if part.strip()):
        escaped = html.escape(text, quote=False)
        shown = f"<b>{escaped}</b>" if bold else escaped
        needed = _units(text) + 1
        if needed <= room:
            packed[-1] += "\n" + shown
            room -= needed
        else:
            packed.append(shown)
            room = LONGEST_TEXT - _units(text)
    return packed


def _parts(pieces: Iterable[Piece]) -> Iterator[str]:
    """A line, cut where it is too long; never inside a figure or a cell."""
    line = Line("", tuple(Piece(piece.kind, _clean(piece.text)) for piece in pieces))
    rest, whole = line.text, _unbroken(line.pieces)
    start = 0
    while _units(rest) > LONGEST_TEXT:
        length = _cut(rest, start, whole)
        yield rest[:length]
        rest, start = rest[length:], start + length
    yield rest


def _cut(rest: str, start: int, whole: list[range]) -> int:
    """How much of the rest goes into one message."""
    most = len(rest.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore"))
    for length in range(most, 0, -1):
        in_figure = rest[length - 1].isnumeric() or rest[length - 1] in ",.，．"
        if not in_figure and not any(start + length in inside for inside in whole):
            return length
    return most


def _unbroken(pieces: Iterable[Piece]) -> list[range]:
    """The places inside pieces that are quoted whole."""
    inside, start = [], 0
    for piece in pieces:
        end = start + len(piece.text)
        if piece.kind not in ("words", "echo") and _units(piece.text) <= LONGEST_TEXT:
            inside.append(range(start + 1, end))
        start = end
    return inside


def _buttons(answer: Answer) -> tuple[Button, ...]:
    buttons = [Button(_shortened(choice.label), choice.query) for choice in answer.choices]
    if answer.formal and answer.query:
        buttons.append(Button(FORMAL_LABEL, FORMAL_MARK + answer.query))
    fitting = [button for button in buttons if button.label and _fits(button.data)]
    return tuple(fitting[:MOST_BUTTONS])


def _fits(data: str) -> bool:
    return data not in ("", FORMAL_MARK) and len(data.encode()) <= LONGEST_COMPACT


def _shortened(label: str) -> str:
    """The beginning and the end of a long label: its end is what tells it from its like."""
    label = " ".join(_clean(label).split())
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 13]}…{label[-12:]}"


def _clean(text: str) -> str:
    """The text without characters that no message may hold."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
