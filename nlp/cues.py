"""Cues: what a message asks for by its words, with what some of them ask for together: いちばん増えた, 毎年増えた."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nlp.figures.numbers import NumberMention
from nlp.mentions import Mention
from nlp.names.lexicon import Meaning
from nlp.subjects import is_subject
from nlp.years.fiscal import YearForm, YearMention

__all__ = ["EVER", "MOVED", "MOVES", "PASSIVE", "asking_cues", "read_cues"]

EVER = frozenset({YearForm.ALL, YearForm.EACH})
"""How every year is said."""
MOVES = frozenset(
    {"risen", "fallen", "rising", "falling", "changed", "unchanged", "gained", "lost", "change", "always", "yearly"}
)
"""Cues of how figures move."""
MOVED = frozenset({"risen", "fallen", "changed"})
"""Cues that ask for the difference too, where what they are said of is named: どれだけ増加した."""


def read_cues(words: Iterable[Meaning], mentions: Sequence[Mention]) -> frozenset[str]:
    """The cues that are said, with those that some of them make together."""
    cues = frozenset(word.value for word in words if word.type == "cue")
    forms = {m.detail.form for m in mentions if isinstance(m.detail, YearMention)}
    ever = "always" in cues or bool(forms & EVER)
    cues |= {"yearly"} if YearForm.EACH in forms or "always" in cues else set()
    cues |= {_EVER[cue] for cue in cues & _EVER.keys() if ever} | {*_furthest(mentions), *_places(mentions)}
    if any(year.type == "year" and "only" in one.of("cue") for year, one in pairwise(mentions)):
        cues = cues - {"only"} | {"alone"}  # 25年度だけ narrows no list: it means no other year
    if not ever and ("previous" in cues or 0 < _said_years(mentions) < 3):  # 前年より, 25年度に増えている: of two years
        cues = frozenset(_ONCE.get(cue, cue) for cue in cues)
    return cues | {"change"} if cues & MOVED else cues


def asking_cues(cues: frozenset[str]) -> set[str]:
    """Cues that ask for something of their own."""
    return {cue for cue in cues if ":" not in cue} - PASSIVE


# Private functions

PASSIVE = frozenset(
    {
        "next", "pronoun", "among", "project", "correction", "list", "both", "apiece", "whole", "everything",
        "supposing", "placed", "growth", "decline", "earlier_plan", "latest_plan",
    }
)  # fmt: skip
"""Cues that ask for nothing of their own."""
_EVER = {"risen": "rising", "fallen": "falling"}
"""How a figure moved → how it goes on where it does so every year: 毎年増えた."""
_ONCE = {"rising": "risen", "falling": "fallen"}
"""The other way round, where it is held against the year before alone."""
_FURTHEST = {"risen": "gained", "rising": "gained", "fallen": "lost", "falling": "lost"}
"""How a figure moved → what moved so most."""
_GROWN = {"growth": "gained", "decline": "lost"}
"""The same said by a noun."""
_ENDS = {"more": "largest", "less": "smallest", **_FURTHEST}
"""Which way → the end of an order that it begins at."""


def _said_years(mentions: Sequence[Mention]) -> int:
    """How many fiscal years are said, each once."""
    return len({year for m in mentions if isinstance(m.detail, YearMention) for year in m.detail.years})


def _furthest(mentions: Sequence[Mention]) -> Iterator[str]:
    """いちばん増えた, いちばん金額が増えた, 増加が一番大きい: what moved most, where nothing but what moved stands between."""
    telling = [mention for mention in mentions if not mention.is_filler]
    for at, mention in enumerate(telling):
        if "degree" in mention.of("cue"):
            behind = [one for one in telling[at + 1 : at + 3] if not _is_measured(one)][:1]
            yield from (_FURTHEST[cue] for one in behind for cue in one.of("cue") if cue in _FURTHEST)
        if "largest" in mention.of("cue") and at:
            yield from (_GROWN[cue] for cue in telling[at - 1].of("cue") if cue in _GROWN)


def _places(mentions: Sequence[Mention]) -> Iterator[str]:
    """2番目に多い, 2番目に金額が少ない, 2位: a place in an order, as far as which it is asked."""
    telling = [mention for mention in mentions if not mention.is_filler]
    for at, mention in enumerate(telling):
        if not isinstance(mention.detail, NumberMention) or not _is_place(mention.detail):
            continue
        behind = [one for one in telling[at + 1 : at + 3] if not _is_measured(one)][:1]
        said = [_ENDS[cue] for one in behind for cue in one.of("cue") if cue in _ENDS]
        yield from said or (["placed"] if mention.text.endswith("位") else [])


def _is_place(number: NumberMention) -> bool:
    return number.form == "ordinal" and number.value > 0


def _is_measured(mention: Mention) -> bool:
    """Whether a mention says which figures, and nothing else."""
    return is_subject(mention) or any(mention.of(name) for name in ("attribute", "measure", "label"))
