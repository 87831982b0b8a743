"""Noise: one seeded mistake in a name, as a phone or a hurried thumb makes it; independent of the examination's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from nlp.writing.text import fold, normalize
from nlp.writing.tokens import Token, Tokenizer

__all__ = ["NOISES", "TEMPLATES", "Noisy", "noisy_questions"]

TEMPLATES = (
    "{}の25年度実績は？", "{}って25年度いくらだった？", "平成24年度の{}の実績を教えてください", "{} H25 実績", "{}は26年度どうでしたか",
    "すみません、{}の23年度の実績が知りたいです", "{}の達成度は？",
)  # fmt: skip
"""What people put around a name."""

PARTICLES = "のをにへとがでや"
ALIKE = [
    "促速則",
    "援縁園",
    "支志使",
    "事自時",
    "進新伸",
    "設説節",
    "整成制",
    "備美尾",
    "化価科",
    "振信親",
    "興高公",
    "商小少",
    "店点天",
    "活勝喝",
    "性姓成",
    "研件県",
    "究急級",
    "開会回",
    "発初",
    "地知値",
    "域息",
    "推水",
    "経計形",
    "費日秘",
    "調長町",
    "査差",
    "国告",
    "際祭歳",
    "策作昨",
    "対態隊",
    "保補歩",
    "管監官",
    "理利里",
    "報法方",
    "育行",
    "安案",
    "全前",
    "業行",
    "強教協",
    "環間",
    "境教",
    "確各",
    "防望",
    "災際",
    "農能",
    "産参三",
    "助序",
    "補保",
    "人任",
    "材財",
]
"""Characters that a conversion takes for one another."""


@dataclass(frozen=True, slots=True)
class Noisy:
    """A question about a name that was mistyped."""

    reference: int
    """Place of the name that is meant."""
    phrase: str
    """The name as it was typed."""
    question: str
    """The whole question."""
    noise: str
    """Which mistake it is."""


def noisy_questions(names: Sequence[str], tokenizer: Tokenizer, count: int, seed: int) -> list[Noisy]:
    """Questions with one mistake each; none whose mistake makes another of the names, or a piece of one."""
    random = Random(seed)
    keys = {fold(normalize(name).value) for name in names}
    held = "\n".join(sorted(keys))
    found: list[Noisy] = []
    for _ in range(count * 30):
        if len(found) == count:
            break
        at, noise = random.randrange(len(names)), random.choice(list(NOISES))
        value = normalize(names[at]).value
        tokens = tokenizer.tokenize(value)
        phrase = NOISES[noise](value, tokens, random)
        key = fold(normalize(phrase).value) if phrase else ""
        own = fold(value)
        if (
            not phrase
            or phrase == value
            or len(key) < 4
            or (key in keys and key != own)
            or _is_ambiguous(key, own, held)
        ):
            continue
        found.append(Noisy(at, phrase, random.choice(TEMPLATES).format(phrase), noise))
    return found


# Private functions

_Make = Callable[[str, tuple[Token, ...], Random], str]


def _is_ambiguous(key: str, own: str, held: str) -> bool:
    """Whether what was typed stands in several names as it is: then asking back is right and nothing is measured."""
    return held.count(key) > own.count(key)


def _particle(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    places = [t.start for t in tokens if t.is_grammar and value[t.start : t.end] in PARTICLES]
    return _without(value, random.choice(places)) if places else ""


def _character(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    places = [at for at in range(1, len(value) - 1) if value[at].isalpha()]
    return _without(value, random.choice(places)) if len(value) >= 6 and places else ""


def _kana(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    words = [t for t in tokens if "一" <= value[t.start] <= "鿿" and t.reading.isalpha()]
    if not words:
        return ""
    word = random.choice(words)
    reading = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in word.reading)
    return value[: word.start] + reading + value[word.end :]


def _conversion(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    places = [(at, group) for at, c in enumerate(value) for group in ALIKE if c in group]
    if not places:
        return ""
    at, group = random.choice(places)
    return value[:at] + random.choice([c for c in group if c != value[at]]) + value[at + 1 :]


def _width(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    wide = re.sub("[!-~]", lambda found: chr(ord(found[0]) + 0xFEE0), value)
    return wide if wide != value else value[: len(value) // 2] + "　" + value[len(value) // 2 :]


def _abbreviation(value: str, tokens: tuple[Token, ...], random: Random) -> str:
    plain = re.sub(r"\([^()]*\)", "", value)
    short = re.sub("(?:に必要な経費|に関する経費|推進事業|支援事業|促進事業|事業費|事業|経費|等)$", "", plain)
    return short if len(short) >= 4 else ""


def _without(value: str, at: int) -> str:
    return value[:at] + value[at + 1 :]


NOISES: dict[str, _Make] = {
    "particle": _particle, "character": _character, "kana": _kana, "conversion": _conversion, "width": _width,
    "abbreviation": _abbreviation,
}  # fmt: skip
"""Every mistake by its name."""
