"""Givens: what of an answer the next message can compute with: one thing of one year, or the first of an order."""

from collections.abc import Sequence

from kb.catalog import Catalog
from kb.planning.outcomes import Outcome, Planned
from kb.query import Query
from kb.running.results import Operand, Quote, Result
from kb.terms import FIGURED, ORDERING
from nlp.givens import Given
from nlp.names.lexicon import Meaning
from nlp.names.names import project_of
from nlp.parsing import Parse

__all__ = ["given_by", "order_of"]


def given_by(outcome: Outcome, result: Result | None, parse: Parse, catalog: Catalog) -> Given | None:
    """The one thing that an answer gives; None where it gives several, or no figures of a year."""
    if not isinstance(outcome, Planned) or result is None:
        return None
    query, measures = outcome.query, parse.slots.measures
    if query.operators[-1] in ORDERING:
        return _first(query, result, measures, catalog)
    quotes = [quote for quote in result.quotes if quote.state != "outside" and quote.kind in FIGURED]
    single = query.operators[-1] in ("cells", "formal") and len(query.subjects) == len(query.years) == 1
    if not single or not quotes:
        return None
    return _given(query.subjects[0].reference, quotes, measures, catalog)


def order_of(outcome: Outcome, result: Result | None, parse: Parse, catalog: Catalog) -> tuple[Given, ...]:
    """What an order gives, the first one first, up to the first two that are equal."""
    query = outcome.query if isinstance(outcome, Planned) else None
    points = result.ordered if result else ()
    of_one_kind = len({(point.figures[0].unit, point.quote.kind) for point in points}) == 1
    if query is None or query.operators[-1] not in ORDERING or not of_one_kind:
        return ()
    values, cells = [point.value for point in points], [(point.quote.row, point.quote.year) for point in points]
    alone = (values.count(value) == cells.count(cell) == 1 for value, cell in zip(values, cells, strict=True))
    apart = next((at for at, single in enumerate(alone) if not single), len(points))
    return tuple(
        _given(_line_of(point.quote, catalog), [point.quote], parse.slots.measures, catalog) for point in points[:apart]
    )


# Private functions


def _first(query: Query, result: Result, measures: tuple[Meaning, ...], catalog: Catalog) -> Given | None:
    """The cell that stands first in every order; None where another one is as large."""
    units: dict[str, list[Operand]] = {}
    for point in result.ordered:
        units.setdefault(point.figures[0].unit, []).append(point)
    tops = {(one.quote.row, one.quote.year): one.quote for one, *_ in units.values()}
    tied = any(len(order) > 1 and order[0].value == order[1].value for order in units.values())
    if len(tops) != 1 or tied or query.limit > 1 or query.place:
        return None
    quote = next(iter(tops.values()))
    one_row = len(query.subjects) == len({other.row for other in result.quotes}) == 1
    reference = query.subjects[0].reference if one_row else _line_of(quote, catalog)
    return _given(reference, [quote], measures, catalog)._replace(line="")  # whatever its line, it was of one order


def _given(reference: str, quotes: Sequence[Quote], measures: tuple[Meaning, ...], catalog: Catalog) -> Given:
    kinds = tuple(dict.fromkeys(quote.kind for quote in quotes))
    line = catalog.names[reference] if reference != project_of(reference) else ""
    return Given(reference, quotes[0].year, ("result",) if "result" in kinds else kinds, line, measures)


def _line_of(quote: Quote, catalog: Catalog) -> str:
    """The reference of a cell's line; its project's where it has no name of its own."""
    project = quote.project.reference
    named = (line for line in catalog.activities.get(project, ()) if line in catalog.names)
    return next((line for line in named if catalog.names[line] == quote.activity), project)
