"""What platforms deliver waits until it is answered, each once."""

import pytest

from bot.journal import Journal
from bot.journal.inbox import ATTEMPTS
from tests.bot.journal.helpers import NOON, Clock, done, event


def test_what_comes_again_is_kept_once(journal: Journal) -> None:
    """By channel and id; another channel may count alike."""
    assert done(journal, lambda tx: tx.inbox.receive([event("1"), event("1"), event("1", channel="other")])) == 2
    assert done(journal, lambda tx: tx.inbox.receive([event("1", payload="changed")])) == 0
    (found,) = journal.read(lambda tx: tx.inbox.waiting(("post",), 9))
    assert found.event == event("1")


def test_the_earliest_is_next(journal: Journal) -> None:
    """By the platform's time, and where that is the same as they came."""
    done(
        journal, lambda tx: tx.inbox.receive([event("late", at=NOON + 2), event("b"), event("a"), event("early", at=1)])
    )
    found = journal.read(lambda tx: tx.inbox.waiting(("post",), 3))
    assert [one.event.id for one in found] == ["early", "b", "a"]


def test_what_nobody_serves_waits(journal: Journal) -> None:
    """An event of a channel that has no key now is neither handled nor lost."""
    done(journal, lambda tx: tx.inbox.receive([event("1", channel="gone")]))
    assert journal.read(lambda tx: tx.inbox.waiting(("post",), 9)) == ()
    assert journal.read(lambda tx: tx.inbox.counts()) == {"waiting": 1}


def test_what_is_answered_is_not_next_again(journal: Journal) -> None:
    """Its payload is dropped at once, its id stays: it may come again."""
    done(journal, lambda tx: tx.inbox.receive([event("1"), event("2")]))
    done(journal, lambda tx: tx.inbox.done(tx.inbox.number("post", "1") or 0))
    assert [one.event.id for one in journal.read(lambda tx: tx.inbox.waiting(("post",), 9))] == ["2"]
    assert journal.read(lambda tx: (tx.inbox.state("post", "1"), tx.inbox.state("post", "9"))) == ("done", "")
    assert done(journal, lambda tx: tx.inbox.receive([event("1")])) == 0


def test_what_always_fails_is_set_aside(journal: Journal) -> None:
    """After three attempts; those behind it are next."""
    done(journal, lambda tx: tx.inbox.receive([event("1"), event("2")]))
    fails = [done(journal, lambda tx: tx.inbox.failed(1, "KeyError")) for _ in range(ATTEMPTS)]
    assert fails == [False, False, True]
    assert [one.event.id for one in journal.read(lambda tx: tx.inbox.waiting(("post",), 9))] == ["2"]
    assert journal.read(lambda tx: tx.inbox.counts()) == {"dead": 1, "waiting": 1}


@pytest.mark.parametrize("later", [0.0, 60.0])
def test_the_oldest_that_waits_is_known(journal: Journal, clock: Clock, later: float) -> None:
    """When it was received, by our own clock."""
    assert journal.read(lambda tx: tx.inbox.oldest()) is None
    clock.now += later
    done(journal, lambda tx: tx.inbox.receive([event("1", at=5)]))
    assert journal.read(lambda tx: tx.inbox.oldest()) == NOON + later
