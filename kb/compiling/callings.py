"""Callings: what each plan can be called by, told apart from every other plan (build side)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.source.plans import Plan
from nlp.writing.text import to_key

__all__ = ["callings", "municipalities", "short_titles"]

SHORTEST = 4
"""Letters that a name which nobody wrote down must have: shorter ones stand in many sentences."""

_TOWN = re.compile(
    r"(?:(?:令和|平成)?[0-9元]+年度|第[0-9一二三四五六七八九十]+[次期])*([^\W\d]{2,8}?[市区町村都道府県])"
)
"""The municipality that a title begins with, or a publisher: あおば町 of 「令和6年度あおば町事務事業評価」."""
_PLANS = ("計画", "戦略", "プラン", "大綱", "ビジョン", "方針")
"""How the title of a plan ends."""
_SPACES = re.compile(r"\s+")
_HEAD = re.compile(r"[^(（<＜\[［【]+")


def callings(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan → its names, the one that replies use first: no other plan has it."""
    forms = {plan.id: tuple(dict.fromkeys(_forms(plan))) for plan in plans}
    keys = {id_: {to_key(form) for form in those} for id_, those in forms.items()}
    return {id_: _own_first(id_, those, keys) for id_, those in forms.items()}


def municipalities(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan → the municipality whose it is, where each plan is another one's: what its name in a question means."""
    towns = Counter(town for plan in plans for town in _towns(plan))
    apart = {town for town, count in towns.items() if count == 1 < len(towns)}
    found = {plan.id: sorted(_towns(plan) & apart) for plan in plans}
    return {id_: tuple(form for town in own for form in (town, f"{town}の計画")) for id_, own in found.items()}


def short_titles(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan → what its title calls it in short, 総合計画 of 「第5次あおば市総合計画 前期」: nothing that names another plan.

    Two plans may be called so; a question that says it is then about both.
    """
    named = {id_: {to_key(form) for form in forms} for id_, forms in callings(plans).items()}
    found: dict[str, tuple[str, ...]] = {}
    for plan in plans if len(plans) > 1 else ():
        taken = {key for id_, keys in named.items() if id_ != plan.id for key in keys}
        found[plan.id] = tuple(form for form in _short(plan) if to_key(form) not in taken)
    return found


# Private functions


def _forms(plan: Plan) -> Iterator[str]:
    """Its own names, then its title without what brackets add and without its publisher, then as printed."""
    yield from plan.names
    head = _HEAD.match(plan.title)
    heads = [head.group().strip().removeprefix(plan.publisher), head.group().strip()] if head else []
    yield from (form for form in (*heads, plan.title) if len(to_key(form)) >= SHORTEST)


def _short(plan: Plan) -> Iterator[str]:
    for piece in unicodedata.normalize("NFKC", plan.title).split():
        town = _TOWN.match(piece)
        forms = (piece, piece.replace(town[1], "", 1), piece[town.end() :]) if town else (piece,)
        yield from (form for form in forms if form.endswith(_PLANS) and len(to_key(form)) >= SHORTEST)


def _towns(plan: Plan) -> set[str]:
    found = (_TOWN.match(_SPACES.sub("", unicodedata.normalize("NFKC", text))) for text in (plan.publisher, plan.title))
    return {town[1] for town in found if town}


def _own_first(id_: str, forms: tuple[str, ...], keys: dict[str, set[str]]) -> tuple[str, ...]:
    others = {key for other, those in keys.items() if other != id_ for key in those}
    own = next((form for form in forms if to_key(form) not in others), id_)
    return (own, *(form for form in forms if form != own))
