"""Premises: what a question takes for granted of the projects that it names and the table says otherwise."""

from collections.abc import Callable

from kb.catalog import Catalog
from kb.planning.conditions import beside_names, read_conditions
from kb.planning.outcomes import Absence
from kb.query import Query
from kb.running.results import Result
from nlp.conditions import Condition
from nlp.names.names import project_of
from nlp.parsing import Parse

__all__ = ["untrue"]

_SHOWN = frozenset({"grade", "keyword", "status"})
"""Conditions that the reply holds against what is printed itself, and words that are looked for."""


def untrue(query: Query, parse: Parse, catalog: Catalog, run: Callable[[Query], Result]) -> tuple[Condition, ...]:
    """The conditions of a message that select nothing in its query and hold of none of the projects that it names."""
    said = (condition for condition in beside_names(parse.own) if condition.type not in _SHOWN)
    return tuple(condition for condition in said if not _holds(condition, query, parse, catalog, run))


# Private functions


def _holds(condition: Condition, query: Query, parse: Parse, catalog: Catalog, run: Callable[[Query], Result]) -> bool:
    """Whether a condition is one of the query's, or true of any of its projects."""
    read = read_conditions((condition,), parse.own, query.years, catalog)
    if isinstance(read, Absence) or not query.subjects:
        return True
    if set(read[0]) & {one for filter_ in query.filters for one in filter_.alternatives()}:
        return True
    whole = tuple(dict.fromkeys(catalog.subject(project_of(s.reference)) for s in query.subjects))
    return bool(run(query._replace(subjects=whole, filters=read[0], operators=("projects",))).projects)
