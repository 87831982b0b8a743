"""Names: what projects and activities are called, the words of a message that may call them, and how the two came together."""

from typing import NamedTuple

from nlp.writing.scripts import is_ideograph

__all__ = ["Link", "Name", "Phrase", "RULES", "project_of"]

RULES = ("exact", "part", "sound", "words", "text", "spelling", "told", "none")
"""How a phrase may be taken for a name, in the order in which it is tried."""


class Name(NamedTuple):
    """One way to call a project or an activity."""

    reference: str
    """Opaque, plan-qualified."""
    text: str
    """As it is shown."""
    key: str
    """Folded, without particles."""
    sound: str
    """Its reading, folded, without particles."""
    borders: tuple[tuple[int, ...], tuple[int, ...]]
    """Where its words begin and end, in the key and in the sound."""


class Phrase(NamedTuple):
    """Words of a message that may be a name."""

    words: tuple[tuple[str, str], ...]
    """(key, sound) of each content word, in order."""
    parts: tuple[str, ...] = ()
    """As typed, the words between の together."""

    @property
    def key(self) -> str:
        """The words together as they were written, folded."""
        return "".join([key for key, _ in self.words])

    @property
    def sound(self) -> str:
        """The words together as they are read."""
        return "".join([sound for _, sound in self.words])

    @property
    def written(self) -> str:
        """Its kanji with its reading: the same for 空家 and 空き家, another for a word that only sounds so."""
        return "".join(filter(is_ideograph, self.key)) + self.sound


class Link(NamedTuple):
    """The names that a phrase can stand for, by the first rule that gave any."""

    how: str
    """One of RULES."""
    references: tuple[str, ...]
    """Best first where there is an order."""
    scores: tuple[float, ...] = ()
    """Similarity of each, for spelling."""
    near: tuple[str, ...] = ()
    """Names to offer where nothing was found."""
    common: bool = False
    """Whether descriptions of several other projects hold the same words, so that they may mean no name at all."""
    likely: bool = False
    """Whether the nearest of them has something of every word, so that it may be meant."""

    @property
    def order(self) -> int:
        """The place of its rule: smaller is surer."""
        return RULES.index(self.how)


def project_of(reference: str) -> str:
    """The project of an activity: midori-sangyo/15 of midori-sangyo/15.1; a project itself."""
    return reference.partition(".")[0]
