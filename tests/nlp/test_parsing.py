"""A message and its conversation become one kind of question with its slots."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae, Reading
from nlp.contexts import Context
from nlp.parsing import parse

PARSES = tomllib.loads(Path("tests/corpora/parses.toml").read_text(encoding="utf-8"))["parse"]

Read = Callable[..., Reading]


@pytest.mark.parametrize("entry", PARSES, ids=lambda entry: " ⇒ ".join(entry["turns"]))
def test_a_conversation_is_read_as_the_corpus_says(read: Read, entry: dict[str, Any]) -> None:
    """The kind, and the whole question with what comes from before; or the projects and years that it is about."""
    reading = read(*entry["turns"])
    found: dict[str, Any] = {
        "kind": reading.parse.kind.name if reading.parse.kind else None,
        "understood": reading.answer.understood,
        "projects": [project.no for project in reading.answer.projects],
        "years": list(dict.fromkeys(quote.year for quote in reading.answer.quotes)),
    }
    said = {key: value for key, value in entry.items() if key not in ("turns", "any")}
    if entry.get("any"):
        assert found["projects"]
        assert set(found["projects"]) <= set(said.pop("projects"))
    else:
        assert said
    assert {key: found[key] for key in said} == said


def test_the_best_kind_stands_first(read: Read) -> None:
    """All kinds that fit are kept with their ranks, in their order, for `explain`."""
    competed = read("達成度Bの事業はいくつありますか").parse.competed
    assert competed[0].kind.name == "count"
    assert len(competed) > 1
    assert [c.rank for c in competed] == sorted((c.rank for c in competed), reverse=True)


def test_the_order_of_kinds_says_nothing(read: Read) -> None:
    """A tie is decided by the kind's name, never by the order in which files were read."""
    parsed = read("達成度Bの事業はいくつありますか").parse
    one, other = (parsed.competed[0].kind._replace(name=name) for name in ("one", "other"))
    for order in ((one, other), (other, one)):
        tied = parse(parsed.recognition, order, Context())
        assert tied.kind == one
        assert [candidate.rank for candidate in tied.competed] == [parsed.competed[0].rank] * 2


def test_a_conversation_is_a_value(kotae: Kotae) -> None:
    """Answering changes nothing in the conversation that went in: the same turn can be taken twice."""
    _, context = kotae.answer("空き店舗入居促進事業の25年度実績は？")
    first, _ = kotae.answer("24年度は？", context)
    kotae.answer("商工相談は？", context)
    again, _ = kotae.answer("24年度は？", context)
    assert first == again


def test_what_was_not_understood_is_forgotten(kotae: Kotae) -> None:
    """A greeting or a question about something else leaves the topic where it was."""
    _, context = kotae.answer("空き店舗入居促進事業の25年度実績は？")
    for message in ("こんにちは", "今日の天気は？", ""):
        _, context = kotae.answer(message, context)
    answer, _ = kotae.answer("24年度は？", context)
    assert [project.no for project in answer.projects] == ["42"]


@pytest.mark.parametrize(
    ("question", "unread"),
    [
        ("商工相談の25年度の件数", []),
        ("お世話になっております。練馬の山田です。商工相談の25年度の件数を教えてください。", []),
        ("商工相談の25年度の件数と満足率を教えて", ["満足率"]),
        ("商工相談の25年度の件数と開催頻度は？", ["開催頻度"]),
    ],
)
def test_every_word_of_the_question_is_accounted_for(kotae: Kotae, question: str, unread: list[str]) -> None:
    """What couldn't be placed is named in the reply; who asks and why is not."""
    reply = kotae.answer(question)[0].to_dict()
    assert reply["unread"] == unread
    assert all(f"「{word}」" in reply["text"] for word in unread)
    assert "1,025件" in reply["text"]
