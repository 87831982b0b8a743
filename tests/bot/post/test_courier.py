"""Everything is delivered: in order within a lane, never before the platform wants it, again after every failure."""

import asyncio
import random
from itertools import pairwise

import pytest

from bot.errors import ChannelError
from bot.journal import Journal, Message
from bot.post import Later, Refused
from bot.post.courier import ATTEMPTS
from tests.bot.journal.helpers import BIG, DAY, NOON, Clock, done, full, posted
from tests.bot.post.helpers import BROKEN, Platform, courier, in_loop, until, worked


def counts(journal: Journal) -> dict[str, int]:
    """How many there are by state."""
    return journal.read(lambda tx: tx.outbox.counts())


@in_loop
async def test_everything_is_sent_in_order(journal: Journal, clock: Clock) -> None:
    """And noted with what the platform calls it."""
    done(journal, lambda tx: tx.outbox.post(None, "post", "a", [Message("a1", "q"), Message("a2", "q")]))
    posted(journal, "b1", lane="b")
    platform = Platform(clock)
    await worked(courier(journal, clock, platform), clock)
    assert platform.sent == ["a1", "a2", "b1"]
    assert counts(journal) == {"sent": 3}
    assert journal.read(lambda tx: tx.outbox.replies("post", "q")) == ("m1", "m2")


@in_loop
async def test_nothing_is_sent_before_the_platform_wants_it(journal: Journal, clock: Clock) -> None:
    """One lane waits as long as it was told; the others go on."""
    posted(journal, "a1", "a2")
    posted(journal, "b1", lane="b")
    platform = Platform(clock, Later("429", 30))
    await worked(courier(journal, clock, platform), clock, [10, 10, 9.9, 0.1])
    assert platform.calls == [(NOON, "a1"), (NOON, "b1"), (NOON + 30, "a1"), (NOON + 30, "a2")]
    assert platform.sent == ["b1", "a1", "a2"]


@in_loop
async def test_nothing_at_all_is_sent_before_the_platform_wants_anything(journal: Journal, clock: Clock) -> None:
    """Every lane waits."""
    posted(journal, "a1")
    posted(journal, "b1", lane="b")
    platform = Platform(clock, Later("429", 30, everybody=True))
    await worked(courier(journal, clock, platform), clock, [29.9, 0.2])
    assert platform.calls == [(NOON, "a1"), (pytest.approx(NOON + 30.1), "a1"), (pytest.approx(NOON + 30.1), "b1")]


@in_loop
async def test_a_clock_that_is_set_back_ends_every_pause(journal: Journal, clock: Clock) -> None:
    """Nobody waits for a year that is lived again."""
    clock.now += 365 * DAY
    posted(journal, "a1")
    platform = Platform(clock, Later("429", 30, everybody=True))
    delivering = courier(journal, clock, platform)
    await worked(delivering, clock)
    clock.now -= 365 * DAY
    await worked(delivering, clock)
    assert platform.sent == ["a1"]


@in_loop
async def test_pauses_of_our_own_grow(journal: Journal, clock: Clock) -> None:
    """From half a second to five minutes."""
    posted(journal, "a1")
    platform = Platform(clock, *[Later("502")] * 12)
    await worked(courier(journal, clock, platform), clock, [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    times = [moment for moment, _ in platform.calls]
    pauses = [after - before for before, after in pairwise(times)]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert platform.sent == ["a1"]


@in_loop
async def test_what_never_arrives_expires(journal: Journal, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    """After a day of trying, not before; what waits behind it is sent then."""
    posted(journal, "a1", "a2")
    platform = Platform(clock, *[Later("502", 3600.0)] * 24)
    delivering = courier(journal, clock, platform)
    await worked(delivering, clock, [3600.0] * 22)
    assert counts(journal) == {"waiting": 2}
    await worked(delivering, clock, [3600.0, 3600.0])
    assert platform.sent == ["a2"]
    assert counts(journal) == {"expired": 1, "sent": 1}
    assert "期限が来ました" in caplog.text


@in_loop
async def test_what_waited_while_nobody_served_is_sent(journal: Journal, clock: Clock) -> None:
    """However long that was: it is tried once at least."""
    posted(journal, "a1")
    clock.now += 3 * DAY
    platform = Platform(clock)
    await worked(courier(journal, clock, platform), clock)
    assert platform.sent == ["a1"]


@in_loop
async def test_what_is_refused_is_set_aside(journal: Journal, clock: Clock) -> None:
    """It is not tried again, and what stands behind it is sent."""
    posted(journal, "a1", "a2")
    platform = Platform(clock, Refused("blocked"))
    await worked(courier(journal, clock, platform), clock, [DAY])
    assert [payload for _, payload in platform.calls] == ["a1", "a2"]
    assert counts(journal) == {"dead": 1, "sent": 1}


@in_loop
@pytest.mark.parametrize("fault", [TimeoutError(), ConnectionResetError(), OSError("no route")], ids=repr)
async def test_a_broken_line_is_tried_again_for_a_day(journal: Journal, clock: Clock, fault: Exception) -> None:
    """Whatever the library lets through."""
    posted(journal, "a1")
    platform = Platform(clock, *[fault] * 50)
    await worked(courier(journal, clock, platform), clock, [300] * 50)
    assert platform.sent == ["a1"]


@in_loop
async def test_the_unforeseen_is_tried_again_a_few_times(
    journal: Journal, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Then it is set aside for those behind it; the log names the kind, never what was to be sent."""
    posted(journal, "秘密")
    posted(journal, "b1", lane="b")
    platform = Platform(clock, *[ValueError("秘密"), None, *[ValueError("秘密")] * (ATTEMPTS - 1)])
    await worked(courier(journal, clock, platform), clock, [300] * ATTEMPTS)
    assert [payload for _, payload in platform.calls] == ["秘密", "b1", *["秘密"] * (ATTEMPTS - 1)]
    assert counts(journal) == {"dead": 1, "sent": 1}
    assert "ValueError" in caplog.text
    assert "秘密" not in caplog.text


@in_loop
async def test_a_key_that_is_refused_ends_the_channel(journal: Journal, clock: Clock) -> None:
    """Nothing is wrong with the message: it waits for the next start."""
    posted(journal, "a1")
    with pytest.raises(ChannelError, match="not valid any more"):
        await courier(journal, clock, Platform(clock, BROKEN)).run()
    assert counts(journal) == {"waiting": 1}


@in_loop
async def test_what_cannot_be_noted_is_not_sent_again(journal: Journal, clock: Clock) -> None:
    """On a full disk its lane waits until the note is written; nobody gets it twice."""
    posted(journal, "a1", "a2")

    class Filling(Platform):
        async def send(self, delivery: object) -> str:
            self.sent.append(delivery.payload)  # type: ignore[attr-defined]
            return BIG

    platform = Filling(clock)
    delivering = courier(journal, clock, platform)
    with full(journal):
        running = asyncio.create_task(delivering.run())
        await asyncio.sleep(2.5)
        assert platform.sent == ["a1"]
    await until(lambda: counts(journal) == {"sent": 2})
    assert platform.sent == ["a1", "a2"]
    running.cancel()


@in_loop
async def test_one_that_is_slow_does_not_hold_up_the_others(journal: Journal, clock: Clock) -> None:
    """Others wait for it two seconds at most; its own lane waits until it is through."""
    posted(journal, "a1", "a2")
    posted(journal, "b1", lane="b")
    platform = Platform(clock, 3.0)
    running = asyncio.create_task(courier(journal, clock, platform).run())
    await until(lambda: len(platform.sent) == 3)
    running.cancel()
    assert platform.sent == ["b1", "a1", "a2"]


@in_loop
async def test_told_to_stop_it_finishes_what_is_under_way(journal: Journal, clock: Clock) -> None:
    """Sent and noted; the rest waits for the next start."""
    posted(journal, "a1", "a2")
    platform = Platform(clock, 0.2)
    running = asyncio.create_task(courier(journal, clock, platform).run())
    await until(lambda: bool(platform.calls))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert counts(journal) == {"sent": 1, "waiting": 1}


@in_loop
@pytest.mark.parametrize("seed", range(2))
async def test_a_storm_of_failures_loses_nothing(journal: Journal, clock: Clock, seed: int) -> None:
    """200 messages of 20 lanes, 30 % of the calls fail in mixed ways: all arrive, in order, none before its time."""
    dice = random.Random(seed)
    forbidden: dict[str, float] = {}
    early: list[str] = []

    class Storm(Platform):
        async def send(self, delivery: object) -> str:
            payload, lane = delivery.payload, delivery.lane  # type: ignore[attr-defined]
            if self._clock.now < max(forbidden.get(lane, 0), forbidden.get("", 0)):
                early.append(payload)
            self.calls.append((self._clock.now, payload))
            chance = dice.random()
            if chance < 0.15:
                seconds, everybody = dice.choice([1.0, 30.0]), dice.random() < 0.2
                forbidden["" if everybody else lane] = self._clock.now + seconds
                raise Later("429", seconds, everybody=everybody)
            if chance < 0.3:
                raise dice.choice([Later("502"), TimeoutError(), ConnectionResetError()])
            self.sent.append(payload)
            return payload

    sent = {f"lane{lane}": [f"{lane}-{n}" for n in range(10)] for lane in range(20)}
    for lane, payloads in sent.items():
        posted(journal, *payloads, lane=lane)
    platform = Storm(clock)
    delivering = courier(journal, clock, platform)
    while counts(journal).get("waiting"):
        await worked(delivering, clock)
        clock.now += 0.25
    assert {lane: [one for one in platform.sent if one in sent[lane]] for lane in sent} == sent
    assert (len(platform.sent), early) == (200, [])
    assert len(platform.calls) < 1.6 * 200


@in_loop
async def test_a_pause_that_is_ignored_is_noticed(journal: Journal, clock: Clock) -> None:
    """Negative control: put off by nothing, the next call comes at once."""
    posted(journal, "a1")
    platform = Platform(clock, Later("429", 0))
    await worked(courier(journal, clock, platform), clock)
    assert platform.calls == [(NOON, "a1"), (NOON, "a1")]
