"""Listings: the wording of what each project of a list prints: a line for each cell and each attribute."""

from collections.abc import Iterator

from bot.replies.answers import Answer
from bot.replies.lines import LISTED, Lines
from bot.replies.pieces import Line, Piece, count
from kb.query import Query
from kb.running.results import Fact, Quote, Result

__all__ = ["Listings"]


class Listings:
    """Puts a list with its values into lines: how many projects there are, then whose each value is."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wording = lines.wording

    @staticmethod
    def is_list(query: Query, result: Result) -> bool:
        """Whether cells are asked of whatever projects the conditions select."""
        return query.operators == ("cells",) and bool(query.filters or not query.subjects) and bool(result.projects)

    def answer(self, query: Query, result: Result) -> Answer:
        """Every cell and attribute, as many as a phone shows; the rest is counted."""
        entries = list(_entries(result))
        end, shown = query.start + LISTED, entries[query.start : query.start + LISTED]
        what = Piece("echo", query.condition() or "すべて")
        lines = [self._wording.line("list", "heading", "figure", count=count(result.projects), what=what)]
        lines += self._lines.before(entries[: query.start])
        lines += [line for entry in shown for line in self._entry(entry, _has_kinds(result))]
        if entries[end:]:
            lines.append(self._lines.more(entries[end:]))
        told = any(quote.state == "reported" for quote in result.quotes) or any(fact.value for fact in result.facts)
        return Answer(
            "answer" if told else "no_data",
            tuple(lines),
            reason=None if told else "blank",
            projects=result.projects,
            quotes=result.quotes,
            facts=result.facts,
            shown=end if entries[end:] else 0,
        )

    # Private functions

    def _entry(self, entry: Quote | Fact, named: bool) -> list[Line]:
        """Whose it is, and what is printed."""
        if isinstance(entry, Quote):
            whose, year = self._lines.whole_name(entry), self._lines.year(entry.year, short=True)
            cell = self._lines.cell(entry, named)
            return [self._wording.line("ordered", "project", "figure", project=whose, year=year, cell=cell)]
        first, *marks = self._lines.facts((entry,))
        project = Piece("name", entry.project.titled, entry.project)
        return [self._wording.line("list", "told", "figure", project=project, told=first.pieces), *marks]


# Private functions


def _entries(result: Result) -> Iterator[Quote | Fact]:
    """What is quoted of each project, one project after the other."""
    for project in result.projects:
        yield from (quote for quote in result.quotes if quote.project.reference == project.reference)
        yield from (fact for fact in result.facts if fact.project.reference == project.reference)


def _has_kinds(result: Result) -> bool:
    """Whether cells of several kinds stand side by side, so that each is called by its own."""
    return len({quote.kind for quote in result.quotes}) > 1
