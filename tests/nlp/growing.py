"""Growing: how much more work a longer text is, whatever machine does it."""

import time
from collections.abc import Callable

__all__ = ["LINEAR", "LONGER", "growth"]

LONGER = 8
"""How many times as long."""
LINEAR = 24
"""More than work grows by that keeps pace with the length; what grows with its square grows by sixty."""


def growth(read: Callable[[str], object], piece: str, length: int = 1000) -> float:
    """How many times the work of a text of this length one takes that is LONGER times as long."""
    short = piece * (length // len(piece))
    return _work(read, short * LONGER) / _work(read, short)


# Private functions


def _work(read: Callable[[str], object], text: str) -> float:
    """Seconds of the processor's own; the least of some, because others interrupt."""
    took = []
    for _ in range(5):
        start = time.process_time()
        read(text)
        took.append(time.process_time() - start)
    return min(took)
