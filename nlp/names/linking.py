"""Linking: the names that a phrase can stand for, by the first rule that gives any."""

from collections.abc import Iterable
from heapq import nlargest

from nlp.names.grams import WALKED, Grams
from nlp.names.likeness import RESEMBLING, alike, alike_as_wholes, begins_at, starts_a_word, word_resembles
from nlp.names.names import Link, Name, Phrase, project_of
from nlp.writing.scripts import has_digit, is_kana
from nlp.writing.spelling import changes

__all__ = ["Linker"]

CANDIDATES = 8
"""How many names the n-grams propose for a spelling distance."""
ALIKE = 0.70
"""Similarity from which a misspelt name may be meant at all (measured: docs/benchmarks.md)."""
ALIKE_SHORT, LONG_SOUND = 0.80, 8
"""A short name has to be nearer: one kana more or less makes another word of it."""
MARGIN = 0.08
"""How much better than every other name the best one must be."""
SHORTEST_MISSPELT = 4
"""Characters that a misspelt name must have (kana: a quarter more); shorter ones are as near to many words."""
SUGGESTED = 0.55
"""Likeness from which a name is offered."""
SURE_SOUND = 5
"""Sounds from which a homophone in other characters is taken for the same word."""
COMMON = 3
"""So many other projects' descriptions make a piece of a name a common word."""
SHORTEST_PART = 2
"""Characters that a name's part must have."""
SHORTEST_SOUND = 3
"""Sounds that a word must have to be taken for a name's part by its sound alone."""
NEARLY = 0.85
"""Likeness of a whole run of words to a whole name from which its parts, which may be names too, aren't looked at."""
WALKED_FOR_WHOLES = 1000
"""A whole name has rare pieces: so few of their places find it (measured: as many as `WALKED` find no more)."""


class Linker:
    """The names of one knowledge base and the rules by which a phrase is taken for one of them."""

    def __init__(self, names: Iterable[Name], texts: Iterable[tuple[str, str]]) -> None:
        self.names = tuple(names)
        self.texts = tuple(texts)
        self._keys = Grams(name.key for name in self.names)
        self._sounds = Grams(name.sound for name in self.names)

    def link(self, phrase: Phrase, only: frozenset[str] | None = None) -> Link:
        """The names that a phrase can stand for: the first rule that gives any, `only` among some of them."""
        for how, rule in (
            ("exact", self._same),
            ("part", self._containing if only is None else self._holding),
            ("sound", self._sounding),
            ("words", self._with_words),
        ):
            whole = how in ("exact", "sound")  # what only holds the words is offered in the table's order
            found = self._references(sorted(rule(phrase), key=self._length if whole else None), only)
            if found:
                return Link(how, found, common=how == "part" and only is None and self._is_common(phrase, found))
        if told := self._among(self._with_text(phrase), only):
            return Link("text", told)
        spelt = self._spelling(phrase, only)
        if not spelt.references and (told := self._among(self._with_told(phrase), only)):
            return Link("told", told)
        return spelt

    def nearly(self, phrase: Phrase) -> Link | None:
        """The names that a phrase is as a whole, typed right or nearly so; None where its parts may mean something."""
        if same := self._references(sorted(self._same(phrase), key=self._length), None):
            return Link("exact", same)
        proposed = self._proposals(phrase.key, phrase.sound, WALKED_FOR_WHOLES)
        scored = sorted((-alike_as_wholes(phrase, self.names[at]), *self._length(at)) for at in proposed)
        if not scored or -scored[0][0] < NEARLY:
            return None
        nearest = scored[0][-1]
        key = self.names[nearest].key
        if key in phrase.key or phrase.key in key:  # 「…事業の額」 is no misspelt 事業, nor is a piece of a name
            return None
        if not self._each_resembles(phrase, nearest) or self._changes_a_number(phrase.key, key):
            return None
        scores: dict[str, float] = {}
        for score, *_, at in scored:
            if score < scored[0][0] + MARGIN:
                scores.setdefault(self.names[at].reference, -score)
        return Link("spelling", tuple(scores), tuple(scores.values()))

    def resembles(self, phrase: Phrase, reference: str) -> bool:
        """Whether a part of a misspelt name has a likeness of its own; a whole other word has none."""
        names = [name for name in self.names if name.reference == reference]
        return any(alike(phrase.key, phrase.sound, name) >= RESEMBLING for name in names)

    # Private functions

    def _references(self, indexes: Iterable[int], only: frozenset[str] | None) -> tuple[str, ...]:
        return self._among(dict.fromkeys(self.names[index].reference for index in indexes), only)

    def _length(self, index: int) -> tuple[int, int, int]:
        """The order of names that fit equally well: what says no more than was typed is likeliest."""
        name = self.names[index]
        return len(name.key), len(name.text), index

    @staticmethod
    def _among(references: Iterable[str], only: frozenset[str] | None) -> tuple[str, ...]:
        return tuple(reference for reference in references if only is None or reference in only)

    def _same(self, phrase: Phrase) -> Iterable[int]:
        key = phrase.key
        return [index for index in self._keys.containing(key) if self.names[index].key == key]

    def _containing(self, phrase: Phrase) -> Iterable[int]:
        return self._with_key(phrase.key) if len(phrase.key) >= SHORTEST_PART else ()

    def _holding(self, phrase: Phrase) -> Iterable[int]:
        """Among names just talked about any piece tells them apart (「展のほう」), but no single kana: the い of 減っていた."""
        return () if len(phrase.key) == 1 and is_kana(phrase.key) else self._keys.containing(phrase.key)

    def _with_key(self, key: str) -> list[int]:
        """Names that hold a key, if in any of them a word begins with it: 議会 is no part of 協議会."""
        names = self.names
        found = self._keys.containing(key)
        return found if any(begins_at(names[at].key, key, names[at].borders[0]) for at in found) else []

    def _with_sound(self, key: str, sound: str) -> list[int]:
        """Names in which whole words sound so; short homophones only where a character agrees or kana were typed."""
        if len(sound) < SHORTEST_SOUND or has_digit(sound):
            return []
        free = len(sound) >= SURE_SOUND or is_kana(key)
        return [
            at
            for at in self._sounds.containing(sound)
            if (free or set(key) & set(self.names[at].key))
            and begins_at(self.names[at].sound, sound, self.names[at].borders[1], whole=True)
        ]

    def _sounding(self, phrase: Phrase) -> Iterable[int]:
        plain = phrase.sound.replace("への", "").replace("の", "")  # names are kept without particles
        return self._with_sound(phrase.key, phrase.sound) or self._with_sound(phrase.key, plain)

    def _with_words(self, phrase: Phrase) -> Iterable[int]:
        if len(phrase.words) < 2 or any(len(key) < SHORTEST_PART for key, _ in phrase.words):
            return ()
        found: set[int] | None = None
        for key, sound in phrase.words:
            with_word = {*self._with_key(key), *self._with_sound(key, sound)}
            found = with_word if found is None else found & with_word
            if not found:
                return ()
        return found or ()

    def _with_text(self, phrase: Phrase) -> Iterable[str]:
        """Verbatim in a description or a result."""
        key = phrase.key
        if len(key) < SHORTEST_PART or has_digit(key[0]) or is_kana(key):
            return []
        return [ref for ref, text in self.texts if starts_a_word(text, key)]

    def _is_common(self, phrase: Phrase, references: tuple[str, ...]) -> bool:
        """Whether the words are everybody's: 中小企業 stands in one name and in ten descriptions."""
        key, own = phrase.key, {project_of(reference) for reference in references}
        others = [reference for reference, text in self.texts if key in text and reference not in own]
        return len(others) >= COMMON

    def _with_told(self, phrase: Phrase) -> Iterable[str]:
        """Every word somewhere in a description or in the results."""
        if len(phrase.words) < 2 or len(phrase.words[-1][0]) < SHORTEST_PART:  # 業者 + 名 asks for a name
            return []
        if len(phrase.key) < SHORTEST_MISSPELT and not any(is_kana(character) for character in phrase.key):
            return []  # 人 + 事業 stand in every text
        return [ref for ref, text in self.texts if all(_tells(text, key) for key, _ in phrase.words)]

    def _spelling(self, phrase: Phrase, only: frozenset[str] | None) -> Link:
        key = phrase.key
        if len(key) < SHORTEST_MISSPELT * (1.25 if is_kana(key) else 1):
            return Link("none", ())
        ranked = self._most_alike(phrase, only)
        near = tuple(reference for reference, (score, _) in ranked if score >= SUGGESTED)[:3]
        likely = bool(near) and self._each_resembles(phrase, ranked[0][1][1])
        if not likely or ranked[0][1][0] < (ALIKE if len(phrase.sound) >= LONG_SOUND else ALIKE_SHORT):
            return Link("none", (), near=near, likely=likely)
        within = [item for item in ranked if item[1][0] > ranked[0][1][0] - MARGIN]
        if len(within) == 1 and not is_kana(key) and self._changes_a_number(key, self.names[ranked[0][1][1]].key):
            return Link("none", (), near=near, likely=True)
        within.sort(key=lambda item: (-item[1][0], *self._length(item[1][1])))
        return Link(
            "spelling", tuple(reference for reference, _ in within), tuple(score for _, (score, _) in within), near
        )

    def _most_alike(self, phrase: Phrase, only: frozenset[str] | None) -> list[tuple[str, tuple[float, int]]]:
        """Each reference that may be meant with the likeness and the place of its nearest name, the nearest first."""
        best: dict[str, tuple[float, int]] = {}
        for index in self._proposals(phrase.key, phrase.sound):
            name = self.names[index]
            if only is not None and name.reference not in only:
                continue
            score = alike(phrase.key, phrase.sound, name)
            if score > best.get(name.reference, (0.0, 0))[0]:
                best[name.reference] = (score, index)
        return sorted(best.items(), key=lambda item: (-item[1][0], item[1][1]))

    def _each_resembles(self, phrase: Phrase, index: int) -> bool:
        """Every word of a misspelt name is alike to something in it: the 宇宙 of 宇宙開発 is not."""
        name = self.names[index]
        return all(word_resembles(key, sound, name) for key, sound in phrase.words if len(key) > 1)

    def _proposals(self, key: str, sound: str, walked: int = WALKED) -> list[int]:
        weights = self._keys.weigh(key, walked)
        for index, weight in self._sounds.weigh(sound, walked).items():
            weights[index] = weights.get(index, 0.0) + weight
        least = min(nlargest(CANDIDATES, weights.values()), default=0.0)
        enough = [index for index, weight in weights.items() if weight >= least]
        return sorted(enough, key=lambda index: (-weights[index], index))[:CANDIDATES]

    @staticmethod
    def _changes_a_number(key: str, name: str) -> bool:
        """Never correct a digit: 3号 is not a misspelt 2号."""
        return any(has_digit(was) or has_digit(becomes) for was, becomes in changes(key, name) if was)


# Private functions


def _tells(text: str, key: str) -> bool:
    return key in text if len(key) >= SHORTEST_PART else starts_a_word(text, key)
