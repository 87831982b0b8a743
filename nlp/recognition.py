"""Recognition: every piece of a message with what it can stand for; nothing is decided here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from nlp.figures import read_figures
from nlp.lexicon import Lexicon, Meaning, Phrase, is_kana
from nlp.mentions import Mention, longest
from nlp.numbers import read_numbers
from nlp.text import Text, fold, fold_sound
from nlp.tokens import Token, Tokenizer
from nlp.units import unit_at
from nlp.years import Calendar, read_years

__all__ = ["Recognition", "recognize"]

SURE_LENGTH = 4
"""A shorter surface counts only where the tokeniser also sees its borders."""
KANA_LENGTH = 4
"""So many kana in a row may be a name written in kana, whatever the tokeniser made of them."""
JOINING = frozenset({"の", "への", "へ", "や", "・"})
"""Particles inside a name phrase."""
_SENTENCE_END = re.compile(r"[。!?]+|\.{2,}|けれども、?|けれど、?|けど、?|ですが、|ので、|まして、")
_QUOTED = re.compile("「([^「」]+)」")
_LETTER = re.compile(r"(?<![a-z0-9])[a-z](?![a-z0-9])")
NOUNS = frozenset({"名詞", "接頭辞", "接尾辞", "形状詞"})
KANA_PARTICLES = ("はどの", "はど", "どの", "って", "から", "まで", "では", "には", "とは", "は", "が", "を", "の", "で", "に", "と", "も", "へ", "や", "お")
KANA_FOLLOWING = (*KANA_PARTICLES, "です", "だ", "か", "おしえて", "しりたい", "ください", "いくら", "いくつ", "なん")


@dataclass(frozen=True, slots=True)
class Recognition:
    """A message with all that was recognised in it."""

    text: Text
    """The normalised message."""
    tokens: tuple[Token, ...]
    """Its morphemes."""
    mentions: tuple[Mention, ...]
    """What was recognised, in order, without overlaps."""
    hints: tuple[str, ...] = ()
    """Names that hold a word which isn't enough to name one."""

    def sentence_of(self, at: int) -> int:
        """Where the sentence (or the part before けど、ので、) begins that a place stands in."""
        return max((end.end() for end in _SENTENCE_END.finditer(self.text.value) if end.end() <= at), default=0)

    def between(self, one: Mention, other: Mention) -> str:
        """The normalised text between two mentions."""
        return self.text.value[one.end : other.start]


def recognize(
    text: Text, lexicon: Lexicon, tokenizer: Tokenizer, calendar: Calendar, focus: frozenset[str] = frozenset()
) -> Recognition:
    """Read a message: grammars and surfaces first, then names in what is left; `focus`: names just talked about."""
    breaks = text.breaks()
    tokens = tokenizer.tokenize(text.value, breaks)
    surfaces = [*_surfaces(text, tokens, lexicon, breaks), *_quotations(text, lexicon)]
    known = longest([*_grammars(text, calendar, breaks), *surfaces])
    chunks = list(_chunks(text, tokens, known, lexicon, focus, frozenset(breaks)))
    hints = [reference for chunk in chunks for reference in chunk.of("hint")]
    chunks = [chunk for chunk in chunks if chunk.type != "hint"]
    taken = [m for m in known if not any(c.start < m.end and m.start < c.end for c in chunks)]
    mentions = sorted([*taken, *chunks], key=lambda mention: mention.start)
    return Recognition(text, tokens, tuple(mentions), () if chunks else tuple(dict.fromkeys(hints)))


# Private functions


def _grammars(text: Text, calendar: Calendar, breaks: tuple[int, ...]) -> Iterator[Mention]:
    """Years, figures, letters and numbers, of the whole text and of the pieces between the spaces that were typed."""
    edges = (0, *breaks, len(text.value))
    pieces = {(0, len(text.value)), *zip(edges, edges[1:], strict=False)}
    for start, end in sorted(pieces):
        piece = text.value[start:end]
        for type_, details in (
            ("year", read_years(piece, calendar)), ("figure", read_figures(piece)), ("number", read_numbers(piece)),
        ):  # fmt: skip
            for read in details:
                detail = replace(read, start=read.start + start, end=read.end + start)
                quoted = text.quote(detail.start, detail.end)
                yield Mention(detail.start, detail.end, type_, quoted, how="grammar", detail=detail)
    for letter in _LETTER.finditer(text.value):
        yield Mention(*letter.span(), "letter", letter.group(), how="grammar")


def _surfaces(
    text: Text, tokens: tuple[Token, ...], lexicon: Lexicon, breaks: tuple[int, ...]
) -> Iterator[Mention]:
    value = text.value
    places = [at for at, character in enumerate(value) if fold(character)]
    borders = {token.start for token in tokens} | {token.end for token in tokens}
    for found in lexicon.find(fold(value)):
        start, end = places[found.start], places[found.end - 1] + 1
        if _is_inside_word(value, start, end):
            continue
        if len(found.entry.key) < SURE_LENGTH and not (start in borders and end in borders):
            continue
        if _is_inside_compound(value, start, end) and any(m.type == "absent" for m in found.entry.meanings):
            continue
        if _straddles(value, start, end, breaks):
            continue
        filler = all(m.type == "filler" for m in found.entry.meanings)
        if filler and len(found.entry.key) < SURE_LENGTH and _is_cut_from_kana(value, start, end):
            continue
        if found.entry.how == "kana" and not _stands_free(value, start, end):
            continue
        named = found.entry.how in ("name", "alias")
        yield Mention(
            start, end, "name" if named else "word", text.quote(start, end), found.entry.meanings, found.entry.how
        )


def _quotations(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """What stands between 「」 word for word in descriptions or results."""
    for found in _QUOTED.finditer(text.value):
        key = fold(found.group(1))
        phrase = Phrase(((key, key),), (text.quote(*found.span(1)),))
        link = lexicon.link(phrase)
        if link.how == "text":
            meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
            yield Mention(*found.span(1), "name", text.quote(*found.span(1)), meanings, "text", link, detail=phrase)


def _is_inside_word(value: str, start: int, end: int) -> bool:
    """Whether a surface is cut out of a longer word: Latin letters, a number, or 何 with its counter."""
    if value[end - 1] == "何" and unit_at(value, end):
        return True
    return any(
        left.isascii() and right.isascii() and left.isalnum() and right.isalnum() and left.isdigit() == right.isdigit()
        for left, right in ((value[start - 1 : start], value[start]), (value[end - 1], value[end : end + 1]))
        if left and right
    )


def _straddles(value: str, start: int, end: int, breaks: tuple[int, ...]) -> bool:
    """Whether a surface reaches over a typed space into a longer word: 「活用 事業数」 holds no 活用事業."""
    over = any(start < at < end for at in breaks)
    return over and end not in breaks and _is_ideograph(value[end : end + 1] or " ")


def _is_inside_compound(value: str, start: int, end: int) -> bool:
    """Whether a word stands in the middle of a compound: the 効果 of 温室効果ガス."""
    return 0 < start and end < len(value) and _is_ideograph(value[start - 1]) and _is_ideograph(value[end])


def _is_ideograph(character: str) -> bool:
    return "一" <= character <= "鿿" or "ァ" <= character <= "ヺ"


def _stands_free(value: str, start: int, end: int) -> bool:
    """Whether a word in kana has a particle or something else than kana on both sides: not the ようい of …ぎょういん."""
    before, after = value[:start], value[end:]
    return (not _ends_in_kana(before) or before.endswith(KANA_PARTICLES)) and (
        not _ends_in_kana(after[:1]) or after.startswith(KANA_FOLLOWING)
    )


def _is_cut_from_kana(value: str, start: int, end: int) -> bool:
    """Whether a short word in kana is the end of a longer one: the どう of しどう."""
    before = value[:start]
    return is_kana(fold(value[start:end])) and _ends_in_kana(before) and not before.endswith(KANA_PARTICLES)


def _ends_in_kana(text: str) -> bool:
    return bool(text) and ("ぁ" <= text[-1] <= "ゖ" or text[-1] == "ー")


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
    kana: bool = False
    gap: bool = False


def _chunks(
    text: Text,
    tokens: tuple[Token, ...],
    known: list[Mention],
    lexicon: Lexicon,
    focus: frozenset[str],
    breaks: frozenset[int],
) -> Iterator[Mention]:
    for run in _runs(text.value, tokens, known):
        yield from _link_run(text, [replace(atom, gap=atom.start in breaks) for atom in run], lexicon, focus)


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
    covered = {at for m in known if not _is_soft(m) for at in range(m.start, m.end)}
    soft = {at for m in known if _is_soft(m) for at in range(m.start, m.end)}
    inner = {at for token in tokens for at in range(token.start + 1, token.end)}
    kana = {start: end for start, end in _kana_runs(value, covered | soft) if start not in inner}
    inside = {at for start, end in kana.items() for at in range(start, end)}
    for token in tokens:
        for start in range(token.start, token.end):
            if start in kana:
                typed = value[start : kana[start]]
                yield _Atom(start, kana[start], fold(typed), fold_sound(typed), kana=True)
        span = range(token.start, token.end)
        if any(at in inside for at in span):
            continue
        if any(at in covered for at in span):
            yield None
        elif token.is_grammar and token.start not in soft:
            surface = value[token.start : token.end]
            yield _Atom(token.start, token.end, "", "", joining=True) if surface in JOINING else None
        elif token.key:
            yield _word(value, token, token.start in soft)


def _word(value: str, token: Token, soft: bool) -> _Atom:
    noun = token.pos in NOUNS
    if value[token.end - 1] != "っ":
        return _Atom(token.start, token.end, token.key, token.sound, soft, noun=noun)
    # 「交換会って」 is cut into 会っ + て by the tokeniser: the っ belongs to what follows
    return _Atom(token.start, token.end - 1, token.key[:-1], token.sound[:-1], soft, noun=noun)


def _is_soft(mention: Mention) -> bool:
    """Whether the words may also be a part of a name; what is written in hiragana only joins."""
    if any(meaning.type == "soft" for meaning in mention.meanings):
        return True
    return any(meaning.type == "filler" for meaning in mention.meanings) and not is_kana(fold(mention.text)[-1:])


def _kana_runs(value: str, covered: set[int]) -> Iterator[tuple[int, int]]:
    start = None
    for at in range(len(value) + 1):
        is_kana = at < len(value) and at not in covered and ("ぁ" <= value[at] <= "ゖ" or value[at] == "ー")
        if is_kana and start is None:
            start = at
        elif not is_kana and start is not None:
            goes_on = at < len(value) and at not in covered and _is_ideograph(value[at])
            trimmed = _trim_particles(value, start, at, goes_on)
            attached = start > 0 and start not in covered and _is_ideograph(value[start - 1]) and trimmed[0] == start
            if trimmed[1] - trimmed[0] >= (KANA_LENGTH - 1 if attached else KANA_LENGTH):
                yield trimmed
            start = None


def _trim_particles(value: str, start: int, end: int, goes_on: bool) -> tuple[int, int]:
    """The run without the particles around it; at its end only where no kanji goes on with the word."""
    for particle in KANA_PARTICLES:
        if value.startswith(particle, start) and end - start - len(particle) >= KANA_LENGTH and start > 0:
            start += len(particle)
            break
    if goes_on and value[end - 1] in "のもか":  # かいもの支援: what looks like a particle may be the word's end
        return start, end
    trimmed = next((particle for particle in KANA_PARTICLES if value.endswith(particle, start, end)), "")
    return start, end - len(trimmed)


def _link_run(text: Text, run: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """The surest reading of a run: with the words that names hold too, without them, or part by part."""
    run = _without_loose_ends(_strip(run, lambda atom: atom.joining))
    bare = _strip(run, lambda atom: atom.soft or atom.joining)
    if not bare:
        yield from _link_known(text, run, lexicon, focus)
        return
    tried = [_link(text, atoms, lexicon, focus) for atoms in _trimmed(run)]
    best = min(tried, key=lambda mention: mention.link.order if mention.link else len(tried))
    if best.references and not (best.how == "spelling" and _holds_another_word(best, bare, lexicon)):
        yield best
    else:
        yield from _link_parts(text, bare, lexicon, focus)


def _without_loose_ends(run: list[_Atom]) -> list[_Atom]:
    """「ネットの事業」 is no part of a longer 「…ネット事業」: soft words that の joins say nothing of the name."""
    start, end = 0, len(run)
    for at, atom in enumerate(run):
        if atom.joining and all(other.soft or other.joining for other in run[at:]):
            end = at
            break
    for at in range(end - 1, -1, -1):
        if run[at].joining and all(other.soft or other.joining for other in run[:at]):
            start = at + 1
            break
    return run[start:end]


def _holds_another_word(mention: Mention, run: list[_Atom], lexicon: Lexicon) -> bool:
    """Whether a part of what was taken for a misspelt name is a word of its own: 「…パンフレットの職員数」."""
    parts = _parts(run)
    return len(parts) > 1 and not all(lexicon.resembles(_phrase(part), mention.references[0]) for part in parts)


def _phrase(atoms: list[_Atom]) -> Phrase:
    return Phrase(tuple((atom.key, atom.sound) for atom in atoms if not atom.joining))


def _trimmed(run: list[_Atom]) -> Iterator[list[_Atom]]:
    """The run with more and more of the soft words at its ends left out, the longest first."""
    starts = _soft_ends(run)
    ends = _soft_ends(run[::-1])
    for left_out in sorted((start + end, start) for start in starts for end in ends):
        yield run[left_out[1] : len(run) - (left_out[0] - left_out[1])]


def _soft_ends(run: list[_Atom]) -> list[int]:
    """How many atoms may be left out at the beginning: none, or up to where the first hard word stands."""
    cuts = [0]
    for at, atom in enumerate(run):
        if not (atom.soft or atom.joining):
            break
        if at + 1 < len(run) and not run[at + 1].joining:
            cuts.append(at + 1)
    return cuts


def _link_known(text: Text, run: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """Words that names hold too say something about names just talked about (「活用のほう」), else they only hint."""
    if not run:
        return
    mention = _link(text, run, lexicon, focus)
    if focus and mention.references and set(mention.references) < focus:
        yield mention
    elif not focus and mention.references and mention.how in ("exact", "part"):
        yield replace(mention, type="hint", meanings=tuple(Meaning("hint", r) for r in mention.references))


def _link_parts(text: Text, run: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """A phrase that is no name as a whole: its parts, each on its own.

    What a Japanese phrase is about stands last: where the last part is unknown, one before it only counts if it is sure.
    """
    mentions = [_link(text, part, lexicon, focus) for part in _parts(run)]
    head_unknown = bool(mentions) and mentions[-1].noun and not mentions[-1].references
    for mention in mentions:
        vague = head_unknown and len({reference.partition(".")[0] for reference in mention.references}) > 1
        yield replace(mention, type="unknown", how="none", meanings=()) if vague else mention


def _parts(run: list[_Atom]) -> list[list[_Atom]]:
    parts: list[list[_Atom]] = [[]]
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


def _strip(run: list[_Atom], unwanted: Callable[[_Atom], bool]) -> list[_Atom]:
    start, end = 0, len(run)
    while start < end and unwanted(run[start]):
        start += 1
    while end > start and unwanted(run[end - 1]):
        end -= 1
    return run[start:end]


def _link(text: Text, atoms: list[_Atom], lexicon: Lexicon, focus: frozenset[str]) -> Mention:
    parts = [text.quote(part[0].start, part[-1].end) for part in _parts(atoms)]
    phrase = replace(_phrase(atoms), parts=tuple(parts))
    start, end = atoms[0].start, atoms[-1].end
    link = lexicon.link(phrase, focus) if focus else lexicon.link(phrase)
    if focus and (not link.references or link.how in ("spelling", "text", "told")):
        link = lexicon.link(phrase)
    typed = Mention(start, end, "unknown", text.quote(start, end), how="none", link=link, noun=atoms[-1].noun, detail=phrase)
    if not link.references:
        heard = lexicon.heard(phrase.sound)
        return replace(typed, type="word", how="heard", meanings=heard.meanings) if heard else typed
    meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
    return replace(typed, type="name", how=link.how, meanings=meanings)
