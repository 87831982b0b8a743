"""Symbols: a lone letter and a bare number, which may stand for several things of the plan."""

from kb.catalog import Catalog
from kb.cells import read_cell_figures
from kb.filters import Filter
from kb.planning.asking import read_asked_years
from kb.planning.conditions import read_conditions, state_filter
from kb.planning.naming import to_options, with_subjects
from kb.planning.outcomes import Absence, Ambiguity, Note, Outcome, Planned
from kb.planning.overviews import backwards, dated
from kb.terms import ATTRIBUTES
from nlp.conditions import Condition
from nlp.contexts import Option
from nlp.parsing import Parse
from nlp.subjects import Subject

__all__ = ["read_bare_figures", "read_bare_number", "read_letter", "read_other_number"]


def read_letter(parse: Parse, catalog: Catalog) -> Outcome:
    """B may be a grade or a goal: the projects of the one that there is; where both are, ask."""
    letters = parse.slots.letters
    operators = ("projects", "count") if "count" in parse.slots.cues else ("projects",)
    asked = read_asked_years(parse, catalog, ())
    if isinstance(asked, Ambiguity | Absence):
        return asked
    years, notes = asked
    beside = (*parse.slots.keywords, *parse.slots.conditions)
    held = read_conditions(beside or _listed_by(parse, catalog), parse.slots, years, catalog)
    if isinstance(held, Absence):
        return held
    found: list[tuple[Option, tuple[Note, ...]]] = []
    called = {"grade": (ATTRIBUTES["grade"], "評価", catalog.grade_name), "goal": (ATTRIBUTES["goal"], "目標")}
    goaled = any(filter_.type == "goal" and not filter_.negated for filter_ in held[0])  # no project has two goals
    for kind, words in called.items():
        if kind == "goal" and goaled:
            continue
        wanted = [Condition(kind, letter, letter, joined=True) for letter in letters]
        read = read_conditions(wanted, parse.slots, years, catalog)
        if not isinstance(read, Absence):
            filters = dated((*held[0], *read[0]), years, parse, catalog)
            query = catalog.asked(filters=filters, operators=operators)
            found.append((Option(query.to_japanese(), (), query.to_compact(), words), (*notes, *held[1], *read[1])))
    if len(found) == 2:
        return Ambiguity("letter", tuple(option for option, _ in found), echo="・".join(letters))
    if found:
        return Planned(catalog.query(found[0][0].query), found[0][1])
    if not catalog.has("grade"):
        return Absence("no_attribute", "no_column", echo=catalog.grade_name)
    return Absence("no_project", "no_grade", echo="・".join(letters))


def _listed_by(parse: Parse, catalog: Catalog) -> tuple[Condition, ...]:
    """Dにあるのは？ after a list by a grade: of that list, where the letters can be no grade."""
    listed = parse.context.within or ()
    other = {condition.type for condition in listed} <= {"grade", "graded"} and "project" not in parse.own.cues
    return listed if other and not any(map(catalog.grade, parse.slots.letters)) else ()


def read_bare_number(number: int, catalog: Catalog) -> Outcome:
    """23 to 26 are a year and a project's number: ask; 42 can only be a project."""
    references = catalog.numbered(number)
    year = catalog.era_year(number)
    options = to_options(references, catalog.asked(attributes=catalog.default), catalog)
    if references and year in catalog.years:
        reported = catalog.asked(filters=(state_filter(year, "reported", catalog),), operators=("projects",))
        options += (Option(reported.to_japanese(), (), reported.to_compact(), ("年度",)),)
        return Ambiguity("number", options, echo=str(number))
    if references:
        return Planned(with_subjects(catalog.asked(attributes=catalog.default), references[:1], catalog))
    if str(number) in catalog.bare:
        return Planned(backwards((Filter("figure", f"{number}  {number:,}"),), (), catalog))
    return Absence("no_project", "no_number", echo=str(number))


def read_bare_figures(parse: Parse, catalog: Catalog) -> tuple[Filter, ...]:
    """Numbers of the message that stand in a cell without any unit."""
    read = [(mention.text, read_cell_figures(mention.text)) for mention in parse.slots.unknown]
    read += [(str(number.value), read_cell_figures(str(number.value))) for number in parse.slots.numbers]
    bare = ((text, str(found[0].value)) for text, found in read if found and not found[0].unit)
    return tuple(Filter("figure", f"{value}  {text}") for text, value in bare if value in catalog.bare)


def read_other_number(parse: Parse, catalog: Catalog) -> Subject | None:
    """「34は？」 after a project: no year of the plan, so another project's number."""
    if "subjects" not in parse.slots.inherited:
        return None
    numbers = [
        n.value for n in parse.own.numbers if n.form == "bare" and catalog.era_year(n.value) not in catalog.years
    ]
    return Subject((), "number", str(numbers[0]), numbers[0]) if numbers else None
