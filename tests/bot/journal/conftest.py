"""What the tests of the journal share: a journal in a file of its own, at a time that they set."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.journal import Journal
from tests.bot.journal.helpers import Clock


@pytest.fixture
def clock() -> Clock:
    """The journal's clock."""
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    """A journal that has just been made."""
    journal = Journal(tmp_path / "state" / "journal.db", clock, serving=True)
    yield journal
    journal.close()
