"""What a question becomes: a query, a question back, or the absence of something — values, never exceptions."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae, Reading
from kb.planning import Absence, Ambiguity, Planned, Social
from kb.query import LONGEST_COMPACT

ENTRIES = tomllib.loads(Path("tests/corpora/outcomes.toml").read_text(encoding="utf-8"))["outcome"]
OUTCOMES = [
    (turns, entry)
    for entry in ENTRIES
    for turns in ([entry["ask"]] if entry.get("turns") else [[q] for q in entry["ask"]])
]


@pytest.mark.parametrize(("turns", "entry"), OUTCOMES, ids=[" ⇒ ".join(turns) for turns, _ in OUTCOMES])
def test_a_question_becomes_what_the_corpus_says(
    read: Callable[..., Reading], turns: list[str], entry: Mapping[str, Any]
) -> None:
    """Query and notes, question back and choices, absence and years, or a word in return."""
    outcome = read(*turns).outcome
    match outcome:
        case Planned(query, notes):
            assert query.to_compact() == entry.get("query")
            assert [note.key for note in notes] == entry.get("notes", [note.key for note in notes])
        case Ambiguity():
            assert outcome.kind == entry.get("asks")
            assert [option.label for option in outcome.options] == entry["choices"]
        case Absence():
            assert outcome.reason == entry.get("absent")
            assert list(outcome.years) == entry.get("years", [])
        case Social():
            assert outcome.kind == entry.get("social")


@pytest.mark.parametrize(
    ("question", "reason", "project"),
    [
        ("無限軌道車両整備の実績は？", "no_project", None),
        ("商工相談の令和5年度は？", "no_year", "17"),
        ("商工相談の26年度は？", "blank", "17"),
        ("事業承継セミナーの24年度は？", "dash", "15"),
        ("商工相談の担当課は？", "no_attribute", "17"),
        ("戦略目標Aで達成度Bの事業は？", "empty", None),
    ],
)
def test_the_absences_are_told_apart(kotae: Kotae, question: str, reason: str, project: str | None) -> None:
    """No such project, no such year, a blank cell, 「-」, no such attribute; and a list that comes out empty."""
    reply = kotae.answer(question)[0].to_dict()
    assert reply["reason"] == reason
    assert reply["status"] == ("not_found" if reason == "no_project" else "no_data")
    assert reply["projects"] == ([project] if project else [])
    assert not any(result["cell"] not in ("", "-") for result in reply["results"])


@pytest.mark.parametrize(
    "question", ["空き店舗の25年度は？", "商店街の達成度は？", "去年の商工相談は？", "Bの事業は？", "23"]
)
def test_every_option_can_be_run(read: Callable[..., Reading], question: str) -> None:
    """An option carries the whole query, short enough for a button, and a question that is read as that query."""
    outcome = read(question).outcome
    assert isinstance(outcome, Ambiguity)
    for option in outcome.options:
        assert 0 < len(option.query.encode()) <= LONGEST_COMPACT
    assert len({option.label for option in outcome.options}) == len(outcome.options) > 1


def test_planning_changes_nothing(read: Callable[..., Reading]) -> None:
    """The same question gives an equal outcome, every time."""
    assert read("空き店舗の25年度は？", "2番目").outcome == read("空き店舗の25年度は？", "2番目").outcome
