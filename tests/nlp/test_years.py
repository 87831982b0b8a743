import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.writing.text import normalize
from nlp.years.fiscal import Calendar, YearMention
from nlp.years.years import read_years
from tests.nlp.growing import LINEAR, growth

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "years.toml").read_text(encoding="utf-8"))
PLAN = Calendar(**CORPUS["plan"])
SAID = [(surface, entry) for entry in CORPUS["year"] for surface in entry["surfaces"]]
PIECES = st.sampled_from(CORPUS["pieces"])


def read(text: str, plan: Calendar = PLAN) -> tuple[str, tuple[YearMention, ...]]:
    """A message as the grammar gets it, and what it finds there."""
    value = normalize(text).value
    return value, read_years(value, plan)


@pytest.mark.parametrize(("surface", "entry"), SAID, ids=[f"{entry['form']}:{surface}" for surface, entry in SAID])
def test_year_is_read_whole(surface: str, entry: dict[str, Any]) -> None:
    """Every way of saying a year is one mention over all of its characters."""
    value, mentions = read(surface)
    said = [(m.start, m.end, m.form, list(m.years), m.offset, m.number) for m in mentions]
    years, offset, count = entry.get("years", []), entry.get("offset", 0), entry.get("count", 0)
    assert said == [(0, len(value), entry["form"], years, offset, count)]


@pytest.mark.parametrize(("surface", "entry"), SAID, ids=[f"{entry['form']}:{surface}" for surface, entry in SAID])
def test_year_is_read_inside_a_question(surface: str, entry: dict[str, Any]) -> None:
    """Words before and after don't change the reading."""
    _, mentions = read(f"商工相談の{surface}の件数は?")
    assert [(m.form, list(m.years)) for m in mentions] == [(entry["form"], entry.get("years", []))]


@pytest.mark.parametrize("entry", CORPUS["sentence"], ids=lambda entry: str(entry["text"]))
def test_sentence_gives_its_mentions(entry: dict[str, Any]) -> None:
    """A sentence's years come in order, and its other numbers don't."""
    value, mentions = read(entry["text"])
    assert [f"{value[m.start : m.end]}={m.form}" for m in mentions] == entry["mentions"]


@pytest.mark.parametrize("surface", CORPUS["none"]["surfaces"], ids=lambda surface: surface or "(empty)")
def test_other_text_is_no_year(surface: str) -> None:
    """Counts, durations, ages, dates without a year and what is only compared with are no years."""
    assert read(surface)[1] == ()


def test_bare_year_is_of_the_plans_own_era() -> None:
    """5年度 is 1993 in a plan of Heisei and 2023 in one of Reiwa."""
    assert [read("5年度", plan)[1][0].years for plan in (PLAN, Calendar("令和", 2021, 2025))] == [(1993,), (2023,)]


def test_a_first_year_without_its_era_is_the_one_that_the_plan_has() -> None:
    """元年度 of 平成29 to 令和3 is 令和元年度; the end of another word is none."""
    assert read("元年度の実績", Calendar("平成", 2017, 2021))[1][0].years == (2019,)
    assert read("還元年度の実績", Calendar("平成", 2017, 2021))[1] == ()


def test_nth_year_counts_from_the_plans_first() -> None:
    """2年目 of another plan is another year."""
    assert read("2年目", Calendar("令和", 2021, 2025))[1][0].years == (2022,)


def test_unknown_era_of_a_plan_is_refused() -> None:
    """A plan's author gets one clear line."""
    with pytest.raises(ValueError, match="元号「平静」は扱えません"):
        Calendar("平静", 2011, 2014)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    """Any text is read without an error into spans that don't overlap."""
    value, mentions = read(text)
    at = 0
    for mention in mentions:
        assert at <= mention.start < mention.end <= len(value)
        at = mention.end


@pytest.mark.parametrize("piece", ["1", "一", "1年", "23、", "23~", "h", "にじゅう", "その", "平成", "前", "("])
def test_long_texts_take_no_more_than_their_length(piece: str) -> None:
    """Eight times as long is about eight times the work, whatever the characters are."""
    assert growth(lambda text: read_years(text, PLAN), piece) < LINEAR
