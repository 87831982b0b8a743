"""A row for each question that was answered; its texts can be forgotten, the row stays."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.journal import Journal, Keeping
from tests.bot.journal.helpers import DAY, NOON, Clock, answered, done, event


def test_an_answer_is_found_by_its_receipt(journal: Journal) -> None:
    """As it was given, with its time."""
    done(journal, lambda tx: tx.audit.record(None, answered()))
    assert journal.read(lambda tx: tx.audit.by_receipt("K7Q29FMX")) == answered()._replace(at=NOON, number=1)
    assert journal.read(lambda tx: tx.audit.by_receipt("XXXXXXX2")) is None


def test_an_event_is_answered_once(journal: Journal) -> None:
    """Whatever goes wrong above, a second row for one event can't be written."""
    done(journal, lambda tx: tx.inbox.receive([event("1")]))
    done(journal, lambda tx: tx.audit.record(1, answered("AAAAAAA2")))
    with pytest.raises(IntegrityError):
        done(journal, lambda tx: tx.audit.record(1, answered("AAAAAAA3")))
    assert journal.read(lambda tx: tx.audit.count()) == 1


def test_a_forgotten_text_leaves_the_row(journal: Journal, clock: Clock) -> None:
    """What was asked and said is gone; that it was, when, and from which cells stays."""
    done(journal, lambda tx: tx.audit.record(None, answered()))
    clock.now += DAY
    assert done(journal, lambda tx: tx.retention.forget(Keeping(texts=0.5))) == 1
    found = journal.read(lambda tx: tx.audit.by_receipt("K7Q29FMX"))
    assert found == answered()._replace(question="", understood="", answer="", at=NOON, number=1)
