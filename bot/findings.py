"""Findings: what kotae doctor finds, here or in a channel."""

from typing import Literal, NamedTuple

__all__ = ["Finding", "bad", "good", "note"]

Level = Literal["good", "note", "bad"]


class Finding(NamedTuple):
    """Something that was looked at."""

    level: Level
    """good, note where whoever runs Kotae should know it, bad where it keeps Kotae from answering."""
    line: str
    """What it is, and what to do."""


def good(line: str) -> Finding:
    """All is well."""
    return Finding("good", line)


def note(line: str) -> Finding:
    """Worth knowing."""
    return Finding("note", line)


def bad(line: str) -> Finding:
    """To be mended."""
    return Finding("bad", line)
