"""Overviews: what is asked of no project by name: a list, figures over projects, the cells that print something."""

from collections.abc import Collection, Sequence

from kb.catalog import SHOWN_UNITS, Catalog
from kb.filters import DATED, Filter
from kb.planning.asking import AskedYears, begins_span, is_base, read_asked_years, read_bound, read_measure
from kb.planning.attributes import no_column, one_column, read_columns
from kb.planning.conditions import beside_names, read_conditions, state_filter, within_note
from kb.planning.outcomes import Absence, Ambiguity, Note, Outcome, Planned
from kb.query import Query, Subject
from kb.terms import ADDING, FIGURED, TRENDS
from nlp.parsing import Option, Parse
from nlp.slots import Slots
from nlp.years.fiscal import YearMention

__all__ = ["backwards", "dated", "select"]


def select(parse: Parse, catalog: Catalog) -> Outcome:
    """The projects that conditions select, what is computed over them, or the cells that are looked for backwards."""
    slots = parse.slots
    if "having" in parse.operators or (slots.figures and parse.operators[0] == "projects"):
        return _having(parse, catalog)
    years = read_asked_years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    looked_for = slots.keywords if parse.kind and parse.kind.required & {"keyword", "topic"} else ()
    conditions = read_conditions((*slots.conditions, *looked_for), slots, years[0], catalog)
    if isinstance(conditions, Absence):
        return conditions
    filters, notes = conditions
    own = [year for condition in slots.conditions for year in condition.years if condition.type in _DATED]
    years = (_beside(own, slots, years[0]) if catalog.graded or _is_graded(filters) else years[0], (*years[1], *notes))
    if parse.operators[0] == "cells":
        return _compute(parse, catalog, filters, years)
    if years[0] and catalog.default != ("result",) and _says_result(parse):
        return Absence("no_attribute", "no_column", echo=catalog.attribute_label("result"))
    if own and years[0] and _is_graded(filters):
        return _of_graded(parse, catalog, filters, years)
    return Planned(catalog.asked(filters=dated(filters, years[0], parse, catalog), operators=parse.operators), years[1])


def dated(filters: tuple[Filter, ...], years: Sequence[int], parse: Parse, catalog: Catalog) -> tuple[Filter, ...]:
    """The filters of a list with its years as conditions; beside a grade of a year they are that grade's."""
    states = (
        ()
        if _is_graded(filters) or any(one.type == "told" for one in filters)
        else tuple(_state(year, parse, catalog) for year in years)
    )
    return tuple(dict.fromkeys((*filters, *states)))


def backwards(filters: tuple[Filter, ...], years: tuple[int, ...], catalog: Catalog) -> Query:
    """The cells of any kind that fit; the reply says of which kind each is."""
    kinds = tuple(kind for kind in FIGURED if kind in catalog.document.kinds) or catalog.default
    return catalog.asked(filters=filters, years=years, attributes=kinds, operators=("cells", "having"))


# Private functions


def _beside(own: Sequence[int], slots: Slots, years: tuple[int, ...]) -> tuple[int, ...]:
    """The years that are said of something else than of a grade, which may be one of these once more."""
    said = [year for mention in slots.years for year in mention.years]
    for year in own:
        if year in said:
            said.remove(year)
    return tuple(year for year in years if year in said or year not in own)


def _is_graded(filters: Sequence[Filter]) -> bool:
    return any(filter_.type in DATED for filter_ in filters)


def _of_graded(parse: Parse, catalog: Catalog, filters: tuple[Filter, ...], years: AskedYears) -> Outcome:
    """4年度に評価Aだった事業の5年度の実績: the cells of another year of the projects that a grade selects."""
    asked = ("grade",) if parse.slots.attributes == ("grade",) else read_columns(parse.slots, catalog)
    return Planned(catalog.asked(filters=filters, years=years[0], attributes=asked), years[1])


_DATED = frozenset({"grade", "status"})
"""Conditions of a year."""
_SAYING = frozenset({"has_result", "no_result"})


def _says_result(parse: Parse) -> bool:
    """実績が載っている, 実績がない: the results by name."""
    label = parse.recognition.text.value
    cues = (m for m in parse.recognition.mentions if _SAYING & set(m.of("cue")))
    return any(label[mention.start : mention.end].startswith("実績") for mention in cues)


def _state(year: int, parse: Parse, catalog: Catalog) -> Filter:
    """A year as a condition: its cell is reported, prints a figure, or says nothing."""
    nothing = "no_result" in _said_of(year, parse)
    state = "numeric" if "numeric" in parse.slots.cues and not nothing else "reported"
    return state_filter(year, state, catalog, read_columns(parse.slots, catalog)[0])._replace(negated=nothing)


def _said_of(year: int, parse: Parse) -> Collection[str]:
    """What is said of a year's cell, behind it: 23年度に実績があり、26年度に実績がない says two things."""
    mentions = parse.recognition.mentions
    cues = [mention for mention in mentions if _SAYING & set(mention.of("cue"))]
    named = (m.end for m in mentions if isinstance(m.detail, YearMention) and year in m.detail.years)
    end = next(named, 0)
    behind = [mention.of("cue") for mention in cues if mention.start >= end]
    return behind[0] if behind else parse.slots.cues


def _having(parse: Parse, catalog: Catalog) -> Outcome:
    """Backwards: the cells that print these figures, or these words."""
    years = read_asked_years(parse, catalog, ())
    if isinstance(years, Ambiguity | Absence):
        return years
    held = read_conditions(beside_names(parse.slots), parse.slots, years[0], catalog)
    if isinstance(held, Absence):
        return held
    filters = tuple(Filter("figure", f"{figure.value} {figure.unit} {figure.text}") for figure in parse.slots.figures)
    filters = filters or tuple(Filter("text", topic.value) for topic in parse.slots.topics)
    return Planned(backwards((*held[0], *filters), years[0], catalog), (*years[1], *held[1]))


def _compute(parse: Parse, catalog: Catalog, filters: tuple[Filter, ...], years: AskedYears) -> Outcome:
    """Figures across projects: of which unit must be said, amounts and people can't be ranked together."""
    absent = no_column(parse, catalog)
    if absent:
        return absent
    columns = read_columns(parse.slots, catalog)
    if _compares_grades(parse):
        if not catalog.graded or parse.operators[-1] not in ("changed", "unchanged"):
            return Ambiguity("graded", ())  # which of two grades is the better one no table says
        columns = ("grade",)
    ranked = "order" in parse.slots.cues
    tops = (number.value for number in parse.slots.numbers if number.form == "top" or ranked)
    query = catalog.asked(
        filters=filters,
        years=years[0],
        attributes=columns,
        operators=parse.operators,
        measure=read_measure(parse.slots),
        limit=next(tops, 0),
        bound=read_bound(parse),
    )
    undecided = one_column(query, parse)
    if undecided:
        return undecided
    if "conditions" in parse.slots.inherited and filters:
        years = (years[0], (*years[1], within_note(query, catalog)))
    elif parse.context.within and len(parse.context.listed) > 1 and not filters and "whole" not in parse.own.cues:
        years = (years[0], (*years[1], Note("beyond")))  # after a list: of all projects all the same
    if parse.operators[-1] in ("risen", "fallen"):
        two = _two_years(query, parse, catalog)
        compared = Planned(query._replace(years=two), years[1])
        beside = 1 if _is_from(parse) else -1
        return compared if len(two) > 1 else Absence("no_year", "no_year", years=tuple(year + beside for year in two))
    lines = catalog.lines_in(query.measure) if query.attributes == ("result",) and parse.operators[-1] in ADDING else {}
    if len(lines) > 1:
        return Ambiguity("measure", tuple(_of_line(query, name, rows, catalog) for name, rows in lines.items()))
    if query.measure or parse.operators[-1] in ("rising", "falling", "unchanged", "changed"):
        return Planned(query, years[1])
    return _of_one_unit(query, years[1], catalog)


def _compares_grades(parse: Parse) -> bool:
    """評価が上がった事業: the grades themselves, beside no figure, and none of them by name."""
    slots = parse.slots
    graded = any(condition.type == "grade" for condition in parse.own.conditions)
    return parse.operators[-1] in TRENDS and slots.attributes == ("grade",) and not slots.measures and not graded


def _of_line(query: Query, name: str, rows: tuple[str, ...], catalog: Catalog) -> Option:
    """The same of one line alone: 使用料収入の合計."""
    of_line = query._replace(subjects=tuple(map(catalog.subject, rows)), measure="")
    said = of_line._replace(subjects=(Subject(rows[0], name),)).to_japanese()
    return Option(said, (), of_line.to_compact(), (name,), said)


def _two_years(query: Query, parse: Parse, catalog: Catalog) -> tuple[int, ...]:
    """The two years that are held against each other: those that are said, one with the one before, else the last two.

    4年度より, 4年度から: one with what came after it, the year that follows or the last one.
    """
    if len(query.years) > 1:
        return tuple(sorted(query.years))[:: len(query.years) - 1]
    if query.years and _is_from(parse):
        last = catalog.latest(tuple(catalog.names), 1, counted=True, kinds=query.attributes)
        after = (
            [year for year in last if year > query.years[0]]
            if begins_span(parse.recognition)
            else (query.years[0] + 1,)
        )
        return tuple(year for year in dict.fromkeys((*query.years, *after)) if year in catalog.years)
    if query.years:
        return tuple(year for year in (query.years[0] - 1, query.years[0]) if year in catalog.years)
    return catalog.latest(tuple(catalog.names), 2, counted=True, kinds=query.attributes)


def _is_from(parse: Parse) -> bool:
    """4年度より, 4年度から: what came after a year is held against it."""
    return begins_span(parse.recognition) or is_base(parse.recognition)


def _of_one_unit(query: Query, notes: tuple[Note, ...], catalog: Catalog) -> Outcome:
    """Which unit is meant where none was said: the only one of a column that isn't the result, else it is asked back."""
    columns = query.attributes
    units = tuple(dict.fromkeys(unit for kind in columns for unit in catalog.units_of.get(kind, ())))[:SHOWN_UNITS]
    if columns != ("result",) and len(units) < 2:  # 予算の合計: the budget is money
        return Planned(query._replace(measure="".join(units)), notes)
    measured = [query._replace(measure=unit) for unit in units]
    options = tuple(Option(one.to_japanese(), (), one.to_compact(), (one.to_japanese(),)) for one in measured)
    return Ambiguity("measure", options)
