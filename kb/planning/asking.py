"""Asking: which fiscal years and which figures a question is about, before it is said of what."""

from collections.abc import Sequence
from itertools import pairwise

from kb.catalog import Catalog
from kb.planning.outcomes import Absence, Ambiguity, Note
from kb.query import Query
from kb.terms import ADDING, FIGURED, GAINING, MOVING, ORDERING, SELECTS, STEADY
from nlp.bounds import Bound
from nlp.names.names import project_of
from nlp.parsing import Parse
from nlp.recognition import Recognition
from nlp.slots import Slots
from nlp.years.fiscal import YearForm, YearMention

__all__ = [
    "AskedYears",
    "BETWEEN_YEARS",
    "COMPUTING",
    "begins_span",
    "holds_two_years",
    "is_base",
    "is_computing",
    "no_other_year",
    "read_asked_years",
    "read_bound",
    "read_measure",
    "read_place",
    "two_years",
    "with_year_before",
]

BETWEEN_YEARS = frozenset({"change", "rate", "ratio"})
"""Operators that need two years: of one year they mean the year before it, too."""
COMPUTING = BETWEEN_YEARS | ADDING | SELECTS | {"compare"}
"""Operators that work on figures."""
AskedYears = tuple[tuple[int, ...], tuple[Note, ...]]


def read_asked_years(parse: Parse, catalog: Catalog, references: Sequence[str]) -> AskedYears | Ambiguity | Absence:
    """The fiscal years that are asked, in the order said, with what was inferred."""
    years: list[int] = []
    notes: list[Note] = []
    recognition = parse.recognition
    bare = _bare_years(parse, catalog) if parse.slots.subjects else []
    for mention in [*parse.slots.years, *bare]:
        echo = recognition.text.quote(mention.start, mention.end) if mention.end else ""
        if mention.form is YearForm.RELATIVE or (mention.form is YearForm.STEP and not _stepped_from(parse)):
            return Ambiguity("relative", (), echo=echo)
        if mention.form is YearForm.NAMED and not mention.years:
            return Absence("no_year", "no_attribute", echo=echo)
        read = _read_year(mention, parse, catalog, references)
        if read is None:
            return ((), ())
        if mention.form in (YearForm.CALENDAR, YearForm.MONTH) and echo:
            notes.append(Note("calendar", echo=echo, years=read))
        if mention.form is YearForm.LATEST:
            notes.append(Note("latest", years=read))
        if mention.form is YearForm.COUNT:
            notes.append(Note("counted", echo=echo, years=read))
        if mention in bare:
            notes.append(Note("bare", echo=echo, years=read))
        years += read
    inside = tuple(dict.fromkeys(year for year in years if year in catalog.years))
    outside = tuple(dict.fromkeys(year for year in years if year not in catalog.years))
    if outside and not inside:
        return Absence("no_year", "no_year", years=outside, notes=tuple(notes))
    notes += [Note("outside", years=outside)] if outside else []
    return (inside, tuple(notes))


def read_measure(slots: Slots) -> str:
    """円:補助額 of 「補助額」: its unit and its label; several units side by side."""
    units = [meaning.value for meaning in slots.measures if meaning.type == "measure"]
    labels = [meaning.value for meaning in slots.measures if meaning.type == "label"]
    if len(units) > 1 or len(labels) > 1:
        return "+".join(units) or "+".join(f":{label}" for label in labels)
    return "".join(units) + "".join(f":{label}" for label in labels)


def read_bound(parse: Parse) -> Bound | None:
    """The figure that others must be above or below, where that is what is looked for."""
    return next(iter(parse.slots.bounds), None) if parse.operators and parse.operators[-1] == "bounded" else None


def read_place(parse: Parse) -> int:
    """Which place of an order is asked: 2番目に多い, 2位; the first is what an order begins with anyway."""
    ordered = bool(parse.operators) and parse.operators[-1] in ORDERING | GAINING
    return next((n.value for n in parse.own.numbers if ordered and n.form == "ordinal" and n.value > 1), 0)


def with_year_before(years: tuple[int, ...], query: Query, parse: Parse, catalog: Catalog) -> tuple[int, ...]:
    """The years that an operator needs, where fewer were said.

    A change of one year is the change from the year before; said after another year (25年度から) it is between the two.
    Of two lines of a project it is the last one that both print. A rate, or a change from 前年, of no year is that of the last two with a figure. The largest year is looked for among all.
    """
    operator, subjects = query.operators[-1], [subject.reference for subject in query.subjects]
    if operator == "steps" and len(years) == 1:
        return tuple(year for year in catalog.years if _is_stepped(year, years[0], parse.recognition))
    if holds_two_years(operator, years):
        return two_years(query._replace(years=years), parse, catalog, subjects)
    if operator in ORDERING and len(years) == 1 and len(subjects) == 1:
        return ()
    if operator in BETWEEN_YEARS and len(subjects) == 2 and not years and len({*map(project_of, subjects)}) == 1:
        return catalog.latest_of_all(subjects, query.attributes)
    if operator not in BETWEEN_YEARS or len(subjects) != 1 or len(query.attributes) > 1:
        return years
    if not years and (operator == "rate" or "previous" in parse.slots.cues):
        return catalog.latest(subjects, 2, counted=True, kinds=query.attributes)
    before = parse.context.years
    leaning = "subjects" in parse.slots.inherited and before
    if len(years) == 1 and not leaning and begins_span(parse.recognition):
        last = catalog.latest(subjects, 1, counted=True, kinds=query.attributes)
        return tuple(sorted({*years, *last}))
    if (
        len(years) == 1
        and "subjects" in parse.slots.inherited
        and parse.own.years
        and len(before) == 1
        and before != years
    ):
        return tuple(sorted((*before, *years)))
    other = _other_year(query._replace(years=years), parse, catalog, subjects) if len(years) == 1 else None
    return tuple(sorted({*years, other})) if other in catalog.years else years


def holds_two_years(operator: str, years: Sequence[int]) -> bool:
    """Whether two years of each project are held against each other: 25年度に変わらない is of that year and the one before."""
    return operator in MOVING or (operator in STEADY and len(years) == 1)


def two_years(query: Query, parse: Parse, catalog: Catalog, references: Sequence[str]) -> tuple[int, ...]:
    """The two years that are held against each other: those that are said, one with the one before, else the last two.

    4年度より, 4年度から: one with what came after it, the year that follows or the last one.
    """
    years = query.years
    if len(years) > 1:
        return tuple(sorted(years))[:: len(years) - 1]
    if not years:
        unit = query.measure.partition(":")[0]
        printed = {year for kind in query.attributes for year in catalog.years_of.get((kind, unit), ())}
        last = tuple(sorted(printed))[-2:] if not query.subjects else ()
        return last if len(last) > 1 else catalog.latest(references, 2, counted=True, kinds=query.attributes)
    other = _other_year(query, parse, catalog, references)
    return tuple(year for year in sorted({*years, other}) if year in catalog.years)


def _other_year(query: Query, parse: Parse, catalog: Catalog, references: Sequence[str]) -> int:
    """The year that one year is held against: the one before it; from it on, or against a base, what came after it.

    A base year may stand apart from all others: of a project that is named it is held against the last one.
    """
    year, base = query.years[0], is_base(parse.recognition)
    beside = not base or year + 1 in catalog.years or query.operators[-1] in MOVING | STEADY
    if beside and not begins_span(parse.recognition):
        return year + (1 if base else -1)
    return max(catalog.latest(references, 1, counted=True, kinds=query.attributes), default=year)


def no_other_year(years: Sequence[int], parse: Parse) -> Absence:
    """What is said where the table doesn't have the other one of two years."""
    after = begins_span(parse.recognition) or is_base(parse.recognition)
    return Absence("no_year", "no_year", years=tuple(year + (1 if after else -1) for year in years))


def is_computing(parse: Parse) -> bool:
    """Whether the question works on figures."""
    return bool(parse.operators) and parse.operators[-1] in COMPUTING


def begins_span(recognition: Recognition) -> bool:
    """令和3年度から何人増えた: from then on, up to the last figure that there is."""
    years = [mention for mention in recognition.mentions if mention.type == "year"]
    return len(years) == 1 and recognition.text.value.startswith("から", years[0].end)


def is_base(recognition: Recognition) -> bool:
    """24年度より, 24年度に比べて: what came after it is asked."""
    return any(
        one.type == "year" and "base" in other.of("cue") and not recognition.between(one, other)
        for one, other in pairwise(recognition.mentions)
    )


# Private functions


def _stepped_from(parse: Parse) -> tuple[int, ...]:
    """The years that 前年度 and 翌年度 are counted from: those of the message itself, that of the first in an order, those talked about."""
    own = tuple(year for mention in parse.own.years if mention.end for year in mention.years)
    last = parse.context
    first = tuple(one.year for one in last.given[-1:]) if last.order else ()
    return own or first or last.years


def _is_stepped(year: int, said: int, recognition: Recognition) -> bool:
    """Whether the changes from year to year are asked of it: 23年度から all that follow, 24年度 that and the one before."""
    return year >= said if begins_span(recognition) else said - 1 <= year <= said


def _bare_years(parse: Parse, catalog: Catalog) -> list[YearMention]:
    """Bare numbers, which beside a project can only be years."""
    return [
        YearMention(number.start, number.end, YearForm.BARE, (catalog.era_year(number.value),))
        for number in parse.slots.numbers
        if number.form == "bare" and number.value > 0 and catalog.era_year(number.value) in catalog.years
    ]


def _kinds(parse: Parse, catalog: Catalog) -> tuple[str, ...]:
    """The kinds of cells that are asked by name."""
    named = tuple(name for name in parse.slots.attributes if name in FIGURED)
    return named or (("grade",) if catalog.graded and parse.slots.attributes == ("grade",) else ())


def _read_year(
    mention: YearMention, parse: Parse, catalog: Catalog, references: Sequence[str]
) -> tuple[int, ...] | None:
    """The years that a mention means; None for all of them."""
    form = mention.form
    if form in (YearForm.ALL, YearForm.EACH):
        return None
    if form is YearForm.FIRST:
        return catalog.years[:1]
    if form is YearForm.LAST:
        return catalog.years[-1:]
    if form is YearForm.LATEST:
        return catalog.latest(references, 1, bool(parse.slots.measures), _kinds(parse, catalog))
    if form is YearForm.COUNT:
        return catalog.latest(references, mention.number or 1, is_computing(parse), _kinds(parse, catalog))
    if form is YearForm.STEP:
        before = _stepped_from(parse)
        return ((min(before) if (mention.offset or 0) < 0 else max(before)) + (mention.offset or 0),)
    return mention.years
