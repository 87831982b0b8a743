"""What LINE delivers is kept whole before it is acknowledged; whatever else is sent there is turned away or set aside."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from bot.channels.line.calls import read_call
from bot.channels.line.events import to_events
from bot.channels.line.webhooks import Webhook
from bot.errors import JournalError
from bot.journal import Event
from tests.bot.line.platform import SECRET, Platform, user
from tests.bot.line.world import in_loop, opened, said, stored
from tests.helpers import FLAGSHIP, changed


@in_loop
async def test_a_forged_signature_is_refused(kotae: Kotae, tmp_path: Path) -> None:
    """Missing, empty, of another body, of another alphabet: nothing is kept."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        body = json.dumps({"events": [line.text("秘密")]}).encode()
        signatures = [None, "", "AAAA", changed(line.sign(body)), line.sign(body + b" "), "é" * 44]
        assert {await line.post(body, signature) for signature in signatures} == {403}
        assert stored(journal) == "[]"
        assert await line.post(body, line.sign(body)) == 200


@in_loop
async def test_an_empty_delivery_is_acknowledged(kotae: Kotae, tmp_path: Path) -> None:
    """That is how LINE checks an address."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        assert (await line.deliver(), stored(journal)) == (200, "[]")


@in_loop
async def test_a_broken_event_takes_no_other_along(kotae: Kotae, tmp_path: Path) -> None:
    """It is set aside by itself; those beside it are answered."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        broken = {**line.text("x"), "source": None}
        body = json.dumps({"events": [broken, line.text(FLAGSHIP), 7, {"type": "message"}]}).encode()
        assert await line.post(body, line.sign(body)) == 200
        await line.until(lambda: journal.read(lambda tx: tx.inbox.counts()) == {"dead": 3, "done": 1})
        assert journal.read(lambda tx: tx.audit.count()) == 1


@in_loop
async def test_a_delivery_that_comes_again_is_answered_once(kotae: Kotae, tmp_path: Path) -> None:
    """Five times, at once and later, in one batch and in several."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        event = line.text(FLAGSHIP)
        await asyncio.gather(*(line.deliver(event, event, again=True) for _ in range(5)))
        await line.until(lambda: line.answers[event["replyToken"]] == 1)
        await line.deliver(event, again=True)
        await line.asks("ヘルプ")
        assert (line.answers[event["replyToken"]], journal.read(lambda tx: tx.audit.count())) == (1, 2)


@in_loop
async def test_what_is_not_known_is_left_alone(kotae: Kotae, tmp_path: Path) -> None:
    """Kinds that LINE may add, and those that ask for nothing, are acknowledged and not kept."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        kinds = ("unfollow", "leave", "memberJoined", "videoPlayComplete", "somethingNew")
        standby = {**line.text(FLAGSHIP), "mode": "standby"}
        assert (await line.deliver(*map(line.event, kinds), standby), stored(journal)) == (200, "[]")


@in_loop
async def test_order_is_that_of_the_events(kotae: Kotae, tmp_path: Path) -> None:
    """Delivered the wrong way round in one request, a follow-up still refers to its question."""
    async with opened(kotae, tmp_path) as (line, *_):
        first, second = line.text(FLAGSHIP), line.text("24年度は？")
        second["timestamp"] += 5
        await line.deliver(second, first)
        await line.until(lambda: len(line.shown[user()]) == 2)
        assert ["10,136千円" in said(line.shown[user()][0]), "10,278千円" in said(line.shown[user()][1])] == [
            True,
            True,
        ]


@in_loop
async def test_a_body_that_is_too_large_is_refused(kotae: Kotae, tmp_path: Path) -> None:
    """Before it is read, even where it is signed."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        body = b'{"events": [], "more": "' + b"x" * 2**20 + b'"}'
        assert (await line.post(body, line.sign(body)), stored(journal)) == (413, "[]")


@in_loop
async def test_what_can_not_be_kept_is_not_acknowledged() -> None:
    """LINE delivers it again."""

    async def full(_: object) -> None:
        raise JournalError("no room")

    line, webhook = Platform(), Webhook(SECRET, lambda: 1.0, full)
    body = json.dumps({"events": [line.text("x")]}).encode()
    assert await webhook.called({"x-line-signature": line.sign(body)}, body) == 503


@in_loop
async def test_hostile_bodies_do_no_harm(kotae: Kotae, tmp_path: Path) -> None:
    """2,000 that are malformed or unsigned: no failure, nothing answered, no secret echoed; then a question is answered."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        chance, statuses = random.Random(20), set[int]()
        for _ in range(40):
            bodies = [hostile(line, chance) for _ in range(50)]
            signed = [(body, line.sign(body)) for body in bodies[:25]]
            unsigned = [(body, chance.choice([None, "", "x", line.sign(b"")])) for body in bodies[25:]]
            statuses |= set(await asyncio.gather(*(line.post(*one) for one in (*signed, *unsigned))))
        assert (statuses, line.problems) == ({200, 403}, [])
        await line.until(lambda: "waiting" not in journal.read(lambda tx: tx.inbox.counts()), 40)
        assert (dict(line.shown), journal.read(lambda tx: tx.audit.count())) == ({}, 0)
        assert "10,136千円" in said(await line.asks(FLAGSHIP))


@in_loop
async def test_fifty_people_at_once_wait_for_nothing(kotae: Kotae, tmp_path: Path) -> None:
    """Each is acknowledged within LINE's two seconds, and answered."""
    async with opened(kotae, tmp_path) as (line, _, journal, *_):
        people = [user(number) for number in range(100, 150)]
        for person in people:
            journal.write(lambda tx, p=person: tx.members.invite(p, "", False, 60)).result()  # type: ignore[misc]
            journal.write(lambda tx, p=person: tx.members.join(p, "line", p)).result()  # type: ignore[misc]
        statuses = await asyncio.gather(*(line.deliver(line.text(FLAGSHIP, person)) for person in people))
        await line.until(lambda: all(line.shown[person] for person in people), 30)
        assert (set(statuses), line.problems) == ({200}, [])


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "null", '{"events": {}}', "\xff\xfe", "[" * 9000, '"\\ud800"'], ids=range(8)
)
def test_what_is_no_delivery_is_set_aside(body: str) -> None:
    """As one event that nobody can answer, the same one however often it comes."""
    first, second = to_events(body.encode("latin-1"), 1.0), to_events(body.encode("latin-1"), 2.0)
    assert ([event.lane for event in first], first[0].id == second[0].id) == ([""], True)


def test_half_a_character_is_no_failure() -> None:
    """JSON may hold it; a database and a message may not."""
    event = Platform().text("空き\ud800店舗")
    call = read_call(event)
    (kept,) = to_events(json.dumps({"events": [event]}).encode(), 1.0)
    assert call
    assert (call.text, kept.payload.isascii()) == ("空き?店舗", True)


@pytest.mark.parametrize("spoil", [
    {"timestamp": True}, {"timestamp": 1e300}, {"timestamp": -1}, {"timestamp": "1"}, {"webhookEventId": ""}, {"webhookEventId": "あ"},
    {"source": {"type": "group"}}, {"source": {"type": "user", "userId": 5}}, {"message": {"type": "text", "id": "1"}},
    {"message": {"type": "text", "id": "1", "text": None}}, {"replyToken": 5}, {"type": 5},
])  # fmt: skip
def test_a_malformed_event_is_noticed(spoil: dict[str, Any]) -> None:
    """Whatever of it isn't as LINE says."""
    with pytest.raises(ValueError):
        read_call({**Platform().text("x"), **spoil})


def hostile(line: Platform, chance: random.Random) -> bytes:
    """Something that isn't what LINE sends, though it may look like it."""
    event: Any = chance.choice([line.text("質問"), line.press("x"), line.event("follow")])
    spoilt = [None, 0, -1, 1e400, "", "\ud800", "x" * 5000, [], {}, True, [[[[]]]], {"type": "text"}]
    for name in chance.sample(["source", "timestamp", "webhookEventId", "type"], chance.randint(1, 3)):
        event[name] = chance.choice(spoilt[:-3] if name == "type" else spoilt)
    if event["type"] in ("", "\ud800", "x" * 5000):
        event["webhookEventId"] = None
    shapes = [
        lambda: json.dumps({"events": [event]}).encode(),
        lambda: json.dumps({"events": event}).encode(),
        lambda: json.dumps([event]).encode()[: chance.randint(0, 60)],
        lambda: json.dumps({"destination": "U", "events": [event] * chance.randint(1, 9)}).encode("utf-16"),
        lambda: bytes(chance.randrange(256) for _ in range(chance.randint(1, 200))),
        lambda: b'{"events":' + b"[" * chance.randint(500, 5000),
        lambda: b'{"events":[' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"]}",
        lambda: b'{"events":[{"timestamp":' + b"9" * 6000 + b"}]}",
    ]
    return chance.choice(shapes)()


def test_a_delivery_is_kept_as_it_came() -> None:
    """Its id, its conversation, its moment."""
    line = Platform()
    event = line.text("質問")
    (kept,) = to_events(json.dumps({"events": [event]}).encode(), 5.0)
    assert kept[:5] == Event("line", event["webhookEventId"], user(), user(), event["timestamp"] / 1000, "")[:5]
    assert json.loads(kept.payload) == {"received": 5.0, "event": event}
