"""Bots: what answers, as those who ask it see it."""

from typing import Protocol

from bot.replies.answers import Answer
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.outline import Entry
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from nlp.names.names import Name

__all__ = ["Answering", "Bot", "pressed"]


class Answering(Protocol):
    """What answers at a door."""

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a question."""

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query; ValueError or KeyError where it is none."""

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The names of every plan that may be seen there."""

    @property
    def wording(self) -> Wording:
        """The phrases of replies."""

    def outline(self, plan: str) -> tuple[Entry, ...]:
        """The projects of a plan, to be looked through."""

    def names(self, plan: str) -> tuple[Name, ...]:
        """Every way to call the projects and activities of a plan."""


class Bot(Answering, Protocol):
    """What answers from one knowledge base."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it answers from."""

    def knows(self, context: Context) -> bool:
        """Whether every name that a conversation remembers is one of this knowledge base."""


def pressed(kotae: Answering, compact: str) -> tuple[Answer, Context] | None:
    """What a compact query answers; None where it is none of what may be seen: a button of an older version, or made up."""
    try:
        return kotae.run(compact)
    except (ValueError, KeyError):
        return None
