"""Wholes: names typed right or nearly so, over everything in them that is a name or a word by itself."""

from collections.abc import Iterator, Sequence

from nlp.mentions import Mention
from nlp.names.lexicon import Lexicon, Meaning
from nlp.names.names import Phrase
from nlp.phrases import is_soft
from nlp.writing.scripts import is_kana
from nlp.writing.text import Text
from nlp.writing.tokens import Token

__all__ = ["find_wholes"]

SHORTEST = 6
"""Characters of a whole that is looked for: a shorter one is near to too many names."""


def find_wholes(text: Text, tokens: Sequence[Token], known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """The names that stretches of a message are as a whole; only where a word in them isn't known."""
    cut = {at for m in known if m.type in _CUTTING for at in range(m.start, m.end)}
    named = {at for m in known if m.type == "name" for at in range(m.start, m.end)}
    words = {at for m in known if m.type == "word" and not is_soft(m) for at in range(m.start, m.end)}
    placed = named | words
    unknown = {token.start for token in tokens if not token.is_grammar and token.start not in placed}
    if unknown <= cut:
        return
    for stretch in _stretches(text.value, tokens, cut):
        for run in _trimmed(stretch, words):
            if any(token.start in unknown for token in run):
                mention = _whole(text, run, lexicon)
                if mention:
                    yield mention
                    break


# Private functions

_ENDS = frozenset("。!?")
_CUTTING = frozenset({"year", "figure", "number", "letter"})


def _stretches(value: str, tokens: Sequence[Token], cut: set[int]) -> Iterator[list[Token]]:
    """What stands between years, figures and the ends of sentences: words, names and the particles between them."""
    stretch: list[Token] = []
    for token in tokens:
        if token.start in cut or token.end - 1 in cut or value[token.start] in _ENDS:
            yield stretch
            stretch = []
        else:
            stretch.append(token)
    yield stretch


def _trimmed(stretch: list[Token], words: set[int]) -> Iterator[list[Token]]:
    """The stretch without the words of the question around it: with what is written together with it, then without."""
    content = [at for at, token in enumerate(stretch) if not token.is_grammar and token.start not in words]
    if not content or any(_is_cut_kana(stretch, at) for at in content):
        return
    start, end = content[0], content[-1] + 1
    longer_start, longer_end = start, end
    while longer_start > 0 and not stretch[longer_start - 1].is_grammar:
        longer_start -= 1
    while longer_end < len(stretch) and not stretch[longer_end].is_grammar:
        longer_end += 1
    if (longer_start, longer_end) != (start, end):
        yield stretch[longer_start:longer_end]
    yield stretch[start:end]


def _is_cut_kana(stretch: list[Token], at: int) -> bool:
    """Whether the tokeniser has taken the end of a word for a verb's ending: ちゅう + き + ぼ for 中規模."""
    return at > 0 and stretch[at - 1].pos == "助動詞" and len(stretch[at].key) == 1 and is_kana(stretch[at].key)


def _whole(text: Text, run: Sequence[Token], lexicon: Lexicon) -> Mention | None:
    words = tuple((token.key, token.sound) for token in run if not token.is_grammar)
    if sum(len(key) for key, _ in words) < SHORTEST:
        return None
    start, end = run[0].start, run[-1].end
    typed = text.quote(start, end)
    phrase = Phrase(words, (typed,))
    link = lexicon.nearly(phrase)
    if not link:
        return None
    meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
    return Mention(start, end, "name", typed, meanings, link.how, link, noun=True, detail=phrase)
