"""Outcomes: what planning makes of a question: a query to run, or the value that says why there is none."""

from typing import NamedTuple

from kb.query import Query
from nlp.contexts import Option

__all__ = ["Absence", "Ambiguity", "Note", "Outcome", "Planned", "Social"]


class Note(NamedTuple):
    """Something that was inferred and is said: a key of replies.toml's [note] with what goes into it."""

    key: str
    """matched, calendar, bare, latest, outside, also, beside …"""
    echo: str = ""
    """Words of the question."""
    years: tuple[int, ...] = ()
    """Years that were read."""
    reference: str = ""
    """A project or activity."""
    what: tuple[str, ...] = ()
    """Words of the vocabulary: absent.office …"""


class Planned(NamedTuple):
    """A question that can be run."""

    query: Query
    """What to run."""
    notes: tuple[Note, ...] = ()
    """What was inferred."""


class Ambiguity(NamedTuple):
    """A question that has to be asked back."""

    kind: str
    """name, names, letter, missing, relative, measure …: a key of replies.toml's [ask]."""
    options: tuple[Option, ...]
    """What it may mean."""
    echo: str = ""
    """Words of the question."""


class Absence(NamedTuple):
    """Something that the table doesn't have."""

    reason: str
    """no_project, no_year, no_attribute; blank, dash and empty are found by running."""
    kind: str
    """A key of replies.toml's [absent]."""
    echo: str = ""
    """Words of the question."""
    query: Query | None = None
    """What can be said of the subject all the same."""
    what: tuple[str, ...] = ()
    """Attributes that were asked."""
    years: tuple[int, ...] = ()
    """Years that were asked."""
    near: tuple[Option, ...] = ()
    """Names to offer."""
    notes: tuple[Note, ...] = ()
    """What was inferred."""


class Social(NamedTuple):
    """A message that asks nothing."""

    kind: str
    """greeting, thanks, abuse, help, empty."""


Outcome = Planned | Ambiguity | Absence | Social
