"""Clerks: each reads and answers in the terms of one plan; the whole way of a question on one screen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.contexts import remembered
from bot.givens import given_by, order_of
from bot.replies.answers import Answer
from bot.replies.checking import Source, refusal, unproven
from bot.replies.composing import Composer
from bot.replies.following import next_steps, relax
from bot.replies.premises import untrue
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.cataloguing import read_catalog
from kb.planning.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.planning.planning import plan
from kb.query import Query
from kb.running.results import Result
from kb.running.running import Runner
from kb.storing import KnowledgeBase, SourceDocument
from nlp.contexts import Context
from nlp.givens import Given
from nlp.names.lexicon import Lexicon
from nlp.parsing import Parse, parse
from nlp.questions import Kind
from nlp.recognition import Recognition, recognize
from nlp.writing.text import normalize
from nlp.writing.tokens import Tokenizer

__all__ = ["Clerk", "Language", "Reading"]


class Language(NamedTuple):
    """What the clerks of all plans share."""

    tokenizer: Tokenizer
    """Cuts messages into morphemes."""
    kinds: tuple[Kind, ...]
    """The kinds of question."""
    labels: Mapping[str, str]
    """How replies call the words of the vocabulary."""
    wording: Wording
    """The phrases of replies."""


class Reading(NamedTuple):
    """A question read, planned and answered: what `explain` prints."""

    parse: Parse
    """How it was understood."""
    outcome: Outcome
    """What was to be run, or why nothing could be."""
    result: Result | None
    """What was found."""
    answer: Answer
    """What is replied."""
    given: Given | None = None
    """What of it a bare 差は？ can compute with."""
    order: tuple[Given, ...] = ()
    """What of it 2番目は？ can ask for."""


class Clerk:
    """Answers from one plan, in its names, its letters and its calendar; remembers nothing."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        document: SourceDocument,
        language: Language,
        documents: Sequence[SourceDocument] = (),
    ) -> None:
        """`documents`: all that is answered from."""
        self.knowledge = knowledge
        self.language = language
        self.lexicon = Lexicon.from_json(knowledge.lexicon(document))
        self.catalog: Catalog = read_catalog(knowledge.connection, document, language.labels, documents)
        self.runner = Runner(knowledge.connection, document)
        self.source = Source(knowledge.connection)
        self.composer = Composer(language.wording, self.catalog)

    @property
    def plan(self) -> str:
        """Id of its plan."""
        return self.catalog.plan

    def recognize(self, question: str, context: Context) -> Recognition:
        """What stands in a message."""
        text = normalize(question)
        return recognize(text, self.lexicon, self.language.tokenizer, self.catalog.calendar, context.focus)

    def understand(self, recognition: Recognition, context: Context) -> tuple[Parse, Outcome]:
        """What a message asks, and what comes of it; nothing is looked up yet."""
        understood = parse(recognition, self.language.kinds, context)
        return understood, plan(understood, self.catalog)

    def answered(self, understood: Parse, outcome: Outcome) -> Reading:
        """An outcome, run, put into words and proven."""
        query = outcome.query if isinstance(outcome, Planned | Absence) else None
        result = self.runner.run(query) if query else None
        answer = self._compose(outcome, result, understood, self.runner)._replace(revision=self.knowledge.revision)
        given = given_by(outcome, result, understood, self.catalog)
        order = order_of(outcome, result, understood, self.catalog)
        return Reading(understood, outcome, result, self.proven(answer), given, order)

    def proven(self, answer: Answer) -> Answer:
        """An answer, or the refusal of one that the knowledge base doesn't bear out."""
        return refusal(answer, self.language.wording) if unproven(answer, self.source) else answer

    def run(self, compact: str) -> tuple[Reading, Context]:
        """Answer a compact query of this plan; ValueError or KeyError where it is none."""
        query = self.catalog.query(compact)
        if query.plan != self.plan:
            raise ValueError(f"質問の記号が読めません({compact})")
        nothing = parse(self.recognize("", Context()), (), Context())
        reading = self.answered(nothing, Planned(query))
        phrase = self.recognize(self.catalog.phrase(query), Context())
        understood, outcome = self.understand(phrase, Context())
        same = outcome == Planned(query._replace(start=0))
        known = reading._replace(parse=understood, outcome=outcome) if same else reading
        return reading, remembered(known, Context(), self.plan)

    # Private functions

    def _compose(self, outcome: Outcome, result: Result | None, understood: Parse, runner: Runner) -> Answer:
        match outcome:
            case Planned():
                found, query = result or Result(), outcome.query
                false = untrue(query, understood, self.catalog, runner.run)
                return self._followed(self.composer.result(outcome, found, understood, false), query, found, runner)
            case Ambiguity():
                return self.composer.ambiguity(outcome, understood)
            case Absence():
                return self.composer.absence(outcome, result, understood)
            case Social():
                return self.composer.social(outcome)

    def _followed(self, answer: Answer, query: Query, result: Result, runner: Runner) -> Answer:
        """An answer with what can be asked next; an empty list with the condition that empties it."""
        if answer.status == "answer":
            return answer._replace(choices=next_steps(query, result, self.catalog, runner.run))
        return self.composer.relaxed(answer, relax(query, runner.run)) if answer.reason == "empty" else answer
