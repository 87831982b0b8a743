"""Phrases: the words of a message that no surface has taken, in runs that の joins."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from nlp.mentions import Mention
from nlp.writing.kana import kana_runs
from nlp.writing.scripts import is_ideograph, is_kana
from nlp.writing.text import fold, fold_sound
from nlp.writing.tokens import Token

__all__ = ["Atom", "find_runs", "is_soft", "parts", "strip"]

JOINING = frozenset({"の", "への", "へ", "や", "・"})
"""Particles inside a name phrase."""
NOUNS = frozenset({"名詞", "接頭辞", "接尾辞", "形状詞"})


class Atom(NamedTuple):
    """A token, or a run of kana, that no surface or grammar has taken; `soft`: a word that names also hold."""

    start: int
    end: int
    key: str
    sound: str
    soft: bool = False
    joining: bool = False
    noun: bool = False
    kana: bool = False
    gap: bool = False


def find_runs(value: str, tokens: tuple[Token, ...], known: list[Mention]) -> Iterator[list[Atom]]:
    """Neighbouring atoms, joined by の and the like."""
    run: list[Atom] = []
    for atom in _atoms(value, tokens, known):
        if atom is None:
            if run:
                yield run
            run = []
        else:
            run.append(atom)
    if run:
        yield run


def parts(run: list[Atom]) -> list[list[Atom]]:
    """A run cut at の, at typed spaces and around kana."""
    parts: list[list[Atom]] = [[]]
    for atom in run:
        if atom.joining:
            parts.append([])
        elif atom.kana:
            parts += [[atom], []]
        elif atom.gap:
            parts.append([atom])
        else:
            parts[-1].append(atom)
    return [part for part in parts if part]


def strip(run: list[Atom], unwanted: Callable[[Atom], bool]) -> list[Atom]:
    """A run without the unwanted atoms at its ends."""
    start, end = 0, len(run)
    while start < end and unwanted(run[start]):
        start += 1
    while end > start and unwanted(run[end - 1]):
        end -= 1
    return run[start:end]


def is_soft(mention: Mention) -> bool:
    """Whether the words may also be a part of a name; what is written in hiragana only joins."""
    types = {meaning.type for meaning in mention.meanings}
    return "soft" in types or ("filler" in types and not is_kana(fold(mention.text)[-1:]))


# Private functions


def _atoms(value: str, tokens: tuple[Token, ...], known: list[Mention]) -> Iterator[Atom | None]:
    """The content words in order; None where a run of them ends."""
    covered, soft = set[int](), set[int]()
    for mention in known:
        (soft if is_soft(mention) else covered).update(range(mention.start, mention.end))
    begins = {token.start for token in tokens}
    named = {m.end for m in known if m.references}  # behind 会館と a name begins, also where the tokeniser sees とき
    particles = {token.start for token in tokens if token.is_grammar}
    runs = kana_runs(value, covered | soft, particles)
    kana = {start: end for start, end in runs if start in begins or start - len("と") in named}
    inside = {at for start, end in kana.items() for at in range(start, end)}
    follows = {token.start: token for token in tokens}
    for token in tokens:
        span = range(token.start, token.end)
        for start in (at for at in span if at in kana) if kana else ():
            typed = value[start : kana[start]]
            yield Atom(start, kana[start], fold(typed), fold_sound(typed), kana=True)
        if not inside.isdisjoint(span):
            continue
        if not covered.isdisjoint(span):
            yield None
        elif token.is_grammar and token.start not in soft:
            surface = value[token.start : token.end]
            yield Atom(token.start, token.end, "", "", joining=True) if surface in JOINING else None
        elif token.key:
            if _is_inflected(token, follows.get(token.end)):
                yield None  # 公社移った: what is done is no part of a name, though no particle stands before it
            yield _word(value, token, token.start in soft)


def _is_inflected(token: Token, after: Token | None) -> bool:
    """Whether a token is a verb in the past, written with kanji: 移っ before た; a noun of a verb (見守り) is none."""
    return token.pos == "動詞" and is_ideograph(token.key[0]) and after is not None and after.key == "た"


def _word(value: str, token: Token, soft: bool) -> Atom:
    noun = token.pos in NOUNS
    if value[token.end - 1] != "っ":
        return Atom(token.start, token.end, token.key, token.sound, soft, noun=noun)
    # 「交換会って」 is cut into 会っ + て by the tokeniser: the っ belongs to what follows
    return Atom(token.start, token.end - 1, token.key[:-1], token.sound[:-1], soft, noun=noun)
