"""The child process that reads a file: `python -m kb.tables.child FILE SUFFIX OUT`; progress and mistakes on stdout."""

import gc
import sys
from pathlib import Path

from kb.errors import ReadingError
from kb.tables.bounds import require_small, restrict_process
from kb.tables.cellfile import dump_cells
from kb.tables.delimited import read_delimited
from kb.tables.sheets import Sheet
from kb.tables.workbooks import read_workbook

__all__ = ["main"]


def main(file: str, suffix: str, out: str) -> int:
    """Read a file into a cells file under bounds; 0, or 1 with one line on stdout."""
    restrict_process()
    gc.disable()  # the process ends before there is anything worth collecting
    try:
        sheets = _read(Path(file), suffix)
        with Path(out).open("wb") as stream:
            cells = dump_cells(sheets, stream)
    except ReadingError as error:
        _say(f"! {error}")
        return 1
    except MemoryError:
        _say("! ファイルが大きすぎて、決められた量のメモリでは読めません")
        return 1
    except RecursionError:
        _say("! ファイルの中が深く入り組みすぎていて読めません")
        return 1
    _say(f"= {cells}")
    return 0


# Private functions


def _read(path: Path, suffix: str) -> tuple[Sheet, ...]:
    require_small(path)
    if suffix == ".xlsx":
        return read_workbook(path, _progress)
    return read_delimited(path, suffix, _progress)


def _progress(cells: int) -> None:
    _say(f"+ {cells}")


def _say(line: str) -> None:
    sys.stdout.write(" ".join(line.splitlines()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
