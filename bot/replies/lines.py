"""Lines: the lines of replies, each made of pieces that can be proven."""

from collections.abc import Iterable, Sequence

from bot.replies.answers import Choice, to_choice
from bot.replies.pieces import Line, Piece, count, join, words
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.query import LONGEST_COMPACT, Query
from kb.running.results import Fact, Project, Quote, Result
from kb.samples import samples
from kb.terms import ATTRIBUTES, DETAIL
from nlp.contexts import Option
from nlp.names.names import project_of
from nlp.years.fiscal import era_year

__all__ = ["Lines", "heading", "lines_of", "owners"]

LISTED = 12
"""Projects that a list shows; the rest is counted (ほか n件)."""
CHOICES = 6
"""Choices that a question back shows."""


class Lines:
    """Makes the lines that replies of every shape are made of."""

    def __init__(self, wording: Wording, catalog: Catalog) -> None:
        self.wording = wording
        self.catalog = catalog

    def quote(self, quote: Quote, many_rows: bool, many_years: bool, graded: bool, named: bool = False) -> Line:
        """One cell: with its activity where a project has several rows, with its year where several are shown."""
        cell = self.cell(quote, named)
        if many_rows:
            activity = Piece("name", quote.activity or quote.project.name, quote.project)
            shows_grade = graded and quote.grade and not many_years and quote.kind == "result"
            key = "activity_graded" if shows_grade else "activity"
            return self.wording.line("cell", key, "figure", activity=activity, cell=cell, grade=self.grade(quote))
        if many_years:
            key = "year_graded" if graded and quote.grade and quote.kind == "result" else "year"
            year = self.year(quote.year, short=True)
            return self.wording.line("cell", key, "figure", year=year, cell=cell, grade=self.grade(quote))
        key = "figure" if quote.grade and quote.kind == "result" else "figure_ungraded"
        return self.wording.line("cell", key, "figure", cell=cell, grade=self.grade(quote))

    def head(self, quote: Quote, years: Sequence[int] = (), alone: bool = True) -> Line:
        """Whose cells they are: project, number, activity, years."""
        filling: dict[str, Piece | tuple[Piece, ...]] = {
            "project": Piece("name", quote.project.name, quote.project),
            "no": Piece("name", quote.project.address, quote.project),
            "years": join((self.year(year) for year in years or [quote.year]), "・"),
        }
        if alone and quote.activity:
            filling["activity"] = Piece("name", quote.activity, quote.project)
            return self.wording.line("head", "activity_year", "head", **filling)
        return self.wording.line("head", "project_year", "head", **filling)

    def project(self, project: Project) -> Line:
        """A project without a year."""
        name, no = Piece("name", project.name, project), Piece("name", project.address, project)
        return self.wording.line("head", "project", "head", project=name, no=no)

    def activity(self, quote: Quote) -> tuple[Piece, ...]:
        """「…」 behind a project's name: the activity whose cell it is."""
        if not quote.activity:
            return ()
        return (Piece("words", "「"), Piece("name", quote.activity, quote.project), Piece("words", "」"))

    def named(self, quote: Quote) -> tuple[Piece, ...]:
        """The activity, or the project where it has none, with the project's number."""
        name = Piece("name", quote.activity or quote.project.name, quote.project)
        return (name, Piece("name", f"({quote.project.address})", quote.project))

    def whole_name(self, quote: Quote) -> tuple[Piece, ...]:
        """The project with its number, and which of its lines it is where that has a name."""
        name = Piece("name", quote.project.name, quote.project)
        return (name, *self.activity(quote), Piece("name", f"({quote.project.address})", quote.project))

    def year(self, year: int, short: bool = False) -> Piece:
        """平成25年度(2013年度), or without the Western year."""
        label = era_year(year, self.catalog.era)
        return Piece("year", label if short else f"{label}({year}年度)", year)

    def grade(self, quote: Quote) -> tuple[Piece, ...]:
        """The grade of a row, in its year where each has its own."""
        return _in_quotes(Piece("fact", quote.grade, quote))

    def column(self, quote: Quote) -> Piece:
        """How the column is called that a cell stands in: 実績, 予算, the plan's word for its grades."""
        if quote.kind == "grade":
            return heading(self.catalog.grade_name, self.catalog.plan)
        return Piece("words", ATTRIBUTES[quote.kind])

    def cell(self, quote: Quote, named: bool = False) -> tuple[Piece, ...]:
        """A cell with what it is, where it is no plain result: 予算 10,136千円."""
        kind: tuple[Piece, ...] = (self.column(quote), words(" ")) if named or quote.kind != "result" else ()
        if quote.state == "reported":
            return (*kind, Piece("cell", quote.shown, quote))
        if quote.state == "conflict":
            printed = join((Piece("cell", text, quote) for text in quote.conflict), " / ")
            return (*kind, *self.wording.pieces("cell", "conflict", printed=printed))
        return (*kind, *self.wording.pieces("cell", quote.state))

    def asked(self, query: Query) -> Piece:
        """What was asked of projects: of a line that many of them print it is said once what it is called."""
        names = dict.fromkeys(self.catalog.names[s.reference] for s in query.subjects)
        of_line = query._replace(subjects=(), measure=":" + "・".join(names)) if names else query
        return Piece("echo", of_line.to_japanese())

    def facts(self, facts: Iterable[Fact]) -> list[Line]:
        """Attributes, each with what must be said with it."""
        lines = []
        for fact in facts:
            if not fact.value:
                attribute = self.attribute(fact.attribute)
                key = "blank_activity" if fact.activity else "blank"
                activity = Piece("name", fact.activity or "", fact.project)
                lines.append(self.wording.line("fact", key, "figure", attribute=attribute, activity=activity))
                continue
            lines.append(self._fact(fact))
            lines += [
                self.wording.line("fact", "mark", mark=Piece("source", mark, self.catalog.plan)) for mark in fact.marks
            ]
        return lines

    def _fact(self, fact: Fact) -> Line:
        by_row = fact.activity and fact.attribute in ("grade", "period")
        key = (
            "detail"
            if fact.attribute.startswith(DETAIL)
            else f"{fact.attribute}_activity"
            if by_row
            else fact.attribute
        )
        activity, value = Piece("name", fact.activity or "", fact.project), Piece("fact", fact.value, fact)
        quoted = _in_quotes(value) if fact.attribute == "grade" else value
        heading = self.attribute(fact.attribute)
        return self.wording.line("fact", key, "figure", value=quoted, activity=activity, attribute=heading)

    def attribute(self, attribute: str) -> Piece:
        """How an attribute is called."""
        return heading(self.catalog.attribute_label(attribute), self.catalog.plan)

    def items(self, projects: Sequence[Project], start: int = 0) -> list[Line]:
        """Some of many projects; the rest is counted."""
        lines = self.before(projects[:start])
        for project in projects[start : start + LISTED]:
            name, no = Piece("name", project.name, project), Piece("name", project.address, project)
            grade = _in_quotes(Piece("fact", "・".join(project.grades), project))
            key = "item_graded" if project.grades else "item"
            lines.append(self.wording.line("list", key, "item", project=name, no=no, grade=grade))
        if projects[start + LISTED :]:
            lines.append(self.more(projects[start + LISTED :]))
        return lines

    def before(self, shown: Sequence[object]) -> list[Line]:
        """What of a list has been shown before."""
        return [self.wording.line("list", "continued", count=count(shown))] if shown else []

    def more(self, hidden: Sequence[object]) -> Line:
        """ほか n件: what there is beside what is shown."""
        return self.wording.line("list", "more", "more", count=count(hidden))

    def sources(self, projects: Sequence[Project]) -> list[Line]:
        """The document, and the rows while they are few."""
        facts = self.catalog.document
        title = Piece("source", facts.title, facts.id)
        rows = [Piece("name", project.address, project) for project in projects[:3]] if len(projects) <= 3 else []
        key = "source" if rows else "source_whole"
        return [self.wording.line("head", key, "source", title=title, rows=join(rows, "・"))]

    def choice(self, option: Option) -> Choice:
        """An option as something that can be asked."""
        if option.question:  # of another plan, which has said it itself
            carried = len(option.query.encode()) <= LONGEST_COMPACT
            return Choice(option.label, option.question, option.query if carried else "")
        query = self.catalog.query(option.query)
        return to_choice(query, option.label, self.catalog.phrase(query))

    def choices(self, options: Sequence[Option]) -> list[Line]:
        """Options as lines; the rest is counted."""
        lines = [
            self.wording.line("ask", "choice", "choice", label=Piece("name", option.label, self._owner(option)))
            for option in options[:CHOICES]
        ]
        if options[CHOICES:]:
            lines.append(self.more([option.label for option in options[CHOICES:]]))
        return lines

    def projects(self, options: Sequence[Option]) -> tuple[Project, ...]:
        """The projects that options stand for."""
        references = dict.fromkeys(project_of(r) for option in options for r in option.references)
        return tuple(self.catalog.head(reference) for reference in references if reference in self.catalog.names)

    def examples(self) -> list[Line]:
        """Questions of this very table that are sure to work."""
        examples = [
            self.wording.line("help", "example", "choice", question=Piece("name", question, self.catalog.plan))
            for question in samples(self.catalog)
        ]
        return [self.wording.line("help", "examples"), *examples]

    def word(self, what: str) -> Piece:
        """How replies call a word of the vocabulary."""
        return Piece("words", self.catalog.word_label(what))

    # Private functions

    def _owner(self, option: Option) -> str:
        return option.references[0] if option.references else self.catalog.plan


def heading(text: str, plan: str) -> Piece:
    """How a column is called: words like any other, proven where the plan's own heading holds a digit."""
    return Piece("source", text, plan) if any(map(str.isdigit, text)) else words(text)


def owners(result: Result) -> tuple[Project, ...]:
    """Every project that a result is about, in its order."""
    heads = [*(quote.project for quote in result.quotes), *(fact.project for fact in result.facts), *result.projects]
    return tuple({project.reference: project for project in heads}.values())


def lines_of(quotes: Sequence[Quote]) -> tuple[int | str | None, ...]:
    """The lines of the table that cells of one project stand in: rows, or activities where a line has several rows."""
    mixed = len({quote.kind for quote in quotes}) > 1
    return tuple(dict.fromkeys(quote.activity if mixed else quote.row for quote in quotes))


# Private functions


def _in_quotes(grade: Piece) -> tuple[Piece, ...]:
    """A letter stands as it is (達成度A), a grade of words in quotation marks (進捗「概ね順調」)."""
    worded = len(grade.text) > 1 and "・" not in grade.text
    return tuple(piece._replace(part="grade") for piece in ((words("「"), grade, words("」")) if worded else (grade,)))
