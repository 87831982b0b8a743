"""Operations: which phrase says a value that was computed: it differs with what the value is between."""

from bot.replies.showing import kinds_in
from kb.running.results import Computed, Quote

__all__ = ["OF_KINDS", "in_order", "operation_of"]

_BETWEEN_KINDS = {"change": "difference_year", "rate": "rate_between", "ratio": "rate_between"}
"""Operation → how it is said of a target and a result, a budget and a settlement."""
_BETWEEN_LINES = {"change": "difference", "rate": "times", "ratio": "times"}
"""Operation → how it is said of two lines of the table."""
_ACROSS_YEARS = {"change": "difference_years", "rate": "rate_years"}
"""Operation → how it is said of a target of one year and a result of another."""
OF_KINDS = {*_BETWEEN_KINDS.values(), *_ACROSS_YEARS.values()}
"""Phrases that name the two columns which a value is between."""


def in_order(computed: Computed) -> tuple[Quote, Quote]:
    """The first and the last cell that it is of, what was planned before what came of it."""
    kinds = kinds_in(computed)
    ordered = sorted((operand.quote for operand in computed.operands), key=lambda quote: kinds.index(quote.kind))
    return ordered[0], ordered[-1]


def operation_of(computed: Computed) -> str:
    """Which phrase says a value: it differs with what it is between."""
    if len(kinds_in(computed)) > 1:
        dated = len({operand.quote.year for operand in computed.operands}) > 1
        return (_ACROSS_YEARS if dated else _BETWEEN_KINDS).get(computed.operation, computed.operation)
    apart = len({operand.quote.row for operand in computed.operands}) > 1
    return _BETWEEN_LINES.get(computed.operation, computed.operation) if apart else computed.operation
