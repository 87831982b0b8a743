import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.figures.numerals import numeral_at, read_numerals, small_number
from tests.nlp.growing import LINEAR, growth

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "numerals.toml").read_text(encoding="utf-8"))
NUMBERS = [(surface, Decimal(entry["value"])) for entry in CORPUS["number"] for surface in entry["surfaces"]]
ALPHABET = "0123456789,.△▲〇一二三四五六七八九十百千万億○千葉 年"


@pytest.mark.parametrize(("surface", "value"), NUMBERS, ids=[f"{surface}={value}" for surface, value in NUMBERS])
def test_number_is_read_whole(surface: str, value: Decimal) -> None:
    """Every way of writing a number gives its value and takes all of its characters."""
    found = numeral_at(surface, 0)
    assert found is not None
    assert (found.start, found.end, found.value) == (0, len(surface), value)


@pytest.mark.parametrize("entry", CORPUS["several"], ids=lambda entry: str(entry["text"]))
def test_numbers_are_told_apart(entry: dict[str, list[str]]) -> None:
    """A comma joins groups of three only, and a place's name ends a number."""
    assert [str(numeral.value) for numeral in read_numerals(str(entry["text"]))] == entry["values"]


@pytest.mark.parametrize("surface", CORPUS["none"]["surfaces"], ids=lambda surface: surface or "(empty)")
def test_other_text_is_no_number(surface: str) -> None:
    """A unit, a name, a lone sign and a run longer than any amount are no numbers."""
    assert read_numerals(surface) == ()


@pytest.mark.parametrize("entry", CORPUS["small"], ids=lambda entry: str(entry["text"]))
def test_small_number_may_be_spelt(entry: dict[str, str]) -> None:
    """Kana, kanji and digits are the same small number."""
    assert small_number(entry["text"]) == entry["value"]


def test_small_number_refuses_what_is_not_only_a_number() -> None:
    """Anything beside the number makes it none."""
    assert [small_number(text) for text in ("25年", "98.6", "さんかしゃ", "")] == [None, None, None, None]


def test_value_is_a_decimal_only_where_it_is_not_whole() -> None:
    """3.2千 is the int 3200; 98.6 stays exact."""
    assert [type(numeral.value) for numeral in read_numerals("3.2千 98.6")] == [int, Decimal]


@given(st.text(ALPHABET, max_size=40) | st.text(max_size=40))
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    """Any text is read without an error into spans that don't overlap."""
    at = 0
    for numeral in read_numerals(text):
        assert at <= numeral.start < numeral.end <= len(text)
        at = numeral.end


@pytest.mark.parametrize("piece", ["1", "一", "1,", ",567"])
def test_long_runs_take_no_more_than_their_length(piece: str) -> None:
    """Eight times as long is about eight times the work, whatever the characters are."""
    assert growth(lambda text: read_numerals(f"1{text}"), piece) < LINEAR


def test_work_that_grows_with_the_square_is_noticed() -> None:
    """Negative control: a pattern that begins anew at every character."""
    assert growth(re.compile("a*b").search, "a") > LINEAR
