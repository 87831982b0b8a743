"""The guard of tests/conftest.py: a test that speaks to another machine fails."""

import socket
from contextlib import suppress

import pytest


def test_this_machine_may_be_spoken_to() -> None:
    """Channels are tested against servers on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1", "::ffff:192.0.2.1"])
def test_no_other_machine_may_be_spoken_to(host: str, no_network: list[str]) -> None:
    """Neither a name is looked up nor an address connected to, and the attempt is remembered."""
    with pytest.raises(OSError, match="must not speak"):
        socket.create_connection((host, 80), timeout=1)
    assert no_network == [host]
    no_network.clear()


@pytest.fixture(scope="module")
def overheard() -> str:
    """Something set up for all tests of a file that speaks to another machine and swallows the refusal."""
    with suppress(OSError):
        socket.create_connection(("example.com", 80), timeout=1)
    return "example.com"


def test_what_was_set_up_before_may_not_speak_either(overheard: str, no_network: list[str]) -> None:
    """An attempt of a fixture that many tests share is remembered for the first of them."""
    assert no_network == [overheard]
    no_network.clear()
