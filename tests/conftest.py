"""What every test may ask for: the knowledge base of the real data/, the bot over it, and no network."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from bot.answering import Kotae, Reading
from bot.publishing.building import build_all, export_all
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from tests.examination.gold import Table, read_table
from tests.helpers import DATA, Ask
from tests.invented import open_both
from tests.own import CONVERSATIONS, open_town

settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.load_profile("same")

ATTEMPTS: list[str] = []
"""Addresses outside this machine that were tried since the last test ended."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base built from data/ as it stands, in a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    build_all(DATA, folder)
    return folder


@pytest.fixture(scope="session")
def kotae(home: Path) -> Iterator[Kotae]:
    """The bot over that knowledge base; it remembers nothing, so all tests share it."""
    knowledge = KnowledgeBase.open(home)
    yield Kotae(knowledge)
    knowledge.close()


@pytest.fixture(scope="session")
def towns(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Kotae]]:
    """The bot over tables of other towns that were made up, by plan, beside the one over the real data/."""
    invented = open_both(tmp_path_factory.mktemp("towns"))
    yield {kotae.catalogs[0].plan: kotae, **invented}
    for bot in invented.values():
        bot.knowledge.close()


@pytest.fixture(scope="session")
def own_towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Kotae]]:
    """The bot over the small tables of other towns, by what the conversations about them call those."""
    folder = tmp_path_factory.mktemp("own")
    bots = {tables: open_town(folder / tables, tables) for tables in dict.fromkeys(c["tables"] for c in CONVERSATIONS)}
    yield bots
    for bot in bots.values():
        bot.knowledge.close()


@pytest.fixture(scope="session")
def ask(kotae: Kotae) -> Ask:
    """One conversation's turns to the replies in the contract's JSON."""

    def asked(*turns: str) -> list[dict[str, Any]]:
        replies, context = [], None
        for turn in turns:
            answer, context = kotae.answer(turn, context)
            replies.append(answer.to_dict())
        return replies

    return asked


@pytest.fixture(scope="session")
def read(kotae: Kotae) -> Callable[..., Reading]:
    """One conversation's turns to the reading of the last of them."""

    def reading(*turns: str) -> Reading:
        context = Context()
        for turn in turns[:-1]:
            _, context = kotae.answer(turn, context)
        return kotae.read(turns[-1], context)[-1]

    return reading


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """The table as the examiner reads it from the export, by code that knows nothing of the bot."""
    path = tmp_path_factory.mktemp("export") / "table.json"
    export_all(DATA, "json", path)
    return read_table(path)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[list[str]]:
    """Nothing but this machine is spoken to: an attempt fails the test even where the code swallows the refusal.

    What a fixture of a wider scope tried before the test began counts, too.
    """
    yield ATTEMPTS
    attempts = list(ATTEMPTS)
    ATTEMPTS.clear()
    assert attempts == [], f"a test spoke to {attempts}"


# Private functions


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to look up or to connect to another machine; an audit hook also sees what C code does."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[:1]
    else:
        return
    host = address[0] if isinstance(address, tuple) and address else None
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host and not (host in ("localhost", "::1") or host.startswith("127.")):
        ATTEMPTS.append(host)
        raise OSError(f"a test must not speak to {host}")


sys.addaudithook(_guard)
