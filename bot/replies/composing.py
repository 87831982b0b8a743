"""Composing: a Result, an ambiguity or an absence becomes the lines of an Answer."""

from collections.abc import Sequence

from bot.replies.answers import Answer, Choice, Status, to_choice
from bot.replies.lines import Lines, heading, owners
from bot.replies.pieces import Line, Piece, join
from bot.replies.shapes import Shapes
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.planning.outcomes import Absence, Ambiguity, Note, Planned, Social
from kb.query import Query
from kb.running.results import Fact, Quote, Result
from nlp.conditions import Condition
from nlp.parsing import Parse

__all__ = ["Composer"]


class Composer:
    """Puts answers of one plan into words."""

    def __init__(self, wording: Wording, catalog: Catalog) -> None:
        wording = wording.naming(grade_name=heading(catalog.grade_name, catalog.plan)._replace(part="grade"))
        self._lines = Lines(wording, catalog)
        self._shapes = Shapes(self._lines)
        self._wording = wording
        self._catalog = catalog

    def result(self, planned: Planned, result: Result, parse: Parse, untrue: Sequence[Condition] = ()) -> Answer:
        """The answer to a query that was run; `untrue`: what the question says of its projects and the table doesn't."""
        query = planned.query
        answer = self._shapes.answer(query, result)
        looked_for = {filter_.value.rpartition(" ")[2] for filter_ in query.filters if filter_.type == "figure"}
        unread = tuple(word for word in _unread(parse) if word not in looked_for)
        denied = [self._wording.line("note", "premise", echo=Piece("echo", one.text)) for one in untrue]
        notes = [*map(self.note, planned.notes), *self._premises(parse, result), *denied, *self._unread(unread)]
        lines = (*answer.lines, *notes, *self._lines.sources(answer.projects))
        facts = (*answer.facts, *_year_grades(answer.quotes))
        return self._continued(self._signed(answer._replace(lines=lines, facts=facts, unread=unread), query), query)

    def ambiguity(self, ambiguity: Ambiguity, parse: Parse) -> Answer:
        """A question back, with what it may mean."""
        line = self._wording.line(
            "ask",
            ambiguity.kind,
            "head",
            echo=Piece("echo", ambiguity.echo),
            last=self._lines.year(self._catalog.years[-1]),
        )
        choices = tuple(self._lines.choice(option) for option in ambiguity.options)
        lines = (line, *self._lines.choices(ambiguity.options))
        projects = self._lines.projects(ambiguity.options)
        return self._signed(Answer("clarify", lines, projects=projects, choices=choices, unread=_unread(parse)))

    def absence(self, absence: Absence, result: Result | None, parse: Parse) -> Answer:
        """What the table doesn't have, and which of its absences it is."""
        found = result or Result()
        projects, premises = owners(found), self._premises(parse, found)
        listed = self._listed(absence, found)
        heads = listed.lines if listed else tuple(map(self._lines.project, projects))
        unread = [word for word in _unread(parse) if absence.reason != "no_project" and word not in absence.echo]
        lines = [
            *self._lines.facts(found.facts),
            *premises,
            self._absence_line(absence),
            *heads,
            *map(self.note, absence.notes),
            *self._unread(unread),
            *self._instead(absence),
            *self._lines.sources(projects),
        ]
        status: Status = "not_found" if absence.reason == "no_project" else "no_data"
        answer = Answer(
            "answer" if premises else status,
            tuple(lines),
            reason=None if premises else absence.reason,
            facts=found.facts,
            projects=projects,
            choices=tuple(map(self._lines.choice, absence.near)),
            unread=_unread(parse),
            shown=listed.shown if listed else 0,
        )
        signed = self._signed(answer, absence.query if premises else None)
        return self._continued(signed, absence.query) if absence.query else signed

    def relaxed(self, answer: Answer, relaxed: Sequence[tuple[str, int, Query]]) -> Answer:
        """An empty list that says which condition empties it, with the lists that remain without it."""
        lines = [
            self._wording.line("absent", "without", what=Piece("echo", said), count=Piece("count", str(count), query))
            for said, count, query in relaxed
        ]
        choices = tuple(to_choice(query, question=self._catalog.phrase(query)) for _, _, query in relaxed)
        return answer._replace(lines=(*answer.lines[:1], *lines, *answer.lines[1:]), choices=choices)

    def cut(self, answer: Answer) -> Answer:
        """A reply to a message that was too long, which says so above its sources."""
        at = next((at for at, line in enumerate(answer.lines) if line.role == "source"), len(answer.lines))
        return answer._replace(lines=(*answer.lines[:at], self._wording.line("note", "long"), *answer.lines[at:]))

    def social(self, social: Social) -> Answer:
        """Greeting, thanks, help."""
        documents = self._catalog.documents or (self._catalog.document,)
        titles = join((Piece("source", document.title, document.id) for document in documents), "・")
        lines = [self._wording.line("help", social.kind, title=titles), *self._lines.examples()]
        return self._signed(Answer("help", tuple(lines)))

    def note(self, note: Note) -> Line:
        """Something that was inferred, as a line."""
        filling: dict[str, Piece | tuple[Piece, ...]] = {
            "echo": Piece("echo", note.echo),
            "years": join(map(self._lines.year, note.years), "・"),
            "what": join(map(self._lines.word, note.what), "・") or Piece("echo", f"「{note.echo}」"),
            "title": Piece("source", self._catalog.document.title, self._catalog.plan),
        }
        if note.reference:
            owner = self._catalog.head(note.reference)
            name = owner.name if note.key == "also" else self._catalog.names[note.reference]
            filling |= {"project": Piece("name", name, owner), "no": Piece("name", owner.address, owner)}
        return self._wording.line("note", note.key, "note", **filling)

    # Private functions

    def _listed(self, absence: Absence, found: Result) -> Answer | None:
        """The list of which something is asked that the table lacks."""
        query = absence.query
        return self._shapes.answer(query, found) if query and query.operators == ("projects",) else None

    def _continued(self, answer: Answer, query: Query) -> Answer:
        """An answer that shows part of a list, with what asks for the next part."""
        if not answer.shown:
            return answer
        label, said = (self._wording.line("list", key).text for key in ("rest", "rest_said"))
        return answer._replace(rest=Choice(label, said, query._replace(start=answer.shown).to_compact()))

    def _signed(self, answer: Answer, query: Query | None = None) -> Answer:
        facts = self._catalog.document
        return answer._replace(
            plan=facts.id,
            document=facts.title,
            era=facts.era,
            understood=self._catalog.phrase(query) if query else "",
            query=query.receipt() if query else "",
        )

    def _instead(self, absence: Absence) -> list[Line]:
        """What can be asked instead, and who may know more."""
        lines: list[Line] = []
        if absence.near:
            key = "instead" if absence.reason == "no_attribute" else "nearest"
            lines = [self._wording.line("absent", key), *self._lines.choices(absence.near)]
        elif absence.reason == "no_project":
            lines = self._lines.examples()
        if absence.reason == "no_attribute" and self._catalog.document.contact:
            contact = Piece("source", self._catalog.document.contact, self._catalog.plan)
            lines.append(self._wording.line("absent", "contact", contact=contact))
        return lines

    def _absence_line(self, absence: Absence) -> Line:
        labels = [self._lines.word(what) for what in absence.what] or [Piece("echo", f"「{absence.echo}」")]
        held = self._catalog.years
        gap = absence.kind == "no_year" and any(held[0] < year < held[-1] for year in absence.years)
        return self._wording.line(
            "absent",
            "no_year_among" if gap else absence.kind,
            "figure",
            echo=Piece("echo", absence.echo),
            what=join(labels, "・"),
            years=join(map(self._lines.year, absence.years), "・"),
            first=self._lines.year(held[0]),
            last=self._lines.year(held[-1]),
            held=join(map(self._lines.year, held), "・"),
            grades=Piece("source", "・".join(self._catalog.grades), self._catalog.plan),
            goals=Piece("source", "・".join(self._catalog.goals), self._catalog.plan),
        )

    def _premises(self, parse: Parse, result: Result) -> list[Line]:
        """A figure or a grade that the question supposes and the table doesn't print."""
        lines = []
        asked = {(figure.value, figure.unit) for quote in result.quotes for figure in quote.figures}
        contradicted = any(quote.conflict for quote in result.quotes)
        for figure in parse.slots.figures if result.quotes and not contradicted else ():
            if (figure.value, figure.unit) not in asked:
                lines.append(self._wording.line("note", "premise", echo=Piece("echo", figure.text)))
        printed = {quote.grade for quote in result.quotes} | {
            fact.value for fact in result.facts if fact.attribute == "grade"
        }
        for condition in parse.slots.conditions:
            if condition.type == "grade" and printed - {""} and parse.slots.subjects and condition.value not in printed:
                grade = Piece("source", "・".join(sorted(printed - {""})), self._catalog.plan)
                lines.append(
                    self._wording.line("note", "grade_premise", echo=Piece("echo", condition.value), grade=grade)
                )
        return lines

    def _unread(self, words: Sequence[str]) -> list[Line]:
        return [self._wording.line("note", "unread", echo=Piece("echo", word)) for word in words]


# Private functions


def _year_grades(quotes: Sequence[Quote]) -> tuple[Fact, ...]:
    """The grades of the years, as the attributes that they are."""
    told = (quote for quote in quotes if quote.kind == "grade" and quote.state == "reported")
    return tuple(Fact(q.project, q.row, q.activity, "grade", q.text, year=q.year) for q in told)


def _unread(parse: Parse) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.text for mention in parse.unread()))
