import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.channels.telegram import TelegramSettings
from bot.logs import quiet
from tests.bot.telegram.answers import Scripted, lines
from tests.bot.telegram.hurry import in_loop
from tests.bot.telegram.server import TOKEN, BotApi
from tests.bot.telegram.service import Place, running, talking
from tests.bot.telegram.test_ending import ended
from tests.helpers import FLAGSHIP


class Diary(logging.Handler):
    """Writes down all that any logger says, as text."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line and what is behind it."""
        self.lines.append(f"{self.format(record)} {record.args!r} {record.exc_info!r}")


@pytest.fixture
def diary() -> Iterator[Diary]:
    """Everything is logged, at DEBUG."""
    diary, root = Diary(), logging.getLogger()
    level = root.level
    root.addHandler(diary)
    root.setLevel(logging.DEBUG)
    yield diary
    root.setLevel(level)
    root.removeHandler(diary)


@in_loop
async def test_no_token_and_no_question_in_the_log(kotae: Kotae, diary: Diary) -> None:
    """Over answers, failures and an outage neither the token nor a question is logged, even at DEBUG."""
    async with talking(kotae) as phone:
        await phone.says(FLAGSHIP)
        phone.api.fail("sendMessage", 502, times=2)
        await phone.says(FLAGSHIP)
        phone.api.fail("sendMessage", 403)
        await phone.says(FLAGSHIP)
        await phone.types(FLAGSHIP)
        await phone.happens("message", {"text": FLAGSHIP})
        await phone.api.http.down()
        await phone.api.until(lambda: any("つながりません" in line for line in diary.lines))
        await phone.api.http.up()
        await phone.says(FLAGSHIP)
    async with talking(Scripted(*[ValueError(f"{TOKEN} {FLAGSHIP}")] * 3, lines("はい。"))) as phone:
        await phone.says(FLAGSHIP)
    assert len(diary.lines) >= 5
    assert [line for line in diary.lines if TOKEN in line or "空き店舗" in line] == []


@in_loop
async def test_no_token_in_the_journal(kotae: Kotae, tmp_path: Path) -> None:
    """Whatever goes wrong with a send, the journal doesn't learn the token."""
    async with BotApi() as api, running(Place(kotae, tmp_path), api) as phone:
        for status in (500, 502, 0, 403, 400):
            api.fail("sendMessage", status)
            await phone.says(FLAGSHIP)
    assert [path.name for path in tmp_path.iterdir() if TOKEN.encode() in path.read_bytes()] == []


@in_loop
async def test_wrong_token_is_not_shown(diary: Diary, tmp_path: Path) -> None:
    """The library's error holds the token; neither the log nor the error that the caller sees does."""
    wrong = "7000000001:AAF-wrong"
    async with BotApi() as api:
        error = await ended(api, tmp_path, token=wrong)
    assert error.__suppress_context__
    assert wrong not in f"{error!r} {error.__cause__!r}"
    assert wrong not in "".join(diary.lines)
    assert wrong not in repr(TelegramSettings(wrong, "http://127.0.0.1"))


def test_a_library_that_speaks_is_noticed(diary: Diary) -> None:
    """Negative control: outside of the channel the same line shows the token."""
    logger = logging.getLogger("httpx")
    with quiet():
        logger.info("GET %s", f"http://x/bot{TOKEN}/getMe")
    assert diary.lines == []
    logger.info("GET %s", f"http://x/bot{TOKEN}/getMe")
    assert TOKEN in "".join(diary.lines)
