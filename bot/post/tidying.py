"""Tidying: every hour what is too old is forgotten, and the log that may still hold it is emptied."""

import asyncio
import logging

from bot.errors import JournalError
from bot.journal import Journal, Keeping, Transaction

__all__ = ["Tidying"]

LOG = logging.getLogger(__name__)
HOUR = 3600.0


class Tidying:
    """Keeps a journal from growing, and from knowing more than it should."""

    def __init__(self, journal: Journal, keeping: Keeping) -> None:
        self._journal, self._keeping = journal, keeping

    async def run(self) -> None:
        """Tidy up now and every hour, until cancelled."""
        while True:
            await self.work()
            await asyncio.sleep(HOUR)

    async def work(self) -> int:
        """Forget everything that is too old; how many rows that were."""

        def forget(transaction: Transaction) -> int:
            return transaction.retention.forget(self._keeping)

        total = 0
        try:
            while some := await asyncio.wrap_future(self._journal.write(forget, heavy=True)):
                total += some
            if not await asyncio.wrap_future(self._journal.empty_log()):
                LOG.info("記録のログは、読んでいるものがあるため、次の機会に空にします。")
        except JournalError as error:
            LOG.error("%s", error)
        if total:
            LOG.info("古い記録を消しました(%d行)。", total)
        return total
