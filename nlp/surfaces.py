"""Surfaces: the words and names of the lexicon where they stand in a message, unless they are cut out of longer ones."""

from collections.abc import Iterator

from nlp.figures.units import unit_at
from nlp.mentions import Mention
from nlp.names.lexicon import Lexicon, Meaning
from nlp.names.names import Phrase
from nlp.writing.kana import KANA_FOLLOWING, KANA_PARTICLES, ends_in_kana
from nlp.writing.patterns import Pattern
from nlp.writing.scripts import is_ideograph, is_kana
from nlp.writing.text import Text, fold, fold_in_place
from nlp.writing.tokens import Token

__all__ = ["find_quotations", "find_surfaces"]

SURE_LENGTH = 4
"""A shorter surface counts only where the tokeniser also sees its borders."""


def find_surfaces(text: Text, tokens: tuple[Token, ...], lexicon: Lexicon, ends: frozenset[int]) -> Iterator[Mention]:
    """Every surface of the lexicon that stands in a message as a word of its own; overlaps included; `ends`: where a year or a figure ends."""
    value, breaks = text.value, text.breaks()
    folded, places = fold_in_place(value)
    verbs = {token.start for token in tokens if token.pos == "動詞"}
    borders = {token.start for token in tokens} | {token.end for token in tokens}
    for found in lexicon.find(folded):
        start, end = places[found.start], places[found.end - 1] + 1
        if _is_inside_word(value, start, end):
            continue
        if len(found.entry.key) < SURE_LENGTH and not (start in borders and end in borders):
            continue
        types = {meaning.type for meaning in found.entry.meanings}
        if (
            "absent" in types
            and not {start} & {*ends, *breaks}
            and end not in breaks
            and end not in verbs
            and _is_inside_compound(value, start, end)
        ):
            continue
        if _straddles(value, start, end, breaks):
            continue
        if end - start == 1 and not {start} & {*ends, *breaks} and is_ideograph(value[start - 1 : start] or " "):
            continue  # the 率 of 満足率 asks for no rate; that of 24年度比 does
        short = types == {"filler"} and len(found.entry.key) < SURE_LENGTH
        if short and (_is_cut_from_kana(value, start, end) or _goes_on_in_kana(value, end)):
            continue
        if found.entry.how == "kana" and not _stands_free(value, start, end):
            continue
        named = found.entry.how in ("name", "alias")
        yield Mention(
            start, end, "name" if named else "word", text.quote(start, end), found.entry.meanings, found.entry.how
        )


def find_quotations(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """What stands between 「」 word for word in descriptions or results."""
    for found in _QUOTED.finditer(text.value):
        key = fold(found.group(1))
        phrase = Phrase(((key, key),), (text.quote(*found.span(1)),))
        link = lexicon.link(phrase)
        if link.how == "text":
            meanings = tuple(Meaning(lexicon.kind(reference), reference) for reference in link.references)
            yield Mention(*found.span(1), "name", text.quote(*found.span(1)), meanings, "text", link, detail=phrase)


# Private functions

_NEVER_FIRST = frozenset("んぁぃぅぇぉゃゅょ")
"""Kana that no word begins with, but for what follows."""
_SPOKEN = ("んで", "んだ", "んじ", "んの")
"""What is said behind a word: 何があるんですか."""
_QUOTED = Pattern("「([^「」]+)」", "「")


def _is_inside_word(value: str, start: int, end: int) -> bool:
    """Whether a surface is cut out of a longer word: Latin letters, a number, 何 with its counter, or before what follows っ."""
    if value[end - 1] in "っッ" or (value[end - 1] == "何" and (unit_at(value, end) or value.startswith("年", end))):
        return True
    return _are_of_one_word(value[start - 1 : start + 1]) or _are_of_one_word(value[end - 1 : end + 1])


def _are_of_one_word(two: str) -> bool:
    """Whether two characters are both Latin letters, or both digits."""
    return len(two) > 1 and two.isascii() and two.isalnum() and two[0].isdigit() == two[1].isdigit()


def _straddles(value: str, start: int, end: int, breaks: tuple[int, ...]) -> bool:
    """Whether a surface reaches over a typed space into a longer word: 「活用 事業数」 holds no 活用事業, 「金額 が ある事業」 a 金額がある."""
    over = any(start < at < end for at in breaks) and is_ideograph(value[end - 1])
    return over and end not in breaks and is_ideograph(value[end : end + 1] or " ")


def _is_inside_compound(value: str, start: int, end: int) -> bool:
    """Whether a word stands in the middle of a compound: the 効果 of 温室効果ガス."""
    return start > 0 and end < len(value) and is_ideograph(value[start - 1]) and is_ideograph(value[end])


def _stands_free(value: str, start: int, end: int) -> bool:
    """Whether a word in kana has a particle or something else than kana on both sides: not the ようい of …ぎょういん."""
    before, after = value[:start], value[end:]
    return (not ends_in_kana(before) or before.endswith(KANA_PARTICLES)) and (
        not ends_in_kana(after[:1]) or after.startswith(KANA_FOLLOWING)
    )


def _is_cut_from_kana(value: str, start: int, end: int) -> bool:
    """Whether a short word in kana is the end of a longer one: the どう of しどう."""
    before = value[:start]
    return is_kana(fold(value[start:end])) and ends_in_kana(before) and not before.endswith(KANA_PARTICLES)


def _goes_on_in_kana(value: str, end: int) -> bool:
    """Whether kana go on with which no word begins: the とき of …ときんろうしゃ."""
    return value[end : end + 1] in _NEVER_FIRST and not value.startswith(_SPOKEN, end)
