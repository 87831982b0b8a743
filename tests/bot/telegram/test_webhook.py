import json
import re

import pytest

from bot.answering import Kotae
from bot.channels.telegram.webhooks import PATH, secret_of
from bot.errors import JournalError
from tests.bot.telegram.answers import Echo
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.server import TOKEN, BotApi
from tests.bot.telegram.service import Time, talking
from tests.helpers import FLAGSHIP

ADDRESS = "https://kotae.example"
SECRET = {"x-telegram-bot-api-secret-token": secret_of(TOKEN)}


async def called(phone: Phone, body: bytes, headers: dict[str, str] | None = None) -> int:
    """What Telegram is told when it calls."""
    return await phone.channel.webhooks[PATH](SECRET if headers is None else headers, body)


def update(phone: Phone, number: int, text: str) -> bytes:
    """A message as Telegram brings it."""
    return json.dumps({"update_id": number, "message": phone.message(text=text)}).encode()


@in_loop
async def test_question(kotae: Kotae) -> None:
    """An update that Telegram brings is kept, acknowledged and answered; brought again it is acknowledged only."""
    async with talking(kotae, webhook=ADDRESS) as phone:
        await phone.api.until(lambda: phone.api.webhook == f"{ADDRESS}/telegram")
        body = update(phone, 900, FLAGSHIP)
        assert [await called(phone, body), await called(phone, body)] == [200, 200]
        assert phone.journal.read(lambda t: t.inbox.state("telegram", "900")) != ""
        await phone.api.until(lambda: bool(phone.api.shown) and not phone.waiting())
    assert ["10,136千円(19事業)" in bubble.text for bubble in phone.api.shown] == [True]
    assert phone.api.secret == secret_of(TOKEN)
    assert phone.api.asked("getUpdates") == []
    assert "inline_query" in phone.api.asked("setWebhook")[0]["allowed_updates"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "é", secret_of("1:other")])
@in_loop
async def test_somebody_else_calls(secret: str | None) -> None:
    """Without the secret nothing is read, kept or answered."""
    async with talking(Echo(), webhook=ADDRESS) as phone:
        await phone.api.until(lambda: bool(phone.api.webhook))
        headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
        assert await called(phone, update(phone, 900, "一"), headers) == 403
        assert await called(phone, b"{", headers) == 403
        assert phone.journal.read(lambda t: t.inbox.counts()) == {}


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "\xff", "[]", "null", "7", "{}", '{"update_id": 5}', '{"update_id": 5, "message": 7}',
        '{"update_id": 5, "message": {"text": "x"}}', "[" * 100_000, '{"update_id": "x", "message": {}}',
    ],
    ids=range(12),
)  # fmt: skip
@in_loop
async def test_unreadable(body: str) -> None:
    """What can't be read but is Telegram's is acknowledged: it would come again for a day and hold up its chat."""
    async with talking(Echo(), webhook=ADDRESS) as phone:
        await phone.api.until(lambda: bool(phone.api.webhook))
        assert await called(phone, body.encode("latin-1")) == 200
        assert await called(phone, update(phone, 900, "一")) == 200
        await phone.api.until(lambda: bool(phone.api.shown) and not phone.waiting())
    assert [bubble.text for bubble in phone.api.shown] == ["『一』"]


@in_loop
async def test_full_disk() -> None:
    """What can't be kept is not acknowledged, and comes again."""
    async with talking(Echo(), webhook=ADDRESS) as phone:
        await phone.api.until(lambda: bool(phone.api.webhook))
        keep = phone.office.receive

        async def full(events: object) -> None:
            raise JournalError("記録がいっぱいです。")

        phone.office.receive = full  # type: ignore[method-assign]
        body = update(phone, 900, "一")
        assert await called(phone, body) == 503
        phone.office.receive = keep  # type: ignore[method-assign]
        assert await called(phone, body) == 200
        await phone.api.until(lambda: bool(phone.api.shown) and not phone.waiting())
    assert [bubble.text for bubble in phone.api.shown] == ["『一』"]


@in_loop
async def test_called_before_it_serves() -> None:
    """Before the bot knows its own name, and after its end, nothing is acknowledged."""
    api = BotApi()
    api.hang("getMe", 5)
    async with talking(Echo(), api, webhook=ADDRESS) as phone:
        assert await called(phone, update(phone, 900, "一")) == 503
        await phone.api.until(lambda: bool(phone.api.webhook))
    assert await called(phone, update(phone, 900, "一")) == 503


@in_loop
async def test_webhook_that_was_changed(caplog: pytest.LogCaptureFixture) -> None:
    """A webhook that somebody takes away is set again within a minute."""
    time = Time()
    async with talking(Echo(), time=time, webhook=ADDRESS) as phone:
        await phone.api.until(lambda: bool(phone.api.webhook))
        phone.api.webhook = ""
        await phone.api.until(lambda: bool(phone.api.webhook))
    assert max(time.waits) <= 60
    assert [record.message for record in caplog.records] == ["このボットの webhook が変えられていたため、戻します。"]


@in_loop
async def test_without_an_address_nothing_is_mounted() -> None:
    """Where Telegram is asked, it can't call."""
    async with talking(Echo()) as phone:
        assert phone.channel.webhooks == {}


def test_secret() -> None:
    """It fits what Telegram takes, differs by token, and doesn't show it."""
    assert re.fullmatch("[A-Za-z0-9_-]{1,256}", secret_of(TOKEN))
    assert secret_of(TOKEN) != secret_of(f"{TOKEN}x")
    assert not [part for part in TOKEN.split(":") if part in secret_of(TOKEN)]
