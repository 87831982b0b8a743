"""Years: every way of saying a fiscal year, read into Western fiscal years (25年度・H23.24・初年度・3年間)."""

from nlp.years.fiscal import Calendar, YearMention
from nlp.years.numbers import read_year_numbers
from nlp.years.words import read_year_words

__all__ = ["read_years"]


def read_years(value: str, calendar: Calendar) -> tuple[YearMention, ...]:
    """The mentions of years in order, none over another; years outside the plan are returned like any other."""
    words, silent = read_year_words(value, calendar)
    numbers = read_year_numbers(value, calendar)
    spans: list[_Span] = [(mention.start, mention.end, mention) for mention in (*words, *numbers)]
    spans += [(start, end, None) for start, end in silent]
    return _merge_brackets(value, _leftmost_longest(spans))


# Private functions

_Span = tuple[int, int, YearMention | None]


def _leftmost_longest(spans: list[_Span]) -> list[YearMention]:
    """What begins first wins, then what is longer; a silent span takes its place and says nothing."""
    kept: list[YearMention] = []
    at = 0
    for start, end, mention in sorted(spans, key=lambda span: (span[0], -span[1], span[2] is not None)):
        if start < at:
            continue
        at = end
        if mention is not None:
            kept.append(mention)
    return kept


def _merge_brackets(value: str, mentions: list[YearMention]) -> tuple[YearMention, ...]:
    """One year that is said twice, 平成25年度(2013年度), is one mention."""
    merged: list[YearMention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        again = last and last.years and last.years == mention.years and value[last.end : mention.start] == "("
        if last and again and value[mention.end : mention.end + 1] == ")":
            tail = next((word for word in ("年度", "年") if value.startswith(word, mention.end + 1)), "")
            merged[-1] = YearMention(last.start, mention.end + 1 + len(tail), last.form, last.years)
        else:
            merged.append(mention)
    return tuple(merged)
