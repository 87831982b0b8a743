"""What has no value isn't given one."""

import pytest

from kb.cells import read_cell_figures
from kb.running.arithmetic import compute
from kb.running.results import Operand, Project, Quote

PROJECT = Project("midori/1", "1", "直売所", (), "No.1")


def operand(text: str, year: int) -> Operand:
    """What a cell gives to a computation."""
    figures = read_cell_figures(text, "")
    return Operand(Quote(PROJECT, 1, None, year, "", text, "reported", "", "", figures, unit=""), figures)


@pytest.mark.parametrize("operation", ["rate", "ratio"])
@pytest.mark.parametrize("texts", [("0円", "5円"), ("△5円", "5円"), ("5円", "△5円"), ("△5円", "△6円")])
def test_nothing_is_a_part_of_what_is_not_above_zero(operation: str, texts: tuple[str, str]) -> None:
    """A rate of zero, or over a change of sign, would say the opposite of what happened."""
    operands = [operand(text, 2020 + at) for at, text in enumerate(texts)]
    assert compute(operation, "", "円", operands) is None


def test_a_rate_between_amounts_has_a_value() -> None:
    """98 is 98% of 100."""
    computed = compute("rate", "", "%", [operand("100円", 2020), operand("98円", 2021)])
    assert computed is not None
    assert computed.value == 98
