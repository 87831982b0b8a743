"""Where an import works: below the home, alone, and nothing of it stays."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import DataError
from kb.tables.workplaces import workplace
from tests.kb.tables.tables import imported, text_file

WORKS = """
import sys, time
from pathlib import Path
from kb.tables.workplaces import workplace
with workplace(Path(sys.argv[1])) as place:
    (place / "cells.csv").touch()
    print(place, flush=True)
    time.sleep(60)
"""


def hidden(home: Path) -> list[str]:
    """The names of what a listing doesn't show."""
    return sorted(path.name for path in home.glob(".*"))


def test_what_an_import_that_was_ended_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    """One that still works keeps its folder."""
    works = [
        subprocess.Popen([sys.executable, "-c", WORKS, str(tmp_path)], stdout=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    ended, working = (Path((one.stdout or sys.stdin).readline().strip()) for one in works)
    works[0].send_signal(signal.SIGKILL)
    works[0].wait()
    assert (ended / "cells.csv").is_file()
    with workplace(tmp_path) as place:
        assert hidden(tmp_path) == sorted([working.name, place.name])
    assert hidden(tmp_path) == [working.name]
    works[1].kill()
    works[1].wait()
    for one in works:
        assert one.stdout is not None
        one.stdout.close()


def test_an_import_leaves_nothing_but_its_draft(tmp_path: Path) -> None:
    """Also where it failed."""
    lines = [["番号", "事業名", "R4実績"], ["1", "健診", "10件"]]
    imported(text_file(tmp_path / "a.csv", lines))
    with pytest.raises(DataError):
        imported(text_file(tmp_path / "b.csv", [["何もない"]]))
    assert sorted(path.name for path in (tmp_path / "home").iterdir()) == ["drafts"]
