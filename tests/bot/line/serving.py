"""A server that is killed: it takes webhooks, answers them, and dies whenever it is told to; each life is a fork of one process."""

import asyncio
import os
import random
import sys
import time
from pathlib import Path

from bot.answering import Kotae
from bot.channels.line import Line, LineSettings
from bot.desk import Desk, Rules, Tools
from bot.journal import Journal
from bot.post import Office
from kb.storing import KnowledgeBase
from tests.bot.line.platform import SECRET, TOKEN
from tests.bot.line.world import Charts, Everywhere, mounted


def main(home: str, journal: str, platform: str) -> None:
    """For each line of the input a life: its address, and its number, by which it is killed."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(live(Path(home), Path(journal), platform))
        os.waitpid(child, 0)
        say("dead")


async def live(home: Path, path: Path, platform: str) -> None:
    """Serve until killed."""
    kotae = Kotae(KnowledgeBase.open(home))
    journal = Journal(path, time.time, serving=True)
    desk = Desk(
        Everywhere(kotae), Rules(open=True, each_minute=10**6), Tools(random.SystemRandom().choice, lambda _: False)
    )
    line = Line(LineSettings(SECRET, TOKEN, platform, push=True), journal, desk, Charts(), time.time)
    async with mounted(line) as url:
        task = asyncio.create_task(Office(journal, desk, [line], time.time).run())
        while line._office is None:
            await asyncio.sleep(0.001)
        if "KOTAE_TEST_FORGETS" in os.environ:
            line._office = Forgetful()  # type: ignore[assignment]
        say(f"{os.getpid()} {url}")
        await task


class Forgetful:
    """Acknowledges, and keeps nothing."""

    async def receive(self, _: object) -> None:
        """Forget it."""


def say(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
