"""Likeness: how alike what was typed and a name look and sound, and whether it stands there as a word."""

from nlp.names.names import Name, Phrase
from nlp.writing.scripts import are_kanji, is_kana
from nlp.writing.spelling import similarity, window_similarity

__all__ = ["RESEMBLING", "alike", "alike_as_wholes", "begins_at", "starts_a_word", "word_resembles"]

RESEMBLING = 0.5
"""Likeness that each part of a misspelt name must have to it."""
SAME_SOUND = 0.85
"""A wrong conversion sounds the same: 商業 is no 製造業."""
RESEMBLING_WORD = 0.65
"""Likeness that each word of it must have, by look or by sound."""


def alike(key: str, sound: str, name: Name) -> float:
    """The mean of how alike they look and sound; kana only sound."""
    heard = _fits(sound, name.sound)
    return heard if is_kana(key) else (heard + _fits(key, name.key)) / 2


def alike_as_wholes(phrase: Phrase, name: Name) -> float:
    """How alike two wholes look and sound; in kana or wrong kanji they only sound the same."""
    if phrase.sound == name.sound:
        return 1.0
    return (similarity(phrase.sound, name.sound) + similarity(phrase.key, name.key)) / 2


def word_resembles(key: str, sound: str, name: Name) -> bool:
    """Whether a word is alike to something in a name, by its look or by its sound."""
    if key == sound and not is_kana(key):  # a conversion that no dictionary knows: nothing but its look can tell
        return window_similarity(key, name.key) >= RESEMBLING
    if _is_turned_around(key, name.key):
        return True
    looks, sounds = window_similarity(key, name.key), window_similarity(sound, name.sound)
    return looks >= RESEMBLING_WORD or sounds >= (RESEMBLING_WORD if is_kana(key) else SAME_SOUND)


def begins_at(text: str, piece: str, borders: tuple[int, ...], whole: bool = False) -> bool:
    """Whether a piece stands in a text where a word begins (`whole`: and ends where one ends)."""
    at = text.find(piece)
    while at >= 0:
        if at in borders and (not whole or at + len(piece) in borders):
            return True
        at = text.find(piece, at + 1)
    return False


def starts_a_word(text: str, key: str) -> bool:
    """Whether a key stands in a text, and not cut out of a word: 議会 is not in 協議会, 産業資 not in 産業資源, き店舗 not in 空き店舗."""
    at = text.find(key)
    while at >= 0:
        end = at + len(key)
        if not _goes_on(text[at - 1 : at + 1]) and not are_kanji(text[end - 1 : end + 1]):
            return True
        at = text.find(key, at + 1)
    return False


# Private functions


def _goes_on(two: str) -> bool:
    """Whether the second of two characters goes on with a word that the first begins: 協議, 空き."""
    return are_kanji(two) or (are_kanji(two[:1] * 2) and "ぁ" <= two[1:] <= "ん")


def _is_turned_around(key: str, name: str) -> bool:
    """継承 for 承継."""
    return len(key) > 1 and "".join(reversed(key)) in name


def _fits(piece: str, name: str) -> float:
    """Whole against whole, or the piece against its best place in a longer name."""
    whole = similarity(piece, name)
    return max(whole, window_similarity(piece, name)) if len(piece) < len(name) else whole
