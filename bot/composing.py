"""Composing: a Result, an ambiguity or an absence becomes the lines of an Answer; wording by shape, not by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.answers import Answer, Choice, Line, Piece, join
from bot.showing import show_change, show_formula, show_value
from bot.wording import Wording
from kb.asking import COMPUTING
from kb.catalog import Catalog
from kb.outcomes import Absence, Ambiguity, Note, Planned, Social
from kb.query import LONGEST_COMPACT, Query
from kb.results import Computed, Fact, Operand, Project, Quote, Result
from nlp.fiscal import era_year
from nlp.parsing import Option, Parse

__all__ = ["Composer"]

LISTED = 12
"""Projects that a list shows; the rest is counted (ほか n件)."""
TRENDS = frozenset({"rising", "falling", "unchanged"})
"""Operators that pick projects."""
RANKED = 5
"""Places of a ranking that are shown."""
SHOWN_TERMS = 8
"""Terms of a formula that is shown."""
OFFERED = 6
"""Choices that a question back shows."""


class Composer:
    """Puts answers of one plan into words."""

    def __init__(self, wording: Wording, catalog: Catalog) -> None:
        self._wording = wording
        self._catalog = catalog

    def result(self, planned: Planned, result: Result, parse: Parse) -> Answer:
        """The answer to a query that was run."""
        query = planned.query
        answer = self._shape(query, result)
        notes = [*map(self._note, planned.notes), *self._premises(parse, result), *self._unread(parse)]
        lines = (*answer.lines, *notes, *self._sources(answer.projects))
        return self._signed(replace(answer, lines=lines, unread=_unread(parse)), query)

    def ambiguity(self, ambiguity: Ambiguity, parse: Parse) -> Answer:
        """A question back, with what it may mean."""
        line = self._wording.line(
            "ask", ambiguity.kind, "head", echo=Piece("echo", ambiguity.echo), last=self._year(self._catalog.years[-1])
        )
        choices = tuple(self._choice(option) for option in ambiguity.options)
        lines = (line, *self._choice_lines(ambiguity.options))
        projects = self._projects(ambiguity.options)
        return self._signed(Answer("clarify", lines, projects=projects, choices=choices, unread=_unread(parse)))

    def absence(self, absence: Absence, result: Result | None, parse: Parse) -> Answer:
        """What the table doesn't have, and which of its absences it is."""
        lines = [self._absence_line(absence)]
        projects: tuple[Project, ...] = ()
        if result:
            projects = _owners(result)
            lines += [self._project_line(project) for project in projects]
        status = "not_found" if absence.reason == "no_project" else "no_data"
        if absence.near:
            lines += [self._wording.line("absent", "nearest"), *self._choice_lines(absence.near)]
        elif absence.reason == "no_project":
            lines += self._examples()
        if absence.reason == "no_attribute":
            contact = Piece("source", self._catalog.document.contact, self._catalog.plan)
            lines.append(self._wording.line("absent", "contact", contact=contact))
        lines += self._sources(projects)
        choices = tuple(map(self._choice, absence.near))
        answer = Answer(
            status,  # type: ignore[arg-type]
            tuple(lines),
            reason=absence.reason,
            projects=projects,
            choices=choices,
            unread=_unread(parse),
        )
        return self._signed(answer)

    def relaxed(self, answer: Answer, relaxed: Sequence[tuple[str, int, Query]]) -> Answer:
        """An empty list that says which condition empties it, with the lists that remain without it."""
        lines = [
            self._wording.line("absent", "without", what=Piece("echo", said), count=Piece("count", str(count), count))
            for said, count, _ in relaxed
        ]
        choices = tuple(Choice(query.to_japanese(), query.to_japanese(), _receipt(query)) for _, _, query in relaxed)
        return replace(answer, lines=(*answer.lines[:1], *lines, *answer.lines[1:]), choices=choices)

    def social(self, social: Social) -> Answer:
        """Greeting, thanks, help."""
        title = Piece("source", self._catalog.document.title, self._catalog.plan)
        lines = [self._wording.line("help", social.kind, title=title), *self._examples()]
        return self._signed(Answer("help", tuple(lines)))

    # Private functions

    def _signed(self, answer: Answer, query: Query | None = None) -> Answer:
        facts = self._catalog.document
        return replace(
            answer,
            plan=facts.id,
            document=facts.title,
            era=facts.era,
            understood=query.to_japanese() if query else "",
            query=_receipt(query) if query else "",
        )

    def _shape(self, query: Query, result: Result) -> Answer:
        """The shape of a result decides its wording."""
        if query.operators[-1] == "table":
            return Answer("answer", tuple(self._table(query, result)))
        if query.operators[-1] == "label":
            lines = [Line("figure", (Piece("source", f"{mark} {name}".strip(), self._catalog.plan),)) for mark, name in result.labels]
            return Answer("answer" if lines else "no_data", tuple(lines))
        if query.operators[0] == "projects" or query.operators[-1] in TRENDS:
            return self._list(query, result)
        if query.operators[-1] == "having":
            return self._having(query, result)
        if result.computed or result.ordered or query.operators[-1] in COMPUTING:
            return self._computed(query, result)
        return self._cells(query, result)

    def _having(self, query: Query, result: Result) -> Answer:
        """Where a figure or a text stands: project, year and the whole cell."""
        what = Piece("echo", query.condition())
        if not result.quotes:
            return Answer("no_data", (self._wording.line("absent", "nowhere", "figure", what=what),), reason="empty")
        lines = [self._found(quote) for quote in result.quotes[:LISTED]]
        left = len(result.quotes) - LISTED
        if left > 0:
            lines.append(self._wording.line("list", "more", "more", count=Piece("count", str(left), left)))
        return Answer("answer", tuple(lines), projects=result.projects, quotes=result.quotes)

    def _found(self, quote: Quote) -> Line:
        pieces = (Piece("name", quote.activity or quote.project.name, quote.project), Piece("name", f"(No.{quote.project.no})", quote.project))
        return self._wording.line(
            "ordered", "project", "figure", project=pieces, year=self._year(quote.year, short=True), cell=Piece("cell", quote.text, quote)
        )

    def _computed(self, query: Query, result: Result) -> Answer:
        """Values that were computed, or figures in order; what they were made of, and what could not take part."""
        owners = _owners(replace(result, projects=() if query.filters or not query.subjects else result.projects))
        if not result.computed and not result.ordered:
            return replace(self._cells(replace(query, operators=("cells",)), result))
        lines = [*self._ordered(query, result)]
        for computed in result.computed:
            lines += self._computed_lines(computed)
        used = {id(p.quote): p.quote for c in result.computed for p in c.operands} | {id(p.quote): p.quote for p in result.ordered}
        quotes = tuple(used.values())
        if query.subjects:
            for _, group in groupby(sorted(quotes, key=lambda q: q.row), key=lambda quote: quote.project.reference):
                listed = sorted(group, key=lambda quote: (quote.year, quote.row))
                lines += [] if result.ordered else [self._cell_line(q, len({x.row for x in listed}) > 1, True, False) for q in listed]
                lines.append(self._head(listed[0], list(dict.fromkeys(q.year for q in listed)), alone=len({q.row for q in listed}) == 1))
        lines += self._left_out(query, result)
        if not query.subjects:
            owners = tuple({point.quote.project.reference: point.quote.project for point in self._top(query, result)}.values())
        return Answer("answer", tuple(lines), projects=owners, quotes=quotes, computed=result.computed, formal=())

    def _top(self, query: Query, result: Result) -> tuple[Operand, ...]:
        """The figures that answer: all that are as large as the first, or everything that is compared."""
        if not result.ordered:
            return tuple(point for computed in result.computed for point in computed.operands)
        if query.operators[-1] == "compare":
            return result.ordered
        least = result.ordered[min(max(query.limit, 1), len(result.ordered)) - 1].value
        most = result.ordered[0].value
        return tuple(point for point in result.ordered if min(least, most) <= point.value <= max(least, most))

    def _ordered(self, query: Query, result: Result) -> list[Line]:
        lines: list[Line] = []
        top = self._top(query, result) if result.ordered else ()
        for place, point in enumerate(result.ordered[:max(RANKED, query.limit)] if not query.subjects else result.ordered):
            quote = point.quote
            key = "project" if not query.subjects or len({p.quote.row for p in result.ordered}) > 1 else "year"
            if key == "year" and query.operators[-1] != "compare" and point not in top:
                key = "other"
            name = (Piece("name", quote.activity or quote.project.name, quote.project), Piece("name", f"(No.{quote.project.no})", quote.project))
            lines.append(
                self._wording.line(
                    "ordered", key, "figure",
                    cell=Piece("cell", quote.text, quote), year=self._year(quote.year, short=True), project=name,
                    extreme=Piece("words", _EXTREMES.get(query.operators[-1], "")),
                    place=Piece("count", str(place + 1), place + 1),
                )
            )  # fmt: skip
        left = len(result.ordered) - max(RANKED, query.limit)
        if not query.subjects and left > 0:
            lines.append(self._wording.line("list", "more", "more", count=Piece("count", str(left), left)))
        return lines

    def _computed_lines(self, computed: Computed) -> list[Line]:
        value = Piece("computed", show_value(computed), computed)
        direction = Piece("computed", show_change(computed), computed)
        label = Piece("source", computed.label, self._catalog.plan)
        key = computed.operation if not computed.label else f"{computed.operation}_label"
        count = Piece("count", str(len(computed.operands)), len(computed.operands))
        formula = Piece("computed", show_formula(computed), computed)
        first = self._wording.line("computed", key, "figure", value=value, direction=direction, label=label, count=count)
        return [first, self._wording.line("computed", "formula", "note", formula=formula)] if len(computed.operands) <= SHOWN_TERMS else [first]

    def _left_out(self, query: Query, result: Result) -> list[Line]:
        if not result.left_out:
            return []
        if query.subjects:
            years = join(map(self._year, sorted({quote.year for quote in result.left_out})), "・")
            return [self._wording.line("computed", "left_out", years=years)]
        count = len({quote.row for quote in result.left_out})
        return [self._wording.line("computed", "left_out_rows", count=Piece("count", str(count), count))]

    def _cells(self, query: Query, result: Result) -> Answer:
        facts = self._fact_lines(result.facts)
        owners = _owners(result)
        reported = [quote for quote in result.quotes if quote.state == "reported"]
        base = Answer("answer", (), projects=owners, quotes=result.quotes, facts=result.facts)
        if query.operators[-1] == "formal":
            return replace(base, lines=tuple(self._formal(quote, "figure") for quote in result.quotes), formal=self._formal_text(result))
        if result.quotes and not reported and not any(fact.value for fact in result.facts):
            return replace(self._blank(query, result), projects=owners, quotes=result.quotes, facts=result.facts)
        if not result.quotes and not any(fact.value for fact in result.facts):
            heads = [self._project_line(project) for project in owners]
            return replace(base, status="no_data", reason="blank", lines=(*facts, *heads))
        lines: list[Line] = []
        for _, group in groupby(result.quotes, key=lambda quote: quote.project.reference):
            lines += self._project_quotes(list(group))
        lines += facts
        if not result.quotes:
            lines += [self._project_line(project) for project in owners]
        return replace(base, lines=tuple(lines), formal=self._formal_text(result))

    def _project_quotes(self, quotes: list[Quote]) -> list[Line]:
        """One project's cells: the figure first, then whose it is."""
        years = list(dict.fromkeys(quote.year for quote in quotes))
        rows = list(dict.fromkeys(quote.row for quote in quotes))
        one_grade = len({quote.grade for quote in quotes}) == 1
        lines: list[Line] = []
        for year in years:
            if len(years) > 1 and len(rows) > 1:
                lines.append(self._wording.line("cell", "year_heading", "item", year=self._year(year, short=True)))
            for quote in (quote for quote in quotes if quote.year == year):
                lines.append(self._cell_line(quote, many_rows=len(rows) > 1, many_years=len(years) > 1, graded=not one_grade))
        if one_grade and quotes[0].grade and (len(rows) > 1 or len(years) > 1):
            lines.append(self._wording.line("cell", "grade", "figure", grade=self._grade(quotes[0])))
        return [*lines, self._head(quotes[0], years, alone=len(rows) == 1)]

    def _cell_line(self, quote: Quote, many_rows: bool, many_years: bool, graded: bool) -> Line:
        cell = self._cell(quote)
        if many_rows:
            activity = Piece("name", quote.activity or quote.project.name, quote.project)
            key = "activity_graded" if graded and quote.grade and not many_years else "activity"
            return self._wording.line("cell", key, "figure", activity=activity, cell=cell, grade=self._grade(quote))
        if many_years:
            return self._wording.line("cell", "year", "figure", year=self._year(quote.year, short=True), cell=cell)
        key = "figure" if quote.grade else "figure_ungraded"
        return self._wording.line("cell", key, "figure", cell=cell, grade=self._grade(quote))

    def _cell(self, quote: Quote) -> tuple[Piece, ...]:
        if quote.state == "reported":
            return (Piece("cell", quote.text, quote),)
        return self._wording.pieces("cell", quote.state)

    def _grade(self, quote: Quote) -> Piece:
        return Piece("fact", quote.grade, quote)

    def _head(self, quote: Quote, years: Sequence[int] = (), alone: bool = True) -> Line:
        filling = {
            "project": Piece("name", quote.project.name, quote.project),
            "no": Piece("name", quote.project.no, quote.project),
            "years": join((self._year(year) for year in years or [quote.year]), "・"),
        }
        if alone and quote.activity:
            filling["activity"] = Piece("name", quote.activity, quote.project)
            return self._wording.line("head", "activity_year", "head", **filling)
        return self._wording.line("head", "project_year", "head", **filling)

    def _project_line(self, project: Project) -> Line:
        name, no = Piece("name", project.name, project), Piece("name", project.no, project)
        return self._wording.line("head", "project", "head", project=name, no=no)

    def _year(self, year: int, short: bool = False) -> Piece:
        label = era_year(year, self._catalog.era)
        return Piece("year", label if short else f"{label}({year}年度)", year)

    def _blank(self, query: Query, result: Result) -> Answer:
        """Every cell that was asked is blank or 「-」."""
        first = result.quotes[0]
        states = {quote.state for quote in result.quotes}
        state = "dash" if states == {"dash"} else "blank"
        subject = (Piece("name", f"{first.project.name}(No.{first.project.no})", first.project),)
        if first.activity and len({quote.row for quote in result.quotes}) == 1:
            subject += (Piece("words", "「"), Piece("name", first.activity, first.project), Piece("words", "」"))
        years = tuple(dict.fromkeys(quote.year for quote in result.quotes))
        lines = [
            self._wording.line("absent", state, "figure", subject=subject, years=join(map(self._year, years), "・"))
            if query.years
            else Line("figure", (*subject, Piece("words", "の"), *self._wording.pieces("absent", "nothing")))
        ]
        for quote in result.quotes[:1]:
            if quote.period and not any(character.isdigit() for character in quote.period):
                lines.append(self._wording.line("fact", "period", "figure", value=Piece("fact", quote.period, quote)))
        references = [subject.reference for subject in query.subjects]
        elsewhere = sorted({year for reference in references for year in self._catalog.years_reported(reference)})
        if elsewhere:
            lines.append(self._wording.line("absent", "reported", years=join(map(self._year, elsewhere), "、")))
        choices = tuple(
            self._choice(Option(replace(query, years=(year,)).to_japanese(), (), replace(query, years=(year,)).to_compact()))
            for year in elsewhere[-1:]
        )
        return Answer("no_data", tuple(lines), reason=state, choices=choices)

    def _fact_lines(self, facts: Iterable[Fact]) -> list[Line]:
        lines = []
        for fact in facts:
            if not fact.value:
                attribute = Piece("words", _ATTRIBUTES[fact.attribute])
                lines.append(self._wording.line("fact", "blank", "figure", attribute=attribute))
                continue
            key = f"{fact.attribute}_activity" if fact.activity and fact.attribute in ("grade", "period") else fact.attribute
            activity = Piece("name", fact.activity or "", fact.project)
            lines.append(self._wording.line("fact", key, "figure", value=Piece("fact", fact.value, fact), activity=activity))
            lines += [self._wording.line("fact", "mark", mark=Piece("source", mark, self._catalog.plan)) for mark in fact.marks]
        return lines

    def _list(self, query: Query, result: Result) -> Answer:
        what = Piece("echo", query.to_japanese() if query.operators[-1] in TRENDS else query.condition() or "すべて")
        count = Piece("count", str(len(result.projects)), len(result.projects))
        base = Answer("answer", (), projects=result.projects)
        if not result.projects:
            line = self._wording.line("absent", "empty", "figure", what=what)
            return replace(base, status="no_data", reason="empty", lines=(line,))
        if query.operators[-1] == "count":
            return replace(base, lines=(self._wording.line("list", "count", "figure", count=count, what=what), *self._items(result.projects)))
        heading = self._wording.line("list", "heading", "figure", count=count, what=what)
        return replace(base, lines=(heading, *self._items(result.projects)))

    def _items(self, projects: Sequence[Project]) -> list[Line]:
        lines = []
        for project in projects[:LISTED]:
            name, no = Piece("name", project.name, project), Piece("name", f"No.{project.no}", project)
            grade = Piece("fact", "・".join(project.grades), project)
            key = "item_graded" if project.grades else "item"
            lines.append(self._wording.line("list", key, "item", project=name, no=no, grade=grade))
        left = len(projects) - LISTED
        if left > 0:
            lines.append(self._wording.line("list", "more", "more", count=Piece("count", str(left), left)))
        return lines

    def _table(self, query: Query, result: Result) -> list[Line]:
        facts, source = self._catalog.document, self._catalog.plan
        filling = {
            "title": Piece("source", facts.title, source),
            "publisher": Piece("source", facts.publisher, source),
            "first": self._year(facts.years[0]),
            "last": self._year(facts.years[-1]),
            "count": Piece("count", str(len(result.projects)), len(result.projects)),
            "grades": Piece("source", "・".join(self._catalog.grades), source),
        }
        lines = [self._wording.line("table", attribute, "figure", **filling) for attribute in query.attributes]
        for mark, name in result.labels:
            key = "goal" if mark else "policy"
            value, letter = Piece("source", name, source), Piece("source", mark, source)
            lines.append(self._wording.line("table", key, "item", value=value, letter=letter))
        if "title" in query.attributes and facts.scope:
            lines.append(self._wording.line("table", "scope", scope=Piece("source", facts.scope, source)))
        return lines

    def _absence_line(self, absence: Absence) -> Line:
        labels = [self._catalog_label(what) for what in absence.what] or [Piece("echo", f"「{absence.echo}」")]
        return self._wording.line(
            "absent",
            absence.kind,
            "figure",
            echo=Piece("echo", absence.echo),
            what=join(labels, "・"),
            years=join(map(self._year, absence.years), "・"),
            first=self._year(self._catalog.years[0]),
            last=self._year(self._catalog.years[-1]),
            grades=Piece("source", "・".join(self._catalog.grades), self._catalog.plan),
            goals=Piece("source", "・".join(self._catalog.goals), self._catalog.plan),
        )

    def _catalog_label(self, what: str) -> Piece:
        return Piece("words", self._catalog.word_label(what))

    def _formal(self, quote: Quote, role: str) -> Line:
        return Line(role, self._formal_pieces(quote))

    def _formal_text(self, result: Result) -> tuple[Piece, ...]:
        return tuple(piece for quote in result.quotes if quote.state == "reported" for piece in self._formal_pieces(quote))

    def _formal_pieces(self, quote: Quote) -> tuple[Piece, ...]:
        key = quote.state if quote.state != "reported" else "sentence" if quote.grade else "ungraded"
        project: tuple[Piece, ...] = (Piece("name", quote.project.name, quote.project),)
        if quote.activity:
            project += (Piece("words", "「"), Piece("name", quote.activity, quote.project), Piece("words", "」"))
        return self._wording.pieces(
            "formal",
            key,
            title=Piece("source", self._catalog.document.title, self._catalog.plan),
            years=self._year(quote.year),
            project=project,
            cell=Piece("cell", quote.text, quote),
            grade=self._grade(quote),
            rows=Piece("name", f"No.{quote.project.no}", quote.project),
        )

    def _note(self, note: Note) -> Line:
        reference = note.reference
        name = self._catalog.names.get(reference, "")
        number = reference.partition(".")[0].rpartition("/")[2]
        owner = Project(self._catalog.project_of(reference), number, self._catalog.names.get(self._catalog.project_of(reference), ""), ())
        project = Piece("name", owner.name if note.key == "also" else name, owner)
        return self._wording.line(
            "note",
            note.key,
            "note",
            echo=Piece("echo", note.echo),
            project=project,
            no=Piece("name", number, owner),
            years=join(map(self._year, note.years), "・"),
            what=join(map(self._catalog_label, note.what), "・"),
        )

    def _premises(self, parse: Parse, result: Result) -> list[Line]:
        """A figure or a grade that the question supposes and the table doesn't print."""
        lines = []
        asked = {(figure.value, figure.unit) for quote in result.quotes for figure in quote.figures}
        for figure in parse.slots.figures if result.quotes else ():
            if (figure.value, figure.unit) not in asked:
                lines.append(self._wording.line("note", "premise", echo=Piece("echo", figure.text)))
        printed = {quote.grade for quote in result.quotes} | {fact.value for fact in result.facts if fact.attribute == "grade"}
        for condition in parse.slots.conditions:
            if condition.type == "grade" and printed - {""} and parse.slots.subjects and condition.value not in printed:
                grade = Piece("source", "・".join(sorted(printed - {""})), self._catalog.plan)
                lines.append(self._wording.line("note", "grade_premise", echo=Piece("echo", condition.value), grade=grade))
        return lines

    def _unread(self, parse: Parse) -> list[Line]:
        return [self._wording.line("note", "unread", echo=Piece("echo", word)) for word in _unread(parse)]

    def _sources(self, projects: Sequence[Project]) -> list[Line]:
        facts = self._catalog.document
        title = Piece("source", facts.title, facts.id)
        rows = [Piece("name", f"No.{project.no}", project) for project in projects[:3]] if len(projects) <= 3 else []
        key = "source" if rows else "source_whole"
        return [self._wording.line("head", key, "source", title=title, rows=join(rows, "・"))]

    def _choice(self, option: Option) -> Choice:
        question = self._catalog.question(option.query) if option.query else option.label
        return Choice(option.label, question, option.query)

    def _choice_lines(self, options: Sequence[Option]) -> list[Line]:
        lines = [self._wording.line("ask", "choice", "choice", label=Piece("name", option.label, self._owner(option))) for option in options[:OFFERED]]
        left = len(options) - OFFERED
        if left > 0:
            lines.append(self._wording.line("list", "more", "more", count=Piece("count", str(left), left)))
        return lines

    def _owner(self, option: Option) -> str:
        return option.references[0] if option.references else self._catalog.plan

    def _projects(self, options: Sequence[Option]) -> tuple[Project, ...]:
        references = dict.fromkeys(self._catalog.project_of(r) for option in options for r in option.references)
        return tuple(Project(r, r.rpartition("/")[2], self._catalog.names[r], ()) for r in references)

    def _examples(self) -> list[Line]:
        examples = [self._wording.line("help", "example", "choice", question=Piece("name", question, self._catalog.plan)) for question in self._catalog.samples()]
        return [self._wording.line("help", "examples"), *examples]


_ATTRIBUTES = {
    "grade": "達成度", "description": "内容", "period": "実施年度", "goal": "戦略目標", "policy": "施策", "number": "番号",
}  # fmt: skip


_EXTREMES = {"largest": "最も多い", "smallest": "最も少ない"}


def _owners(result: Result) -> tuple[Project, ...]:
    """Every project that a result is about, in its order."""
    heads = [*(quote.project for quote in result.quotes), *(fact.project for fact in result.facts), *result.projects]
    return tuple({project.reference: project for project in heads}.values())


def _receipt(query: Query) -> str:
    compact = query.to_compact()
    return compact if len(compact.encode()) <= LONGEST_COMPACT else ""


def _unread(parse: Parse) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.text for mention in parse.unread()))

