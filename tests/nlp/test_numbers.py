import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.figures.numbers import read_numbers
from nlp.writing.text import normalize
from tests.nlp.growing import LINEAR, growth

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "numbers.toml").read_text(encoding="utf-8"))
PIECES = st.sampled_from(CORPUS["pieces"])


@pytest.mark.parametrize("entry", CORPUS["sentence"], ids=lambda entry: str(entry["text"]))
def test_sentence_gives_its_numbers(entry: dict[str, Any]) -> None:
    """Each number comes with what it is for, in order."""
    value = normalize(entry["text"]).value
    found = [[value[m.start : m.end], m.value, m.form] for m in read_numbers(value)]
    assert found == entry["numbers"]


@pytest.mark.parametrize("text", CORPUS["none"]["texts"], ids=lambda text: text or "(empty)")
def test_other_numbers_are_left_to_the_other_grammars(text: str) -> None:
    """Figures, years, names and 一番 are no numbers here."""
    assert read_numbers(normalize(text).value) == ()


def test_a_top_knows_its_direction() -> None:
    """上位 counts from the largest, 下位 and ワースト from the smallest."""
    texts = ["上位3", "トップ3", "下位3", "ワースト3"]
    assert [read_numbers(text)[0].descending for text in texts] == [True, True, False, False]


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    """Any text is read without an error into spans that don't overlap."""
    value = normalize(text).value
    at = 0
    for mention in read_numbers(value):
        assert at <= mention.start < mention.end <= len(value)
        at = mention.end


@pytest.mark.parametrize("piece", ["1", "一", "1番", "no", "じゅう", "上位", "1,", "最初の", "1 "])
def test_long_texts_take_no_more_than_their_length(piece: str) -> None:
    """Eight times as long is about eight times the work, whatever the characters are."""
    assert growth(read_numbers, piece) < LINEAR
