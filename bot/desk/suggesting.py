"""Suggesting: the projects and activities that somebody who is just typing may mean."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.desk.turns import Answering
from kb.catalog import Catalog
from nlp.names.names import Name
from nlp.writing.scripts import is_kana
from nlp.writing.text import fold_sound, to_key

__all__ = ["MOST", "Suggestion", "suggestions"]

MOST = 20
"""As many as somebody scrolls through above a phone's keyboard."""
BEGINNING = 1
"""The last rank of a name that begins as it is typed."""
_CONVERTING = re.compile(r"(?<=[ぁ-ゖー])[a-z]{1,2}$")
"""The letters of a kana that is not finished: あきt."""
_NEW_WORD = re.compile("(?<=[のとやはも、,・ 　度])(?=[^0-9０-９])")
"""Where a name may begin behind other words: 25年度の…"""


class Suggestion(NamedTuple):
    """A name that may be meant."""

    label: str
    """The name with its number."""
    name: str
    """What is to be typed for it, with what was typed before it."""


def suggestions(kotae: Answering, typed: str) -> tuple[Suggestion, ...]:
    """What begins so, in letters or in kana, then what holds it, in the table's order; behind other words what begins so."""
    found = _found(kotae, typed)
    for start in (match.start() for match in _NEW_WORD.finditer(typed) if not found):
        behind = [hit for hit in _found(kotae, typed[start:]) if hit[0] <= BEGINNING]
        found = found or [(rank, one._replace(name=typed[:start] + one.name)) for rank, one in behind]
    return tuple(dict.fromkeys(suggestion for _, suggestion in found))[:MOST]


# Private functions


def _found(kotae: Answering, typed: str) -> list[tuple[int, Suggestion]]:
    """The names that fit, the best first."""
    key = _CONVERTING.sub("", to_key(typed))
    if not key:
        return []
    found = [hit for catalog in kotae.catalogs for hit in _hits(catalog, kotae.names(catalog.plan), key)]
    return sorted(found, key=lambda hit: hit[0])


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
