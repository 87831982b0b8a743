"""kotae doctor says what is set up, whole and reachable, and what to do about what isn't; never a secret."""

import asyncio
import http.server
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.channels.telegram.checking import check
from bot.cli import main
from bot.findings import Finding, bad, good, note
from bot.journal import Journal, Message, alone
from bot.publishing.building import build_all
from bot.settings import Settings
from kb.doors import DOORS
from kb.pointer import in_force
from tests.bot.journal.helpers import Clock, done, event
from tests.bot.telegram.server import TOKEN, BotApi
from tests.drafting import PLAN, desk
from tests.helpers import DATA

Run = Callable[..., Result]


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
    return number


@pytest.fixture
def run(home: Path, state: Path, tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command where everything is well."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)

    def invoked(**settings: str) -> Result:
        usual = {"KOTAE_DATA": str(DATA), "KOTAE_HOME": str(home), "KOTAE_STATE": str(state), "KOTAE_PORT": str(port)}
        return CliRunner().invoke(main, ["doctor"], env={**usual, **settings})

    return invoked


def ill(result: Result) -> list[str]:
    """What is to be mended; the status says whether there is anything."""
    found = [line.removeprefix("× ") for line in result.output.splitlines() if line.startswith("× ")]
    assert result.exit_code == bool(found)
    return found


def test_where_all_is_well_nothing_is_to_be_mended(run: Run, port: int) -> None:
    """Each part has its line."""
    result = run()
    assert ill(result) == []
    for line in (
        "○ data/ は正しく読めます(51事業 59行)。",
        "○ 知識ベースは壊れていません(版 ",
        "・ kotae serve は動いていません。",
        "○ 記録を読めます(質問1件、",
        "○ ディスクの空きは ",
        "○ 登録された人にだけ答えます。一人1分に30問まで、文は90日で消します。",
        f"○ ページは http://127.0.0.1:{port} で出せます。",
    ):
        assert line in result.output


def test_everything_that_is_wrong_is_said_at_once(run: Run, state: Path, tmp_path: Path) -> None:
    """One line each, with what to do."""
    state.write_bytes(b"broken" * 1000)
    found = ill(run(KOTAE_HOME=str(tmp_path / "nowhere"), KOTAE_DATA=str(tmp_path / "nowhere"), KOTAE_LOG="xml"))
    assert len(found) == 4
    assert "計画がありません" in found[0]
    assert "kotae build を実行してください" in found[1]
    assert found[2].startswith("記録を扱えません(")
    assert found[3].startswith("設定が正しくありません。KOTAE_LOG: ")


def test_a_journal_with_a_broken_page_is_to_be_restored(run: Run, state: Path) -> None:
    """Also where it still opens."""
    sqlite3.connect(state).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    content = bytearray(state.read_bytes())
    tables = sqlite3.connect(state)
    (page,) = tables.execute("SELECT rootpage FROM sqlite_master WHERE name = 'feedback'").fetchone()
    tables.close()
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    state.write_bytes(content)
    (line,) = ill(run())
    assert "記録が壊れています" in line or "記録を扱えません" in line


def test_what_waits_too_long_is_to_be_looked_into(run: Run, state: Path) -> None:
    """And what failed is said."""
    journal = Journal(state, Clock())
    done(journal, lambda tx: tx.inbox.receive([event("1"), event("2")]))
    for _ in range(3):
        done(journal, lambda tx: tx.inbox.failed(2, "KeyError"))
    journal.close()
    result = run()
    (line,) = ill(result)
    assert line.startswith("質問1件が待っています(最長")
    assert "・ 処理できなかった質問が 1件あります。" in result.output


def test_answers_that_came_too_late_are_counted(run: Run, state: Path) -> None:
    """And those of which nobody knows whether they arrived."""
    journal = Journal(state, Clock())
    done(journal, lambda tx: tx.outbox.post(None, "line", "a", [Message("x"), Message("y")]))
    done(journal, lambda tx: (tx.outbox.given_up(1, "expired", ""), tx.outbox.given_up(2, "uncertain", "")))
    journal.close()
    output = run().output
    assert ("期限の切れた答えが 1件あります" in output, "届いたか分からない答えが 1件あります" in output) == (
        True,
        True,
    )


def test_no_journal_is_no_mistake(run: Run, state: Path) -> None:
    """And none is made."""
    state.unlink()
    assert ill(run()) == []
    assert not state.exists()


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("SELECT 1", "○ 記録を読めます(質問1件、"),
        ("DELETE FROM texts", "○ 記録を読めます(質問1件、"),
        ("INSERT INTO versions VALUES (7, 0)", "× 記録は新しい版の kotae のものです(版7)。"),
        ("DROP TABLE versions", "・ 記録はこの版の形になっていません(版0)。"),
    ],
)
@pytest.mark.parametrize("served", [False, True])
def test_a_journal_is_left_as_it_is(run: Run, state: Path, served: bool, statement: str, line: str) -> None:
    """Byte for byte, with its mode and its log, and nothing beside it; also one of another version."""
    writing = sqlite3.connect(state, isolation_level=None)
    writing.execute(statement)
    if not served:
        writing.close()
    state.chmod(0o640)
    before = _lying(state.parent)
    assert line in run().output
    assert _lying(state.parent) == before
    writing.close()


def test_a_file_that_is_no_journal_yet_stays_empty(run: Run, state: Path) -> None:
    """Whoever serves makes one of it."""
    state.write_bytes(b"")
    assert "・ 記録はこの版の形になっていません(版0)。" in run().output
    assert _lying(state.parent) == {"journal.db": (0o100600, b"")}


def _lying(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What lies there; who reads just now SQLite notes in a file of its own."""
    parts = [part for part in folder.iterdir() if part.suffix != ".db-shm"]
    return {part.name: (part.stat().st_mode, part.read_bytes()) for part in parts}


def test_what_a_door_is_given_is_looked_at_too(run: Run, tmp_path: Path) -> None:
    """Serving opens all of it: a byte that has changed there is to be mended."""
    data, home = desk(tmp_path)
    with (data / "plans" / PLAN / "plan.toml").open("a", encoding="utf-8") as file:
        file.write('\n[access]\nprojects = ["43"]\n')
    build_all(data, home)
    assert ill(run(KOTAE_HOME=str(home))) == []
    given = home / in_force(home).edition(DOORS[0]).file
    content = bytearray(given.read_bytes())
    content[len(content) // 2] ^= 1
    given.write_bytes(content)
    assert ill(run(KOTAE_HOME=str(home))) == [
        f"知識ベースが壊れています({given.name})。kotae build を実行してください。"
    ]


@contextmanager
def answering(status: int, port: int) -> Iterator[None]:
    """Something that answers every request."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_that_is_served_is_asked(run: Run, state: Path, port: int) -> None:
    """Whether it answers, is unwell, or isn't there."""
    with alone(state):
        with answering(200, port):
            assert ill(run()) == []
        with answering(503, port):
            (line,) = ill(run())
            assert "が 503)" in line
        (line,) = ill(run())
        assert line.startswith("ページに届きません")


def test_a_port_that_others_use_is_said(run: Run, port: int) -> None:
    """With what to change."""
    with socket.create_server(("127.0.0.1", port)):
        (line,) = ill(run())
    assert line.startswith(f"127.0.0.1 のポート {port} を使えません(")


def test_an_address_in_brackets_is_the_address(run: Run, port: int) -> None:
    """As kotae serve takes it."""
    result = run(KOTAE_HOST="[::1]")
    assert ill(result) == []
    assert f"○ ページは http://[::1]:{port} で出せます。" in result.output


@pytest.mark.parametrize("name", ["LINE_CHANNEL_SECRET", "LINE_CHANNEL_TOKEN"])
def test_half_of_the_keys_of_line_is_a_line(run: Run, name: str) -> None:
    """And the rest is looked at as ever."""
    (line,) = ill(run(**{name: "abc"}))
    assert line.endswith("がありません。LINE Developers コンソールの値を設定してください(docs/line.ja.md)。")


def test_a_key_is_known_by_its_fingerprint(run: Run, port: int) -> None:
    """The key itself is in no line."""
    result = run(TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BASE_URL=f"http://127.0.0.1:{port}")
    (line,) = ill(result)
    assert line.startswith("Telegram につながりません(")
    assert "○ Telegram の鍵があります(指紋 " in result.output
    assert TOKEN.partition(":")[2] not in result.output


def telegram(prepare: Callable[[BotApi], object], token: str = TOKEN, webhook: str = "") -> list[Finding]:
    """What Telegram says of the bot."""

    async def asked() -> list[Finding]:
        async with BotApi() as api:
            prepare(api)
            return await check(token, api.url, webhook)

    return asyncio.run(asked())


def test_telegram_knows_the_bot() -> None:
    """By its name."""
    assert telegram(lambda api: None) == [good("Telegram は @kotae_bot として答えます。")]


def test_telegram_refuses_the_key() -> None:
    """It was written wrongly, or taken back."""
    line = "Telegram がトークンを受け付けません。BotFather で今のトークンを確かめてください。"
    assert telegram(lambda api: None, "7000000001:wrong") == [bad(line)]


def test_telegram_still_has_a_webhook() -> None:
    """Which polling takes away."""
    found = telegram(lambda api: setattr(api, "webhook", "https://other.example/hook"))
    assert found[1:] == [note("Telegram に webhook が残っています。kotae serve を始めると外れます。")]


def test_telegram_has_our_webhook() -> None:
    """The very address that is served."""
    assert telegram(
        lambda api: setattr(api, "webhook", "https://kotae.example/telegram"), webhook="https://kotae.example"
    ) == [good("Telegram は @kotae_bot として答えます。")]


@pytest.mark.parametrize("address", ["", "https://kotae.example.evil.test/x", "https://kotae.example/telegram2"])
def test_telegram_has_another_webhook(address: str) -> None:
    """Which serving sets right, however it begins."""
    found = telegram(lambda api: setattr(api, "webhook", address), webhook="https://kotae.example")
    assert found[1:] == [
        note("Telegram の webhook がまだ TELEGRAM_WEBHOOK になっていません。kotae serve を始めると変わります。")
    ]
