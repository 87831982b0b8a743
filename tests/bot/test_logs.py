"""A line of the log says what happened, and neither a key nor what somebody wrote."""

import json
import logging
import re
from collections.abc import Callable, Sequence

import pytest

from bot.logs import TALKATIVE, Form, writing_log

SECRET = "7000000001:AAF-secret"  # noqa: S105
LOG = logging.getLogger("bot.test")


Write = Callable[..., str]


@pytest.fixture
def write(capsys: pytest.CaptureFixture[str]) -> Write:
    """What is written while something happens."""

    def written(happens: Callable[[], object], form: Form = "text", secrets: Sequence[str] = ()) -> str:
        with writing_log(form, secrets):
            happens()
        return capsys.readouterr().err

    return written


def test_a_line_for_people(write: Write) -> None:
    """Time with its zone, level, where it comes from, what it says."""
    line = write(lambda: LOG.info("版 %s で答えます。", "abc"))
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d"
    assert re.fullmatch(rf"{moment} INFO bot\.test: 版 abc で答えます。\n", line)


def test_an_object_for_a_collector(write: Write) -> None:
    """The same by name."""
    line = write(lambda: LOG.warning("二行\nの知らせ"), "json")
    told = json.loads(line)
    assert line.count("\n") == 1
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "bot.test", "二行\nの知らせ")


def raising(text: str) -> None:
    """Something goes wrong, and says so with what was asked."""
    try:
        raise ValueError(text)
    except ValueError:
        LOG.exception("処理できませんでした")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_comes_through(write: Write, form: Form) -> None:
    """Neither in a message, nor in what fills it, nor encoded in an address."""

    def told() -> None:
        LOG.error("POST https://api.telegram.org/bot%s/getMe", SECRET)
        LOG.error(f"POST {SECRET}")
        LOG.error({"token": SECRET})
        LOG.error("POST bot7000000001%3AAAF-secret")
        raising(SECRET)

    written = write(told, form, [SECRET, ""])
    assert "AAF-secret" not in written
    assert written.count("<secret>") == 4


def test_a_secret_that_nobody_named_is_noticed(write: Write) -> None:
    """Negative control."""
    assert SECRET in write(lambda: LOG.error("%s", SECRET))


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_was_raised_is_named_without_its_message(write: Write, form: Form) -> None:
    """The message may quote a question."""
    written = write(lambda: raising("秘密の質問"), form)
    assert "ValueError" in written
    assert "test_logs.py:" in written
    assert "秘密の質問" not in written


def test_nobody_writes_a_line_of_their_own(write: Write) -> None:
    """What people can put into a line neither begins another one nor steers the terminal."""
    written = write(lambda: LOG.info("%s", "x\n2026-01-01 ERROR bot: forged\r\x1b[2J\u202e"))
    assert written.count("\n") == 1
    assert not set("\r\x1b\u202e") & set(written)


def test_libraries_that_tell_addresses_are_quiet(write: Write) -> None:
    """Unless something is wrong."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    written = write(lambda: [(one.info("address"), one.warning("wrong")) for one in loggers])
    assert written.count("\n") == len(TALKATIVE)


def test_logging_is_as_before_afterwards(write: Write) -> None:
    """Whoever imports this project keeps their own."""
    before = logging.getLogger().handlers[:], logging.getLogger().level, logging.getLogger("httpx").level
    write(lambda: None)
    assert (logging.getLogger().handlers[:], logging.getLogger().level, logging.getLogger("httpx").level) == before
