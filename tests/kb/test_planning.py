"""What a question becomes: a query, a question back, or the absence of something — values, never exceptions."""

import copy
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, assert_never

import pytest

from bot.answering import Kotae, Reading
from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.planning.planning import plan
from kb.query import LONGEST_COMPACT
from nlp.parsing import parse

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
    found = told(read(*turns).outcome)
    said = {key: value for key, value in entry.items() if key not in ("ask", "turns")}
    if "absent" in said:
        said = {"years": [], **said}
    assert said
    assert {key: found.get(key) for key in said} == said


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome in the corpus's words."""
    match outcome:
        case Planned(query, notes):
            return {"query": query.to_compact(), "notes": [note.key for note in notes]}
        case Ambiguity():
            return {"asks": outcome.kind, "choices": [option.label for option in outcome.options]}
        case Absence():
            return {"absent": outcome.reason, "years": list(outcome.years)}
        case Social():
            return {"social": outcome.kind}
        case _:
            assert_never(outcome)


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
def test_every_option_can_be_run(kotae: Kotae, read: Callable[..., Reading], question: str) -> None:
    """An option carries the whole query, short enough for a button, and a question that is read as that query."""
    reading = read(question)
    outcome, choices = reading.outcome, reading.answer.choices
    assert isinstance(outcome, Ambiguity)
    assert [(choice.label, choice.query) for choice in choices] == [(o.label, o.query) for o in outcome.options]
    assert len({choice.label for choice in choices}) == len(choices) > 1
    for choice in choices:
        assert 0 < len(choice.query.encode()) <= LONGEST_COMPACT
        assert kotae.run(choice.query)[0].status in ("answer", "no_data")
        assert told(read(choice.question).outcome)["query"] == choice.query


def test_an_option_too_long_for_a_button_can_be_picked(read: Callable[..., Reading]) -> None:
    """Its choice carries no query, the conversation has it whole: 「1番目」 is this one."""
    question = "商店街の達成度と内容と実施年度と戦略目標と施策と番号は"
    asked = read(question)
    assert isinstance(asked.outcome, Ambiguity)
    first, second = asked.outcome.options[:2]
    assert len(first.query.encode()) > LONGEST_COMPACT >= len(second.query.encode())
    assert [choice.query for choice in asked.answer.choices[:2]] == ["", second.query]
    picked = read(question, "1番目")
    assert isinstance(picked.outcome, Planned)
    assert picked.outcome.query.to_compact() == first.query


@pytest.mark.parametrize("question", ["42", "42は？", "「42」", "42って", "42だよね", "42も"])
def test_a_number_with_particles_is_that_number(read: Callable[..., Reading], question: str) -> None:
    """Whichever particle it is; with a unit it is a figure, which no cell prints."""
    outcome = read(question).outcome
    assert isinstance(outcome, Planned)
    assert [subject.number for subject in outcome.query.subjects] == ["42"]
    assert (read("42ページ").answer.status, read("42ページ").answer.projects) == ("no_data", ())


def test_planning_changes_nothing(kotae: Kotae, read: Callable[..., Reading]) -> None:
    """Planned again after many others, what was parsed is as it was and gives the outcome that it gave."""
    known = read("空き店舗入居促進事業の25年度実績は？", "24年度は？").parse
    parsed = parse(known.recognition, [candidate.kind for candidate in known.competed], known.context)
    before, first = copy.deepcopy(parsed), plan(parsed, kotae.catalogs[0])
    for turns, _ in OUTCOMES:
        plan(read(*turns).parse, kotae.catalogs[0])
    assert told(first) == {"query": "nerima-shokogyo/42/24/result", "notes": []}
    assert plan(parsed, kotae.catalogs[0]) == first
    assert parsed == before
