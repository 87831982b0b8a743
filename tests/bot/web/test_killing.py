"""The real command, killed while questions come in: whoever asks again is answered, each question once."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.journal import Journal
from tests.bot.web.serving import WAIT, free_port
from tests.drafting import desk
from tests.helpers import beside

ASKING = 4
EACH = 15


def started(environment: dict[str, str]) -> subprocess.Popen[str]:
    """`kotae serve`, once it says that it answers."""
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("kotae")), "serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert "で答えます" in process.stdout.readline()
    return process


def asked_until_answered(url: str, who: int, answers: dict[str, str], end: threading.Event) -> None:
    """A browser that sends each question until it has its answer, as the page does."""
    with httpx.Client(base_url=url, timeout=WAIT, trust_env=False, cookies={"kotae": f"{who}" * 43}) as browser:
        for at in range(EACH):
            id_ = f"question-{who}-{at}"
            while id_ not in answers and not end.is_set():
                try:
                    response = browser.post("/api/ask", json={"id": id_, "text": "商工相談の23年度は？"})
                    response.raise_for_status()
                    answers[id_] = response.json()["text"]
                except httpx.HTTPError:
                    time.sleep(0.05)


def until(found: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    ends = time.monotonic() + 120
    while not found():
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_killed_at_any_moment_no_question_is_lost_or_answered_twice(tmp_path: Path, kills: int) -> None:
    """The client's own list, against the rows of the audit."""
    data, home = desk(tmp_path)
    port, state = free_port(), tmp_path / "journal.db"
    environment = os.environ | {"KOTAE_DATA": str(data), "KOTAE_HOME": str(home), "KOTAE_STATE": str(state)}
    environment |= {"KOTAE_PORT": str(port), "TELEGRAM_BOT_TOKEN": ""}
    answers: dict[str, str] = {}
    process = started(environment)
    url = f"http://127.0.0.1:{port}"
    try:
        with beside(*(partial(asked_until_answered, url, who, answers) for who in range(ASKING))):
            for killed in range(kills):
                enough = min(ASKING * EACH - 1, len(answers) + 3 + killed % 5)
                until(lambda enough=enough: len(answers) >= enough)
                process.kill()
                process.communicate()
                process = started(environment)
            until(lambda: len(answers) == ASKING * EACH)
    finally:
        process.terminate()
        process.communicate(timeout=WAIT)
    journal = Journal(state, time.time)
    rows = journal.read(lambda transaction: transaction.audit.count())
    journal.close()
    assert process.returncode == 0
    assert len(answers) == rows == ASKING * EACH
    assert {text.partition("\n")[0] for text in answers.values()} == {"1,058件、達成度A"}
