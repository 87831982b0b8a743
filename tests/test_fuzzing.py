"""Fifty thousand messages that nobody would write: each gets a reply, and none makes Kotae hang."""

import random
import signal
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from bot.answering import Kotae
from bot.replies.answers import Answer
from nlp.contexts import Context
from nlp.vocabulary import load_words
from tests.examination.gold import Table

PIECES = tomllib.loads(Path("tests/corpora/messages.toml").read_text(encoding="utf-8"))
WORDS = [word.surface for word in load_words(Path("data/language/words"))]
HANGING = 20.0
"""Seconds after which a message counts as one that hangs; a thousand times what it takes."""
GOOD = {"answer", "clarify", "no_data", "not_found", "help"}
LONGEST = 7
"""Messages of a conversation."""
SHOWN = 5
"""Conversations that a failure shows."""


class HangingError(Exception):
    """A message that is still being read."""


@contextmanager
def watched(seconds: float = HANGING) -> Iterator[None]:
    """Raise HangingError in what takes longer."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise HangingError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def strewn(chance: random.Random, stuff: list[str]) -> str:
    """Words, names, years and marks in any order."""
    return "".join(chance.choices(stuff, k=chance.randint(0, 14)))


def repeated(chance: random.Random, stuff: list[str]) -> str:
    """A few pieces again and again, up to and over the longest message that is read."""
    return "".join(chance.choices(stuff, k=chance.randint(1, 3))) * chance.randint(2, 400)


def damaged(chance: random.Random, stuff: list[str]) -> str:
    """A message of which letters are lost, doubled or put elsewhere."""
    letters = list(strewn(chance, stuff))
    for _ in range(min(len(letters), chance.randint(1, 6))):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice(["", letters[at] * 2, chance.choice(letters)])
    return "".join(letters)


def noise(chance: random.Random, _stuff: list[str]) -> str:
    """Any characters of Unicode, halves of pairs among them."""
    return "".join(
        chr(chance.choice([chance.randrange(0x250), chance.randrange(0x110000)])) for _ in range(chance.randint(1, 60))
    )


MAKERS: list[Callable[[random.Random, list[str]], str]] = [strewn, damaged, damaged, strewn, noise]


def messages(count: int, table: Table) -> Iterator[str]:
    """So many, the same on every run; one in fifty is long."""
    chance = random.Random(20_261_122)
    stuff = [*WORDS, *(piece for pieces in PIECES.values() for piece in pieces), *(p.name for p in table.projects)]
    for number in range(count):
        maker = repeated if number % 50 == 0 else chance.choice(MAKERS)
        yield maker(chance, stuff)


def unanswered(answered: Callable[[str, Context], tuple[Answer, Context]], asked: Iterable[str]) -> list[str]:
    """The first few conversations whose last message got no good reply, with what it got; a new one every seventh."""
    failed, turns, context = list[str](), list[str](), Context()
    for number, message in enumerate(asked):
        if number % LONGEST == 0:
            turns, context = [], Context()
        turns.append(message)
        status, context = outcome(answered, message, context)
        if status not in GOOD:
            failed.append(f"{status}: {turns!r}")
        if len(failed) == SHOWN:
            break
    return failed


def outcome(
    answered: Callable[[str, Context], tuple[Answer, Context]], message: str, context: Context
) -> tuple[str, Context]:
    """The status of the reply, or what went wrong, and the context after it."""
    try:
        with watched():
            answer, context = answered(message, context)
    except Exception as error:  # noqa: BLE001  whatever it is, the message that brought it about is to be shown
        return repr(error), context
    return answer.status if answer.text.strip() else "empty", context


@pytest.mark.parametrize("count", [1_000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_no_message_crashes_or_hangs(kotae: Kotae, table: Table, count: int) -> None:
    """Conversations of up to seven messages; each reply has words in it, and none is an error."""
    failed = unanswered(kotae.answer, messages(count, table))
    assert failed == [], "\n".join(failed)


def test_a_message_that_fails_is_shown_with_what_went_before(kotae: Kotae) -> None:
    """Negative control: an error and a crash, each with the turns of its conversation; five at most."""

    def broken(message: str, context: Context) -> tuple[Answer, Context]:
        answer, context = kotae.answer(message, context)
        if message == "割る":
            raise ZeroDivisionError
        return answer._replace(status=message) if message == "error" else answer, context

    asked = ["こんにちは"] * LONGEST + ["ありがとう", "error", "割る"]
    assert unanswered(broken, asked) == [
        "error: ['ありがとう', 'error']",
        "ZeroDivisionError(): ['ありがとう', 'error', '割る']",
    ]
    assert len(unanswered(broken, ["error"] * 20)) == SHOWN


def test_what_hangs_is_noticed() -> None:
    """Negative control: whatever doesn't end is ended."""
    with pytest.raises(HangingError), watched(0.01):
        time.sleep(60)
