"""Units: what a heading states for the bare numbers below it: 千円 of 効果額(千円)."""

from kb.tables.vocabulary import Headings, plain
from nlp.figures.units import canonical_unit

__all__ = ["is_money", "is_rate", "unit_of"]

_RATES = ("率", "割合", "比")


def is_money(unit: str) -> bool:
    """Whether a unit counts money, in whatever amounts."""
    return canonical_unit(plain(unit)) == "円"


def is_rate(name: str) -> bool:
    """Whether a name says that its figures are rates: they are counted in nothing that stands beside the table."""
    return any(word in name for word in _RATES)


def unit_of(path: tuple[str, ...], headings: Headings) -> str:
    """The unit, "" where none is stated."""
    for part in reversed(path):
        text = plain(part)
        if headings.is_unit(text) and not headings.kind(part):
            return text if not text.endswith(("数", "人数")) else ""
        for piece in text.replace("[", "(").replace("〔", "(").split("(")[1:]:
            inner = piece.rstrip(")]〕").removeprefix("単位").strip(":・")
            if headings.is_unit(inner) and not inner.endswith("数"):
                return inner
        if text.endswith("_yen"):
            return "円"
    return ""
