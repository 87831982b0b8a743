"""Phrases of replies, filled with pieces."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.answers import Piece
from bot.wording import Wording

REPLIES = tomllib.loads(Path("data/language/replies.toml").read_text(encoding="utf-8"))
PHRASES = [(section, key, phrase) for section, entries in REPLIES.items() for key, phrase in entries.items()]


def test_a_phrase_is_filled_with_pieces() -> None:
    """What stands between the places are words; what is put in keeps its kind and its proof."""
    wording = Wording({"cell": {"figure": "{cell}、達成度{grade}"}})
    cell, grade = Piece("cell", "62件", "proof"), Piece("fact", "A")
    assert wording.pieces("cell", "figure", cell=cell, grade=grade) == (cell, Piece("words", "、達成度"), grade)
    line = wording.line("cell", "figure", "figure", cell=(cell, Piece("words", "と"), cell), grade=grade)
    assert (line.role, line.text) == ("figure", "62件と62件、達成度A")


def test_a_place_that_is_not_filled_is_a_programmers_mistake() -> None:
    """Never an empty place in a reply."""
    wording = Wording({"cell": {"figure": "{cell}"}})
    with pytest.raises(KeyError):
        wording.pieces("cell", "figure")
    with pytest.raises(KeyError):
        wording.pieces("cell", "other")


def test_a_value_with_braces_is_no_place() -> None:
    """What an asker typed is never filled in again."""
    wording = Wording({"note": {"unread": "「{echo}」は分かりません。"}})
    assert wording.line("note", "unread", echo=Piece("echo", "{cell}{x}")).text == "「{cell}{x}」は分かりません。"


@pytest.mark.parametrize(("section", "key", "phrase"), PHRASES, ids=[f"{s}.{k}" for s, k, _ in PHRASES])
def test_a_phrase_is_plain_japanese(section: str, key: str, phrase: str) -> None:
    """One line, no digit, no English word, no empty 「」, sentences that end."""
    words = re.sub(r"\{\w+\}", "", phrase)
    assert "\n" not in phrase
    assert not re.search(r"[0-9０-９]", words)
    assert not re.search(r"[A-Za-z]{2,}", words)
    assert phrase.count("「") == phrase.count("」")
    assert phrase.count("(") == phrase.count(")")


def test_no_phrase_says_only_that_it_does_not_know() -> None:
    """わかりません alone helps nobody."""
    assert [phrase for _, _, phrase in PHRASES if phrase.strip("。") in ("わかりません", "分かりません")] == []
