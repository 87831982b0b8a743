"""Suggesting: the projects and activities that somebody who is just typing may mean."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.desk.turns import Answering
from kb.catalog import Catalog
from nlp.names import Name
from nlp.scripts import is_kana
from nlp.text import fold_sound, to_key

__all__ = ["MOST", "Suggestion", "suggestions"]

MOST = 8
"""As many as stand above a phone's keyboard."""
_CONVERTING = re.compile(r"(?<=[ぁ-ゖー])[a-z]{1,2}$")
"""The letters of a kana that is not finished: あきt."""


class Suggestion(NamedTuple):
    """A name that may be meant."""

    label: str
    """The name with its number."""
    name: str
    """What is to be typed for it."""


def suggestions(kotae: Answering, typed: str) -> tuple[Suggestion, ...]:
    """What begins so, in letters or in kana, then what holds it; in the table's order."""
    key = _CONVERTING.sub("", to_key(typed))
    if not key:
        return ()
    found = [hit for catalog in kotae.catalogs for hit in _hits(catalog, kotae.names(catalog.plan), key)]
    best = sorted(found, key=lambda hit: hit[0])
    return tuple(dict.fromkeys(suggestion for _, suggestion in best))[:MOST]


# Private functions


_printed = lru_cache(65536)(to_key)


def _hits(catalog: Catalog, names: Iterable[Name], key: str) -> Iterator[tuple[int, Suggestion]]:
    """Each name that fits, with how well; smaller is better."""
    sound = fold_sound(key) if is_kana(key) else ""
    for name in names:
        if name.reference not in catalog.names:
            continue
        rank = _rank(name, key, sound, _number(catalog, name.reference))
        if rank is not None:
            yield rank, Suggestion(catalog.label(name.reference), catalog.names[name.reference])


def _number(catalog: Catalog, reference: str) -> str:
    """The number of a project as it is typed; "" of an activity."""
    return to_key(catalog.addresses.get(reference, "")).removeprefix("no")


def _rank(name: Name, key: str, sound: str, number: str) -> int | None:
    printed = _printed(name.text)
    if printed.startswith(key) or name.key.startswith(key) or number == key.removeprefix("no"):
        return 0
    if sound and name.sound.startswith(sound):
        return 1
    if any(name.key.startswith(key, border) for border in name.borders[0]):
        return 2
    if key in printed or key in name.key:
        return 3
    if sound and any(name.sound.startswith(sound, border) for border in name.borders[1]):
        return 4
    return None
