"""Invented tables: what an import attaches is what the table says, and what it leaves is in the report."""

from collections.abc import Callable

import pytest

from tests.kb.tables.comparing import compare
from tests.kb.tables.inventing import invent
from tests.kb.tables.inventions import Key, Truth

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


@pytest.mark.parametrize(
    ("told", "noticed"),
    [
        (lambda truth: swapped(truth, "year"), "wrong year: "),
        (lambda truth: swapped(truth, "kind"), "wrong kind: "),
        (lambda truth: changed(truth, "-", "回"), "wrong figure: "),
        (lambda truth: changed(truth, "9,999", "人"), "lost: 9,999 "),
        (lambda truth: changed(truth, None, "km"), "unit: "),
    ],
    ids=["year", "kind", "dash", "lost", "unit"],
)
def test_a_figure_that_is_attached_wrongly_is_noticed(told: Callable[[Truth], None], noticed: str) -> None:
    """Negative control: another year, another kind, a figure where a dash stands, none where one does, another unit."""
    invention = invent(5)
    told(invention.truth)
    assert any(failure.startswith(noticed) for failure in compare(invention).failures)


def test_a_figure_that_is_read_as_a_dash_is_noticed() -> None:
    """Negative control: the table prints 「-」 where it says a figure."""
    invention = invent(5)
    text = next(iter(invention.truth.figures.values()))[0]
    for sheet in invention.sheets:
        sheet.rows = {at: ["-" if said == text else said for said in texts] for at, texts in sheet.rows.items()}
    assert any(failure.startswith(f"lost: {text} ") for failure in compare(invention).failures)


def swapped(truth: Truth, differing: str) -> None:
    """Two figures of the table change places that differ in their year or in their kind alone."""
    at = ("project", "indicator", "kind", "year").index(differing)
    rest: dict[tuple[object, ...], Key] = {}
    for key in truth.figures:
        other = rest.setdefault((*key[:at], *key[at + 1 :]), key)
        if other != key:
            truth.figures[key], truth.figures[other] = truth.figures[other], truth.figures[key]
            return
    raise AssertionError(f"no two figures differ in their {differing} alone")


def changed(truth: Truth, text: str | None, unit: str) -> None:
    """The first figure of the table is another text, or has another unit."""
    key, (said, _) = next(iter(truth.figures.items()))
    truth.figures[key] = (said if text is None else text, unit)
