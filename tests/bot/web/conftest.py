"""What the tests of the web channel share: one server on this machine, as `make run` serves."""

from collections.abc import Iterator

import pytest

from bot.answering import Kotae
from tests.bot.web.serving import Server, serving


@pytest.fixture(scope="module")
def served(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that only this machine reaches."""
    with serving(kotae, tmp_path_factory.mktemp("state") / "journal.db") as server:
        yield server
