"""What stands in a message: years, figures, numbers, letters, words, names and the unknown, each with its span."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering import Reading
from nlp.mentions import Mention

SENTENCES = tomllib.loads(Path("tests/corpora/recognition.toml").read_text(encoding="utf-8"))["sentence"]
PIECES = tomllib.loads(Path("tests/corpora/messages.toml").read_text(encoding="utf-8"))

Read = Callable[..., Reading]


def mentions(read: Read, text: str) -> list[Mention]:
    """What was recognised, but for words that only fill and for hints."""
    found = read(text).parse.recognition.mentions
    return [m for m in found if m.type != "hint" and {meaning.type for meaning in m.meanings} != {"filler"}]


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda entry: entry["text"] or "(empty)")
def test_a_sentence_holds_its_mentions(read: Read, entry: dict[str, Any]) -> None:
    """In order, as they were typed."""
    assert [f"{m.text}={m.type}" for m in mentions(read, entry["text"])] == entry["mentions"]


def test_a_name_carries_all_that_it_can_stand_for(read: Read) -> None:
    """Nothing is decided yet: an exact name has one candidate, a shared part has both."""
    (exact,) = mentions(read, "空き店舗入居促進事業")
    (shared,) = mentions(read, "空き店舗")
    assert exact.references == ("nerima-shokogyo/42",)
    assert shared.references == ("nerima-shokogyo/42", "nerima-shokogyo/43")


def test_a_misspelt_name_carries_its_scores(read: Read) -> None:
    """How alike, for `explain` and for the margin."""
    (mention,) = mentions(read, "空き店補入居足進事業")
    assert mention.how == "spelling"
    assert mention.link is not None
    assert mention.link.references == ("nerima-shokogyo/42",)
    assert 0.7 < mention.link.scores[0] < 1.0


def test_an_exact_name_silences_the_parts_in_it(read: Read) -> None:
    """商店街 in いきいき商店街支援事業 is no other project."""
    (mention,) = mentions(read, "いきいき商店街支援事業")
    assert mention.references == ("nerima-shokogyo/32",)


def test_what_was_talked_about_is_looked_for_first(read: Read) -> None:
    """活用 alone says little; after 「空き店舗」 was asked back it names one of the two."""
    assert read("空き店舗の25年度は？", "活用のほう").answer.projects[0].no == "43"


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from([p for pieces in PIECES.values() for p in pieces]), max_size=10).map("".join))
def test_spans_lie_in_order(read: Read, message: str) -> None:
    """Inside the normalised message, none over another, and each quotes what was typed there."""
    recognition = read(message).parse.recognition
    at = 0
    for mention in (m for m in recognition.mentions if m.type != "hint"):
        assert at <= mention.start < mention.end <= len(recognition.text.value)
        assert mention.text == recognition.text.quote(mention.start, mention.end) or mention.type == "letter"
        at = mention.end
