"""Recognition: every piece of a message with what it can stand for; nothing is decided here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from nlp.figures import read_figures
from nlp.lexicon import Lexicon, Meaning, Phrase
from nlp.mentions import Mention, longest
from nlp.numbers import read_numbers
from nlp.text import Text, fold
from nlp.tokens import Token, Tokenizer
from nlp.years import Calendar, read_years

__all__ = ["Recognition", "recognize"]

SURE_LENGTH = 4
"""A shorter surface counts only where the tokeniser also sees its borders."""
KANA_LENGTH = 4
"""So many kana in a row may be a name written in kana, whatever the tokeniser made of them."""
JOINING = frozenset({"の", "への", "へ", "や"})
"""Particles inside a name phrase."""
_LETTER = re.compile(r"(?<![a-z0-9])[a-z](?![a-z0-9])")
KANA_PARTICLES = ("って", "から", "まで", "では", "には", "とは", "は", "が", "を", "の", "で", "に", "と", "も", "へ", "や", "お")


@dataclass(frozen=True, slots=True)
class Recognition:
    """A message with all that was recognised in it."""

    text: Text
    """The normalised message."""
    tokens: tuple[Token, ...]
    """Its morphemes."""
    mentions: tuple[Mention, ...]
    """What was recognised, in order, without overlaps."""

    def between(self, one: Mention, other: Mention) -> str:
        """The normalised text between two mentions."""
        return self.text.value[one.end : other.start]


def recognize(
    text: Text, lexicon: Lexicon, tokenizer: Tokenizer, calendar: Calendar, focus: frozenset[str] = frozenset()
) -> Recognition:
    """Read a message: grammars and surfaces first, then names in what is left; `focus`: names just talked about."""
    tokens = tokenizer.tokenize(text.value)
    surfaces = list(_surfaces(text, tokens, lexicon))
    known = longest([*_grammars(text, calendar), *surfaces])
    chunks = list(_chunks(text, tokens, known, lexicon, focus))
    taken = [m for m in known if not any(c.start < m.end and m.start < c.end for c in chunks)]
    return Recognition(text, tokens, tuple(sorted([*taken, *chunks], key=lambda mention: mention.start)))


# Private functions


def _grammars(text: Text, calendar: Calendar) -> Iterator[Mention]:
    for year in read_years(text.value, calendar):
        yield Mention(year.start, year.end, "year", text.quote(year.start, year.end), how="grammar", detail=year)
    for figure in read_figures(text.value):
        yield Mention(
            figure.start, figure.end, "figure", text.quote(figure.start, figure.end), how="grammar", detail=figure
        )
    for letter in _LETTER.finditer(text.value):
        yield Mention(*letter.span(), "letter", letter.group(), how="grammar")
    for number in read_numbers(text.value):
        yield Mention(
            number.start, number.end, "number", text.quote(number.start, number.end), how="grammar", detail=number
        )


def _surfaces(text: Text, tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Mention]:
    value = text.value
    places = [at for at, character in enumerate(value) if fold(character)]
    borders = {token.start for token in tokens} | {token.end for token in tokens}
    for found in lexicon.find(fold(value)):
        start, end = places[found.start], places[found.end - 1] + 1
        if _is_inside_word(value, start, end):
            continue
        if len(found.entry.key) < SURE_LENGTH and not (start in borders and end in borders):
            continue
        named = found.entry.how in ("name", "alias")
        yield Mention(
            start, end, "name" if named else "word", text.quote(start, end), found.entry.meanings, found.entry.how
        )


def _is_inside_word(value: str, start: int, end: int) -> bool:
    """Whether a surface in Latin letters or digits is cut out of a longer word or number."""
    return any(
        left.isascii() and right.isascii() and left.isalnum() and right.isalnum() and left.isdigit() == right.isdigit()
        for left, right in ((value[start - 1 : start], value[start]), (value[end - 1], value[end : end + 1]))
        if left and right
    )


@dataclass(frozen=True, slots=True)
class _Atom:
    """A token, or a run of kana, that no surface or grammar has taken; `soft`: a word that names also hold."""

    start: int
    end: int
    key: str
    sound: str
    soft: bool = False
    joining: bool = False
    noun: bool = False


def _chunks(
    text: Text, tokens: tuple[Token, ...], known: list[Mention], lexicon: Lexicon, focus: frozenset[str]
) -> Iterator[Mention]:
    for run in _runs(text.value, tokens, known):
        yield from _link_run(text, run, lexicon, focus)


def _runs(value: str, tokens: tuple[Token, ...], known: list[Mention]) -> Iterator[list[_Atom]]:
    """Neighbouring atoms, joined by の and the like."""
    run: list[_Atom] = []
    for atom in _atoms(value, tokens, known):
        if atom is None:
            if run:
                yield run
            run = []
        else:
            run.append(atom)
    if run:
        yield run


def _atoms(value: str, tokens: tuple[Token, ...], known: list[Mention]) -> Iterator[_Atom | None]:
    """The content words in order; None where a run of them ends."""
    hard = [m for m in known if not _is_soft(m)]
    covered = {at for m in hard for at in range(m.start, m.end)}
    soft = {at for m in known if _is_soft(m) for at in range(m.start, m.end)}
    kana = list(_kana_runs(value, covered | soft))
    for start, end in kana:
        covered |= set(range(start, end))
    ahead = 0
    for token in tokens:
        while ahead < len(kana) and kana[ahead][0] <= token.start:
            start, end = kana[ahead]
            yield None
            yield _Atom(start, end, fold(value[start:end]), fold(value[start:end]))
            yield None
            ahead += 1
        if any(at in covered for at in range(token.start, token.end)):
            yield None
        elif token.is_grammar and token.start not in soft:
            surface = value[token.start : token.end]
            yield _Atom(token.start, token.end, "", "", joining=True) if surface in JOINING or surface == "・" else None
        elif token.key:
            noun = token.pos in ("名詞", "接頭辞", "接尾辞", "形状詞")
            yield _Atom(token.start, token.end, token.key, token.sound, token.start in soft, noun=noun)
    for start, end in kana[ahead:]:
        yield None
        yield _Atom(start, end, fold(value[start:end]), fold(value[start:end]))


def _is_soft(mention: Mention) -> bool:
    return any(meaning.type == "soft" for meaning in mention.meanings)


def _kana_runs(value: str, covered: set[int]) -> Iterator[tuple[int, int]]:
    start = None
    for at in range(len(value) + 1):
        is_kana = at < len(value) and at not in covered and ("ぁ" <= value[at] <= "ゖ" or value[at] == "ー")
        if is_kana and start is None:
            start = at
        elif not is_kana and start is not None:
            trimmed = _trim_particles(value, start, at)
            if trimmed[1] - trimmed[0] >= KANA_LENGTH:
                yield trimmed
            start = None


def _trim_particles(value: str, start: int, end: int) -> tuple[int, int]:
    for particle in KANA_PARTICLES:
        if value.startswith(particle, start) and end - start - len(particle) >= KANA_LENGTH and start > 0:
            start += len(particle)
            break
    for particle in KANA_PARTICLES:
        if value.endswith(particle, start, end):
            end -= len(particle)
            break
    return start, end


def _link_run(text: Text, run: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    run = _strip(run, lambda atom: atom.joining)
    if not any(not atom.soft and not atom.joining for atom in run):
        return
    for atoms in (run, _strip(run, lambda atom: atom.soft or atom.joining)):
        mention = _link(text, atoms, lexicon, focus)
        if mention.link and mention.link.references:
            yield mention
            return
    yield from _link_parts(text, _strip(run, lambda atom: atom.soft or atom.joining), lexicon, focus)


def _link_parts(text: Text, run: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """A phrase that is no name as a whole: its parts between の, each on its own."""
    parts: list[list[_Atom]] = [[]]
    for atom in run:
        if atom.joining:
            parts.append([])
        else:
            parts[-1].append(atom)
    for part in parts:
        if part:
            yield _link(text, part, lexicon, focus)


def _strip(run: list[_Atom], unwanted: Callable[[_Atom], bool]) -> list[_Atom]:
    start, end = 0, len(run)
    while start < end and unwanted(run[start]):
        start += 1
    while end > start and unwanted(run[end - 1]):
        end -= 1
    return run[start:end]


def _link(text: Text, atoms: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Mention:
    phrase = Phrase(tuple((atom.key, atom.sound) for atom in atoms if not atom.joining))
    start, end = atoms[0].start, atoms[-1].end
    link = lexicon.link(phrase, focus) if focus else lexicon.link(phrase)
    if focus and (not link.references or link.how in ("spelling", "text")):
        link = lexicon.link(phrase)
    typed = Mention(start, end, "unknown", text.quote(start, end), how="none", link=link, noun=atoms[-1].noun, detail=phrase)
    if not link.references:
        return typed
    meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
    return replace(typed, type="name", how=link.how, meanings=meanings)
