"""Invented tables: what an import attaches is what the table says, and what it leaves is in the report."""

import pytest

from tests.kb.tables.comparing import compare
from tests.kb.tables.inventing import invent

MOST_UNREAD = 0.02
"""Of all figures; each has its reason."""


def failures(seeds: range) -> tuple[list[str], float]:
    """What is attached wrongly or lost, and the share that was left with a reason."""
    found, unread, figures = [], 0, 0
    for seed in seeds:
        comparison = compare(invent(seed))
        found += [f"seed {seed}: {failure}" for failure in comparison.failures]
        unread, figures = unread + comparison.unread, figures + comparison.figures
    return found, unread / figures


@pytest.mark.parametrize(
    "seeds", [range(120), pytest.param(range(1_000, 4_000), marks=pytest.mark.slow)], ids=["sample", "many"]
)
def test_no_figure_is_attached_wrongly_or_lost(seeds: range) -> None:
    """By project, indicator, kind, year and unit, with grades, labels and texts."""
    found, unread = failures(seeds)
    print(f"unread {unread:.2%}")
    assert found == []
    assert unread < MOST_UNREAD
