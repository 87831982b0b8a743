"""Callings: what each plan can be called by, told apart from every other plan (build side)."""

import re
from collections.abc import Iterator, Sequence

from kb.source.plans import Plan
from nlp.text import to_key

__all__ = ["callings"]

SHORTEST = 4
"""Letters that a name which nobody wrote down must have: shorter ones stand in many sentences."""

_HEAD = re.compile(r"[^(（<＜\[［【]+")


def callings(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Plan → its names, the one that replies use first: no other plan has it."""
    forms = {plan.id: tuple(dict.fromkeys(_forms(plan))) for plan in plans}
    keys = {id_: {to_key(form) for form in those} for id_, those in forms.items()}
    return {id_: _own_first(id_, those, keys) for id_, those in forms.items()}


# Private functions


def _forms(plan: Plan) -> Iterator[str]:
    """Its own names, then its title without what brackets add and without its publisher, then as printed."""
    yield from plan.names
    head = _HEAD.match(plan.title)
    heads = [head.group().strip().removeprefix(plan.publisher), head.group().strip()] if head else []
    yield from (form for form in (*heads, plan.title) if len(to_key(form)) >= SHORTEST)


def _own_first(id_: str, forms: tuple[str, ...], keys: dict[str, set[str]]) -> tuple[str, ...]:
    others = {key for other, those in keys.items() if other != id_ for key in those}
    own = next((form for form in forms if to_key(form) not in others), id_)
    return (own, *(form for form in forms if form != own))
