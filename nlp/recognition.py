"""Recognition: every piece of a message with what it can stand for; nothing is decided here."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.belonging import belonging
from nlp.chunks import find_chunks
from nlp.figures.figures import read_figures
from nlp.figures.numbers import read_numbers
from nlp.figures.units import canonical_unit, unit_at
from nlp.mentions import Mention, longest
from nlp.names.lexicon import Lexicon, Meaning
from nlp.surfaces import find_quotations, find_surfaces
from nlp.wholes import find_wholes
from nlp.writing.patterns import Pattern
from nlp.writing.text import Text
from nlp.writing.tokens import Token, Tokenizer
from nlp.years.fiscal import Calendar, YearForm, YearMention
from nlp.years.years import read_years

__all__ = ["Recognition", "recognize"]


class Recognition(NamedTuple):
    """A message with all that was recognised in it."""

    text: Text
    """The normalised message."""
    tokens: tuple[Token, ...]
    """Its morphemes."""
    mentions: tuple[Mention, ...]
    """What was recognised, in order, without overlaps."""
    hints: tuple[str, ...] = ()
    """Names that hold a word which isn't enough to name one."""
    ends: tuple[int, ...] = ()
    """Where its sentences end."""

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans that are named in it."""
        return tuple(dict.fromkeys(plan for mention in self.mentions for plan in mention.of("plan")))

    def sentence_of(self, at: int) -> int:
        """Where the sentence (or the part before けど、ので、) begins that a place stands in."""
        return max((end for end in self.ends if end <= at), default=0)

    def municipality(self, mention: Mention) -> str:
        """The municipality that a mention names, or ends: 横浜市 and ひいらぎ市, and neither 朝市 nor 学園町; "" for none."""
        for named, called in pairwise(self.tokens):
            ends = mention.start < called.end == mention.end
            if ends and called.key in _MUNICIPAL and named.end == called.start and named.pos == "名詞":
                return self.text.quote(min(named.start, mention.start), mention.end)
        return ""

    def between(self, one: Mention, other: Mention) -> str:
        """The normalised text between two mentions."""
        return self.text.value[one.end : other.start]

    def neighbours(self) -> Iterator[tuple[Mention, Mention, str]]:
        """Mentions side by side with what stands between; a filler only makes a name longer: 組合「への助成」と…, …支援「じぎょう」と…"""
        fillers = [mention for at, mention in enumerate(self.mentions) if mention.is_filler or self._calls(at)]
        for one, other in pairwise(mention for mention in self.mentions if mention not in fillers):
            tail = [filler for filler in fillers if one.end <= filler.start < other.start]
            yield one, other, self.between(tail[-1] if tail else one, other)

    def _calls(self, at: int) -> bool:
        """Whether a word only calls the name right before it a project."""
        word, before = self.mentions[at], self.mentions[at - 1] if at else None
        calling = {Meaning("cue", "project")} == {meaning for meaning in word.meanings if meaning.type != "soft"}
        return calling and before is not None and bool(before.references) and self.between(before, word) in ("", "の")


def recognize(
    text: Text, lexicon: Lexicon, tokenizer: Tokenizer, calendar: Calendar, focus: frozenset[str] = frozenset()
) -> Recognition:
    """Read a message: grammars and surfaces first, then names in what is left; `focus`: names just talked about."""
    breaks = text.breaks()
    tokens = tokenizer.tokenize(text.value, breaks)
    marks = list(_marks(text, lexicon))
    read = [*_grammars(text, calendar, breaks), *marks]
    surfaces = list(find_surfaces(text, tokens, lexicon, frozenset(mention.end for mention in read)))
    surfaces = [_dated(one) for one in surfaces if one.type == "name" or not _cuts_any(one, read, marks)]
    surfaces += _outside(list(_asked_units(text)), surfaces)
    known = longest([*read, *surfaces, *find_quotations(text, lexicon)])
    wholes = list(find_wholes(text, tokens, known, lexicon))
    known = sorted([*_outside(known, wholes), *wholes], key=lambda mention: mention.start)
    chunks = list(find_chunks(text, tokens, known, lexicon, focus, frozenset(breaks)))
    hints = [reference for chunk in chunks for reference in chunk.of("hint")]
    chunks = [chunk for chunk in chunks if chunk.type != "hint"]
    mentions = sorted([*_outside(known, chunks), *chunks], key=lambda mention: mention.start)
    mentions = list(belonging(mentions, text, lexicon))
    ends = tuple(found.end() for found in _SENTENCE_END.finditer(text.value))
    return Recognition(text, tokens, tuple(mentions), () if chunks else tuple(dict.fromkeys(hints)), ends)


# Private functions

_SENTENCE_END = Pattern(
    r"[。!?]+|\.{2,}|(?<![0-9a-z])\.(?![0-9a-z])|けれども、?|けれど、?|けど、?|ですが、|ので、|まして、"
)
_MUNICIPAL = frozenset("都道府県市区町村")
_HOW_MANY = Pattern("何", "何")
_NO_COUNTERS = frozenset({"%", "割", "倍", "ポイント", "日", "分間", "秒", "週間", "か月", "歳"})
_OF_RATES = "ポイント"
"""What two rates differ in, and no cell prints."""
_NUMBERED = (
    r"(?<![0-9a-z])(?<![0-9a-z][.,:/~-])"
    r"(?:(?:事業)?(?:番号|ナンバー)(?:は|が|[:#])?|(?:事業)?no[.:]? ?|#)?{}(?:番(?!目))?"
    r"(?![0-9a-z]|[.,:/~-][0-9a-z])"
)
_DATED = tuple("年月日時")
_LETTER = Pattern(r"(?<![a-z0-9])[a-z](?:(?![a-z0-9])|(?=[0-9]{1,4}年度))")


def _outside(mentions: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The mentions that lie under none of the others."""
    if not others:
        return list(mentions)
    return [m for m in mentions if not any(o.start < m.end and m.start < o.end for o in others)]


def _cuts_any(word: Mention, read: Sequence[Mention], marks: Sequence[Mention]) -> bool:
    """Whether a word would reach over a mark, which looks like nothing (the では of 「事業で◎は」), or out of a year.

    The 年度はどれ of 「25年度はどれくらい」 begins in the year and asks for none.
    """
    over = any(word.start < mark.start and mark.end < word.end for mark in marks)
    return over or any(one.type == "year" and one.start < word.start < one.end < word.end for one in read)


def _dated(mention: Mention) -> Mention:
    """What the table calls some of its years by is a year like any other: 第8期."""
    years = next(iter(mention.of("years")), None)
    if years is None:
        return mention
    said = tuple(map(int, years.split(","))) if years else ()
    detail = YearMention(mention.start, mention.end, YearForm.NAMED, said)
    return mention._replace(type="year", meanings=(), detail=detail)


def _marks(text: Text, lexicon: Lexicon) -> Iterator[Mention]:
    """Grades in marks (◎, A+), which are letters of a kind, and numbers of projects that are no plain ones (1.2)."""
    for mark, kind, value in lexicon.marks:
        if kind != "grade":
            yield from _numbered(text, mark, Meaning(kind, value)) if mark in text.value else ()
            continue
        start = text.value.find(mark)
        while start >= 0:
            yield Mention(start, start + len(mark), "letter", value, how="grammar")
            start = text.value.find(mark, start + len(mark))


def _numbered(text: Text, mark: str, meaning: Meaning) -> Iterator[Mention]:
    """1.2 · 1.2番 · No.1-2, where it is no part of a longer number, of a figure or of a date."""
    for found in re.finditer(_NUMBERED.format(re.escape(mark)), text.value):
        start, end = found.span()
        if found[0] != mark or not (unit_at(text.value, end) or text.value[end : end + 1] in _DATED):
            yield Mention(start, end, "name", text.quote(start, end), (meaning,), "number")


def _asked_units(text: Text) -> Iterator[Mention]:
    """何頭, 何株: what is counted so is asked for, whatever the unit."""
    for found in _HOW_MANY.finditer(text.value):
        word = unit_at(text.value, found.end())
        unit = canonical_unit(word) if word else None
        if word and unit and (unit not in _NO_COUNTERS or unit == _OF_RATES):
            start, end = found.start(), found.end() + len(word)
            meaning = Meaning("filler", "word") if unit == _OF_RATES else Meaning("measure", unit)
            yield Mention(start, end, "word", text.quote(start, end), (meaning,), "grammar")


def _grammars(text: Text, calendar: Calendar, breaks: tuple[int, ...]) -> Iterator[Mention]:
    """Years, figures, letters and numbers, of the whole text and of the pieces between the spaces that were typed."""
    edges = (0, *breaks, len(text.value))
    pieces = {(0, len(text.value)), *pairwise(edges)}
    for start, end in sorted(pieces):
        piece = text.value[start:end]
        for type_, details in (
            ("year", read_years(piece, calendar)), ("figure", read_figures(piece)), ("number", read_numbers(piece)),
        ):  # fmt: skip
            for read in details:
                detail = read._replace(start=read.start + start, end=read.end + start) if start else read
                quoted = text.quote(detail.start, detail.end)
                yield Mention(detail.start, detail.end, type_, quoted, how="grammar", detail=detail)
    for letter in _LETTER.finditer(text.value):
        yield Mention(*letter.span(), "letter", letter.group(), how="grammar")
