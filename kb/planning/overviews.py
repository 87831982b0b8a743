"""Overviews: what is asked of no project by name: a list, figures over projects, the cells that print something."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from kb.catalog import SHOWN_UNITS, Catalog
from kb.filters import DATED, Filter
from kb.planning.asking import (
    AskedYears,
    holds_two_years,
    no_other_year,
    read_asked_years,
    read_bound,
    read_measure,
    read_place,
    two_years,
)
from kb.planning.attributes import no_column, one_column, read_columns
from kb.planning.conditions import DATED_CONDITIONS, beside_names, other_years, read_conditions, state_filter
from kb.planning.groups import grouped
from kb.planning.outcomes import Absence, Ambiguity, Note, Outcome, Planned
from kb.planning.scopes import widened_to, within
from kb.planning.values import of_each
from kb.query import Query, Subject
from kb.terms import ADDING, FIGURED, GAINING, TRENDS
from nlp.contexts import Option
from nlp.parsing import Parse
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
    if slots.of_each_year and not years[0] and slots.cues & _SAYING:  # 毎年実績がある
        every = catalog.latest(tuple(catalog.names), len(catalog.years), kinds=catalog.default)
        years = (every, years[1])
    conditions = read_conditions((*slots.conditions, *looked_for), slots, years[0], catalog)
    if isinstance(conditions, Absence):
        return conditions
    filters, notes = conditions
    own = any(condition.years for condition in slots.conditions if condition.type in DATED_CONDITIONS)
    left = other_years(slots, years[0]) if catalog.graded or _is_graded(filters) else years[0]
    years = (left, (*years[1], *notes))
    if parse.operators[0] == "cells":
        return _compute(parse, catalog, filters, years)
    if years[0] and catalog.default != ("result",) and _says_result(parse):
        return Absence("no_attribute", "no_column", echo=catalog.attribute_label("result"))
    if parse.operators[-1] == "each":
        apart = grouped(parse, dated(filters, years[0], parse, catalog), years[0], catalog)
        return (
            Planned(catalog.asked(filters=apart, operators=parse.operators), years[1])
            if apart
            else Ambiguity("unheld", (), echo=_said_each(parse))
        )
    values = None if _asks_label(parse) else of_each(parse, filters, years[0], catalog)
    if values:
        return Planned(values, years[1])
    if own and years[0] and _is_graded(filters):  # 4年度に評価Aだった事業の5年度は: its cells
        columns = read_columns(slots, catalog)
        return Planned(catalog.asked(filters=filters, years=years[0], attributes=columns), years[1])
    labelled = any(filter_.type in ("goal", "policy") for filter_ in filters)  # 産業課は何をしている: what it has
    listing = parse.operators[0] == "lacking" or (parse.operators[0] == "label" and not labelled)
    operators = ("projects",) if listing else parse.operators  # the list beside what there isn't
    return Planned(catalog.asked(filters=dated(filters, years[0], parse, catalog), operators=operators), years[1])


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


def _asks_label(parse: Parse) -> bool:
    """戦略目標Dって何のこと: what a goal is called of which the letter alone is said, and not what each of its projects is."""
    lettered = any(one.type == "goal" and one.value == one.text for one in parse.slots.conditions)
    return parse.operators[0] == "label" and lettered and "conditions" not in parse.slots.inherited


def _said_each(parse: Parse) -> str:
    return next((mention.text for mention in parse.recognition.mentions if "each" in mention.of("cue")), "")


def _is_graded(filters: Sequence[Filter]) -> bool:
    return any(filter_.type in DATED for filter_ in filters)


_SAYING = frozenset({"has_result", "no_result"})


def _says_result(parse: Parse) -> bool:
    """実績が載っている, 実績がない: the results by name."""
    label = parse.recognition.text.value
    cues = (m for m in parse.recognition.mentions if _SAYING & set(m.of("cue")))
    return any(label[mention.start : mention.end].startswith("実績") for mention in cues)


def _state(year: int, parse: Parse, catalog: Catalog) -> Filter:
    """A year as a condition: its cell is reported, prints a figure, one in a unit, or says nothing."""
    nothing = "no_result" in _said_of(year, parse)
    units = _held_units(parse) or [one.value for one in parse.slots.measures if one.type == "measure"]
    counted = _COUNTED if "count" in parse.operators and not _held_units(parse) else set()
    labelled = any(one.type == "label" for one in parse.slots.measures)
    unit = units[0] if len(units) == 1 and not labelled and not counted & {*units} else ""
    state = unit or ("numeric" if "numeric" in parse.slots.cues and not nothing else "reported")
    return state_filter(year, state, catalog, read_columns(parse.slots, catalog)[0])._replace(negated=nothing)


_COUNTED = frozenset({"件", "事業"})
"""Units in which projects are counted."""


def _held_units(parse: Parse) -> list[str]:
    """件数がある事業はいくつ: the units that are said right where it is said that cells say something."""
    mentions = parse.recognition.mentions
    saying = [one for one in mentions if _SAYING & set(one.of("cue"))]
    before = (one for one, other in pairwise(mentions) if other in saying)
    return [*dict.fromkeys(unit for one in (*saying, *before) for unit in one.of("measure"))]


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
    query = backwards((*held[0], *filters), years[0], catalog)
    named = tuple(name for name in parse.slots.named_columns if name in query.attributes)  # 決算が0円: no 予算 of 0円
    return Planned(query._replace(attributes=named or query.attributes), (*years[1], *held[1]))


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
    query = catalog.asked(
        filters=filters,
        years=years[0],
        attributes=columns,
        operators=parse.operators,
        measure=read_measure(parse.slots),
        limit=_limit(parse),
        place=read_place(parse),
        bound=read_bound(parse),
    )
    undecided = one_column(query, parse)
    if undecided:
        return undecided
    notes = (*years[1], *_scoped(query, parse, catalog), *widened_to(query, parse))
    if holds_two_years(parse.operators[-1], years[0]):
        two = two_years(query, parse, catalog, tuple(catalog.names))
        if len(two) < 2:
            return no_other_year(two, parse)
        query = query._replace(years=two)
    lines = _lines_apart(query, catalog)
    if lines:
        return Ambiguity("measure", lines)
    if query.measure or parse.operators[-1] in TRENDS:
        return Planned(query, notes)
    return _of_one_unit(query, notes, catalog)


def _limit(parse: Parse) -> int:
    """How many places of an order are asked: 上位3, 順に3つ."""
    listed = "order" in parse.slots.cues and not read_place(parse)
    return next((n.value for n in parse.slots.numbers if n.value > 0 and (n.form == "top" or listed)), 0)


def _scoped(query: Query, parse: Parse, catalog: Catalog) -> tuple[Note, ...]:
    """Of which projects it is after a list: of those, or of all projects all the same."""
    themed = any(filter_.type == "keyword" for filter_ in query.filters)  # 商店街関係の: what that means is said
    if query.filters and (themed or "conditions" in parse.slots.inherited):
        return within(query, parse, catalog)
    after_list = parse.context.within and len(parse.context.listed) > 1
    return (Note("beyond"),) if after_list and not query.filters and "whole" not in parse.own.cues else ()


def _compares_grades(parse: Parse) -> bool:
    """評価が上がった事業: the grades themselves, beside no figure, and none of them by name."""
    slots = parse.slots
    graded = any(condition.type == "grade" for condition in parse.own.conditions)
    return parse.operators[-1] in TRENDS and slots.attributes == ("grade",) and not slots.measures and not graded


def _lines_apart(query: Query, catalog: Catalog) -> tuple[Option, ...]:
    """The same of each line alone, where several lines print what would become one value or one order."""
    together = query.attributes == ("result",) and query.operators[-1] in ADDING | GAINING
    lines = catalog.lines_in(query.measure) if together else {}
    return tuple(_of_line(query, name, rows, catalog) for name, rows in lines.items()) if len(lines) > 1 else ()


def _of_line(query: Query, name: str, rows: tuple[str, ...], catalog: Catalog) -> Option:
    """The same of one line alone: 使用料収入の合計."""
    of_line = query._replace(subjects=tuple(map(catalog.subject, rows)), measure="")
    said = of_line._replace(subjects=(Subject(rows[0], name),)).to_japanese()
    return Option(said, (), of_line.to_compact(), (name,), said)


def _of_one_unit(query: Query, notes: tuple[Note, ...], catalog: Catalog) -> Outcome:
    """Which unit is meant where none was said: the only one of a column that isn't the result, else it is asked back."""
    columns = query.attributes
    units = tuple(dict.fromkeys(unit for kind in columns for unit in catalog.units_of.get(kind, ())))[:SHOWN_UNITS]
    if columns != ("result",) and len(units) < 2:  # 予算の合計: the budget is money
        return Planned(query._replace(measure="".join(units)), notes)
    measured = [query._replace(measure=unit) for unit in units]
    options = tuple(Option(one.to_japanese(), (), one.to_compact(), (one.to_japanese(),)) for one in measured)
    return Ambiguity("measure", options)
