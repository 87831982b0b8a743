"""Watches: the bots of some doors over whatever is in force; a swapped pointer is noticed between two questions, for all at once."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.answering import Kotae
from bot.editions.bots import Bot
from bot.editions.closed import Closed
from kb.doors import Door
from kb.errors import KnowledgeBaseError
from kb.pointer import NAME, in_force
from kb.storing import KnowledgeBase

__all__ = ["Watch", "bot_over"]

LOG = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


def bot_over(knowledge: KnowledgeBase) -> Bot:
    """The bot over a knowledge base, also where there is nothing to answer from."""
    return Kotae(knowledge) if knowledge.plans() else Closed(knowledge)


class _Held:
    """The open bots of one revision with the number of those who are just asking them."""

    def __init__(self, bots: dict[Door | None, Bot]) -> None:
        self.bots = bots
        self.asking = 0

    def close(self) -> None:
        for bot in self.bots.values():
            bot.knowledge.close()


class Watch:
    """Holds the bots of some doors, all of exactly one revision; may be shared by threads.

    A pointer or file that can't be used leaves the revision that is open in its place: it was whole when it was opened.
    """

    def __init__(self, home: Path, doors: Sequence[Door | None]) -> None:
        self._home = home
        self._doors = doors
        self._lock = threading.Lock()
        self._stamp = _stamp(home)
        self._held = _open(home, doors)
        self._told = ""

    @contextmanager
    def asked(self, door: Door | None) -> Iterator[Bot]:
        """The bot of a door; it stays open for as long as it is asked."""
        with self._lock:
            self._look()
            held = self._held
            held.asking += 1
        try:
            yield held.bots[door]
        finally:
            with self._lock:
                held.asking -= 1
                if held is not self._held and not held.asking:
                    held.close()

    def close(self) -> None:
        """Close what is open; nobody may be asking."""
        self._held.close()

    # Private functions

    def _look(self) -> None:
        stamp = _stamp(self._home)
        if stamp == self._stamp:
            return
        try:
            held = _open(self._home, self._doors)
        except KnowledgeBaseError as error:
            self._tell(f"前の版で答え続けます: {error}")
            return
        before, self._held, self._stamp = self._held, held, stamp
        self._told = ""
        if not before.asking:
            before.close()
        LOG.info("版 %s で答えます。", held.bots[self._doors[0]].knowledge.revision[:12])

    def _tell(self, line: str) -> None:
        """Say a line once, however often it is met."""
        if line != self._told:
            self._told = line
            LOG.warning("%s", line)


# Private functions


def _open(home: Path, doors: Sequence[Door | None]) -> _Held:
    """One look at the pointer for all doors; those that are given the same share a bot."""
    pointer = in_force(home)
    opened: dict[str, Bot] = {}
    held = _Held({})
    try:
        for door in doors:
            file = pointer.edition(door).file
            if file not in opened:
                opened[file] = bot_over(KnowledgeBase.open(home, pointer, door))
            held.bots[door] = opened[file]
    except KnowledgeBaseError:
        held.close()
        raise
    return held


def _stamp(home: Path) -> _Stamp | None:
    """What changes with every swap: a rename puts another file in the pointer's place."""
    try:
        status = (home / NAME).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
