"""Chunks: runs of words linked to names: the surest reading of a run, with or without the words at its ends."""

from collections.abc import Iterator, Sequence

from nlp.mentions import Mention
from nlp.names.lexicon import Lexicon, Meaning
from nlp.names.names import Phrase, project_of
from nlp.phrases import Atom, find_runs, parts, strip
from nlp.writing.text import Text
from nlp.writing.tokens import Token

__all__ = ["find_chunks"]


def find_chunks(
    text: Text,
    tokens: tuple[Token, ...],
    known: list[Mention],
    lexicon: Lexicon,
    focus: frozenset[str],
    breaks: frozenset[int],
) -> Iterator[Mention]:
    """The names and the unknown words in what surfaces and grammars have left, in order."""
    named = {mention.end for mention in known if mention.references}
    for run in find_runs(text.value, tokens, known):
        atoms = [atom._replace(gap=atom.start in breaks) for atom in run] if breaks else run
        found = list(_link_listed(text, atoms, lexicon, focus) if _is_listed(text, atoms, named) else ())
        for mention in found or _link_typed(text, atoms, lexicon, focus):
            named |= {mention.end} if mention.references else set()
            yield mention


# Private functions

_ENDING = ("、", ",", "の", "は", "と", "で")
"""What ends a name among others."""


def _is_listed(text: Text, run: list[Atom], named: set[int]) -> bool:
    """Whether words that names only hold too stand behind 「ある事業と」, and nothing that they could say of another."""
    behind = text.value.startswith(_ENDING, run[-1].end) or run[-1].end == len(text.value)
    return run[0].start - 1 in named and text.value[run[0].start - 1] == "と" and behind and all(a.soft for a in run)


def _link_listed(text: Text, run: list[Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """表彰 of 「講座と表彰、」: a name of its own as well, or a word that nobody knows; never nothing."""
    if all(atom.noun for atom in run) and not _is_cue(run, lexicon):
        yield _link(text, run, lexicon, focus)


def _link_typed(text: Text, run: list[Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """One name typed with spaces in it, if every word belongs to it; else what stands between the spaces."""
    typed = _between_gaps(run)
    whole = _link(text, run, lexicon, focus) if len(typed) > 1 else None
    if whole is None or whole.link is None or (whole.references and whole.how != "spelling"):
        yield from _link_run(text, run, lexicon, focus)
        return
    for piece in typed:
        yield from _link_run(text, piece, lexicon, focus)


def _between_gaps(run: list[Atom]) -> list[list[Atom]]:
    """A run cut at the typed spaces."""
    cuts = [at for at, atom in enumerate(run) if atom.gap and at]
    return [run[start:end] for start, end in zip([0, *cuts], [*cuts, len(run)], strict=True)]


def _link_run(text: Text, run: list[Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """The surest reading of a run: with the words that names hold too, without them, or part by part."""
    run = _without_loose_ends(strip(run, lambda atom: atom.joining))
    bare = strip(run, lambda atom: atom.soft or atom.joining)
    if not bare:
        yield from _link_known(text, run, lexicon, focus)
        return
    tried = {_place(atoms): _link(text, atoms, lexicon, focus) for atoms in _trimmed(run)}
    best = min(tried.values(), key=lambda mention: mention.link.order if mention.link else len(tried))
    if best.references and not (best.how == "spelling" and _holds_another_word(best, bare, lexicon)):
        yield best
        return
    pieces = parts(run if len(parts(run)) == 1 else bare)
    yield from _of_parts([tried.get(_place(piece)) or _link(text, piece, lexicon, focus) for piece in pieces])


def _without_loose_ends(run: list[Atom]) -> list[Atom]:
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


def _holds_another_word(mention: Mention, run: list[Atom], lexicon: Lexicon) -> bool:
    """Whether a part of what was taken for a misspelt name is a word of its own: 「…パンフレットの職員数」."""
    pieces = parts(run)
    return len(pieces) > 1 and not any(
        all(lexicon.resembles(_phrase(piece), reference) for piece in pieces) for reference in mention.references
    )


def _phrase(atoms: list[Atom]) -> Phrase:
    return Phrase(tuple((atom.key, atom.sound) for atom in atoms if not atom.joining))


def _trimmed(run: list[Atom]) -> Iterator[list[Atom]]:
    """The run with more and more of the soft words at its ends left out, the longest first."""
    starts = _soft_ends(run)
    ends = _soft_ends(run[::-1])
    for left_out in sorted((start + end, start) for start in starts for end in ends):
        yield run[left_out[1] : len(run) - (left_out[0] - left_out[1])]


def _place(atoms: Sequence[Atom]) -> tuple[int, int]:
    """Where atoms stand in the message."""
    return atoms[0].start, atoms[-1].end


def _soft_ends(run: list[Atom]) -> list[int]:
    """How many atoms may be left out at the beginning: none, or up to where the first hard word stands."""
    cuts = [0]
    for at, atom in enumerate(run):
        if not (atom.soft or atom.joining):
            break
        if at + 1 < len(run) and not run[at + 1].joining:
            cuts.append(at + 1)
    return cuts


def _link_known(text: Text, run: list[Atom], lexicon: Lexicon, focus: frozenset[str]) -> Iterator[Mention]:
    """Words that names hold too say something about names just talked about (「活用のほう」), else they only hint."""
    if not run:
        return
    mention = _link(text, run, lexicon, focus)
    if focus and mention.references and set(mention.references) < focus and not _is_cue(run, lexicon):
        yield mention
    elif not focus and mention.references and mention.how in ("exact", "part"):
        yield mention._replace(type="hint", meanings=tuple(Meaning("hint", r) for r in mention.references))


def _is_cue(run: list[Atom], lexicon: Lexicon) -> bool:
    """Whether the words say something without any name: the 事業 of 「何をする事業ですか」."""
    key = _phrase(run).key
    return any(m.type == "cue" for found in lexicon.find(key) if found.entry.key == key for m in found.entry.meanings)


def _of_parts(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A phrase that is no name as a whole: its parts, each on its own.

    What a Japanese phrase is about stands last: where the last part is unknown, one before it only counts if it is sure.
    """
    head_unknown = bool(mentions) and mentions[-1].noun and not mentions[-1].references
    for mention in mentions:
        vague = head_unknown and len({project_of(reference) for reference in mention.references}) > 1
        yield mention._replace(type="unknown", how="none", meanings=()) if vague else mention


def _link(text: Text, atoms: list[Atom], lexicon: Lexicon, focus: frozenset[str]) -> Mention:
    typed_parts = tuple(text.quote(part[0].start, part[-1].end) for part in parts(atoms))
    phrase = _phrase(atoms)._replace(parts=typed_parts)
    start, end = atoms[0].start, atoms[-1].end
    link = lexicon.link(phrase, focus) if focus else lexicon.link(phrase)
    if focus and (not link.references or link.how in ("spelling", "text", "told")):
        link = lexicon.link(phrase)
    named = atoms[-1].noun or bool(link.near)
    typed = Mention(start, end, "unknown", text.quote(start, end), how="none", link=link, noun=named, detail=phrase)
    if not link.references:
        heard = lexicon.heard(phrase.sound) or lexicon.heard(phrase.written)
        return typed._replace(type="word", how="heard", meanings=heard.meanings) if heard else typed
    meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
    return typed._replace(type="name", how=link.how, meanings=meanings)
