"""What a phone and a hurried thumb do to a message.

Every noise is a function of a message and a random source; it returns another message, or None where it does nothing.
EXACT noises leave no doubt what is meant: the answer must be the same. After a FUZZY one the bot may also ask back with
the right project among the choices. A fuzzy noise is kept only where the name is still nearer to its own than to any
other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from tests.examination.gold import era_to_western
from tests.examination.names import Names, to_kana
from tests.examination.pieces import Message, Piece
from tests.examination.words import MISCONVERSIONS, OKURIGANA, READINGS

__all__ = ["EXACT", "FUZZY", "NOISES", "apply_noise", "year_forms"]

Noise = Callable[[Message, Random], Message | None]


def apply_noise(name: str, message: Message, random: Random, names: Names) -> Message | None:
    """The message with that noise, or None where it doesn't apply or would make another name of it."""
    noised = NOISES[name](message, random)
    if noised is None or noised == message:
        return None
    pairs = zip(message, noised, strict=False) if name in FUZZY else ()
    broken = [a for a, b in pairs if a.kind == "name" and a.text != b.text and not names.identifies(b.text, a)]
    return None if broken else noised


def particles_dropped(message: Message, random: Random) -> Message | None:
    """空き店舗入居促進事業の25年度の実績 → 空き店舗入居促進事業 25年度 実績."""
    if not any(piece.kind == "particle" for piece in message):
        return None
    between = random.choice(("", " ", "　"))
    return tuple(Piece("particle", between) if piece.kind == "particle" else piece for piece in message)


def character_dropped(message: Message, random: Random) -> Message | None:
    """One inner character of a name is missing."""
    return _on_name(message, random, _without_one, at_least=6)


def kana(message: Message, random: Random) -> Message | None:
    """One word of a name, or all of it, in hiragana."""
    return _on_name(message, random, lambda text, rng: to_kana(text) if rng.random() < 0.3 else _one_read(text, rng))


def katakana_swapped(message: Message, random: Random) -> Message | None:
    """ネットショッピング → ねっとしょっぴんぐ, いきいき → イキイキ."""
    return _on_name(message, random, _swapped)


def misconverted(message: Message, random: Random) -> Message | None:
    """入居促進 → 入居速進."""
    return _on_name(message, random, lambda text, rng: _replaced(text, rng, MISCONVERSIONS), at_least=4)


def okurigana(message: Message, random: Random) -> Message | None:
    """空き店舗 → 空店舗, づくり → 作り."""
    return _on_name(message, random, lambda text, rng: _replaced(text, rng, OKURIGANA), at_least=3)


def full_width(message: Message, random: Random) -> Message | None:
    """25年度 → ２５年度."""
    return _everywhere(message, lambda text: re.sub("[!-~]", lambda m: chr(ord(m[0]) + 0xFEE0), text))


def half_width(message: Message, random: Random) -> Message | None:
    """マル経 → ﾏﾙ経."""
    return _everywhere(message, lambda text: "".join(HALF.get(letter, letter) for letter in text))


def spaced(message: Message, random: Random) -> Message | None:
    """A space between two words of a name, or between all the pieces."""
    space = random.choice((" ", "　"))
    inner = _on_name(message, random, lambda text, rng: _with_space(text, rng, space))
    if inner is not None and random.random() < 0.6:
        return inner
    return tuple(Piece(piece.kind, piece.text + space, piece.value) for piece in message) if len(message) > 1 else None


def punctuated(message: Message, random: Random) -> Message | None:
    """Quotes, other question marks, ・ left out."""
    ways: tuple[Callable[[str], str], ...] = (
        lambda text: text.replace("？", "?").replace("。", "."),
        lambda text: text.replace("？", "？？").replace("。", "…"),
        lambda text: text.replace("？", "").replace("。", ""),
    )
    way = random.choice(ways)
    quoted = random.random()

    def change(piece: Piece) -> Piece:
        if piece.kind != "name":
            return Piece(piece.kind, way(piece.text), piece.value)
        text = f"「{piece.text}」" if quoted < 0.4 else piece.text.replace("・", "") if quoted < 0.7 else piece.text
        return Piece(piece.kind, text, piece.value)

    return tuple(change(piece) for piece in message)


def year_form(message: Message, random: Random) -> Message | None:
    """25年度 → H25, 平成二十五年度, 2013年度 …"""
    places = [i for i, piece in enumerate(message) if piece.kind == "year" and piece.value]
    if not places:
        return None
    form = random.randrange(len(year_forms(25)))
    changed = {i: Piece("year", year_forms(int(message[i].value))[form], message[i].value) for i in places}
    return tuple(changed.get(i, piece) for i, piece in enumerate(message))


def dashes(message: Message, random: Random) -> Message | None:
    """セミナー → セミナ－, 23～25 → 23〜25."""
    bar, wave = random.choice("－―‐−-"), random.choice("〜~∼")
    return _everywhere(message, lambda text: re.sub("(?<=[ァ-ヶ])ー", bar, text).replace("～", wave))


EXACT: dict[str, Noise] = {
    "particles": particles_dropped, "full_width": full_width, "half_width": half_width, "spaces": spaced,
    "punctuation": punctuated, "year_form": year_form, "dashes": dashes,
}  # fmt: skip
FUZZY: dict[str, Noise] = {
    "dropped_char": character_dropped, "kana": kana, "katakana": katakana_swapped, "misconversion": misconverted,
    "okurigana": okurigana,
}  # fmt: skip
NOISES = EXACT | FUZZY


def year_forms(year: int) -> tuple[str, ...]:
    """Ways to write an era year of Heisei (two digits)."""
    west = era_to_western(year)
    kanji = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(west))
    tens, ones = divmod(year, 10)
    era = ("", "十", "二十", "三十")[tens] + "〇一二三四五六七八九"[ones].replace("〇", "")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(year))
    return (
        f"H{year}", f"Ｈ{wide}", f"h{year}", f"平成{year}", f"平成{year}年度", f"平成{year}年", f"平成{era}年度",
        f"{west}年度", f"{west}年", f"{kanji}年度", f"FY{west}", f"{year}年", f"{wide}年度", f"'{west % 100}年度",
        f"H{year}年度", f"{era}年度",
    )  # fmt: skip


# Private functions


def _on_name(
    message: Message, random: Random, change: Callable[[str, Random], str | None], at_least: int = 3
) -> Message | None:
    places = [i for i, piece in enumerate(message) if piece.kind == "name" and len(piece.text) >= at_least]
    if not places:
        return None
    place = random.choice(places)
    text = change(message[place].text, random)
    if not text or text == message[place].text:
        return None
    piece = Piece("name", text, message[place].value)
    return (*message[:place], piece, *message[place + 1 :])


def _everywhere(message: Message, change: Callable[[str], str]) -> Message:
    return tuple(Piece(piece.kind, change(piece.text), piece.value) for piece in message)


def _without_one(text: str, random: Random) -> str | None:
    places = [i for i in range(1, len(text) - 1) if not text[i].isascii() and text[i] not in "・、「」()"]
    if not places:
        return None
    place = random.choice(places)
    return text[:place] + text[place + 1 :]


def _one_read(text: str, random: Random) -> str | None:
    words = [
        word for word in READINGS if word in text and not any(word in w and w in text for w in READINGS if w != word)
    ]
    if not words:
        return None
    word = random.choice(words)
    return text.replace(word, READINGS[word], 1)


def _replaced(text: str, random: Random, words: dict[str, tuple[str, ...]]) -> str | None:
    found = [word for word in words if word in text]
    if not found:
        return None
    word = random.choice(found)
    return text.replace(word, random.choice(words[word]), 1)


def _swapped(text: str, random: Random) -> str | None:
    runs = re.findall("[ァ-ヶー]{2,}|いきいき|にぎわい|あっせん|まちづくり|づくり|ペがさす", text)
    if not runs:
        return None
    run = random.choice(runs)
    to_katakana = not "ァ" <= run[-1] <= "ー"
    return text.replace(run, "".join(_other_kana(letter, to_katakana) for letter in run), 1)


def _other_kana(letter: str, to_katakana: bool) -> str:
    if to_katakana:
        return chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter
    return chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter


def _with_space(text: str, random: Random, space: str) -> str | None:
    ends = [text.index(word) + len(word) for word in READINGS if len(word) > 1 and word in text]
    ends = [end for end in ends if 0 < end < len(text)]
    if not ends:
        return None
    end = random.choice(sorted(ends))
    return text[:end] + space + text[end:]


def _half_forms() -> dict[str, str]:
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    voiced = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    for code in range(0x30A1, 0x30F7):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) == 2 and parts[0] in forms:
            forms[chr(code)] = forms[parts[0]] + voiced[parts[1]]
    return forms


HALF = _half_forms()
