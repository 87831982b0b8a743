"""An answer arrives once, or it is known that it didn't: whatever becomes of the calls that carry it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.answering import Kotae
from bot.channels.line.limits import size
from bot.channels.line.parcels import Parcel, dump_parcel, load_parcel, retry_key
from bot.channels.line.sending import Sender
from bot.channels.line.settings import LineSettings
from bot.channels.line.wire import Wire
from bot.journal import Delivery, Journal, Message
from bot.post import Courier
from tests.bot.line.platform import SECRET, TOKEN, Fault, Platform, user
from tests.bot.line.world import in_loop, opened
from tests.helpers import FLAGSHIP

HELLO = {"type": "text", "text": "10,136千円"}
NOON = 1_000_000.0


def test_a_part_is_measured_as_it_is_sent() -> None:
    """Outside of ASCII each character takes six bytes on its way."""
    assert size({"text": "実績"}) == len(rb'{"text": "\u5b9f\u7e3e"}') == 24


class Clock:
    """A clock that stands until it is set."""

    now = NOON

    def __call__(self) -> float:
        """The time that it shows."""
        return self.now


class Case:
    """One answer that waits to be sent."""

    def __init__(self, line: Platform, folder: Path, push: bool, patience: float) -> None:
        self.line, self.clock = line, Clock()
        self.journal = Journal(folder / "journal.db", self.clock)
        self.wire = Wire(LineSettings(SECRET, TOKEN, line.url), patience)
        self.sender = Sender(self.wire, self.journal, self.clock, push)
        self.courier = Courier(self.journal, "line", self.sender, self.clock, lambda: 1.0)

    async def waits(self, token: str = "") -> None:
        """It waits, as a reply to what somebody has just said."""
        event = self.line.text("質問")
        await self.line.deliver(event)
        parcel = Parcel(user(), token or event["replyToken"], self.clock.now, retry_key("e1"), (HELLO,))
        self.journal.write(lambda tx: tx.outbox.post(None, "line", "a", [Message(dump_parcel(parcel), "m1")])).result()

    async def tried(self, *seconds: float) -> dict[str, int]:
        """What became of it after being tried now and each so many seconds later."""
        for pause in (0.0, *seconds):
            self.clock.now += pause
            while await self.courier.work():
                pass
        return self.journal.read(lambda tx: tx.outbox.counts())

    @property
    def got(self) -> int:
        """How many messages the person has got."""
        return len(self.line.shown[user()])


@asynccontextmanager
async def case(
    folder: Path, *faults: Fault, push: bool = False, patience: float = 5.0, of: str = "reply"
) -> AsyncIterator[Case]:
    """An answer that waits, and what goes wrong with it."""
    async with Platform() as line:
        found = Case(line, folder, push, patience)
        line.faults[of] += faults
        await found.waits()
        try:
            yield found
        finally:
            await found.wire.close()
            found.journal.close()


@in_loop
async def test_an_answer_is_a_reply(tmp_path: Path) -> None:
    """Which costs nothing."""
    async with case(tmp_path) as one:
        assert (await one.tried(), one.got, one.line.calls) == ({"sent": 1}, 1, ["reply"])


@in_loop
async def test_too_many_requests_are_waited_out(tmp_path: Path) -> None:
    """As long as LINE says; then it is the same reply."""
    async with case(tmp_path, Fault(429, headers={"Retry-After": "7"})) as one:
        assert (await one.tried(6.9), len(one.line.calls)) == ({"waiting": 1}, 1)
        assert (await one.tried(0.2), one.got) == ({"sent": 1}, 1)


@in_loop
async def test_a_failure_that_took_effect_is_not_repeated(tmp_path: Path) -> None:
    """The second try is told that the token is used up: nobody knows what arrived, so nothing is pushed."""
    async with case(tmp_path, Fault(500, "Internal Server Error", after=True), push=True) as one:
        assert (await one.tried(1, 60), one.got, one.line.calls) == ({"uncertain": 1}, 1, ["reply", "reply"])


@in_loop
async def test_a_failure_that_took_no_effect_is_repeated(tmp_path: Path) -> None:
    """Server errors, and a connection that breaks."""
    async with case(tmp_path, Fault(500), Fault(503), Fault(0)) as one:
        assert (await one.tried(1, 2, 3, 4), one.got) == ({"sent": 1}, 1)


@in_loop
async def test_a_call_ends(tmp_path: Path) -> None:
    """The SDK would wait for five minutes; what it took effect of is not sent again."""
    async with case(tmp_path, Fault(500, after=True, delay=0.6), patience=0.3) as one:
        assert await one.tried(1, 60) == {"uncertain": 1}
        assert one.got == 1


@in_loop
async def test_what_is_too_late_is_pushed(tmp_path: Path) -> None:
    """Where that is allowed; once, with the key that it was stored with."""
    async with case(tmp_path, Fault(429), push=True) as one:
        assert (await one.tried(61), one.got, one.line.calls) == ({"sent": 1}, 1, ["reply", "push"])
        assert set(one.line._keys) == {retry_key("e1")}


@in_loop
async def test_a_token_that_has_ended_is_followed_by_a_push(tmp_path: Path) -> None:
    """Our clock thought that it was alive, LINE's didn't; it was never used."""
    async with case(tmp_path, push=True) as one:
        one.line._tokens.clear()
        assert (await one.tried(), one.got, one.line.calls) == ({"sent": 1}, 1, ["reply", "push"])


@in_loop
async def test_what_is_too_late_expires(tmp_path: Path) -> None:
    """Visibly, where nothing may be pushed."""
    async with case(tmp_path, Fault(429)) as one:
        assert (await one.tried(61), one.got, one.line.calls) == ({"expired": 1}, 0, ["reply"])


@in_loop
async def test_a_push_that_took_effect_is_done(tmp_path: Path) -> None:
    """409: LINE knows the key."""
    async with case(tmp_path, Fault(500, after=True), Fault(0, after=True), push=True, of="push") as one:
        one.clock.now += 100
        assert (await one.tried(1, 2), one.got, one.line.calls) == ({"sent": 1}, 1, ["push"] * 3)


@in_loop
async def test_used_up_messages_are_not_tried_again(tmp_path: Path) -> None:
    """The month has to end."""
    async with case(tmp_path, Fault(429, "You have reached your monthly limit."), push=True, of="push") as one:
        one.clock.now += 100
        assert (await one.tried(1, 2), one.line.calls) == ({"expired": 1}, ["push"])


@in_loop
async def test_what_is_refused_is_dead(tmp_path: Path) -> None:
    """No repetition would mend it."""
    async with case(tmp_path, Fault(400, "The request body has 1 error(s)")) as one:
        assert (await one.tried(1, 2), one.line.calls) == ({"dead": 1}, ["reply"])


@in_loop
async def test_a_revoked_token_loses_nothing(tmp_path: Path) -> None:
    """Everything waits until there is one that holds; the answer that is too late then is pushed."""
    async with case(tmp_path, Fault(401), push=True) as one:
        assert (await one.tried(59), one.line.calls) == ({"waiting": 1}, ["reply"])
        assert (await one.tried(2), one.got) == ({"sent": 1}, 1)


@in_loop
async def test_a_reply_that_was_begun_when_the_process_died_is_not_pushed(tmp_path: Path) -> None:
    """The doubt is on the disk before the call."""
    async with case(tmp_path, push=True) as one:
        (delivery,) = [waiting(one.journal)]
        await one.sender.send(delivery)  # and nobody notes that it was sent
        assert load_parcel(waiting(one.journal).payload).doubtful
        assert (await one.tried(), one.got, one.line.calls) == ({"uncertain": 1}, 1, ["reply", "reply"])


@in_loop
async def test_without_the_doubt_it_would_be_told_twice(tmp_path: Path) -> None:
    """Negative control: the same with the doubt taken away."""
    async with case(tmp_path, push=True) as one:
        before = waiting(one.journal)
        await one.sender.send(before)
        one.journal.write(lambda tx: tx.outbox.amend(before.number, before.payload)).result()
        assert (await one.tried(), one.got) == ({"sent": 1}, 2)


@in_loop
async def test_the_sign_that_it_takes_a_while_is_shown(kotae: Kotae, tmp_path: Path) -> None:
    """Only where it does, and only to one person alone."""
    async with opened(kotae, tmp_path) as (line, channel, journal, _):
        await line.asks(FLAGSHIP)
        channel._loading._moment = 0.0
        channel._office, office = Unhurried(journal), channel._office
        await line.deliver(line.text(FLAGSHIP), line.text(FLAGSHIP, group="C" + "0" * 32, mention=True))
        await line.until(lambda: line.loading)
        channel._office = office
        assert line.loading == [user()]


class Unhurried:
    """Keeps events, and leaves them."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def receive(self, events: Any) -> None:
        """Keep them."""
        self._journal.write(lambda tx: tx.inbox.receive(events)).result()


def waiting(journal: Journal) -> Delivery:
    """What waits to be sent."""
    (payload,) = journal.read(
        lambda tx: [row.payload for row in tx._connection.exec_driver_sql("SELECT payload FROM outbox")]
    )
    return Delivery(1, "a", payload, "m1", 0, NOON + 9e9)
