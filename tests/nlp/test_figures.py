import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.figures.figures import read_figures
from nlp.figures.units import canonical_unit
from nlp.writing.text import normalize
from tests.nlp.growing import LINEAR, growth

ROOT = Path(__file__).parents[2]
CORPUS = tomllib.loads((ROOT / "tests" / "corpora" / "figures.toml").read_text(encoding="utf-8"))
PIECES = st.sampled_from(CORPUS["pieces"])


@pytest.mark.parametrize("entry", CORPUS["cell"], ids=lambda entry: str(entry["text"]))
def test_cell_gives_its_figures(entry: dict[str, Any]) -> None:
    """Text, value, unit, label and qualifier of every figure are exactly those of the corpus."""
    found = [(f.text, f.value, f.unit, f.label or "", f.qualifier or "") for f in read_figures(entry["text"])]
    assert found == [(text, Decimal(value), unit, label, how) for text, value, unit, label, how in entry["figures"]]


@pytest.mark.parametrize("entry", CORPUS["cell"], ids=lambda entry: str(entry["text"]))
def test_values_survive_normalising(entry: dict[str, Any]) -> None:
    """A question is normalised and loses its spaces: the same values and units are read."""
    found = [(figure.value, figure.unit) for figure in read_figures(normalize(entry["text"]).value)]
    assert found == [(Decimal(value), unit) for _, value, unit, _, _ in entry["figures"]]


@pytest.mark.parametrize("cell", CORPUS["none"]["cells"], ids=lambda cell: cell or "(empty)")
def test_cell_without_figures(cell: str) -> None:
    """A date, a size, an ordinal, an idiom and a name with a number in it are no figures."""
    assert read_figures(cell) == ()


def test_negatives_become_figures_beside_a_unit() -> None:
    """The control: the same words give a figure as soon as they count something."""
    cells = ["3日実施", "3回", "10人", "エコアクション21 3件"]
    assert [figure.text for cell in cells for figure in read_figures(cell)] == ["3日", "3回", "10人", "3件"]


def test_every_cell_of_the_published_table_is_quoted_verbatim() -> None:
    """In the real table each figure's text stands at its place, and there are as many as were reviewed one by one."""
    source = (ROOT / "data" / "plans" / "nerima-shokogyo" / "source.txt").read_text(encoding="utf-8")
    cells = [cell for line in source.splitlines() for cell in line.split("\t")]
    figures = [(cell, figure) for cell in cells for figure in read_figures(cell)]
    assert all(cell[figure.start : figure.end] == figure.text for cell, figure in figures)
    assert len(figures) == 169


@pytest.mark.parametrize(("word", "unit"), CORPUS["units"].items())
def test_canonical_unit(word: str, unit: str) -> None:
    """One unit has one name."""
    assert canonical_unit(word) == unit


def test_a_word_that_counts_is_no_unit() -> None:
    """件数 and 来場者 are attributes' business."""
    assert [canonical_unit(word) for word in ("件数", "来場者", "")] == [None, None, None]
    assert [canonical_unit(word) for word in ("人", "名", "千円", "件")] == ["人", "人", "円", "件"]


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_spans_lie_in_order_inside_any_cell(cell: str) -> None:
    """Any cell is read without an error; each figure's text is what stands there."""
    at = 0
    for figure in read_figures(cell):
        assert at <= figure.start < figure.end <= len(cell)
        assert cell[figure.start : figure.end] == figure.text
        assert figure.label is None or figure.label in cell
        at = figure.end


@pytest.mark.parametrize("piece", ["1", "1人", "延べ", "(", "(1人)", "一", "1日、", "1~"])
def test_long_cells_take_no_more_than_their_length(piece: str) -> None:
    """Eight times as long is about eight times the work, whatever the characters are."""
    assert growth(read_figures, piece) < LINEAR
