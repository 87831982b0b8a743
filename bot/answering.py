"""Answering: one question and the conversation in, one Answer and the conversation out."""

import json
from collections.abc import Sequence

from bot.clerks import Clerk, Language, Reading
from bot.contexts import asks_rest, joined
from bot.plans.choosing import Rank
from bot.plans.panels import Panel
from bot.plans.soles import Sole
from bot.replies.answers import Answer, together
from bot.replies.lines import LISTED
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.outline import Entry, read_outline
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from nlp.names.names import Name
from nlp.questions import Kind
from nlp.recognition import Recognition
from nlp.writing.text import is_cut
from nlp.writing.tokens import Tokenizer

__all__ = ["Kotae", "Reading"]


class Kotae:
    """Answers questions from one knowledge base; may be shared by threads, remembers nothing itself."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._language = language = Language(
            Tokenizer(),
            tuple(Kind.from_dict(kind) for kind in json.loads(knowledge.artifact("kinds"))),
            json.loads(knowledge.artifact("labels")),
            Wording.from_json(knowledge.artifact("replies")),
        )
        documents = knowledge.plans()
        self.clerks = tuple(Clerk(knowledge, document, language, documents) for document in documents)
        self._panel = Panel(self.clerks) if len(self.clerks) > 1 else Sole(self.clerks[0])

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The names of every plan."""
        return tuple(clerk.catalog for clerk in self.clerks)

    @property
    def wording(self) -> Wording:
        """The phrases of replies."""
        return self._language.wording

    def outline(self, plan: str) -> tuple[Entry, ...]:
        """The projects of a plan, to be looked through."""
        return next((read_outline(self.knowledge, one) for one in self.catalogs if one.plan == plan), ())

    def names(self, plan: str) -> tuple[Name, ...]:
        """Every way to call the projects and activities of a plan."""
        return next((clerk.lexicon.names for clerk in self.clerks if clerk.plan == plan), ())

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a message; the context returned goes with the next one of the same conversation."""
        context = context or Context()
        whole = self._panel.hear(question, context)
        if asks_rest(whole[0]) and (context.rest or len(context.listed) > LISTED):
            return self._rest(context)
        readings, after = self._read(question, whole, context)
        return together([reading.answer for reading in readings]), after

    def knows(self, context: Context) -> bool:
        """Whether every name that a conversation remembers is one of this knowledge base."""
        offered = (reference for option in context.options for reference in option.references)
        subjects = (reference for subject in context.slots.subjects for reference in subject.references)
        given = (one.reference for one in (*context.given, *context.order))
        names = {reference for catalog in self.catalogs for reference in catalog.names}
        plans = {"", *(clerk.plan for clerk in self.clerks)}
        meant = {
            context.plan,
            context.rest.partition("/")[0],
            *(option.query.partition("/")[0] for option in context.options),
        }
        return plans >= meant and names >= {*context.listed, *offered, *subjects, *given}

    def read(self, question: str, context: Context) -> tuple[Reading, ...]:
        """Every stage of each question of a message, as the plan reads it that answers."""
        return self._read(question, self._panel.hear(question, context), context)[0]

    def ranks(self, question: str, context: Context) -> tuple[tuple[str, Rank], ...]:
        """What each plan is called, and how well it fits a question, the best first."""
        return self._panel.ranks(self._panel.hear(question, context), context)

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query (a button, a link); ValueError or KeyError where it is none."""
        plan = compact.partition("/")[0]
        clerk = next((clerk for clerk in self.clerks if clerk.plan == plan), self.clerks[0])
        reading, context = clerk.run(compact)
        return reading.answer, context

    # Private functions

    def _read(
        self, question: str, whole: Sequence[Recognition], context: Context
    ) -> tuple[tuple[Reading, ...], Context]:
        """Each question of a message, which goes on from the one before it; the last one says if more was written."""
        parts = self._panel.split(whole)
        readings: list[Reading] = []
        for part in parts or (question,):
            heard = self._panel.hear(part, context) if len(parts) > 1 else whole
            reading, after = self._panel.reply(heard, context)
            context = joined(context, after) if readings else after
            readings.append(reading)
        if is_cut(question):
            readings[-1] = reading._replace(answer=self.clerks[0].composer.cut(reading.answer))
        return tuple(readings), context

    def _rest(self, context: Context) -> tuple[Answer, Context]:
        """The next part of what was listed, or that there is none."""
        if context.rest:
            return self.run(context.rest)
        line = self.wording.line("list", "all_shown")
        return Answer("help", (line,), revision=self.knowledge.revision), context
