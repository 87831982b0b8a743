"""A message that was taken back: its texts go, what waits to be sent goes, and nothing of anybody else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from bot.journal import Answered, Conversation, Event, Journal, Message, Transaction
from nlp.contexts import Context

T = TypeVar("T")
QUESTION = "25年度の実績は？"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal in which two people have asked the same."""
    journal = Journal(tmp_path / "journal.db", lambda: 1_000.0)
    for number, message in enumerate(("m1", "m2"), 1):
        done(journal, lambda tx, n=number, m=message: asked(tx, n, m))  # type: ignore[misc]
    yield journal
    journal.close()


def done(journal: Journal, work: Callable[[Transaction], T]) -> T:
    """The result of a write, once the disk holds it."""
    return journal.write(work).result(timeout=20)


def asked(tx: Transaction, number: int, message: str) -> None:
    """Somebody asked, in a lane of their own."""
    tx.inbox.receive([Event("line", f"e{number}", f"lane{number}", "taro", 1.0, QUESTION)])
    answered = Answered(
        "line", f"lane{number}", "taro", "ask", QUESTION, "answer", "", "q", "u", "a", "[]", "r", f"R{number}"
    )
    tx.audit.record(number, answered)
    tx.conversations.begin_turn("line", f"lane{number}", message, Context())
    tx.conversations.keep("line", f"lane{number}", Conversation(Context(), message))
    tx.outbox.post(number, "line", f"lane{number}", [Message(json.dumps([QUESTION]), message)])


def test_its_texts_are_deleted(journal: Journal) -> None:
    """The row that something was asked stays."""
    done(journal, lambda tx: tx.withdraw("line", "m1"))
    first, second = journal.read(lambda tx: (tx.audit.by_receipt("R1"), tx.audit.by_receipt("R2")))
    assert first
    assert second
    assert (first.question, first.answer, first.status, second.question) == ("", "", "answer", QUESTION)


def test_its_answer_is_not_sent(journal: Journal) -> None:
    """The other one is."""
    done(journal, lambda tx: tx.withdraw("line", "m1"))
    assert journal.read(lambda tx: tx.outbox.counts()) == {"waiting": 1, "withdrawn": 1}
    assert journal.read(lambda tx: (tx.outbox.of_event(1), tx.outbox.of_event(2))) == ((), (json.dumps([QUESTION]),))


def test_what_it_led_to_is_forgotten(journal: Journal) -> None:
    """The conversation begins anew; the other one stands."""
    done(journal, lambda tx: tx.withdraw("line", "m1"))
    stand = journal.read(lambda tx: [tx.conversations.recall("line", f"lane{n}").context is None for n in (1, 2)])
    turns = journal.read(lambda tx: [tx.conversations.turn("line", message) is None for message in ("m1", "m2")])
    assert (stand, turns) == ([True, False], [True, False])


def test_a_message_of_another_platform_is_another(journal: Journal) -> None:
    """Platforms count for themselves; what nobody knows is nobody's."""
    done(journal, lambda tx: (tx.withdraw("web", "m1"), tx.withdraw("line", "m9")))
    assert journal.read(lambda tx: tx.outbox.counts()) == {"waiting": 2}


def test_a_message_is_amended(journal: Journal) -> None:
    """It waits with another content, in its place."""
    done(journal, lambda tx: tx.outbox.amend(1, "other"))
    assert journal.read(lambda tx: (tx.outbox.of_event(1), tx.outbox.of_event(2))) == (
        ("other",),
        (json.dumps([QUESTION]),),
    )


def test_a_code_is_known_without_being_used(journal: Journal) -> None:
    """Until somebody joins by it, or it ends."""
    done(journal, lambda tx: tx.members.invite("K7Q2", "田中", False, 60))
    assert journal.read(lambda tx: (tx.members.opens("K7Q2"), tx.members.opens("K7Q3"))) == (True, False)
    done(journal, lambda tx: tx.members.join("K7Q2", "line", "hanako"))
    assert journal.read(lambda tx: tx.members.opens("K7Q2")) is False
