"""What the surroundings say, and what is said of a mistake in them."""

from pathlib import Path

import pytest

from bot.errors import ChannelError
from bot.settings import Settings, cautions, read_settings


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def said() -> str:
    """What is said of a mistake."""
    with pytest.raises(ChannelError) as caught:
        read_settings()
    return str(caught.value)


def test_nothing_set_serves_the_machine_itself() -> None:
    """No token, the page on loopback, members only, and nothing to be cautious of."""
    settings = read_settings()
    assert (settings.telegram_token, settings.telegram_webhook, settings.public_url, settings.open) == (
        "",
        "",
        "",
        False,
    )
    assert (settings.host, settings.port, settings.telegram_base_url) == ("127.0.0.1", 8080, "https://api.telegram.org")
    assert (settings.each_minute, settings.keep_days, settings.log) == (30, 90, "text")
    assert cautions(settings) == ()


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("TELEGRAM_BOT_TOKEN", "SECRET", "ボットのトークンの形(数字:英数字)ではありません"),
        ("TELEGRAM_BOT_NAME", "答えボット", "ボットのユーザー名(英数字と _)を書いてください"),
        ("TELEGRAM_BASE_URL", "127.0.0.1:8081", "http:// か https:// で始まるアドレスを書いてください"),
        ("TELEGRAM_WEBHOOK", "http://kotae.example", "https:// で始まるアドレスを書いてください"),
        ("KOTAE_PUBLIC_URL", "https://me:SECRET@kotae.example", "https://host の形で書いてください"),
        ("KOTAE_PORT", "八千", "整数で書いてください"),
        ("KOTAE_PORT", "70000", "65535 以下にしてください"),
        ("KOTAE_OPEN", "たぶん", "true か false で書いてください"),
        ("KOTAE_EACH_MINUTE", "0", "1 以上にしてください"),
        ("KOTAE_KEEP_DAYS", "-1", "1 以上にしてください"),
        ("KOTAE_LOG", "xml", "'text'、'json' のどれかを書いてください"),
    ],
)
def test_a_mistake_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str) -> None:
    """The variable by name, what to write, and never the value."""
    monkeypatch.setenv(name, value)
    assert said() == f"設定が正しくありません。{name}: {line}"
    assert value not in said()


def test_all_mistakes_are_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for all of them, without the token."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:SECRET")
    monkeypatch.setenv("KOTAE_PORT", "x")
    monkeypatch.setenv("KOTAE_KEEP_DAYS", "x")
    assert said() == (
        "設定が正しくありません。KOTAE_PORT: 整数で書いてください / KOTAE_KEEP_DAYS: 整数で書いてください"
    )


def test_a_file_beside_the_process_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """.env gives what the environment doesn't; unknown lines in it are others' business, empty ones say nothing."""
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN=7:FILE\nKOTAE_PORT=\nOTHER=1\n", encoding="utf-8")
    assert (read_settings().telegram_token, read_settings().port) == ("7:FILE", 8080)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:ENVIRONMENT")
    assert read_settings().secrets == ("7:ENVIRONMENT",)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """Written by an editor of another time."""
    (tmp_path / ".env").write_bytes("KOTAE_HOST=日本".encode("cp932"))
    assert said() == ".env を読めません。UTF-8 で書き、読む権限を確かめてください。"


def test_a_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by repr nor by str."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:SECRET")
    assert "SECRET" not in f"{read_settings()!r}{read_settings()}"
    assert read_settings().secrets == ("7:SECRET",)


@pytest.mark.parametrize(("mode", "lines"), [(0o600, 0), (0o640, 1), (0o604, 1), (0o644, 1)])
def test_a_key_that_others_may_read_is_said(tmp_path: Path, mode: int, lines: int) -> None:
    """With what to do."""
    (tmp_path / ".env").write_text("TELEGRAM_BOT_TOKEN=7:SECRET\n", encoding="utf-8")
    (tmp_path / ".env").chmod(mode)
    expected = (".env をほかの人も読めます。chmod 600 .env を行ってください。",)
    assert cautions(read_settings()) == expected[:lines]


def test_what_members_have_replaced_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do instead; nobody is let in by it."""
    monkeypatch.setenv("TELEGRAM_ALLOWED", "7,42")
    assert cautions(read_settings()) == (
        "TELEGRAM_ALLOWED はもう使いません。kotae invite で招待し、この行を消してください。",
    )


def test_a_folder_in_the_file_is_said_to_be_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are not kept where whoever wrote it believes; what is used instead is said."""
    monkeypatch.delenv("KOTAE_STATE", raising=False)
    monkeypatch.setenv("KOTAE_HOME", "kb")
    (tmp_path / ".env").write_text("export KOTAE_STATE=a.db\nKOTAE_HOME=b\n", encoding="utf-8")
    assert cautions(read_settings()) == (
        ".env の KOTAE_HOME は使われません(環境変数の kb を使います)。環境変数に書いてください。",
        ".env の KOTAE_STATE は使われません(いつもの場所を使います)。環境変数に書いてください。",
    )


def test_a_misspelt_variable_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment and in the file; with the one that may be meant. What others have set is theirs."""
    monkeypatch.setenv("KOTAE_PROT", "1")
    monkeypatch.setenv("KOTAE_HOME", "kb")
    (tmp_path / ".env").write_text("KOTAE_OPNE=true\nKOTAE_PORT=1\nOTHER=1\n", encoding="utf-8")
    assert cautions(read_settings()) == (
        "KOTAE_OPNE という設定はありません(KOTAE_OPEN のことですか)。",
        "KOTAE_PROT という設定はありません(KOTAE_PORT のことですか)。",
    )
