"""Extraction: a file's cells by a child process that is bounded in size, memory and time; nothing of it runs in here."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer

from kb.errors import ReadingError
from kb.tables.bounds import BOUNDS, require_small

__all__ = ["SUFFIXES", "extract_cells"]

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")

_ROOT = Path(__file__).resolve().parents[2]


def extract_cells(file: Path, out: Path, told: Callable[[int], None], seconds: int = BOUNDS.seconds) -> int:
    """Write the file's cells to `out`; how many. Raises ReadingError with one line that names the file."""
    suffix = file.suffix.lower()
    try:
        if suffix not in SUFFIXES:
            raise ReadingError(f"この形のファイルは読めません({'・'.join(SUFFIXES)} のどれかにしてください)")
        require_small(file)
        return _run(file, ".xlsx" if suffix == ".xlsm" else suffix, out, told, seconds)
    except OSError as error:
        raise ReadingError(f"{file.name}: 読めません({error.strerror})") from None
    except ReadingError as error:
        raise ReadingError(f"{file.name}: {error}") from None


# Private functions


def _run(file: Path, suffix: str, out: Path, told: Callable[[int], None], seconds: int) -> int:
    command = [sys.executable, "-m", "kb.tables.child", str(file.resolve()), suffix, str(out.resolve())]
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(  # noqa: S603  this interpreter and this project's own module
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, encoding="utf-8"
    ) as child:
        timer = Timer(seconds, child.kill)
        timer.start()
        try:
            said = _listen(child, told)
        finally:
            timer.cancel()
            child.kill()
    if said.startswith("= "):
        return int(said[2:])
    if said.startswith("! "):
        raise ReadingError(said[2:])
    raise ReadingError(_ended(child.returncode, seconds))


def _listen(child: "subprocess.Popen[str]", told: Callable[[int], None]) -> str:
    said = ""
    for line in child.stdout or ():
        if line.startswith("+ "):
            told(int(line[2:]))
        else:
            said = line.rstrip("\n")
    child.wait()
    return said


def _ended(status: int, seconds: int) -> str:
    if status in (-signal.SIGKILL, -signal.SIGXCPU):
        return f"読むのに時間がかかりすぎるため、やめました({seconds}秒まで)"
    return f"読みとりが途中で終わりました(終わり方 {status})。ファイルが壊れていないか確かめてください"
