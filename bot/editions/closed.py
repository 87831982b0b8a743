"""Closed: answers at a door that is given nothing: every message gets one honest line."""

from bot.replies.answers import Answer
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.outline import Entry
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from nlp.names.names import Name

__all__ = ["Closed"]


class Closed:
    """To be asked as Kotae is, over a knowledge base without a plan."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.wording = Wording.from_json(knowledge.artifact("replies"))
        self.catalogs: tuple[Catalog, ...] = ()
        self._answer = Answer("not_found", (self.wording.line("absent", "closed"),), revision=knowledge.revision)

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:  # noqa: ARG002
        """That there is nothing to be answered from, whatever was asked."""
        return self._answer, Context()

    def run(self, compact: str) -> tuple[Answer, Context]:  # noqa: ARG002
        """The same for a button or a link."""
        return self._answer, Context()

    def knows(self, context: Context) -> bool:
        """Nothing is known here."""
        return context == Context()

    def names(self, plan: str) -> tuple[Name, ...]:  # noqa: ARG002
        """No names to suggest."""
        return ()

    def outline(self, plan: str) -> tuple[Entry, ...]:  # noqa: ARG002
        """No projects to look through."""
        return ()
