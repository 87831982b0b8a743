"""Lines: which line or column of a subject holds what is asked of it, where the one that is named doesn't."""

from collections.abc import Sequence

from kb.catalog import Catalog
from kb.planning.asking import BETWEEN_YEARS
from kb.planning.outcomes import Absence, Ambiguity, Note, Planned
from kb.query import Query
from kb.terms import BETWEEN, DETAIL, FIGURED, PERIODS
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.writing.text import to_key

__all__ = [
    "as_printed",
    "beyond",
    "counted_so",
    "headed",
    "of_base",
    "of_its_own",
    "of_lines",
    "printed_rate",
    "side_by_side",
    "whole",
]


def of_lines(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """Lines of which only other kinds are printed than what is quoted by itself: 確保方策 is a target, and no result."""
    if set(parse.slots.named_columns) & set(FIGURED) or query.attributes != catalog.default:
        return query
    lines = [subject.reference for subject in query.subjects if subject.position]
    kinds = tuple(kind for kind in FIGURED if any(catalog.reported.get((line, kind)) for line in lines))
    other = len(lines) == len(query.subjects) and kinds and not set(kinds) & set(query.attributes)
    return query._replace(attributes=kinds) if other else query


def beyond(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """7年度は of a year for which the table has no results, but a target: what it has."""
    references = [subject.reference for subject in query.subjects]
    asked = parse.slots.attributes or parse.slots.measures or query.operators != ("cells",)
    if asked or not query.years or any(catalog.holds(references, kind, query.years) for kind in query.attributes):
        return query
    return query._replace(attributes=("target",)) if catalog.holds(references, "target", query.years) else query


def as_printed(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """目標は？ after a difference of years for which the table has no target: the targets that it has, and no difference."""
    leaning = "cues" in parse.slots.inherited and parse.own.named_columns and not parse.own.years
    if not leaning or query.operators[-1] not in BETWEEN or len(query.attributes) > 1:
        return query
    told = {year for one in query.subjects for year in catalog.years_reported(one.reference, kinds=query.attributes)}
    return query if told & {*query.years} else query.plain()._replace(years=(), measure="")


def headed(query: Query, catalog: Catalog) -> Query:
    """25年度の排出量 where the table has such a year for 「基準年度 排出量」 only: that line."""
    subjects = tuple(_of_year(subject.reference, query, catalog) for subject in query.subjects)
    return query._replace(subjects=tuple(map(catalog.subject, subjects))) if query.years else query


def of_base(outcome: Absence | Ambiguity, query: Query, catalog: Catalog) -> Planned | None:
    """平成30年度は of a table where a further column is headed so (策定時): what stands there, and nothing computed."""
    asked = outcome.years if isinstance(outcome, Absence) and query.operators == ("cells",) else ()
    headings = tuple(f"{DETAIL}{heading}" for year, heading in catalog.document.bases if asked == (year,))
    return Planned(query._replace(attributes=headings, measure="")) if headings else None


def counted_so(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """何人増えた of lines that count 延べ人 or 人/日 and nothing in 人: in the unit that they print; いくら減った in any, where none is money."""
    units = {unit for subject in query.subjects for unit in _units(subject.reference, catalog)}
    if query.measure in units or not query.measure:
        return query
    others = [unit for unit in units if unit == f"{_IN_ALL}{query.measure}" or unit.startswith(f"{query.measure}/")]
    how_much = units and "how_much" in parse.slots.cues and query.operators != ("cells",)  # いくら alone asks for money
    return query._replace(measure=others[0] if len(others) == 1 else "" if how_much else query.measure)


def of_its_own(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """参加者数は？ after 予算との差, or after the 事業費, of its project: what the line itself prints."""
    references, kinds = [subject.reference for subject in query.subjects], {*query.attributes}
    leaning = "attributes" in parse.slots.inherited or (
        "measures" in parse.slots.inherited and not parse.own.attributes
    )
    if not leaning or not kinds <= {*FIGURED} or kinds & {*catalog.default}:
        return query
    talked = {reference for one in parse.context.slots.subjects for reference in one.references}
    named = {project_of(reference) for reference in references if reference != project_of(reference)} & talked
    own = bool(named) and any(catalog.holds(references, kind, catalog.years) for kind in catalog.default)
    if not own and any(catalog.holds(references, kind, catalog.years) for kind in kinds):
        return query
    return query.plain()._replace(attributes=catalog.default, measure="")


def printed_rate(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """受診率は何%: what prints a rate itself is quoted, unless it is asked how it changed."""
    changed = parse.slots.cues & {"rate", "change", "rising", "falling", "compare", "previous"}
    rated = query.operators[-1] == "rate" and query.attributes == ("result",) and not changed
    references = [subject.reference for subject in query.subjects]
    return query.plain() if rated and _print_rate(references, catalog) else query


def whole(query: Query, parse: Parse, catalog: Catalog) -> Query:
    """A project of which nothing is asked by name: its own amounts beside what its indicators report, where it has columns."""
    named = parse.slots.named_columns or parse.slots.measures or parse.slots.absents
    if named or query.operators != ("cells",) or any(subject.position for subject in query.subjects):
        return query
    references, years = [subject.reference for subject in query.subjects], query.years or catalog.years
    held = tuple(kind for kind in catalog.whole if catalog.holds(references, kind, years))
    return query._replace(attributes=held or catalog.whole)


def side_by_side(planned: Planned, catalog: Catalog) -> Planned:
    """The difference of three projects in one year: their figures, since a difference is that of two."""
    query = planned.query
    if query.operators[-1] not in BETWEEN_YEARS or len(query.subjects) < 3 or len(query.years or catalog.years) > 1:
        return planned
    compared = query._replace(operators=(*query.operators[:-1], "compare"))
    return Planned(compared, (*planned.notes, Note("beside")))


# Private functions

_IN_ALL = "延べ"
"""What a unit begins with that counts everybody each time."""


def _of_year(reference: str, query: Query, catalog: Catalog) -> str:
    def held(line: str) -> bool:
        return any(catalog.holds((line,), kind, query.years) for kind in query.attributes)

    if held(reference):
        return reference
    name, lines = to_key(catalog.names[reference]), catalog.activities.get(project_of(reference), ())
    named = {line: to_key(catalog.names.get(line, "")) for line in lines if held(line)}
    others = [line for line, other in named.items() if other.endswith(tuple(f"{ending}{name}" for ending in PERIODS))]
    return others[0] if len(others) == 1 else reference


def _units(reference: str, catalog: Catalog) -> frozenset[str]:
    lines = catalog.activities.get(reference) or (reference,)
    return frozenset(unit for line in lines for unit in catalog.printed.get(line, ()) if unit)


def _print_rate(references: Sequence[str], catalog: Catalog) -> bool:
    """Whether each of some rows and projects prints a rate itself."""
    lines = (catalog.activities.get(one) or (one,) for one in references)
    return all(any("%" in catalog.printed.get(line, ()) for line in own) for own in lines)
