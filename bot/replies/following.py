"""Following: what can be asked after an answer; every question is run before it is offered."""

from collections.abc import Callable, Iterator

from bot.replies.answers import OFFERED, Choice
from kb.catalog import Catalog
from kb.query import Query
from kb.running.results import Result
from kb.terms import FIGURED

__all__ = ["next_steps", "relax"]

Run = Callable[[Query], Result]


def next_steps(query: Query, result: Result, catalog: Catalog, run: Run) -> tuple[Choice, ...]:
    """At most three questions that go on from an answer and have one themselves."""
    found: list[Choice] = []
    for proposed in _proposals(query, result, catalog):
        receipt = proposed.receipt()
        if receipt and _tells(proposed, run(proposed)):
            said = proposed.to_japanese()
            found.append(Choice(said, catalog.of_plan(said), receipt))
        if len(found) == OFFERED:
            break
    return tuple(found)


def relax(query: Query, run: Run) -> tuple[tuple[str, int, Query], ...]:
    """Which condition empties a list: each one left out in turn, with how many fit then."""
    if len(query.filters) < 2 or not set(query.operators) <= {"projects", "count"}:
        return ()  # what figures pick no count of rows bears out
    relaxed = []
    for at, filter_ in enumerate(query.filters):
        without = query._replace(filters=query.filters[:at] + query.filters[at + 1 :])
        count = len(run(without).projects)
        if count:
            relaxed.append((query._replace(filters=(filter_,)).condition(), count, without))
    return tuple(relaxed)


# Private functions


def _proposals(query: Query, result: Result, catalog: Catalog) -> Iterator[Query]:
    """By the shape of what was asked: one year → all years, the change, what it is; a list → its first projects."""
    asked = tuple(name for name in query.attributes if name in FIGURED)[:1] or catalog.default
    plain = query.plain()._replace(attributes=asked, measure="")
    if len(query.subjects) == 1:
        yield from _of_one(query, plain, catalog)
    elif query.filters:
        plain = plain._replace(filters=(), years=(), attributes=catalog.default)
        listed = result.projects[query.start : query.start + OFFERED]
        yield from (plain._replace(subjects=(catalog.subject(project.reference),)) for project in listed)


def _of_one(query: Query, plain: Query, catalog: Catalog) -> Iterator[Query]:
    """All years, the change from the year before, its other cells, what it is."""
    asked = plain.attributes
    if query.years or query.attributes != asked or query.operators != ("cells",):
        yield plain._replace(years=())
    if query.operators == ("cells",) and len(query.years) == 1 and query.years[0] - 1 in catalog.years:
        dated = (query.years[0] - 1, query.years[0])
        yield plain._replace(years=dated, attributes=asked[:1], operators=("cells", "change"))
    known = (*asked, *query.attributes)
    others = (kind for kind in FIGURED if kind in catalog.document.kinds and kind not in known)
    yield from (plain._replace(attributes=(kind,)) for kind in others)
    told = (name for name in ("description", "grade") if name not in query.attributes and catalog.has(name))
    yield from (plain._replace(years=(), attributes=(name,)) for name in told)


def _tells(query: Query, result: Result) -> bool:
    if query.operators[-1] == "change":
        return bool(result.computed)
    return any(quote.state == "reported" for quote in result.quotes) or any(fact.value for fact in result.facts)
