"""Timing: what runs in turns on one machine can be compared, however busy the machine is: processor time, not the clock's."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import process_time

__all__ = ["clock", "in_turns", "micro", "milli", "p99"]

Job = Callable[[], object]


def clock(job: Job) -> float:
    """Seconds of processor that one call takes, all threads together; nothing that is measured waits for anything else."""
    begun = process_time()
    job()
    return process_time() - begun


def in_turns(rounds: Sequence[Sequence[Job]]) -> list[list[float]]:
    """Seconds of each column of jobs, a row after the other: A B A B, the garbage collector at rest."""
    gc.collect()
    gc.disable()
    try:
        return [list(column) for column in zip(*([clock(job) for job in jobs] for jobs in rounds), strict=True)]
    finally:
        gc.enable()


def p99(seconds: Sequence[float]) -> float:
    """The time that one in a hundred exceeds."""
    return quantiles(seconds, n=100)[-1] if len(seconds) > 1 else seconds[0]


def micro(seconds: float) -> str:
    """1,234 µs."""
    return f"{seconds * 1e6:,.0f} µs"


def milli(seconds: float | Sequence[float]) -> str:
    """12.3 ms; of several the median."""
    return f"{(seconds if isinstance(seconds, float) else median(seconds)) * 1e3:,.1f} ms"
