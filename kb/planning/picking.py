"""Picking: which of the options of the last reply a message chooses."""

from collections.abc import Sequence

from kb.catalog import Catalog
from kb.planning.asking import read_asked_years
from kb.planning.outcomes import Absence, Ambiguity
from kb.query import Query
from nlp.contexts import Option
from nlp.parsing import Parse

__all__ = ["picked"]


def picked(parse: Parse, catalog: Catalog) -> Query | None:
    """The option of the last reply that this message picks: by place, by its words, or by its name."""
    options = parse.context.options
    queries = [catalog.query(option.query) for option in options]
    own = parse.own
    if "both" in own.cues and not own.absents and options and all(query.subjects for query in queries):
        return _all_of(queries, parse, catalog)
    if not options or own.years or own.absents:
        return None
    places = [number.value for number in own.numbers] + [s.number for s in own.subjects if s.number is not None]
    if places and not own.ranks and -1 <= places[0] <= len(options) and places[0] != 0:
        return queries[places[0] - 1 if places[0] > 0 else -1]
    named = {reference for subject in own.subjects for reference in subject.references}
    named |= {reference for place in places for reference in catalog.numbered(place)}
    fitting = [query for option, query in zip(options, queries, strict=True) if _picks(parse, option, named)]
    return fitting[0] if len(fitting) == 1 else None


# Private functions


def _all_of(queries: Sequence[Query], parse: Parse, catalog: Catalog) -> Query | None:
    """両方の25年度: what every option offers, in the years that are said; none where these are none of the table's."""
    together = queries[0]._replace(subjects=tuple(subject for query in queries for subject in query.subjects))
    if not parse.own.years:
        return together
    read = read_asked_years(parse, catalog, tuple(subject.reference for subject in together.subjects))
    return None if isinstance(read, Ambiguity | Absence) else together._replace(years=read[0])


def _picks(parse: Parse, option: Option, named: set[str]) -> bool:
    """Whether a message says an option's words, or names nothing else."""
    if any(word in parse.recognition.text.value for word in option.words):
        return True
    return bool(named) and named <= set(option.references) and not parse.own.attributes
