"""Blanks: the wording of cells and attributes that say nothing, or contradict themselves, each of whom it is."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.replies.answers import Answer, to_choice
from bot.replies.lines import LISTED, Lines
from bot.replies.pieces import Line, Piece, join, words
from kb.query import Query
from kb.running.results import Project, Quote, Result
from kb.terms import FIGURED

__all__ = ["Blanks"]


class Blanks:
    """Puts into lines that nothing of what was asked is reported."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._wording = lines.wording
        self._catalog = lines.catalog

    def answer(self, query: Query, result: Result, base: Answer) -> Answer:
        """No cell reports anything and no attribute says anything: contradictions, blanks, lines that aren't printed."""
        absent = base._replace(status="no_data", reason="blank")
        if result.quotes:
            return self._cells(query, result, absent)
        if not result.facts and set(query.attributes) <= set(FIGURED) and base.projects:
            return absent._replace(lines=(self._unprinted(query, base.projects),))
        whose = [self._lines.project(project) for project in base.projects]
        return absent._replace(lines=(*self._lines.facts(result.facts), *whose))

    # Private functions

    def _unprinted(self, query: Query, heads: Sequence[Project]) -> Line:
        """The table has the column, and no line of it for these projects."""
        subject = join((Piece("name", head.titled, head) for head in heads), "・")
        columns = join((words(self._catalog.attribute_label(name)) for name in query.attributes), "・")
        return self._wording.line("absent", "unprinted", "figure", subject=subject, column=columns, reason=self._why())

    def _cells(self, query: Query, result: Result, absent: Answer) -> Answer:
        """Every cell that was asked is blank, 「-」 or contradicts itself, or the table has no column for it."""
        parts = _parts(query, result.quotes)
        lines = [line for part in parts[:LISTED] for line in self._part(query, part)]
        if parts[LISTED:]:
            lines.append(self._lines.more([part.cells[0] for part in parts[LISTED:]]))
        told = sorted({year for part in parts for year in self._years_told(part)})
        return absent._replace(
            lines=(*lines, *self._lines.facts(result.facts)),
            reason=_reason(quote for part in parts for quote in part.cells),
            choices=tuple(to_choice(query._replace(years=(year,))) for year in told[-1:]),
        )

    def _part(self, query: Query, part: "_Part") -> list[Line]:
        """What one line of the table says nothing of: each state with its years, then the years that say something."""
        states = dict.fromkeys(quote.state for quote in part.cells)
        cells = {state: [quote for quote in part.cells if quote.state == state] for state in states}
        lines = [line for state in states for line in self._state(query, part, cells[state])]
        first, told = part.cells[0], self._years_told(part)
        if first.period and not any(character.isdigit() for character in first.period):
            lines.append(self._wording.line("fact", "period", "figure", value=Piece("fact", first.period, first)))
        if told:
            lines.append(self._wording.line("absent", "reported", years=join(map(self._lines.year, told), "、")))
        return lines

    def _state(self, query: Query, part: "_Part", cells: Sequence[Quote]) -> list[Line]:
        """The cells of one state."""
        first = cells[0]
        if first.state == "conflict":
            return [line for quote in cells for line in self._conflict(quote)]
        subject = (*self._whose(first.project), *(self._lines.activity(first) if part.alone else ()))
        columns = join((self._lines.column(quote) for quote in _one_of_each(cells)), "・")
        if not query.years and first.state == "blank" and len(cells) == len(part.cells):
            return [Line("figure", (*subject, words("の"), *self._nothing(columns)))]
        years = join(map(self._lines.year, dict.fromkeys(quote.year for quote in cells)), "・")
        named = (*columns, words("の")) if query.attributes != ("result",) else ()
        return [
            self._wording.line(
                "absent", first.state, "figure", subject=subject, years=years, column=named, reason=self._why()
            )
        ]

    def _why(self) -> tuple[Piece, ...]:
        """That no reason is given; not where the table has further columns (備考, 所見), which may well say why."""
        return () if self._catalog.document.details else self._wording.pieces("absent", "unexplained")

    def _nothing(self, columns: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """That all years are blank."""
        return self._wording.pieces("absent", "nothing", column=columns, reason=self._why())

    def _conflict(self, quote: Quote) -> list[Line]:
        """A cell in which the source contradicts itself: everything that it prints, with its place, and no choice."""
        subject = (*self._whose(quote.project), *self._lines.activity(quote))
        column, years = (self._lines.column(quote), words("の")), self._lines.year(quote.year)
        head = self._wording.line("absent", "conflict", "figure", subject=subject, years=years, column=column)
        printed = (Piece("cell", text, quote) for text in quote.conflict)
        return [head, *(self._wording.line("absent", "conflicting", "item", printed=piece) for piece in printed)]

    def _whose(self, project: Project) -> tuple[Piece, ...]:
        return (Piece("name", project.titled, project),)

    def _years_told(self, part: "_Part") -> tuple[int, ...]:
        """The years in which the line, or any line of its project, says something; none where it contradicts itself only."""
        first = part.cells[0]
        if all(quote.state == "conflict" for quote in part.cells):
            return ()
        project, kinds = first.project.reference, {quote.kind for quote in part.cells}
        lines = self._catalog.activities.get(project, ())
        named = [line for line in lines if part.alone and self._catalog.names.get(line) == first.activity]
        years = (self._catalog.years_reported(line, kinds=tuple(kinds)) for line in named or [project])
        return tuple(sorted({year for one in years for year in one}))


# Private functions


class _Part(NamedTuple):
    """Cells that are spoken of together."""

    cells: tuple[Quote, ...]
    """Of one project, in the order asked."""
    alone: bool
    """Whether they are of one line of it."""


def _parts(query: Query, quotes: Iterable[Quote]) -> list[_Part]:
    """Each project as a whole, or each of its lines where lines were named or don't say the same nothing."""
    named = {subject.project for subject in query.subjects if subject.position}
    parts = []
    for reference, group in groupby(quotes, key=lambda quote: quote.project.reference):
        cells = _of_columns(list(group))
        lines = list(dict.fromkeys(quote.activity for quote in cells))
        apart = reference in named or len({quote.state for quote in cells}) > 1
        alike = [tuple(quote for quote in cells if quote.activity == line) for line in lines] if apart else [cells]
        parts += [_Part(one, len({quote.activity for quote in one}) == 1) for one in alike]
    return parts


def _of_columns(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The cells that a column holds; all where none does."""
    return tuple(quote for quote in quotes if quote.state != "outside") or tuple(quotes)


def _one_of_each(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """One cell of each kind."""
    return tuple({quote.kind: quote for quote in reversed(quotes)}.values())[::-1]


def _reason(quotes: Iterable[Quote]) -> str:
    """Which absence it is: the one state of all cells, else that they are blank."""
    states = {quote.state for quote in quotes}
    state = states.pop() if len(states) == 1 else "blank"
    return {"outside": "no_year", "conflict": "blank"}.get(state, state)
