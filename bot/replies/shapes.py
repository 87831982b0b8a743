"""Shapes: the wording of a result by its shape, not by the kind of question."""

from bot.replies.answers import Answer
from bot.replies.changes import Changes
from bot.replies.computations import Computations
from bot.replies.lines import LISTED, Lines
from bot.replies.listings import Listings
from bot.replies.pieces import Line, Piece, count
from bot.replies.quotations import Quotations
from kb.planning.asking import COMPUTING
from kb.query import Query
from kb.running.results import Label, Quote, Result
from kb.terms import GAINING, TRENDS

__all__ = ["Shapes"]


class Shapes:
    """Puts a result into the lines of its shape: cells, a series, attributes, a list, a computation, an order, the table."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._catalog = lines.catalog
        self._listings = Listings(lines)
        self._quotations = Quotations(lines)
        self._changes = Changes(lines)
        self._computations = Computations(lines, self._quotations.answer)

    def answer(self, query: Query, result: Result) -> Answer:
        """The shape of a result decides its wording."""
        if query.operators[-1] == "table":
            return Answer("answer", tuple(self._table(query, result)), projects=result.projects)
        if query.operators[-1] == "label":
            lines = [line for label in result.labels for line in self._label(label, "figure")]
            return Answer("answer" if lines else "no_data", tuple(lines))
        if query.operators[-1] == "each" and result.projects:
            return self._each(query, result)
        if query.operators[0] == "projects" or query.operators[-1] in TRENDS or _selects_nothing(query, result):
            return self._list(query, result)
        if self._listings.is_list(query, result):
            return self._listings.answer(query, result)
        if query.operators[-1] == "having":
            return self._having(query, result)
        if query.operators[-1] == "steps" and result.computed:
            return self._changes.steps(self._quotations.answer(query.plain(), result), result)
        if query.operators[-1] in GAINING:
            return self._changes.answer(query, result)
        if result.computed or result.ordered or query.operators[-1] in COMPUTING:
            return self._computations.answer(query, result)
        return self._quotations.answer(query, result)

    # Private functions

    def _having(self, query: Query, result: Result) -> Answer:
        """Where a figure or a text stands: project, year and the whole cell."""
        what = Piece("echo", query.sought())
        if not result.quotes:
            return Answer("no_data", (self._wording.line("absent", "nowhere", "figure", what=what),), reason="empty")
        end, quotes = query.start + LISTED, result.quotes
        lines = [*self._lines.before(quotes[: query.start]), *map(self._found, quotes[query.start : end])]
        if quotes[end:]:
            lines.append(self._lines.more(quotes[end:]))
        shown = end if quotes[end:] else 0
        return Answer("answer", tuple(lines), projects=result.projects, quotes=quotes, shown=shown)

    def _found(self, quote: Quote) -> Line:
        return self._wording.line(
            "ordered",
            "project",
            "figure",
            project=self._lines.whole_name(quote),
            year=self._lines.year(quote.year, short=True),
            cell=self._lines.cell(quote),
        )

    def _each(self, query: Query, result: Result) -> Answer:
        """How many projects have each grade or goal; of a selection also how many they are together."""
        beside = query._replace(filters=tuple(filter_ for filter_ in query.filters if not filter_.others)).condition()
        lines = [
            self._wording.line(
                "list",
                "each",
                "figure",
                what=Piece("echo", group.value),
                count=Piece("count", str(group.size), group.query),
            )
            for group in result.groups
        ]
        if beside:
            heading = self._wording.line(
                "list", "heading", "head", count=count(result.projects), what=Piece("echo", beside)
            )
            lines = [heading, *lines]
        if sum(group.size for group in result.groups) > len(result.projects):
            lines.append(self._wording.line("list", "twice", "note"))
        return Answer("answer", tuple(lines), projects=result.projects)

    def _list(self, query: Query, result: Result) -> Answer:
        condition = Piece("echo", query.condition() or "すべて")
        what = self._lines.asked(query) if query.operators[-1] in TRENDS else condition
        listed = result.projects
        if any(filter_.type == "graded" for filter_ in query.filters):  # the grade of another time would contradict it
            listed = tuple(project._replace(grades=()) for project in listed)
        counted = count(listed)
        base = Answer("answer", (), projects=listed)
        if not result.projects:
            line = self._wording.line("absent", "empty", "figure", what=what)
            return base._replace(status="no_data", reason="empty", lines=(line,))
        key = "count" if query.operators[-1] == "count" else "heading"
        heading = self._wording.line("list", key, "figure", count=counted, what=what)
        end = query.start + LISTED
        lines = (heading, *self._lines.items(listed, query.start))
        return base._replace(lines=lines, shown=end if listed[end:] else 0)

    def _label(self, label: Label, role: str) -> list[Line]:
        """A goal or a policy by name, with what must be said of the name."""
        source = self._catalog.plan
        value, letter = Piece("source", label.text, source), Piece("source", label.letter, source)
        marks = [Piece("source", mark, source) for mark in label.marks]
        return [
            self._wording.line("table", "goal" if label.letter else "policy", role, value=value, letter=letter),
            *(self._wording.line("table", "marked", mark=mark) for mark in marks),
        ]

    def _table(self, query: Query, result: Result) -> list[Line]:
        facts, source = self._catalog.document, self._catalog.plan
        filling = {
            "title": Piece("source", facts.title, source),
            "publisher": Piece("source", facts.publisher, source),
            "first": self._lines.year(facts.years[0]),
            "last": self._lines.year(facts.years[-1]),
            "count": Piece("count", str(len(result.projects)), query._replace(operators=("projects",))),
            "grades": Piece("source", "・".join(self._catalog.grades), source),
        }
        lines = [self._wording.line("table", attribute, "figure", **filling) for attribute in query.attributes]
        for label in result.labels:
            lines += self._label(label, "item")
        if "title" in query.attributes and facts.scope:
            lines.append(self._wording.line("table", "scope", scope=Piece("source", facts.scope, source)))
        return lines


# Private functions


def _selects_nothing(query: Query, result: Result) -> bool:
    """Whether no project, or none that prints a line, is what the conditions want."""
    return bool(query.filters) and (bool(query.subjects) or query.operators == ("cells",)) and not result.projects
