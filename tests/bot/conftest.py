"""What the tests of commands share: a copy of data/ in force and the command over it, and a journal with one question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.journal import Journal
from tests.bot.journal.helpers import Clock, answered, done
from tests.drafting import desk

Run = Callable[..., Result]
"""A command's arguments to its result; nobody sits at the terminal."""


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A copy of data/, and a home in which it is in force."""
    return desk(tmp_path)


@pytest.fixture
def run(place: tuple[Path, Path]) -> Run:
    """The command over them; nobody sits at the terminal."""

    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"KOTAE_DATA": str(place[0]), "KOTAE_HOME": str(place[1])})

    return invoked


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A journal with one question, long answered."""
    path = tmp_path / "state" / "journal.db"
    journal = Journal(path, Clock())
    done(journal, lambda tx: tx.audit.record(None, answered()))
    journal.close()
    return path
