"""Part 5: how the constants of nlp/lexicon.py fare: names that were mistyped, and names that the table doesn't have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import nlp.lexicon
from nlp.lexicon import Lexicon, Name, _alike
from nlp.text import fold
from tests.bench.linking import SEED, Linking, judge
from tests.bench.noise import TEMPLATES
from tests.bench.printing import print_table

__all__ = ["measure_constants"]

ALIKES = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85)
MARGINS = (0.02, 0.05, 0.08, 0.12, 0.16)
QUESTIONS = 600
STRANGERS = 600
SHOWN = 6


def measure_constants(home: Path, names: Sequence[str]) -> None:
    """Print part 5: one constant moved at a time, the other as it is."""
    linking = Linking(home, QUESTIONS)
    strangers = _strangers(names)
    kept = (nlp.lexicon.ALIKE, nlp.lexicon.MARGIN)
    tried = [(alike, kept[1]) for alike in ALIKES] + [(kept[0], margin) for margin in MARGINS if margin != kept[1]]
    rows = [_row(linking, strangers, alike, margin, kept) for alike, margin in tried]
    head = ("ALIKE", "MARGIN", "right alone", "asked", "wrong", "none", "strangers answered", "strangers asked")
    note = (
        f"{len(linking.questions)} mistyped questions about the 51 projects. Strangers: {len(strangers)} questions about names "
        "of the large table, none of which this one has: what is answered holds a word of a project's name or is wrong."
    )
    print_table("5. The constants", head, rows, note)
    _print_nearest(linking)
    _print_margins(linking)


# Private functions


def _strangers(names: Sequence[str]) -> list[str]:
    random = Random(SEED)
    some = random.sample(list(names), min(STRANGERS, len(names)))
    return [random.choice(TEMPLATES).format(name) for name in some]


@contextmanager
def _set(alike: float, margin: float) -> Iterator[None]:
    kept = (nlp.lexicon.ALIKE, nlp.lexicon.MARGIN)
    nlp.lexicon.ALIKE, nlp.lexicon.MARGIN = alike, margin
    try:
        yield
    finally:
        nlp.lexicon.ALIKE, nlp.lexicon.MARGIN = kept


def _row(
    linking: Linking, strangers: Sequence[str], alike: float, margin: float, kept: tuple[float, float]
) -> tuple[str, ...]:
    wanted = [linking.references[noisy.reference] for noisy in linking.questions]
    with _set(alike, margin):
        judged = judge([linking.ours(noisy.question) for noisy in linking.questions], wanted)
        statuses = Counter(linking.kotae.answer(question)[0].status for question in strangers)
    counts = (judged.alone, judged.first + judged.among, judged.wrong, judged.none)
    mark = " (as it is)" if (alike, margin) == kept else ""
    share = [f"{count} · {count / len(wanted):.1%}" for count in counts]
    return f"{alike:.2f}{mark}", f"{margin:.2f}", *share, str(statuses["answer"]), str(statuses["clarify"])


def _print_nearest(linking: Linking) -> None:
    """The real names that are hardest to tell apart."""
    names = _whole(linking.lexicon)
    pairs = [
        (_alike(one.key, one.sound, other), one.text, other.text)
        for one in names
        for other in names
        if one.reference != other.reference
        and fold(one.text) != fold(other.text)
        and other.key not in one.key
        and one.key not in other.key
    ]
    ranked = sorted({frozenset(pair[1:]): pair for pair in sorted(pairs)}.values(), reverse=True)[:SHOWN]
    rows = [(f"{one} / {other}", f"{score:.3f}", f"{1 - score:.3f}") for score, one, other in ranked]
    print_table(
        "5a. Names nearest to one another (neither holds the other)",
        ("names", "alike", "margin when typed right"),
        rows,
    )


def _print_margins(linking: Linking) -> None:
    """By how much the name that was meant is ahead of the best other one, where only spelling can tell."""
    margins = sorted(_margins(linking))
    if not margins:
        return
    ahead = [margin for margin, _, _ in margins if margin > 0]
    rows = [(f"{typed} ({meant})", f"{margin:+.3f}") for margin, typed, meant in margins[:SHOWN]]
    note = f"{len(margins)} names went to spelling; {len(margins) - len(ahead)} of them are nearer to another name, {sum(m < nlp.lexicon.MARGIN for m, _, _ in margins)} within MARGIN."
    print_table("5b. Mistyped names that are hardest to tell", ("typed (meant)", "ahead by"), rows, note)


def _margins(linking: Linking) -> Iterator[tuple[float, str, str]]:
    names = linking.lexicon.names
    for noisy in linking.questions:
        phrase = linking.phrase(noisy.phrase)
        if linking.lexicon.link(phrase).how not in ("spelling", "none"):
            continue
        meant = linking.references[noisy.reference]
        scores: dict[bool, float] = {True: 0.0, False: 0.0}
        for name in names:
            own = name.reference.partition(".")[0] == meant
            scores[own] = max(scores[own], _alike(phrase.key, phrase.sound, name))
        yield scores[True] - scores[False], noisy.phrase, linking.names[noisy.reference]


def _whole(lexicon: Lexicon) -> list[Name]:
    """One name for each thing: as it is printed."""
    return list({name.reference: name for name in reversed(lexicon.names)}.values())
