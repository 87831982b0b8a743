"""kotae invite, members, revoke and feedback: beside a server, and one line for every mistake."""

import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.journal import Journal, Keeping
from tests.bot.journal.helpers import Clock, answered, done, event
from tests.helpers import beside

Run = Callable[..., Result]
KEY = "7:SECRET"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the journal is."""
    return tmp_path / "state" / "journal.db"


@pytest.fixture
def run(home: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over a journal of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_NAME", "KOTAE_PUBLIC_URL", "KOTAE_PORT"):
        monkeypatch.delenv(name, raising=False)

    def invoked(*arguments: str, **settings: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"KOTAE_HOME": str(home), "KOTAE_STATE": str(state), **settings})

    return invoked


def joined(state: Path, code: str, person: str) -> object:
    """Somebody shows a code."""
    journal = Journal(state, time.time)
    found = done(journal, lambda tx: tx.members.join(code, "telegram", person))
    journal.close()
    return found


def code_of(result: Result) -> str:
    """The code that an invitation names."""
    found = re.search(r"招待コード: (\S+)\(", result.output)
    assert found, result.output
    return found[1]


def test_an_invitation_names_its_code_and_links(run: Run) -> None:
    """Telegram by the bot's name, the page by its public address."""
    result = run("invite", "練馬太郎", TELEGRAM_BOT_NAME="@kotae_bot", KOTAE_PUBLIC_URL="https://kotae.example/")
    code = code_of(result)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", code)
    assert result.output.splitlines() == [
        f"招待コード: {code}(7日間、一度だけ使えます)",
        f"Telegram: https://t.me/kotae_bot?start={code}",
        f"ブラウザー: https://kotae.example/join/{code}",
    ]


def test_an_invitation_without_addresses(run: Run) -> None:
    """What to send to the bot where only its token is known, and the page of the machine itself."""
    result = run("invite", "--days", "1", TELEGRAM_BOT_TOKEN=KEY, KOTAE_PORT="9000")
    code = code_of(result)
    assert f"「/start {code}」" in result.output
    assert f"http://127.0.0.1:9000/join/{code}" in result.output
    assert "SECRET" not in result.output


def test_an_invitation_to_a_page_that_others_reach_can_be_opened(run: Run) -> None:
    """Every address of the machine is none to be typed; it says where another one is to be written."""
    output = run("invite", KOTAE_HOST="0.0.0.0", KOTAE_PORT="9000").output  # noqa: S104
    link, hint = output.splitlines()[1:]
    assert re.fullmatch(r"ブラウザー: http://(?!0\.0\.0\.0|127\.)[^/:]+:9000/join/\S+", link)
    assert hint == "開けないときは、使う人から見えるアドレスを KOTAE_PUBLIC_URL に書いてください。"
    assert "この機械でだけ開けます" in run("invite").output
    assert "KOTAE_PUBLIC_URL" not in run("invite", KOTAE_PUBLIC_URL="https://kotae.example").output


def test_members_are_listed_and_revoked(run: Run, state: Path) -> None:
    """By their numbers; what is open can be taken back, too."""
    assert run("members").output == "登録された人はいません。kotae invite で招待してください。\n"
    code = code_of(run("invite", "練馬太郎", "--admin"))
    run("invite", "花\x1b[31m子")
    assert joined(state, code, "123456789")
    first, second = run("members").output.splitlines()
    assert re.fullmatch(r"1  練馬太郎  管理者  telegram 123456789  \d{4}-\d\d-\d\d から", first)
    assert re.fullmatch(r"招待2  花 \[31m子  \d{4}-\d\d-\d\d まで\(未使用\)", second)
    assert run("revoke", "1").output == "番号 1 の登録を取り消しました。\n"
    assert run("revoke", "2", "--invite").output == "番号 2 の招待を取り消しました。\n"
    assert re.fullmatch(r"1  練馬太郎 .* に取り消し\n", run("members").output)


@pytest.mark.parametrize("arguments", [("revoke", "7"), ("revoke", "7", "--invite")])
def test_a_number_that_nobody_has_is_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    """With where to find the numbers."""
    result = run(*arguments)
    assert result.exit_code == 1
    assert re.fullmatch(
        r"番号 7 の有効な(登録|招待)はありません。kotae members で番号を確かめてください。\n", result.stderr
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("invite", "--days", "0"), 2), (("revoke",), 2), (("revoke", "me"), 2), (("invite", "a", "b"), 2)],
)
def test_a_wrong_call_is_one_line(run: Run, arguments: tuple[str, ...], status: int) -> None:
    """And makes nothing."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (status, 1)
    assert run("members").output.startswith("登録された人はいません")


@pytest.mark.parametrize("arguments", [("invite",), ("members",), ("revoke", "1"), ("feedback",)])
def test_a_journal_that_is_none_is_one_line(run: Run, state: Path, arguments: tuple[str, ...]) -> None:
    """Which file, and no traceback."""
    state.parent.mkdir()
    state.write_text("something else" * 99, encoding="utf-8")
    result = run(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("記録を扱えません(")


def test_votes_are_listed_with_their_questions(run: Run, state: Path) -> None:
    """And without them once they are forgotten."""
    assert run("feedback").output == "まだありません。\n"
    journal = Journal(state, Clock())
    number = done(journal, lambda tx: tx.audit.record(None, answered()))
    done(journal, lambda tx: tx.feedback.vote(number, "telegram", "1", "down", "year"))
    assert run("feedback").output == "1970-01-12  👎 別の年度  K7Q2-9FMX  25年度実績は？\n"
    done(journal, lambda tx: tx.retention.forget(Keeping(texts=-1)))
    journal.close()
    assert run("feedback").output == "1970-01-12  👎 別の年度  K7Q2-9FMX  (質問の文は消えています)\n"


def test_commands_do_not_disturb_a_busy_server(run: Run, state: Path) -> None:
    """Every invitation is made while a server writes all the time; nothing of either is lost."""
    server = Journal(state, Clock(), serving=True)
    received = []

    def busy(end: threading.Event) -> None:
        while not end.is_set():
            done(server, lambda tx: tx.inbox.receive([event(str(len(received)))]))
            received.append(1)

    with beside(busy):
        codes = {code_of(run("invite")) for _ in range(10)}
        assert run("revoke", "3", "--invite").exit_code == 0
    counts = server.read(lambda tx: (len(tx.members.invites()), sum(tx.inbox.counts().values())))
    whole = done(server, lambda tx: tx._connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    server.close()
    assert (len(codes), counts, whole) == (10, (10, len(received)), "ok")
    assert len(received) > 10
