"""Part 6: what importing an office's file costs: a ministry's sheets and indicators, and 50,000 rows of either."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

from tests.bench.printing import print_table

__all__ = ["measure_importing"]

MINISTRY = "厚生労働省"
ROWS = 50_000
SECONDS, MEGABYTES = 60, 500
FILES = ("judgit_projects.tsv.gz", "judgit_indicators.tsv.gz")


def measure_importing(given: str | None, folder: Path) -> None:
    """Print part 6: seconds and memory of the whole command, each in a process of its own."""
    place = Path(given or os.environ.get("KOTAE_SCALE") or ".")
    place = place.parent if place.is_file() else place
    rows = []
    for name in FILES:
        if (place / name).exists():
            for label, ministry in ((MINISTRY, MINISTRY), (f"{ROWS:,} rows", "")):
                rows.append(
                    (f"{name.split('_')[1].split('.')[0]}, {label}", *_measured(place / name, ministry, folder))
                )
    if not rows:
        print("\n## 6. Importing\n\nSkipped: the large tables aren't here (KOTAE_SCALE or --scale).")
        return
    note = f"Targets at {ROWS:,} rows: under {SECONDS} s and {MEGABYTES} MB. Memory: the larger of the command and its child process."
    print_table("6. Importing", ("file", "rows", "cells", "projects", "unread", "seconds", "memory"), rows, note)


# Private functions


def _measured(file: Path, ministry: str, folder: Path) -> tuple[str, ...]:
    """Rows, cells, projects, unread cells, seconds and megabytes of one import."""
    table = folder / f"{file.name.split('.')[0]}{'-ministry' if ministry else ''}.tsv"
    rows = _write(file, ministry, table)
    code = "import sys; sys.path[0] = sys.argv[1]; from tests.bench.importing import report; report(*sys.argv[2:])"
    root = Path(__file__).parents[2]
    begun = perf_counter()
    printed = subprocess.run(
        [sys.executable, "-c", code, str(root), str(table), str(folder / f"import-{table.stem}")],
        check=True,
        capture_output=True,
        cwd=root,
        encoding="utf-8",
    ).stdout.split()
    seconds = perf_counter() - begun
    cells, projects, unread, memory = map(int, printed)
    return f"{rows:,}", f"{cells:,}", f"{projects:,}", f"{unread:,}", f"{seconds:.1f} s", f"{memory / 1024:.0f} MB"


def _write(file: Path, ministry: str, table: Path) -> int:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines, table.open("w", encoding="utf-8") as out:
        out.write(next(lines))
        count = 0
        for line in islice(_of(lines, ministry), ROWS):
            out.write(line)
            count += 1
    return count


def _of(lines: Iterator[str], ministry: str) -> Iterator[str]:
    return (line for line in lines if not ministry or ministry in line.split("\t")[:3])


def report(file: str, home: str) -> None:
    """Import one file and print what came of it; runs in a process of its own."""
    import resource

    from kb.tables.drafting import draft

    made = draft(Path(file), Path("data"), Path(home), "bench", "", lambda _: None)
    own = next(
        line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(made.cells, len(made.projects), len(made.unread), max(int(own), child))
