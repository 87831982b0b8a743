"""Answers: what a channel gets: the reply with everything that it quotes, and what can be asked next."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from bot.replies.pieces import Line, Piece
from bot.replies.showing import show_formula, show_label
from kb.query import Query
from kb.running.results import Computed, Fact, Number, Operand, Project, Quote

__all__ = ["OFFERED", "Answer", "Choice", "Origin", "Status", "to_choice", "together", "unavailable"]

Status = Literal["answer", "clarify", "no_data", "not_found", "help", "error"]
OFFERED = 3
"""Next steps under an answer."""


class Choice(NamedTuple):
    """Something that can be asked next."""

    label: str
    """As a button shows it."""
    question: str
    """The question that it stands for."""
    query: str
    """Its compact query, at most 64 bytes; "" where it is too long for a button."""


class Origin(NamedTuple):
    """A plan that a reply quotes."""

    plan: str
    """Its id."""
    document: str
    """Title of its source document."""
    era: str
    """Its era, for the labels of years."""


class Answer(NamedTuple):
    """A reply before a channel has given it a shape."""

    status: Status
    """What kind of reply it is."""
    lines: tuple[Line, ...]
    """What is shown, in order."""
    reason: str | None = None
    """no_project, no_year, blank, dash, no_attribute, empty; for no_data and not_found."""
    plan: str | None = None
    """Id of the plan that is quoted."""
    projects: tuple[Project, ...] = ()
    """Every project that it is about, complete."""
    quotes: tuple[Quote, ...] = ()
    """The cells that it quotes."""
    facts: tuple[Fact, ...] = ()
    """The attributes that it quotes."""
    computed: tuple[Computed, ...] = ()
    """What was computed of the cells."""
    ordered: tuple[Operand, ...] = ()
    """Figures in the order that was asked, complete."""
    left_out: tuple[Quote, ...] = ()
    """Cells that could not take part in a computation, one a row."""
    choices: tuple[Choice, ...] = ()
    """What can be asked next."""
    shown: int = 0
    """How many of a list have been shown so far, where there are more; 0 where there are none."""
    rest: Choice | None = None
    """The part of a list that comes after what is shown."""
    formal: tuple[Piece, ...] = ()
    """回答文: a sentence to paste, with year, figure, grade and source."""
    understood: str = ""
    """How the question was read; asking it again gives the same."""
    unread: tuple[str, ...] = ()
    """Words of the question that could not be placed."""
    query: str = ""
    """The compact query behind it."""
    revision: str = ""
    """Revision of the knowledge base."""
    document: str = ""
    """Title of the source document."""
    era: str = ""
    """The plan's era, for the labels of years."""
    parts: tuple[Origin, ...] = ()
    """Where it quotes several plans: all of them, in order."""

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Every plan that it quotes."""
        return self.parts or ((Origin(self.plan, self.document, self.era),) if self.plan else ())

    @property
    def text(self) -> str:
        """The reply as a plain-text chat shows it."""
        return "\n".join(line.text for line in self.lines)

    def to_dict(self) -> dict[str, Any]:
        """The reply as the contract's JSON."""
        return {
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "projects": [project.no for project in {project.reference: project for project in self.projects}.values()],
            "plan": self.plan,
            "plans": [origin.plan for origin in self.origins],
            "facts": [self._fact(fact) for fact in self.facts],
            "results": [self._quote(quote) for quote in self.quotes],
            "computed": [self._computed(computed) for computed in self.computed],
            "choices": [{"label": c.label, "question": c.question, "query": c.query} for c in self.choices],
            "formal": "".join(piece.text for piece in self.formal) or None,
            "understood": self.understood,
            "unread": list(self.unread),
            "receipt": self.query,
            "revision": self.revision,
        }

    def _place(self, project: Project) -> dict[str, str]:
        documents = {origin.plan: origin.document for origin in self.parts}
        return {"document": documents.get(_plan_of(project), self.document), "row": project.address}

    def _fact(self, fact: Fact) -> dict[str, Any]:
        return {
            "plan": _plan_of(fact.project),
            "project": fact.project.no,
            "activity": fact.activity,
            "attribute": fact.attribute,
            "value": fact.value,
            **({"fiscal_year": fact.year} if fact.year else {}),
            "source": self._place(fact.project),
        }

    def _computed(self, computed: Computed) -> dict[str, Any]:
        return {
            "label": show_label(computed),
            "value": _json_number(computed.value),
            "unit": computed.unit,
            "formula": show_formula(computed),
        }

    def _quote(self, quote: Quote) -> dict[str, Any]:
        return {
            "plan": _plan_of(quote.project),
            "project": quote.project.no,
            "name": quote.project.name,
            "activity": quote.activity,
            "fiscal_year": quote.year,
            "label": quote.year_label,
            "kind": quote.kind,
            "cell": quote.text,
            "unit": quote.unit or None,
            "state": quote.state,
            "conflict": list(quote.conflict),
            "figures": [_figure(figure) for figure in quote.figures],
            "grade": quote.grade or None,
            "source": self._place(quote.project),
        }


def to_choice(query: Query, label: str = "", question: str = "") -> Choice:
    """A query as something that can be asked next; how it is said is its label and its question where it has no others."""
    said = query.to_japanese()
    return Choice(label or said, question or said, query.receipt())


def unavailable(complaint: str) -> Answer:
    """What a program is told where nothing can be answered: no knowledge base, or a broken one."""
    return Answer("error", (Line("note", (Piece("echo", complaint),)),))


def together(answers: Sequence[Answer]) -> Answer:
    """Several answers as one reply, in order; it answers as soon as one of them does."""
    if len(answers) == 1:
        return answers[0]
    first = min(answers, key=lambda answer: _BEST.index(answer.status))
    origins = tuple(dict.fromkeys(origin for answer in answers for origin in answer.origins))
    heads: dict[str, Project] = {project.reference: project for answer in answers for project in answer.projects}
    return first._replace(
        lines=_without_double_sources([line for answer in answers for line in answer.lines]),
        projects=tuple(heads.values()),
        quotes=tuple(quote for answer in answers for quote in answer.quotes),
        facts=tuple(fact for answer in answers for fact in answer.facts),
        computed=tuple(computed for answer in answers for computed in answer.computed),
        ordered=tuple(point for answer in answers for point in answer.ordered),
        left_out=tuple(quote for answer in answers for quote in answer.left_out),
        choices=tuple(choice for answer in answers for choice in answer.choices)[
            : None if first.status == "clarify" else OFFERED
        ],
        formal=_formal(answers),
        understood="、".join(answer.understood for answer in answers if answer.understood),
        unread=tuple(word for answer in answers for word in answer.unread),
        query="",
        shown=0,
        rest=None,
        parts=origins if len(origins) > 1 else (),
    )


# Private functions

_BEST: tuple[Status, ...] = ("answer", "clarify", "no_data", "not_found", "help", "error")


def _plan_of(project: Project) -> str:
    return project.reference.partition("/")[0]


def _formal(answers: Sequence[Answer]) -> tuple[Piece, ...]:
    """回答文 of all of them; none where one has none, for a document mustn't hold half of what was asked."""
    whole = all(answer.formal for answer in answers)
    return tuple(piece for answer in answers for piece in answer.formal) if whole else ()


def _without_double_sources(lines: Sequence[Line]) -> tuple[Line, ...]:
    last = {line.text: at for at, line in enumerate(lines) if line.role == "source"}
    return tuple(line for at, line in enumerate(lines) if line.role != "source" or last[line.text] == at)


def _figure(figure: Any) -> dict[str, Any]:
    return {
        "value": _json_number(figure.value),
        "unit": figure.unit,
        "text": figure.text,
        "label": figure.label,
        "qualifier": figure.qualifier,
    }


def _json_number(value: Number) -> int | float:
    return value if isinstance(value, int) else float(value)
