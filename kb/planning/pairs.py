"""Pairs: what is asked back where a bare 差は？ or 合計は？ says of no two figures that it is of them."""

from collections.abc import Iterator

from kb.catalog import Catalog
from kb.planning.asking import BETWEEN_YEARS, read_measure
from kb.planning.outcomes import Ambiguity
from kb.query import Query
from kb.terms import ADDING
from nlp.contexts import Option
from nlp.parsing import Parse

__all__ = ["unpaired"]


def unpaired(parse: Parse, catalog: Catalog) -> Ambiguity:
    """Which figures: after one that was given, those beside it over the years are offered."""
    options = (
        Option(query.to_japanese(), (query.subjects[0].reference,), query.to_compact(), (query.to_japanese(),))
        for query in _offered(parse, catalog)
    )
    return Ambiguity("unpaired", tuple(options))


# Private functions


def _offered(parse: Parse, catalog: Catalog) -> Iterator[Query]:
    """The change from the year before, or the sum and the average of all years, of the one thing that was given."""
    given = parse.context.given
    operator = parse.operators[-1] if parse.operators else ""
    if len(given) != 1 or parse.own.subjects:
        return
    (one,) = given
    query = catalog.asked(
        subjects=(catalog.subject(one.reference),), attributes=one.kinds[:1], operators=parse.operators,
        measure=read_measure(parse.slots),
    )  # fmt: skip
    if operator in BETWEEN_YEARS and one.year - 1 in catalog.years:
        yield query._replace(years=(one.year - 1, one.year))
    elif operator in ADDING and len(one.kinds) == 1:
        yield query
