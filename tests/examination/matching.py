"""Finding a needle in a reply's text the way a reader would."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["first_at", "found", "lead_of", "plain"]


def plain(text: str) -> str:
    """Width, wave dashes, minus signs and thousands separators made equal."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u200b-\u200d\ufeff]", "", text)
    text = re.sub("[〜∼～]", "~", text)
    text = re.sub("[‐‑–—−]", "-", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def first_at(text: str, needles: tuple[str, ...]) -> int | None:
    """Where the first of the needles begins in plain(text), or None."""
    text = plain(text)
    places = [match.start() for needle in needles if (match := _pattern(needle).search(text))]
    return min(places, default=None)


def found(text: str, needles: tuple[str, ...]) -> bool:
    """Whether one of the needles stands in the text: 7件 does not stand in 47件, nor A in ISA."""
    return first_at(text, needles) is not None


def lead_of(text: str) -> str:
    """The first three lines that are not empty."""
    return "\n".join([line for line in text.split("\n") if line.strip()][:3])


# Private functions


@lru_cache(maxsize=20_000)
def _pattern(needle: str) -> re.Pattern[str]:
    letters = re.sub(r"\s", "", plain(needle))
    body = r"[ \t]*".join(re.escape(letter) for letter in letters)
    if letters[:1].isdigit():
        body = r"(?<!\d)(?<!\d\.)" + body
    if re.match("[A-Za-z]", letters):
        body = "(?<![A-Za-z])" + body
    if letters[-1:].isdigit():
        body += r"(?!\d)(?!\.\d)"
    if re.search("[A-Za-z]$", letters):
        body += "(?![A-Za-z])"
    return re.compile(body, 0 if len(letters) == 1 else re.IGNORECASE)
