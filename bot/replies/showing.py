"""Showing: computed values and formulas as a reply prints them, in the unit that the cells print."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from kb.running.results import Computed, Number, Operand
from kb.terms import ATTRIBUTES, BETWEEN, ENDINGS
from nlp.figures.figures import Figure
from nlp.figures.units import canonical_unit
from nlp.writing.patterns import Pattern

__all__ = ["kinds_in", "kinds_of", "printed_unit", "show_change", "show_formula", "show_label", "show_value"]

_PLANNED = ("target", "budget", "settlement", "result", "grade")
_SIGNS = {"change": " − ", "rate": " ÷ ", "ratio": " ÷ ", "sum": " + ", "average": " + "}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_NUMBER = Pattern(r"^[△▲−－-]?(?:[0-9.,]+|[一二三四五六七八九十百]+)\s*")
"""What stands before the unit; 百 of 60百万円 belongs to the unit."""
_BELOW = "△▲−－-"
"""Signs of a number below zero, the usual one first."""
_NARROW = str.maketrans("０１２３４５６７８９，．", "0123456789,.")


def kinds_in(computed: Computed) -> tuple[str, ...]:
    """What its cells hold; what was planned before what came of it: 予算と決算, 目標と実績."""
    return tuple(sorted({operand.quote.kind for operand in computed.operands}, key=_PLANNED.index))


def kinds_of(computed: Computed) -> tuple[str, ...]:
    """What its cells hold, where that is no plain result: 予算, 目標と実績."""
    kinds = kinds_in(computed)
    return () if kinds == ("result",) else tuple(ATTRIBUTES[kind] for kind in kinds)


def show_label(computed: Computed) -> str:
    """What was computed of what: 人数の合計, 予算の合計, 目標と実績の差."""
    kinds = kinds_of(computed)
    named = BETWEEN if len(kinds) > 1 else {}
    operation = named.get(computed.operation) or ENDINGS[computed.operation]
    return "の".join(filter(None, ("と".join(kinds), computed.label, operation)))


def show_value(computed: Computed) -> str:
    """142千円 · 98.62% · 1.92倍 · △650千円; a difference without its sign, which is said as 増 or 減."""
    if computed.operation in ("rate", "ratio"):
        return f"{_plain(computed.value)}{computed.unit}"
    unit, scale = printed_unit((figure for operand in computed.operands for figure in operand.figures), computed.unit)
    points = "ポイント" if computed.operation == "change" and computed.unit == "%" else unit
    sign = _sign(computed) if computed.operation != "change" and computed.value < 0 else ""
    return f"{sign}{_plain(abs(Decimal(computed.value)) / scale)}{points}"


def show_change(computed: Computed) -> str:
    """Whether it grew: 増 · 減 · 増減なし; of a rate by how much: 1.38%減."""
    over = Decimal(computed.value) - {"rate": 100, "ratio": 1}.get(computed.operation, 0)
    direction = "増" if over > 0 else "減" if over < 0 else "増減なし"
    return f"{_plain(abs(over))}%{direction}" if computed.operation == "rate" and over else direction


def show_formula(computed: Computed) -> str:
    """12,345千円 − 6,789千円; the later year first, as the difference is read."""
    operands = list(computed.operands)
    if computed.operation in ("change", "rate", "ratio"):
        operands.reverse()
    formula = _SIGNS[computed.operation].join(map(_operand, operands))
    return f"({formula}) ÷ {len(operands)}" if computed.operation == "average" else formula


def printed_unit(figures: Iterable[Figure], unit: str) -> tuple[str, int]:
    """The unit that all figures print, with its scale (千円 is 1000 円); the canonical one where they differ."""
    printed = {_NUMBER.sub("", figure.text.translate(_NARROW), count=1) for figure in figures}
    shown = printed.pop() if len(printed) == 1 else unit
    scale, rest = _scale(shown)
    return (shown, scale) if unit in (rest, canonical_unit(rest)) else (unit, 1)


# Private functions


def _operand(operand: Operand) -> str:
    texts = [figure.text for figure in operand.figures]
    return texts[0] if len(texts) == 1 else f"({' + '.join(texts)})"


def _sign(computed: Computed) -> str:
    """The sign of what is below zero, as the cells print it."""
    printed = (figure.text[:1] for operand in computed.operands for figure in operand.figures)
    return next((sign for sign in printed if sign in _BELOW), _BELOW[0])


def _scale(unit: str) -> tuple[int, str]:
    """1000 and 円 of 千円, 1000 and 人 of 千人, 1000000 of 百万円; 1 where the unit begins with no number."""
    scale, rest = 1, unit
    while rest[:1] in _SCALES and canonical_unit(rest[1:].lstrip("十百千万億兆")):
        scale, rest = scale * _SCALES[rest[0]], rest[1:]
    return scale, rest


def _plain(value: Number) -> str:
    exact = Decimal(value)
    if exact != exact.to_integral_value():
        exact = exact.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{exact:,f}"
