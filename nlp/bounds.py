"""Bounds: figures and grades with 以上, 以下, 未満 or を超える behind them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nlp.figures.figures import Figure, read_figures
from nlp.mentions import Mention
from nlp.recognition import Recognition

__all__ = ["RELATIONS", "Bound", "is_loose", "read_bounds", "relation_behind"]

RELATIONS = {"from": "以上の", "above": "を超える", "upto": "以下の", "below": "未満の"}
"""Cue → how it is said before a noun."""


class Bound(NamedTuple):
    """A figure and on which side of it others must be: 5,000千円以上."""

    relation: str
    """One of RELATIONS."""
    value: int | Decimal
    """In the canonical unit."""
    unit: str
    """The canonical unit."""
    text: str
    """The figure as it was typed."""
    qualifier: str = ""
    """A word that changes what it counts: 延べ, うち; never 以上 itself."""

    @classmethod
    def read(cls, relation: str, text: str) -> "Bound":
        """The bound of a relation and the text of its figure; ValueError where that is none."""
        figures = [figure for figure in read_figures(text) if figure.text == text]
        if relation not in RELATIONS or len(figures) != 1:
            raise ValueError(f"範囲が読めません({relation}:{text})")
        return cls(relation, figures[0].value, figures[0].unit, text)

    @property
    def said(self) -> str:
        """How it is said before a noun: 5,000千円以上の."""
        return self.text + RELATIONS[self.relation]

    @property
    def is_lower(self) -> bool:
        """Whether it is what others must be larger than."""
        return self.relation in ("from", "above")

    def holds(self, value: int | Decimal) -> bool:
        """Whether a value in its unit is on the right side."""
        if self.relation in ("from", "upto") and value == self.value:
            return True
        return value > self.value if self.is_lower else value < self.value


def read_bounds(recognition: Recognition) -> tuple[Bound, ...]:
    """Every figure with a relation right behind it."""
    return tuple(
        Bound(relation, figure.value, figure.unit, figure.text, _qualifier(recognition, figure))
        for at, mention in enumerate(recognition.mentions)
        if isinstance(figure := mention.detail, Figure) and (relation := relation_behind(recognition, at))
    )


def relation_behind(recognition: Recognition, at: int) -> str:
    """The relation that stands right behind a mention, "" where none does."""
    return next((relation for relation, behind in _relations(recognition) if behind == at), "")


def is_loose(recognition: Recognition) -> bool:
    """Whether a relation stands behind anything else than a figure or what selects projects."""
    return any(not _is_bounded(recognition.mentions[at]) for _, at in _relations(recognition))


# Private functions

_JOINTS = frozenset({"", "を", "も", "は", "の"})


def _relations(recognition: Recognition) -> Iterator[tuple[str, int]]:
    """Every relation of a message with the place of the mention before it; -1 where it is joined to none."""
    mentions = recognition.mentions
    for at, mention in enumerate(mentions):
        relation = next((cue for cue in mention.of("cue") if cue in RELATIONS), "") or _compared(recognition, at)
        if relation:
            joined = at and recognition.between(mentions[at - 1], mention) in _JOINTS
            yield relation, at - 1 if joined else -1


def _compared(recognition: Recognition, at: int) -> str:
    """100人より多い: behind a figure より compares with it, not with a year."""
    mentions = recognition.mentions
    if not at or "base" not in mentions[at].of("cue") or not isinstance(mentions[at - 1].detail, Figure):
        return ""
    following = mentions[at + 1].of("cue") if at + 1 < len(mentions) else ()
    return "above" if "more" in following else "below" if "less" in following else ""


def _is_bounded(mention: Mention) -> bool:
    selects = any(meaning.type in ("grade", "detail") for meaning in mention.meanings)
    return isinstance(mention.detail, Figure) or mention.type == "letter" or selects


def _qualifier(recognition: Recognition, figure: Figure) -> str:
    """The 延べ right before a figure; the 以上 behind it is its relation, and a そのうち farther off is none of its words."""
    said = figure.qualifier or ""
    return said if said and recognition.text.value[: figure.start].endswith(said) else ""
