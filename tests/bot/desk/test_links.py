"""Addresses that show something for a while: nobody can make one up, change one or use one for ever."""

import base64

import pytest

from bot.desk.links import Link, Links
from tests.helpers import changed

LINK = Link("midori-sangyo/42/25/result", "line", True, 1_000.0)
LINKS = Links(b"secret")


def test_a_link_is_read_back_until_it_ends() -> None:
    """To the second."""
    token = LINKS.issue(LINK)
    assert (LINKS.read(token, 999.9), LINKS.read(token, 1_000.0)) == (LINK, None)


def test_a_link_fits_an_address() -> None:
    """Letters, digits, - and _ only, however odd the query."""
    token = LINKS.issue(LINK._replace(query="計画/?keyword=商店街~/"))
    assert (token.replace("-", "").replace("_", "").isalnum(), token.isascii()) == (True, True)


def test_another_key_reads_nothing() -> None:
    """Who has no key can't sign."""
    assert Links(b"another").read(LINKS.issue(LINK), 0.0) is None


def test_a_changed_link_shows_nothing() -> None:
    """Wherever it was changed."""
    token = LINKS.issue(LINK)
    spoilt = [token[:at] + changed(token[at:]) for at in range(len(token))]
    assert ({LINKS.read(one, 0.0) for one in spoilt}, len(spoilt) > 80) == ({None}, True)


def test_a_stranger_can_not_become_a_member() -> None:
    """What is signed for one audience is no signature for another."""
    raw = base64.urlsafe_b64decode(LINKS.issue(LINK._replace(member=False)) + "==")
    forged = base64.urlsafe_b64encode(raw.replace(b"false", b"true")).decode()
    assert (b"false" in raw, LINKS.read(forged, 0.0)) == (True, None)


@pytest.mark.parametrize("token", ["", "x", "!", "あ", "A" * 5000, "../../etc/passwd"])
def test_what_is_no_link_shows_nothing(token: str) -> None:
    """Whatever somebody types."""
    assert LINKS.read(token, 0.0) is None
