"""Arithmetic: the one place where figures are computed with; exact, in canonical units."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from kb.running.results import Computed, Number, Operand

__all__ = ["compute"]

PLACES = {"rate": 2, "ratio": 2}
"""Decimals of a rate (98.62%) and of a ratio (1.92倍); everything else keeps six, and replies round to the printed unit."""


def compute(operation: str, label: str, unit: str, operands: Sequence[Operand]) -> Computed | None:
    """One value of some figures; None where it has none (a rate of zero, or of what is below it)."""
    values = [Fraction(operand.value) for operand in operands]
    result = _OPERATIONS[operation](values)
    return (
        None
        if result is None
        else Computed(operation, label, _number(result, PLACES.get(operation, 6)), unit, tuple(operands))
    )


# Private functions


def _change(values: Sequence[Fraction]) -> Fraction:
    return values[-1] - values[0]


def _rate(values: Sequence[Fraction]) -> Fraction | None:
    ratio = _ratio(values)
    return None if ratio is None else ratio * 100


def _ratio(values: Sequence[Fraction]) -> Fraction | None:
    """None where one of them is below zero: 「-12%」 would say that it fell where it rose."""
    return values[-1] / values[0] if values[0] > 0 and values[-1] >= 0 else None


def _average(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _total(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _number(value: Fraction, places: int) -> Number:
    """Whole where it is whole, else rounded half up."""
    if value.denominator == 1:
        return int(value)
    scaled = abs(value) * 10**places
    rounded = Decimal(int(scaled + Fraction(1, 2))).scaleb(-places)
    return rounded if value >= 0 else -rounded


_OPERATIONS: dict[str, Callable[[Sequence[Fraction]], Fraction | None]] = {
    "change": _change, "rate": _rate, "ratio": _ratio, "sum": _total, "average": _average,
}  # fmt: skip
"""By name; the first operand is the earlier one."""
