"""Orders: which of the figures that were put in order stand together, and which places of each are shown."""

from collections.abc import Sequence

from bot.replies.lines import LISTED
from bot.replies.omissions import RANKED, names_few
from kb.query import Query
from kb.running.results import Operand, Result

__all__ = ["first_places", "orders", "place_of", "places_of", "shown_so_far"]


def orders(query: Query, ordered: Sequence[Operand]) -> list[list[Operand]]:
    """Each kind of cells and each unit in its own order; what is compared is one."""
    groups: dict[tuple[str, str, str], list[Operand]] = {}
    for point in ordered:
        figure, kind = point.figures[0], "" if query.operators[-1] == "compare" else point.quote.kind
        label = "" if len(point.figures) > 1 else figure.label or ""
        groups.setdefault((kind, figure.unit, label), []).append(point)
    alike = len({(kind, unit) for kind, unit, _ in groups}) == 1
    return [list(ordered)] if alike else list(groups.values())


def places_of(query: Query, group: Sequence[Operand]) -> slice:
    """Which places of an order are shown: the first ones, with all that are as large as the last of them; then the next."""
    if query.start:
        return slice(query.start, query.start + LISTED)
    if query.place:
        return place_of([point.value for point in group], query.place)
    if query.limit:
        return slice(0, max(query.limit, len(first_places(group, query.limit))))
    return slice(0, len(group) if names_few(query) else LISTED if query.bound else RANKED)


def place_of(values: Sequence[object], place: int) -> slice:
    """Where a place of an order is, with all that are as large; all of it where it has no such place."""
    if len(values) < place:
        return slice(0, len(values))
    value = values[place - 1]
    return slice(values.index(value), len(values) - values[::-1].index(value))


def shown_so_far(query: Query, result: Result) -> int:
    """How many places have been shown so far where there are more; orders side by side go on together."""
    places = [(places_of(query, group), group) for group in orders(query, result.ordered)]
    left = [place.stop for place, group in places if group[place.stop :]]
    return 0 if query.place else min(left, default=0)


def first_places(group: Sequence[Operand], places: int) -> list[Operand]:
    """As many as were asked, and all that are as large as the last of them."""
    last, first = group[min(places, len(group)) - 1].value, group[0].value
    return [point for point in group if min(last, first) <= point.value <= max(last, first)]
