"""The examination as a gate: thousands of generated questions and two files of sentences, none answered wrongly."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from bot.answering import Reading
from tests.examination.corpus import load
from tests.examination.examining import examine
from tests.examination.expectation import Question
from tests.examination.generator import KINDS, questions
from tests.examination.gold import Table
from tests.examination.judging import Verdict, summary
from tests.helpers import Ask

CORPORA = Path("tests/corpora")
KINDS_OF_QUESTION = sorted(path.stem for path in Path("data/language/questions").glob("*.toml"))
GENERATORS: dict[str, list[str]] = tomllib.loads(Path("tests/examination/kinds.toml").read_text(encoding="utf-8"))
"""Kind of question to the kinds of the examination that ask for it."""
COMPUTED = ("diff", "aggregate", "compare", "history", "reverse", "keyword", "two_in_one")
"""Kinds of the files of sentences that need more than selecting cells."""


@pytest.fixture(scope="module")
def verdicts(ask: Ask, table: Table) -> list[Verdict]:
    """How two thousand questions of every kind went."""
    return examined(questions(table, seed=1, n=2000), ask)


def test_two_thousand_questions(verdicts: list[Verdict]) -> None:
    """None is answered wrongly, and 98 of 100 are answered as expected."""
    assert wrong(verdicts) == [], summary(verdicts)
    assert rate(verdicts) >= 0.99, summary(verdicts)
    assert len(verdicts) == 2000


def test_no_kind_is_left_behind(verdicts: list[Verdict]) -> None:
    """Of every kind nine of ten are as expected: an average can't hide one that doesn't work."""
    asked = Counter(verdict.question.kind for verdict in verdicts)
    passed = Counter(verdict.question.kind for verdict in verdicts if verdict.passed)
    behind = {kind: f"{passed[kind]}/{count}" for kind, count in asked.items() if passed[kind] < 0.9 * count - 1}
    assert behind == {}, summary(verdicts)
    assert {kind for kind in KINDS if asked[kind] < 10} == set()


def test_every_kind_of_question_is_examined() -> None:
    """Whoever adds a kind to data/language writes what examines it; nothing stands for a kind that is gone."""
    assert unexamined(KINDS_OF_QUESTION, GENERATORS, KINDS) == []
    assert sorted(GENERATORS) == KINDS_OF_QUESTION
    assert len(KINDS_OF_QUESTION) >= 50


def test_a_kind_that_nothing_examines_is_noticed() -> None:
    """Negative control: no entry, an empty one, and one that names no kind of the examination."""
    found = {"result": ["result.polite"], "sum": [], "rate": ["diff.rate", "diff.rates"]}
    assert unexamined(["rate", "result", "sum", "weather"], found, KINDS) == ["rate", "sum", "weather"]


@pytest.mark.parametrize("kind", KINDS_OF_QUESTION)
def test_what_examines_a_kind_is_read_as_it(table: Table, read: Callable[..., Reading], kind: str) -> None:
    """One of sixty questions at least: others of the same sort may rightly be of another kind."""
    asked = questions(table, seed=1, n=60, kinds=GENERATORS[kind])
    assert any(kind_of(read(*question.turns)) == kind for question in asked)


def test_the_sentences_for_working_with(ask: Ask, table: Table) -> None:
    """Written by someone who hadn't seen the code: none wrong."""
    verdicts = examined(load(CORPORA / "handwritten.jsonl", table), ask)
    assert wrong(verdicts) == [], summary(verdicts)
    assert rate(verdicts) >= 0.95, summary(verdicts)
    assert len(verdicts) == 83


def test_the_sentences_held_back(ask: Ask, table: Table) -> None:
    """Only their figures are looked at, so that nobody tunes the bot to them."""
    verdicts = examined(load(CORPORA / "heldout.jsonl", table), ask)
    plain = [verdict for verdict in verdicts if not verdict.question.kind.startswith(COMPUTED)]
    failed = sum(not verdict.passed for verdict in verdicts), sum(not verdict.passed for verdict in plain)
    assert len(wrong(verdicts)) == 0
    assert failed[0] <= 0.12 * len(verdicts)
    assert failed[1] <= 0.1 * len(plain)
    assert (len(verdicts), len(plain)) == (72, 59)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(11, 15))
def test_thousands_more(ask: Ask, table: Table, seed: int) -> None:
    """Other seeds, other projects, other noises."""
    verdicts = examined(questions(table, seed=seed, n=5000), ask)
    assert wrong(verdicts) == [], summary(verdicts)
    assert rate(verdicts) >= 0.99, summary(verdicts)


def test_an_examiner_who_is_told_nonsense_says_so(table: Table) -> None:
    """The gates can close: a bot that always gives one figure is wrong, one that says nothing fails."""
    asked = questions(table, seed=1, n=200, kinds=["result.polite", "clarify.letter", "sum", "rank"])
    cell = {"project": "42", "activity": None, "fiscal_year": 2013, "cell": "10,136千円(19事業)"}
    figure = {"status": "answer", "text": "10,136千円(19事業)", "projects": ["42"], "results": [cell]}
    assert len(wrong(examine(asked, lambda turns: [figure for _ in turns]))) > 190
    silent = examine(asked, lambda turns: [{"status": "help", "text": "?"} for _ in turns])
    assert (len(wrong(silent)), rate(silent)) == (0, 0.0)


# Private functions


def examined(asked: Sequence[Question], ask: Ask) -> list[Verdict]:
    """The verdicts, in process."""
    return examine(asked, lambda turns: ask(*turns))


def unexamined(kinds: Iterable[str], generators: Mapping[str, Sequence[str]], known: Iterable[str]) -> list[str]:
    """The kinds of question without a generator, or with one that isn't there."""
    there = set(known)
    return [kind for kind in kinds if not generators.get(kind) or not set(generators[kind]) <= there]


def kind_of(reading: Reading) -> str:
    """What kind it was read as, or nothing."""
    return reading.parse.kind.name if reading.parse and reading.parse.kind else ""


def wrong(verdicts: Sequence[Verdict]) -> list[str]:
    """Ids of what was answered harmfully."""
    return [verdict.question.id for verdict in verdicts if verdict.wrong]


def rate(verdicts: Sequence[Verdict]) -> float:
    """The share that was as expected."""
    return sum(verdict.passed for verdict in verdicts) / len(verdicts)
