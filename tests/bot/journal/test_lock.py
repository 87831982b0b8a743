"""One process serves a journal; the lock ends with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import JournalError
from bot.journal import alone, is_served

HOLD = "import sys; from pathlib import Path; from bot.journal import alone\nwith alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_second_one_is_told_so(tmp_path: Path) -> None:
    """In one line, while the first one lives; killed, it holds nothing."""
    path = tmp_path / "state" / "journal.db"
    first = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout
    assert first.stdin
    assert first.stdout.readline() == b"held\n"
    assert is_served(path)
    with (
        pytest.raises(JournalError, match=r"kotae serve がもう動いています\(.*\)。先にそれを止めてください。"),
        alone(path),
    ):
        pass
    first.kill()
    first.wait()
    first.stdin.close()
    first.stdout.close()
    assert not is_served(path)
    with alone(path):
        assert is_served(path)


def test_a_look_keeps_nobody_from_serving(tmp_path: Path) -> None:
    """Whoever just looks holds the lock for a moment; it is tried again."""
    path = tmp_path / "journal.db"
    assert not is_served(path)
    with alone(path):
        pass
    looks: list[float] = []

    class Looking:
        def __init__(self) -> None:
            self.look = open(f"{path}.lock")  # noqa: SIM115, PTH123

        def __call__(self, seconds: float) -> None:
            looks.append(seconds)
            self.look.close()

    import fcntl

    looking = Looking()
    fcntl.flock(looking.look.fileno(), fcntl.LOCK_SH)
    with alone(path, looking):
        assert looks == [0.05]
