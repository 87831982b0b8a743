"""Part 4: the command's cold start against a bare script that does the least, and what its imports cost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.bench.printing import print_table
from tests.bench.timing import milli
from tests.helpers import FLAGSHIP

__all__ = ["measure_start"]

RUNS = 21
BARE = str(Path(__file__).with_name("bare.py"))
KOTAE = str(Path(sys.executable).with_name("kotae"))
SHOWN = 14
OWN = ("bot", "kb", "nlp")

Run = tuple[float, float, int]
"""Seconds of wall clock, seconds of processor, KiB of memory."""


def measure_start(home: Path) -> None:
    """Print part 4."""
    file = home / json.loads((home / "current").read_text())["file"]
    commands = {
        "kotae ask": [KOTAE, "ask", FLAGSHIP], "bare script": [sys.executable, BARE, str(file), FLAGSHIP],
        "python -c pass": [sys.executable, "-c", "pass"], "python -I -S -c pass": [sys.executable, "-I", "-S", "-c", "pass"],
    }  # fmt: skip
    # With PYTHONDONTWRITEBYTECODE every start would compile what changed since; a user's start doesn't.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["KOTAE_HOME"] = str(home)
    runs = dict(zip(commands, _in_turns(list(commands.values()), environment), strict=True))
    rows = [_row(name, some, runs["bare script"]) for name, some in runs.items()]
    head = ("command", "wall (median)", "processor", "memory", "ratio to bare, paired (target ≤ 1.5)")
    print_table(f"4. Cold start, {RUNS} runs in turns", head, rows)
    _print_imports(environment)


# Private functions


_LAUNCHER = """
import json, os, sys, time
for command in json.loads(sys.argv[1]) * int(sys.argv[2]):
    begun = time.perf_counter()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    print(json.dumps([time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, status]))
"""


def _in_turns(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> list[list[Run]]:
    """Every command in turns; from a small process, because a child is charged with the memory of its parent."""
    launch = [sys.executable, "-I", "-S", "-c", _LAUNCHER, json.dumps(commands), str(RUNS + 1)]
    printed = subprocess.run(launch, env=environment, check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in printed.splitlines()]
    if any(status for *_, status in lines):
        raise SystemExit("a command that was to be measured failed")
    kept = lines[len(commands) :]  # the first round fills the file cache
    return [[(wall, cpu, memory) for wall, cpu, memory, _ in kept[at :: len(commands)]] for at in range(len(commands))]


def _row(name: str, runs: Sequence[Run], floor: Sequence[Run]) -> tuple[str, ...]:
    wall, processor, memory = (median(column) for column in zip(*runs, strict=True))
    ratio = median(one[0] / other[0] for one, other in zip(runs, floor, strict=True))
    return name, milli(wall), milli(processor), f"{memory / 1024:.0f} MiB", f"{ratio:.2f}"


def _print_imports(environment: Mapping[str, str]) -> None:
    """Medians of three runs of -X importtime: each module without what it imports, and packages as a whole."""
    command = [sys.executable, "-X", "importtime", KOTAE, "ask", FLAGSHIP]
    tries = [
        _imports(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stderr)
        for _ in range(3)
    ]
    names = set.intersection(*(set(some) for some in tries))
    own = {name: median(some[name] for some in tries) for name in names}
    groups = {
        group: sum(s for name, s in own.items() if name.split(".")[0] == group)
        for group in {n.split(".")[0] for n in own}
    }
    ours = sum(groups.get(group, 0.0) for group in OWN)
    rows = [
        ("all imports", len(own), milli(sum(own.values()))),
        ("ours (bot, kb, nlp)", sum(n.split(".")[0] in OWN for n in own), milli(ours)),
    ]
    singles = [(name, 1, milli(s)) for name, s in own.items() if name.split(".")[0] in OWN]
    others = [
        (name, sum(n.split(".")[0] == name for n in own), milli(s)) for name, s in groups.items() if name not in OWN
    ]
    ranked = sorted([*singles, *others], key=lambda row: -float(row[2].split()[0].replace(",", "")))
    head = ("module or package", "modules", "own time (median of 3)")
    print_table("4a. What the command imports (-X importtime; the watching slows it)", head, [*rows, *ranked[:SHOWN]])


def _imports(printed: str) -> dict[str, float]:
    found = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", printed)
    return {name: int(own) / 1e6 for own, name in found}
