"""Text: a message as it was typed beside the form that the grammars read, with the way back."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from nlp.writing.patterns import Pattern

__all__ = ["LONGEST", "Text", "fold", "fold_in_place", "fold_sound", "is_cut", "normalize", "to_key"]

LONGEST = 1000
"""Characters of a message that are read; what comes after is left out (and said)."""

REMEMBERED = 4096
"""Texts whose keys are kept: the names and cells of a table come again with every question."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
_WAVES = dict.fromkeys(map(ord, "〜∼～∿"), "~")
_CHARACTERS = _DASHES | _WAVES
_MARKS = str.maketrans("゛゜", "\u3099\u309a")
_LONG_VOWEL = Pattern(r"(?<=[ぁ-ゖァ-ヺー])-", "-")
_MARKUP = Pattern(r"</?[a-z][^<>ぁ-ん]{0,60}>", "<", flags=re.IGNORECASE)
_VOICED = "\u3099\u309a\uff9e\uff9f"
_BESIDE = _VOICED + "゛゜<"
"""Characters that change what stands beside them."""


class _Alone(dict[str, str | None]):
    """What a character becomes whatever stands beside it; None where that matters. Fills itself."""

    def __missing__(self, character: str) -> str | None:
        made = "".join(part for part, _ in _compose([(character, 0)]))
        marks = any(unicodedata.combining(part) for part in character + unicodedata.normalize("NFKC", character))
        again = "".join(part for part, _ in _compose([(part, 0) for part in made]))
        spaced = len(made) > 1 and any(map(str.isspace, made))
        moves = marks or spaced or again != made or character in _BESIDE
        self[character] = None if moves else "".join(" " if part.isspace() else part for part in made)
        return self[character]


class _Folding(dict[int, str]):
    """A translation table that fills itself: one look at a character, then a dictionary."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character != "ー" and (character.isalnum() or character in "々〆%")
        self[code] = character.translate(_KATAKANA).translate(_SMALL).translate(_SAME) if kept else ""
        return self[code]


_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_SAME = str.maketrans("づぢゐゑを〇一二三四五六七八九", "ずじいえお0123456789")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

_ALONE = _Alone()
_FOLDING = _Folding()
_MERGED = str.maketrans("ヅヂづぢ", "ツチつち")
_VOICELESS = str.maketrans(
    "がぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ", "かきくけこさしすせそたてとはひふへほはひふへほ"
)


class Text(NamedTuple):
    """A normalised message; `quote` gives back what was typed."""

    original: str
    """As it was typed."""
    value: str
    """NFKC, lower case, one form of each dash, no spaces but between Latin letters and digits."""
    offsets: tuple[int, ...]
    """Where in `original` each character of `value` began; one more at the end."""

    def breaks(self) -> tuple[int, ...]:
        """Where a space was typed that `value` no longer holds."""
        if not any(map(str.isspace, self.original)):
            return ()
        gaps = zip(self.offsets, self.offsets[1:], strict=False)
        return tuple(at for at, (one, other) in enumerate(gaps, 1) if self.original[one + 1 : other].isspace())

    def quote(self, start: int, end: int) -> str:
        """What was typed where `value[start:end]` stands."""
        if start >= end:
            return ""
        return self.original[self.offsets[start] : self.offsets[end]].strip()


def normalize(text: str) -> Text:
    """Normalise a message for reading; normalising twice is once."""
    original = text[:LONGEST].encode(errors="replace").decode()
    pairs = _each_alone(original) or _all_together(original)
    value = _LONG_VOWEL.sub("ー", "".join([character for character, _ in pairs]))
    return Text(original, value, (*[at for _, at in pairs], len(original)))


def is_cut(text: str) -> bool:
    """Whether a message says more than is read of it."""
    return bool(text[LONGEST:].strip())


def fold(value: str) -> str:
    """The key of a surface: one script of kana, small kana as large, one kind of digits, no marks."""
    return value.translate(_FOLDING)


def fold_in_place(value: str) -> tuple[str, list[int]]:
    """The key of a text, and where in the text each of its characters stands."""
    return fold(value), [at for at, character in enumerate(value) if _FOLDING[ord(character)]]


@lru_cache(REMEMBERED)
def to_key(text: str) -> str:
    """The key of a text as it is typed or printed."""
    return fold(normalize(text).value)


def fold_sound(reading: str) -> str:
    """The key of a reading: as `fold`, and voiced like voiceless (づくり and つくり are one)."""
    return fold(reading.translate(_MERGED)).translate(_VOICELESS)


# Private functions

_Pairs = list[tuple[str, int]]


def _each_alone(text: str) -> _Pairs | None:
    """The quick way, for a text in which no character changes another one."""
    made = [_ALONE[character] for character in text]
    if None in made:
        return None
    pairs = [(character, at) for at, characters in enumerate(made) for character in characters or ""]
    return _drop_spaces(pairs) if " " in made else pairs


def _all_together(text: str) -> _Pairs:
    pairs = _drop_markup(_characters(text))
    for _ in range(4):  # a removed character can bring two others together: once more until nothing moves
        again = _drop_spaces(_compose(pairs))
        if again == pairs:
            break
        pairs = again
    return pairs


def _characters(text: str) -> _Pairs:
    return [(character, at) for at, character in enumerate(text.translate(_MARKS))]


def _compose(pairs: _Pairs) -> _Pairs:
    """NFKC cluster by cluster (a base with its voicing marks), so that offsets stay true."""
    out: _Pairs = []
    at = 0
    while at < len(pairs):
        end = at + 1
        while end < len(pairs) and (unicodedata.combining(pairs[end][0]) or pairs[end][0] in _VOICED):
            end += 1
        cluster = "".join(character for character, _ in pairs[at:end]).translate(_CHARACTERS)
        composed = unicodedata.normalize("NFKC", cluster).lower().translate(_CHARACTERS)
        out += [(character, pairs[at][1]) for character in composed if _is_kept(character)]
        at = end
    return out


def _is_kept(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] not in "CM"


def _drop_markup(pairs: _Pairs) -> _Pairs:
    text = "".join(character for character, _ in pairs)
    dropped = {at for found in _MARKUP.finditer(text) for at in range(*found.span())}
    return [pair for at, pair in enumerate(pairs) if at not in dropped]


def _drop_spaces(pairs: _Pairs) -> _Pairs:
    """A space says something only between two words in Latin letters or digits."""
    out: _Pairs = []
    for character, at in pairs:
        if not character.isspace():
            out.append((character, at))
        elif out and out[-1][0] != " ":
            out.append((" ", at))
    return [
        pair
        for at, pair in enumerate(out)
        if pair[0] != " " or (0 < at < len(out) - 1 and _is_latin(out[at - 1][0]) and _is_latin(out[at + 1][0]))
    ]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
