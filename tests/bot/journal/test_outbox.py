"""What is to be sent waits its turn: in order within a lane, not before its time, until it is sent or given up."""

from bot.journal import Journal, Message
from bot.journal.outbox import KEPT
from tests.bot.journal.helpers import DAY, NOON, Clock, done, event, posted


def next_payload(journal: Journal, *busy: str) -> str | None:
    """What is sent next."""
    delivery = journal.read(lambda tx: tx.outbox.due("post", busy))
    return delivery.payload if delivery else None


def test_the_first_of_each_lane_is_next(journal: Journal) -> None:
    """A lane that is busy is passed over; what stands behind its first one stays behind."""
    posted(journal, "a1", "a2")
    posted(journal, "b1", lane="b")
    assert [next_payload(journal), next_payload(journal, "a"), next_payload(journal, "a", "b")] == ["a1", "b1", None]
    done(journal, lambda tx: tx.outbox.sent(1, "m1"))
    assert next_payload(journal) == "a2"


def test_what_is_put_off_holds_its_lane(journal: Journal, clock: Clock) -> None:
    """Nothing of the lane overtakes it; other lanes go on. It is next when its time has come."""
    posted(journal, "a1", "a2")
    posted(journal, "b1", lane="b")
    done(journal, lambda tx: tx.outbox.later(1, 30, "429"))
    assert next_payload(journal) == "b1"
    assert journal.read(lambda tx: tx.outbox.next_due("post", ("b",))) == NOON + 30
    clock.now += 29.9
    assert next_payload(journal, "b") is None
    clock.now += 0.1
    assert next_payload(journal) == "a1"
    assert journal.read(lambda tx: getattr(tx.outbox.due("post"), "attempts", None)) == 1


def test_a_clock_that_is_set_back_holds_nothing_up(journal: Journal, clock: Clock) -> None:
    """What was posted by a clock that was a year ahead is sent now, not in a year."""
    clock.now += 365 * DAY
    posted(journal, "a1")
    clock.now -= 365 * DAY
    assert next_payload(journal) == "a1"


def test_what_is_sent_is_known_by_what_it_answers(journal: Journal) -> None:
    """So that an edited question finds its answers; what the platform gave no name is not among them."""
    done(
        journal,
        lambda tx: tx.outbox.post(None, "post", "a", [Message("x", "q1"), Message("y", "q1"), Message("z", "q1")]),
    )
    done(journal, lambda tx: (tx.outbox.sent(1, "m1"), tx.outbox.sent(2, ""), tx.outbox.sent(3, "m3")))
    assert journal.read(lambda tx: tx.outbox.replies("post", "q1")) == ("m1", "m3")
    assert journal.read(lambda tx: tx.outbox.replies("other", "q1")) == ()


def test_what_is_given_up_is_no_longer_next(journal: Journal) -> None:
    """Its reason stays, its payload doesn't."""
    posted(journal, "a1", "a2")
    done(journal, lambda tx: tx.outbox.given_up(1, "dead", "blocked"))
    assert next_payload(journal) == "a2"
    assert journal.read(lambda tx: tx.outbox.counts()) == {"dead": 1, "waiting": 1}


def test_what_is_kept_is_fetched(journal: Journal) -> None:
    """It is never sent; whoever asked gets it as often as they ask, once the event is done."""
    done(journal, lambda tx: tx.inbox.receive([event("1")]))
    assert journal.read(lambda tx: tx.answers("post", "1")) is None
    done(journal, lambda tx: (tx.outbox.post(1, "post", "a", [Message("x"), Message("y")], "kept"), tx.inbox.done(1)))
    assert [journal.read(lambda tx: tx.answers("post", "1")) for _ in range(2)] == [("x", "y")] * 2
    assert next_payload(journal) is None
    assert journal.read(lambda tx: tx.answers("post", "never")) is None


def test_it_says_from_when_on_it_is_not_worth_sending(journal: Journal) -> None:
    """A day after it was posted."""
    posted(journal, "a1")
    assert journal.read(lambda tx: getattr(tx.outbox.due("post"), "expires", None)) == NOON + KEPT == NOON + DAY
