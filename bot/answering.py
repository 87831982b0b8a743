"""Answering: one question and the conversation in, one Answer and the conversation out; the whole way on one screen."""

import json
from typing import NamedTuple

from bot.answers import Answer, together
from bot.checking import refusal, unproven
from bot.composing import Composer
from bot.following import next_steps, relax
from bot.wording import Wording
from kb.catalog import Catalog, read_catalog
from kb.operators import OPERATORS, SELECTING
from kb.outcomes import Absence, Ambiguity, Outcome, Planned, Social
from kb.planning import plan
from kb.query import Query
from kb.results import Result
from kb.running import Runner
from kb.storing import KnowledgeBase
from nlp.lexicon import Lexicon
from nlp.parsing import Context, Parse, parse, settled
from nlp.questions import Kind
from nlp.recognition import Recognition, recognize
from nlp.splitting import split
from nlp.text import is_cut, normalize
from nlp.tokens import Tokenizer

__all__ = ["Kotae", "Reading"]

KNOWN = frozenset(OPERATORS) | SELECTING - {"letter", "lacking", "help"}
"""Operators that a compact query may name."""


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


class Kotae:
    """Answers questions from one knowledge base; may be shared by threads, remembers nothing itself."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._tokenizer = Tokenizer()
        self._lexicon = Lexicon.from_json(knowledge.artifact("lexicon"))
        self._kinds = tuple(Kind.from_dict(kind) for kind in json.loads(knowledge.artifact("kinds")))
        self._document = knowledge.plans()[0]
        self._catalog = read_catalog(knowledge.connection, self._document, json.loads(knowledge.artifact("labels")))
        self._wording = Wording.from_json(knowledge.artifact("replies"))
        self._composer = Composer(self._wording, self._catalog)

    @property
    def catalog(self) -> Catalog:
        """The names of the plan."""
        return self._catalog

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a message; the context returned goes with the next one of the same conversation."""
        context = context or Context()
        whole = self._recognize(question, context)
        parts = split(whole)
        answers: list[Answer] = []
        for part in parts or (question,):
            reading = self._read(self._recognize(part, context) if len(parts) > 1 else whole, context)
            answers.append(reading.answer)
            subjects = context.slots.subjects if answers[1:] else ()
            context = _remember(reading, context)
            if subjects:  # both are what was talked about
                both = (*subjects, *context.slots.subjects)
                context = context._replace(slots=context.slots._replace(subjects=tuple(dict.fromkeys(both))))
        answer = together(answers)
        return self._composer.cut(answer) if is_cut(question) else answer, context

    def knows(self, context: Context) -> bool:
        """Whether every name that a conversation remembers is one of this knowledge base."""
        offered = (reference for option in context.options for reference in option.references)
        subjects = (reference for subject in context.slots.subjects for reference in subject.references)
        return self._catalog.names.keys() >= {*context.listed, *offered, *subjects}

    def read(self, question: str, context: Context) -> Reading:
        """Every stage of one question."""
        return self._read(self._recognize(question, context), context)

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query (a button, a link); ValueError or KeyError where it is none of this plan."""
        query = self._catalog.query(compact)
        if query.plan != self._catalog.plan or not set(query.operators) <= KNOWN:
            raise ValueError(f"質問の記号が読めません({compact})")
        nothing = parse(self._recognize("", Context()), (), Context())
        reading = self._answered(nothing, Planned(query))
        again = self.read(query.to_japanese(), Context())
        return reading.answer, _remember(again if again.outcome == reading.outcome else reading, Context())

    # Private functions

    def _recognize(self, question: str, context: Context) -> Recognition:
        text = normalize(question)
        return recognize(text, self._lexicon, self._tokenizer, self._catalog.calendar, context.focus)

    def _read(self, recognition: Recognition, context: Context) -> Reading:
        understood = parse(recognition, self._kinds, context)
        return self._answered(understood, plan(understood, self._catalog))

    def _answered(self, understood: Parse, outcome: Outcome) -> Reading:
        runner = Runner(self.knowledge.connection, self._document)
        query = outcome.query if isinstance(outcome, Planned | Absence) else None
        result = runner.run(query) if query else None
        answer = self._compose(outcome, result, understood, runner)._replace(revision=self.knowledge.revision)
        if unproven(answer, self.knowledge.connection):
            answer = refusal(answer, self._wording)
        return Reading(understood, outcome, result, answer)

    def _compose(self, outcome: Outcome, result: Result | None, understood: Parse, runner: Runner) -> Answer:
        match outcome:
            case Planned():
                found = result or Result()
                return self._followed(self._composer.result(outcome, found, understood), outcome.query, found, runner)
            case Ambiguity():
                return self._composer.ambiguity(outcome, understood)
            case Absence():
                return self._composer.absence(outcome, result, understood)
            case Social():
                return self._composer.social(outcome)

    def _followed(self, answer: Answer, query: Query, result: Result, runner: Runner) -> Answer:
        """An answer with what can be asked next; an empty list with the condition that empties it."""
        if answer.status == "answer":
            return answer._replace(choices=next_steps(query, result, self._catalog, runner.run))
        return self._composer.relaxed(answer, relax(query, runner.run)) if answer.reason == "empty" else answer


# Private functions


def _remember(reading: Reading, before: Context) -> Context:
    """What the next message may refer to."""
    outcome, answer = reading.outcome, reading.answer
    offered = outcome.near if isinstance(outcome, Absence) else ()
    if isinstance(outcome, Social) or (isinstance(outcome, Absence) and outcome.query is None and not offered):
        return before
    years = _years_of(outcome, reading.parse)
    options = outcome.options if isinstance(outcome, Ambiguity) else offered
    listed = tuple(dict.fromkeys(project.reference for project in answer.projects))
    if any(subject.how == "place" for subject in reading.parse.slots.subjects) and len(before.listed) > 1:
        listed = before.listed  # 3番目, then 最後のもの: of the same list
    slots = settled(reading.parse.slots, years, () if options else listed)
    return Context(slots, years, listed, options)


def _years_of(outcome: Outcome, understood: Parse) -> tuple[int, ...]:
    """The fiscal years that a message was about, also where its project had to be asked back."""
    match outcome:
        case Planned():
            return outcome.query.years
        case Absence():
            return outcome.years
        case _:
            return tuple(dict.fromkeys(year for mention in understood.slots.years for year in mention.years))
