"""What the tests of the desk share: a desk over the real table, a journal, and somebody who stands there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.answering import Kotae
from bot.desk import Answering, Caller, Desk, Reply, Rules, Tools, Turn
from bot.journal import Journal
from tests.bot.journal.helpers import Clock, done

MEMBER = Caller("telegram", "lane", "taro")


class Opening(NamedTuple):
    """The same for everybody; remembers whom it was opened for."""

    kotae: Kotae
    opened: list[tuple[str, bool]]

    def at(self, platform: str, member: bool) -> Answering:
        """What answers there."""
        self.opened.append((platform, member))
        return self.kotae


class Counter(NamedTuple):
    """A desk and whoever stands before it."""

    desk: Desk
    journal: Journal
    clock: Clock
    opened: list[tuple[str, bool]]

    def take(self, turn: Turn, caller: Caller = MEMBER) -> Reply:
        """What somebody is given for a turn."""
        return done(self.journal, lambda tx: self.desk.take(turn, caller, tx))

    def ask(self, text: str, message: str = "", caller: Caller = MEMBER) -> Reply:
        """What somebody is given for a question."""
        return self.take(Turn("ask", text, message), caller)

    def join(self, caller: Caller, code: str = "code", *, admin: bool = False) -> Reply:
        """Invite somebody, who joins."""
        done(self.journal, lambda tx: tx.members.invite(code, "", admin, 60))
        return self.take(Turn("join", code), caller)


Open = Callable[..., Counter]


@pytest.fixture
def counter(kotae: Kotae, tmp_path: Path) -> Iterator[Open]:
    """Opens a desk under some rules; taro is a member."""
    clock, opened = Clock(), list[tuple[str, bool]]()
    journal = Journal(tmp_path / "journal.db", clock)
    letters = iter([letter for b in "BCDEFGH" for a in "23456789" for letter in f"A{a}{b}CDEFG"])

    def opening(**rules: object) -> Counter:
        tools = Tools(lambda _: next(letters), lambda answer: len(answer.quotes) > 1)
        desk = Desk(Opening(kotae, opened), Rules(**rules), tools)  # type: ignore[arg-type]
        made = Counter(desk, journal, clock, opened)
        if not journal.read(lambda tx: tx.members.find("telegram", "taro")):
            made.join(MEMBER)
        opened.clear()
        return made

    yield opening
    journal.close()
