"""Part 2: finding the name that was meant in a mistyped question, beside other ways to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned
from kb.query import Query
from nlp.contexts import Context
from nlp.names.names import Phrase, project_of
from nlp.writing.text import normalize
from tests.bench.knowledge import open_kotae
from tests.bench.noise import Noisy, noisy_questions
from tests.bench.peers import INSTALL, Pieces, missing, peers
from tests.bench.printing import print_table
from tests.bench.timing import in_turns, micro, p99

__all__ = ["Judged", "Linking", "judge", "measure_linking"]

COUNT = 400
SEED = 20261122
EXPLAINED = (
    "Given the name: cut into words before the clock starts. Given the question: all that is needed from the text on, with "
    "the words around the name. acc@1: the right one first (alone, or on top of those that are offered); alone: without others, "
    "so that it is answered; wrong: others only. A peer always answers with its best name, so whatever isn't right is wrong."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How a way of finding names did, as counts."""

    alone: int
    """The name that was meant and no other."""
    first: int
    """It and others, it first: asked back with it on top."""
    among: int
    """It and others, another one first: asked back."""
    wrong: int
    """Others only."""
    none: int
    """Nothing was found."""

    @property
    def accurate(self) -> int:
        """Where the best name is the right one: acc@1."""
        return self.alone + self.first


class Linking:
    """Names of projects, in one lexicon, with noisy questions about them."""

    def __init__(self, home: Path, count: int = COUNT) -> None:
        self.kotae, self.lexicon, self.tokenizer = open_kotae(home)
        (self.clerk,) = self.kotae.clerks
        named = {reference: name for reference, name in self.kotae.catalogs[0].names.items() if "." not in reference}
        self.references, self.names = list(named), list(named.values())
        self.questions = noisy_questions(self.names, self.tokenizer, count, SEED)

    def ours(self, question: str) -> tuple[str, ...]:
        """The projects that a whole question is about, or those that are offered instead, as they are listed."""
        _, outcome = self.clerk.understand(self.clerk.recognize(question, Context()), Context())
        return tuple(dict.fromkeys(map(project_of, _references(outcome))))

    def linked(self, phrase: Phrase) -> tuple[str, ...]:
        """The projects that a phrase alone is linked with, or those that are offered as near to it."""
        link = self.lexicon.link(phrase)
        return tuple(dict.fromkeys(map(project_of, link.references or link.near)))

    def phrase(self, text: str) -> Phrase:
        """A name as recognition would hand it over."""
        tokens = self.tokenizer.tokenize(normalize(text).value)
        return Phrase(tuple((token.key, token.sound) for token in tokens if not token.is_grammar and token.key))

    def pieces(self, text: str) -> Pieces:
        """Key and sound of a text's content words, for the peers."""
        phrase = self.phrase(text)
        return phrase.key, phrase.sound


def measure_linking(home: Path, title: str) -> None:
    """Print part 2 for one knowledge base: names alone, and whole questions."""
    linking = Linking(home)
    rows = [*_rows(linking, _on_names(linking), "name"), *_rows(linking, _on_questions(linking), "question")]
    head = ("method", "given the", "acc@1", "alone", "wrong", "none", "median", "p99")
    absent = f"Not installed: {', '.join(missing())}. {INSTALL}" if missing() else ""
    note = f"{len(linking.questions)} questions with one mistake each. {EXPLAINED}"
    print_table(f"2. Linking at {title} names", head, rows, f"{note} {absent}".strip())


def judge(found: Sequence[tuple[str, ...]], wanted: Sequence[str]) -> Judged:
    """Count what was found against what was meant."""
    pairs = list(zip(found, wanted, strict=True))
    return Judged(
        alone=sum(got == (want,) for got, want in pairs),
        first=sum(len(got) > 1 and got[0] == want for got, want in pairs),
        among=sum(want in got[1:] for got, want in pairs),
        wrong=sum(bool(got) and want not in got for got, want in pairs),
        none=sum(not got for got, _ in pairs),
    )


# Private functions


def _references(outcome: Outcome) -> Iterator[str]:
    """What is answered, else what is offered."""
    match outcome:
        case Planned(query) if query.subjects:
            yield from (subject.reference for subject in query.subjects)
        case Ambiguity(options=options) | Absence(near=options, query=None):
            yield from (reference for option in options for reference in option.references)
        case Absence(query=Query(subjects=subjects)):
            yield from (subject.reference for subject in subjects)


_Way = Callable[[Noisy], Callable[[], tuple[str, ...]]]


def _on_names(linking: Linking) -> dict[str, _Way]:
    phrases = {noisy.phrase: linking.phrase(noisy.phrase) for noisy in linking.questions}
    ways: dict[str, _Way] = {"Kotae": lambda noisy: lambda p=phrases[noisy.phrase]: linking.linked(p)}
    for name, find in _peers(linking).items():
        ways[name] = lambda noisy, find=find: (
            lambda p=(phrases[noisy.phrase].key, phrases[noisy.phrase].sound): _referred(linking, find(p))
        )
    return ways


def _on_questions(linking: Linking) -> dict[str, _Way]:
    ways: dict[str, _Way] = {"Kotae": lambda noisy: lambda q=noisy.question: linking.ours(q)}
    for name, find in _peers(linking).items():
        ways[name] = lambda noisy, find=find: lambda q=noisy.question: _referred(linking, find(linking.pieces(q)))
    return ways


def _peers(linking: Linking) -> dict[str, Callable[[Pieces], int]]:
    return peers([linking.pieces(name) for name in linking.names])


def _referred(linking: Linking, place: int) -> tuple[str, ...]:
    return (linking.references[place],) if place >= 0 else ()


def _rows(linking: Linking, ways: dict[str, _Way], given: str) -> list[tuple[str, ...]]:
    jobs = [[way(noisy) for way in ways.values()] for noisy in linking.questions]
    for job in jobs[0]:
        job()
    times = in_turns(jobs)
    wanted = [linking.references[noisy.reference] for noisy in linking.questions]
    rows = []
    for at, name in enumerate(ways):
        judged = judge([row[at]() for row in jobs], wanted)
        share = [f"{part / len(wanted):.3f}" for part in (judged.accurate, judged.alone, judged.wrong, judged.none)]
        rows.append((name, given, *share, micro(median(times[at])), micro(p99(times[at]))))
    return rows
