"""Bounds: 以上, 以下, 未満 and を超える behind a figure or a grade."""

import pytest

from bot.answering import Kotae
from nlp.bounds import Bound, is_loose, read_bounds
from nlp.contexts import Context
from nlp.recognition import Recognition


def recognized(kotae: Kotae, message: str) -> Recognition:
    """What stands in a message."""
    return kotae.read(message, Context())[0].parse.recognition


@pytest.mark.parametrize(
    ("message", "bounds"),
    [
        ("5,000千円以上の事業は？", [("from", 5_000_000, "円", "5,000千円")]),
        ("100件を超えた事業は？", [("above", 100, "件", "100件")]),
        ("100件を超えない事業は？", [("upto", 100, "件", "100件")]),
        ("100件超の事業は？", [("above", 100, "件", "100件")]),
        ("20人以内の事業は？", [("upto", 20, "人", "20人")]),
        ("20人に満たない事業は？", [("below", 20, "人", "20人")]),
        ("100人より多い事業は？", [("above", 100, "人", "100人")]),
        ("100人より少なかった事業は？", [("below", 100, "人", "100人")]),
        ("100件以上200件未満の事業は？", [("from", 100, "件", "100件"), ("below", 200, "件", "200件")]),
        ("達成度B以上の事業は？", []),
        ("100件の事業は？", []),
        ("100件の事業以上は？", []),
        ("25年度より多い事業は？", []),
    ],
)
def test_a_figure_with_a_relation_behind_it_is_a_bound(
    kotae: Kotae, message: str, bounds: list[tuple[str, int, str, str]]
) -> None:
    """The relation, and the figure in its canonical unit; a grade and a figure of its own are none."""
    assert [bound[:4] for bound in read_bounds(recognized(kotae, message))] == bounds


@pytest.mark.parametrize(
    ("message", "qualifier"),
    [("延べ100人以上の事業は？", "延べ"), ("そのうち25年度に100人以上は？", ""), ("100人以上の事業は？", "")],
)
def test_only_a_word_right_before_the_figure_changes_what_it_counts(kotae: Kotae, message: str, qualifier: str) -> None:
    """そのうち before a year is no うち of the figure."""
    assert [bound.qualifier for bound in read_bounds(recognized(kotae, message))] == [qualifier]


@pytest.mark.parametrize(
    ("message", "loose"),
    [("達成度B以下の事業は？", False), ("100件以上の事業は？", False), ("5以上の事業は？", True), ("以上です", True)],
)
def test_a_relation_behind_nothing_that_has_an_order_is_loose(kotae: Kotae, message: str, loose: bool) -> None:
    """A bare number counts nothing that could be compared."""
    assert is_loose(recognized(kotae, message)) is loose


@pytest.mark.parametrize(
    ("relation", "held"),
    [("from", [100, 101]), ("above", [101]), ("upto", [99, 100]), ("below", [99])],
)
def test_a_bound_holds_of_the_values_on_its_side(relation: str, held: list[int]) -> None:
    """The figure itself with 以上 and 以下 only."""
    bound = Bound.read(relation, "100件")
    assert [value for value in (99, 100, 101) if bound.holds(value)] == held


@pytest.mark.parametrize(("relation", "text"), [("from", "100"), ("over", "100件"), ("from", "100件 200件")])
def test_what_is_no_bound_is_refused(relation: str, text: str) -> None:
    """A number without a unit, an unknown relation, two figures."""
    with pytest.raises(ValueError, match="範囲が読めません"):
        Bound.read(relation, text)
