"""Whatever happens in whatever order, inbox and outbox are what a simple list says."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import booleans, floats, integers, sampled_from

from bot.journal import Journal, Message, Transaction
from tests.bot.journal.helpers import Clock, done, event

LANES = ("a", "b", "c")


class Interrupted(Exception):  # noqa: N818
    """The work of a write is broken off at its end."""


class Model(RuleBasedStateMachine):
    """A journal beside plain lists; it is closed and opened, its clock is moved, its writes are broken off."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.journal = self.opened()
        self.waiting: list[str] = []
        self.seen: set[str] = set()
        self.lanes: dict[str, list[tuple[str, float, float]]] = {lane: [] for lane in LANES}
        """What waits in each lane: its payload, when it is due, when that was noted."""
        self.sent: list[str] = []

    def opened(self) -> Journal:
        """The journal, as a process opens it."""
        return Journal(Path(self.folder.name) / "journal.db", self.clock, serving=True)

    @rule(number=integers(0, 30), broken=booleans())
    def receive(self, number: int, broken: bool) -> None:
        """A platform delivers something, perhaps again."""

        def work(transaction: Transaction) -> None:
            transaction.inbox.receive([event(str(number), at=float(number))])
            if broken:
                raise Interrupted

        assert isinstance(self.journal.write(work).exception(20), Interrupted if broken else type(None))
        if not broken and str(number) not in self.seen:
            self.seen.add(str(number))
            self.waiting = sorted([*self.waiting, str(number)], key=int)

    @precondition(lambda self: self.waiting)
    @rule(lane=sampled_from(LANES), broken=booleans())
    def answer(self, lane: str, broken: bool) -> None:
        """What waits longest is answered with two messages."""

        def work(transaction: Transaction) -> None:
            (first,) = transaction.inbox.waiting(("post",), 1)
            assert first.event.id == self.waiting[0]
            transaction.outbox.post(first.number, "post", lane, [Message(f"{first.event.id}{part}") for part in "xy"])
            transaction.inbox.done(first.number)
            if broken:
                raise Interrupted

        assert isinstance(self.journal.write(work).exception(20), Interrupted if broken else type(None))
        if not broken:
            id_ = self.waiting.pop(0)
            self.lanes[lane] += [(f"{id_}{part}", self.clock.now, self.clock.now) for part in "xy"]

    @rule(later=booleans(), seconds=floats(0, 100))
    def deliver(self, later: bool, seconds: float) -> None:
        """What is due is sent, or put off."""
        now = self.clock.now
        delivery = self.journal.read(lambda tx: tx.outbox.due("post"))
        ready = {lane[0][0]: lane for lane in self.lanes.values() if lane and (lane[0][1] <= now or lane[0][2] > now)}
        assert (delivery.payload in ready) if delivery else not ready
        if delivery is None:
            return
        lane = ready[delivery.payload]
        if later:
            done(self.journal, lambda tx: tx.outbox.later(delivery.number, seconds, "429"))
            lane[0] = (delivery.payload, now + seconds, now)
        else:
            done(self.journal, lambda tx: tx.outbox.sent(delivery.number, delivery.payload))
            self.sent.append(lane.pop(0)[0])

    @rule(seconds=floats(-500, 500))
    def set_the_clock(self, seconds: float) -> None:
        """Time goes on, or somebody sets it back."""
        self.clock.now += seconds

    @rule()
    def start_again(self) -> None:
        """The process ends, and another one begins."""
        self.journal.close()
        self.journal = self.opened()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        """What waits and what was sent is what the lists say."""
        waiting = sum(map(len, self.lanes.values()))
        expected = {"waiting": waiting, "sent": len(self.sent)}
        assert self.journal.read(lambda tx: tx.outbox.counts()) == {
            state: many for state, many in expected.items() if many
        }
        assert [one.event.id for one in self.journal.read(lambda tx: tx.inbox.waiting(("post",), 99))] == self.waiting
        assert len(set(self.sent)) == len(self.sent)

    def teardown(self) -> None:
        """Close and remove it."""
        self.journal.close()
        self.folder.cleanup()


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=40, stateful_step_count=40)
