"""The names of the table as people type them, and whether a damaged one still says which it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from tests.examination.gold import Project, Table
from tests.examination.pieces import Piece
from tests.examination.words import ALIASES, READINGS

__all__ = ["Names", "kanji_number", "to_kana"]

NUMBER_FORMS = ("{}番", "No.{}", "№{}", "{}番の事業", "事業番号{}", "No{}", "{}番", "番号{}")


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of a table."""

    table: Table
    """Whose names."""
    short: dict[str, tuple[str, ...]] = field(init=False)
    """Number to the short names that stand in the names of that project only."""
    forms: tuple[tuple[str, str], ...] = field(init=False)
    """(number, folded form) of titles, activities and aliases."""

    def __post_init__(self) -> None:
        """Folds every name once."""
        object.__setattr__(self, "short", {p.no: self._unique(p.no) for p in self.table.projects})
        typed = [(p.no, form) for p in self.table.projects for form in (p.title, *self.titles(p), *self.aliases(p.no))]
        typed += [pair for pair in self.table.names() if pair not in typed]
        folded = dict.fromkeys((no, form) for no, name in typed for form in (_plain(name), _folded(name)))
        object.__setattr__(self, "forms", tuple(folded))

    def titles(self, project: Project) -> tuple[str, ...]:
        """The title, without its parentheses first."""
        bare = re.sub(r"\(.*?\)", "", project.title)
        return tuple(dict.fromkeys((bare, project.title)))

    def aliases(self, no: str) -> tuple[str, ...]:
        """Short names that stand in the names of this project only."""
        return self.short[no]

    def holders(self, fragment: str) -> set[str]:
        """Numbers of the projects with that string in their title or an activity."""
        return {no for no, name in self.table.names() if fragment in name}

    def piece(self, no: str, random: Random, *, number: bool = False) -> Piece:
        """One way to call a project: its title, a short name, or its number."""
        if number:
            return Piece("number", number_form(no, random), no)
        aliases = self.aliases(no)
        titles = self.titles(self.table.project(no))
        if aliases and random.random() < 0.4:
            return Piece("name", random.choice(aliases), no)
        return Piece("name", titles[0] if random.random() < 0.8 else titles[-1], no)

    def identifies(self, noised: str, original: Piece) -> bool:
        """Whether the noised name is clearly nearer to its own than to another project's or activity's."""
        return any(self._stands_alone(fold(noised), fold(original.text), original.value) for fold in (_plain, _folded))

    def _stands_alone(self, damaged: str, intact: str, no: str) -> bool:
        own = _distance(damaged, intact)
        others = (form for holder, form in self.forms if holder != no or _folded(form) != _folded(intact))
        return not any(self._threatens(damaged, intact, own, form) for form in others)

    def _threatens(self, damaged: str, intact: str, own: int, other: str) -> bool:
        if other in intact or intact in other:
            return False
        if other in damaged or (damaged in other and damaged not in intact):
            return True
        return _at_least(damaged, other) <= own + 1 and _distance(damaged, other) <= own + 1

    def _unique(self, no: str) -> tuple[str, ...]:
        known = ALIASES.get(no, ())
        return tuple(alias for alias in known if self.holders(alias) == {no} and not self._in_policy(alias))

    def _in_policy(self, alias: str) -> bool:
        return any(alias in words for p in self.table.projects for words in (*p.policies, p.goal_text))


def number_form(no: str, random: Random) -> str:
    """42番, No.42, 四十二番 …"""
    if int(no) < 100 and random.random() < 0.12:
        return kanji_number(int(no)) + "番"
    return random.choice(NUMBER_FORMS).format(no)


def kanji_number(number: int) -> str:
    """42 → 四十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


@lru_cache(maxsize=10_000)
def to_kana(text: str) -> str:
    """Kanji words by their reading; what the table of readings doesn't have stays."""
    return WORDS.sub(lambda match: READINGS[match[0]], text)


# Private functions

DIGITS = "〇一二三四五六七八九"
WORDS = re.compile("|".join(sorted(READINGS, key=len, reverse=True)))


def _plain(text: str) -> str:
    return re.sub(r"[\s・()「」、　]", "", text)


def _folded(text: str) -> str:
    kana = to_kana(_plain(text))
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in kana)


def _at_least(one: str, other: str) -> int:
    return max(len(one), len(other)) - sum((Counter(one) & Counter(other)).values())


@lru_cache(maxsize=50_000)
def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (letter != against))
    return row[-1]
