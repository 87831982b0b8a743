"""The office tidies up by itself, and a disk that refuses doesn't end it."""

import asyncio
import logging

import pytest

from bot.journal import Journal, Keeping
from bot.post import Office
from bot.post.tidying import Tidying
from tests.bot.journal.helpers import DAY, Clock, answered, done
from tests.bot.post.helpers import Echo, in_loop, until


@in_loop
async def test_an_office_forgets_while_it_serves(journal: Journal, clock: Clock) -> None:
    """As long as it was told to keep things."""
    done(journal, lambda tx: tx.audit.record(None, answered()))
    clock.now += 8 * DAY
    office = Office(journal, None, [Echo()], clock, Keeping(texts=7))  # type: ignore[arg-type]
    running = asyncio.create_task(office.run())
    await until(lambda: getattr(journal.read(lambda tx: tx.audit.by_receipt("K7Q29FMX")), "question", None) == "")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


@in_loop
async def test_a_disk_that_refuses_is_tried_again(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    """An hour later; until then one line in the log."""
    journal.close()
    with caplog.at_level(logging.INFO):
        assert await Tidying(journal, Keeping()).work() == 0
    assert caplog.messages == [f"記録はもう閉じています({journal.path})。"]
