"""Part 5: how the constants of nlp/names/linking.py fare: names that were mistyped, and names that the table doesn't have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import nlp.names.linking
from nlp.names.lexicon import Lexicon
from nlp.names.likeness import alike
from nlp.names.names import Name
from nlp.writing.text import fold
from tests.bench.linking import SEED, Linking, judge
from tests.bench.noise import TEMPLATES
from tests.bench.printing import print_table

__all__ = ["measure_constants"]

TRIED = {
    "ALIKE": (0.60, 0.65, 0.75, 0.80, 0.85), "ALIKE_SHORT": (0.70, 0.75, 0.85, 0.90), "MARGIN": (0.02, 0.05, 0.12, 0.16),
    "NEARLY": (0.75, 0.80, 0.90),
}  # fmt: skip
"""What each constant is moved to; a constant that the code no longer has is left out."""
QUESTIONS = 600
STRANGERS = 600
SHOWN = 6


def measure_constants(home: Path, names: Sequence[str]) -> None:
    """Print part 5: one constant moved at a time, the other as it is."""
    linking = Linking(home, QUESTIONS)
    strangers = _strangers(names)
    tried = [(name, value) for name, values in TRIED.items() if hasattr(nlp.names.linking, name) for value in values]
    rows = [_row(linking, strangers, "as they are", {})]
    rows += [_row(linking, strangers, f"{name} {value:.2f}", {name: value}) for name, value in tried]
    head = ("moved", "right alone", "asked", "wrong", "none", "strangers answered", "strangers asked")
    note = (
        f"{len(linking.questions)} mistyped questions about the 51 projects. Strangers: {len(strangers)} questions about names "
        "of the large table, none of which this one has: what is answered holds a word of a project's name or is wrong."
    )
    known = ", ".join(
        f"{name} {getattr(nlp.names.linking, name)}" for name in TRIED if hasattr(nlp.names.linking, name)
    )
    print_table(f"5. The constants ({known})", head, rows, note)
    _print_nearest(linking)
    _print_margins(linking)


# Private functions


def _strangers(names: Sequence[str]) -> list[str]:
    random = Random(SEED)
    some = random.sample(list(names), min(STRANGERS, len(names)))
    return [random.choice(TEMPLATES).format(name) for name in some]


@contextmanager
def _moved(constants: Mapping[str, float]) -> Iterator[None]:
    kept = {name: getattr(nlp.names.linking, name) for name in constants}
    try:
        for name, value in constants.items():
            setattr(nlp.names.linking, name, value)
        yield
    finally:
        for name, value in kept.items():
            setattr(nlp.names.linking, name, value)


def _row(linking: Linking, strangers: Sequence[str], title: str, moved: Mapping[str, float]) -> tuple[str, ...]:
    wanted = [linking.references[noisy.reference] for noisy in linking.questions]
    with _moved(moved):
        judged = judge([linking.ours(noisy.question) for noisy in linking.questions], wanted)
        statuses = Counter(linking.kotae.answer(question)[0].status for question in strangers)
    counts = (judged.alone, judged.first + judged.among, judged.wrong, judged.none)
    share = [f"{count} · {count / len(wanted):.1%}" for count in counts]
    return title, *share, str(statuses["answer"]), str(statuses["clarify"])


def _print_nearest(linking: Linking) -> None:
    """The real names that are hardest to tell apart."""
    names = _whole(linking.lexicon)
    pairs = [
        (alike(one.key, one.sound, other), one.text, other.text)
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
    note = f"{len(margins)} names went to spelling; {len(margins) - len(ahead)} of them are nearer to another name, {sum(m < nlp.names.linking.MARGIN for m, _, _ in margins)} within MARGIN."
    print_table("5b. Mistyped names that are hardest to tell", ("typed (meant)", "ahead by"), rows, note)


def _margins(linking: Linking) -> Iterator[tuple[float, str, str]]:
    names = linking.lexicon._linker.names
    for noisy in linking.questions:
        phrase = linking.phrase(noisy.phrase)
        if linking.lexicon.link(phrase).how not in ("spelling", "none"):
            continue
        meant = linking.references[noisy.reference]
        scores: dict[bool, float] = {True: 0.0, False: 0.0}
        for name in names:
            own = name.reference.partition(".")[0] == meant
            scores[own] = max(scores[own], alike(phrase.key, phrase.sound, name))
        yield scores[True] - scores[False], noisy.phrase, linking.names[noisy.reference]


def _whole(lexicon: Lexicon) -> list[Name]:
    """One name for each thing: as it is printed."""
    return list({name.reference: name for name in reversed(lexicon._linker.names)}.values())
