import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from nlp.writing.tokens import Tokenizer
from tests.bench.linking import Judged, judge
from tests.bench.noise import noisy_questions
from tests.bench.peers import grams, missing, peers
from tests.bench.timing import in_turns

ROOT = Path(__file__).parents[2]
NAMES = ["空き店舗入居促進事業", "空き店舗活用事業", "にぎわい商店街支援事業", "商店街マップの作成"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The real dictionary."""
    return Tokenizer()


def test_what_was_found_is_counted_by_how_it_would_be_answered() -> None:
    """Alone, on top of others, among others, others only, nothing: each is another reply."""
    found = [("a",)] + [("a", "b")] * 2 + [("b", "a")] * 3 + [("b",)] * 4 + [()] * 5
    judged = judge(found, ["a"] * 15)
    assert judged == Judged(alone=1, first=2, among=3, wrong=4, none=5)
    assert judged.accurate == 3


def test_mistakes_are_the_same_in_every_run(tokenizer: Tokenizer) -> None:
    """Two runs with one seed ask the same questions, with another seed others."""
    asked = noisy_questions(NAMES, tokenizer, 20, 1)
    assert len(asked) == 20
    assert noisy_questions(NAMES, Tokenizer(), 20, 1) == asked
    assert noisy_questions(NAMES, tokenizer, 20, 2) != asked


def test_a_mistake_never_makes_another_name(tokenizer: Tokenizer) -> None:
    """What was typed is none of the names and no piece that two of them share."""
    typed = [noisy.phrase for noisy in noisy_questions(NAMES, tokenizer, 40, 2)]
    assert len(typed) == 40
    assert [phrase for phrase in typed if phrase in NAMES or sum(phrase in name for name in NAMES) > 1] == []


def test_every_peer_finds_a_name_that_is_typed_right() -> None:
    """Negative control of the comparison: a peer that can't do this was wired wrongly."""
    pieces = [
        ("空店舗入居促進事業", "あきてんほにゆうきよそくしんしきよう"),
        ("伝統工芸展", "てんとうこうけいてん"),
        ("商店街", "しようてんかい"),
    ]
    assert {name: find(pieces[1]) for name, find in peers(pieces).items()} == dict.fromkeys(peers(pieces), 1)


def test_the_grams_are_characters_and_pairs_of_sounds() -> None:
    """What the peers search is what Kotae searches."""
    assert grams(("入居", "にゆうき")) == ["入", "居", "にゆ", "ゆう", "うき"]


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bench runs without them and says so."""
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.setitem(sys.modules, "bm25s", ModuleType("bm25s"))
    assert missing() == ["tantivy"]
    monkeypatch.setitem(sys.modules, "bm25s", None)
    assert missing() == ["tantivy", "bm25s"]
    assert list(peers([("入居", "にゆうきよ")])) == ["rapidfuzz scan (ratio of sounds)", "FTS5 trigram, bm25"]


def test_jobs_are_timed_in_turns() -> None:
    """A B A B: one list of seconds for each column."""
    seen: list[str] = []
    times = in_turns([(lambda: seen.append("A"), lambda: seen.append("B"))] * 2)
    assert seen == ["A", "B", "A", "B"]
    assert [len(column) for column in times] == [2, 2]


def test_the_bench_is_where_make_looks_for_it() -> None:
    """`make bench` calls a file that is there and starts the bench, whose parts it then names."""
    called = subprocess.run(["make", "-n", "bench"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (script,) = set(re.findall(r"python (\S+\.py)", called))
    shown = subprocess.run([sys.executable, script, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "some of answer, link, growth, start, constants" in " ".join(shown.stdout.split())
