"""What the surroundings say about the channels, and what is said of a mistake in them."""

from pathlib import Path

import pytest

from bot.errors import ChannelError
from bot.settings import read_settings


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BASE_URL", "TELEGRAM_ALLOWED"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_serves_nobody() -> None:
    """No token, the public server, no user."""
    settings = read_settings()
    assert settings.telegram_token == ""
    assert settings.telegram_base_url == "https://api.telegram.org"
    assert settings.telegram_users == frozenset()


@pytest.mark.parametrize("allowed", ["7,42", " 7 , 42 ", "7,42,", "42,7,7"])
def test_ids_are_divided_by_commas(monkeypatch: pytest.MonkeyPatch, allowed: str) -> None:
    """Spaces and a comma too many do no harm."""
    monkeypatch.setenv("TELEGRAM_ALLOWED", allowed)
    assert read_settings().telegram_users == frozenset({7, 42})


@pytest.mark.parametrize("allowed", ["me", "7;42", "7,@taro", "７と42", "1.5", "--7", "²"])
def test_what_is_no_id_is_one_line(monkeypatch: pytest.MonkeyPatch, allowed: str) -> None:
    """The variable by name; neither its value nor the token is shown to whoever reads the log."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:SECRET")
    monkeypatch.setenv("TELEGRAM_ALLOWED", allowed)
    with pytest.raises(ChannelError) as caught:
        read_settings()
    line = str(caught.value)
    assert "TELEGRAM_ALLOWED" in line
    assert "\n" not in line
    assert "SECRET" not in line
    assert allowed not in line


def test_a_file_beside_the_process_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """.env gives what the environment doesn't; unknown lines in it are others' business."""
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN=7:FILE\nTELEGRAM_ALLOWED=7\nOTHER=1\n", encoding="utf-8")
    assert (read_settings().telegram_token, read_settings().telegram_users) == ("7:FILE", frozenset({7}))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:ENVIRONMENT")
    assert (read_settings().telegram_token, read_settings().telegram_users) == ("7:ENVIRONMENT", frozenset({7}))


def test_a_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by repr nor by str."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:SECRET")
    assert "SECRET" not in f"{read_settings()!r}{read_settings()}"
