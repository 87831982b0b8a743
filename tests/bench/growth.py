"""Part 3: what more names cost: building, opening, memory, linking and the whole answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time

from tests.bench.knowledge import build_scaled, open_kotae
from tests.bench.linking import Linking
from tests.bench.printing import print_table
from tests.bench.timing import clock, in_turns, micro, milli, p99

__all__ = ["measure_growth"]

SIZES = (1_000, 12_700)
ASKED = 150


@dataclass(frozen=True, slots=True)
class Grown:
    """What one size costs, measured in a process of its own."""

    opened: float
    """Seconds to open the knowledge base and everything in memory (the dictionary included)."""
    lexicon: float
    """Seconds of them that the lexicon takes."""
    memory: int
    """KiB at most, the dictionary included."""
    linked: float
    """Seconds to find the name in a mistyped question, median."""
    slowest: float
    """The same, p99."""
    answered: float
    """Seconds of the whole answer to it, median."""
    file: int
    """Bytes of the knowledge base."""


def measure_growth(names: Sequence[str], home: Path, folder: Path) -> None:
    """Print part 3: the real 51, then as many of the large table's names as it takes."""
    rows = [_row("51", None, _in_child(home))]
    for size in SIZES if names else ():
        some = [names[at * len(names) // size] for at in range(size)] if size < len(names) else list(names)
        place = folder / f"grown-{size}"
        built = clock(lambda some=some, place=place: build_scaled(some, place))
        rows.append(_row(f"{len(some):,}", built, _in_child(place)))
    head = ("names", "build", "open", "of it lexicon", "memory", "file", "linking", "p99", "answer")
    note = "Linking: recognition of a whole mistyped question. Answer: of the same question. The large table's projects have no descriptions."
    print_table("3. Growth", head, rows, note)


# Private functions


def _row(size: str, built: float | None, grown: Grown) -> tuple[str, ...]:
    times = (micro(grown.linked), micro(grown.slowest), micro(grown.answered))
    whole = "–" if built is None else f"{built:.1f} s"
    return (
        size,
        whole,
        milli(grown.opened),
        milli(grown.lexicon),
        f"{grown.memory / 1024:.0f} MiB",
        f"{grown.file / 2**20:.1f} MiB",
        *times,
    )


def _peak() -> int:
    """KiB; getrusage would also count what the parent had before this process was made."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def _in_child(home: Path) -> Grown:
    code = "import sys; sys.path[0] = sys.argv[1]; from tests.bench.growth import report; report(sys.argv[2])"
    root = Path(__file__).parents[2]
    printed = subprocess.run(
        [sys.executable, "-c", code, str(root), str(home)], check=True, capture_output=True, cwd=root
    ).stdout
    return Grown(**json.loads(printed))


def report(place: str) -> None:
    """Measure one knowledge base and print it as JSON; runs in a process of its own."""
    home = Path(place)
    begun = process_time()
    kotae, lexicon, _ = open_kotae(home)
    opened = process_time() - begun
    memory = _peak()
    content = kotae.knowledge.artifact("lexicon")
    read = clock(lambda: type(lexicon).from_json(content))
    linking = Linking(home, ASKED)
    asked = [noisy.question for noisy in linking.questions]
    linking.ours(asked[0]), kotae.answer(asked[0])
    linked, answered = in_turns([(lambda q=q: linking.ours(q), lambda q=q: kotae.answer(q)) for q in asked])
    grown = Grown(
        opened, read, memory, median(linked), p99(linked), median(answered), kotae.knowledge.path.stat().st_size
    )
    print(json.dumps(asdict(grown)))
