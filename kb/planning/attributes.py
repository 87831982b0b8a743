"""Attributes: which columns of the plan's table a question asks for, and which of them the table doesn't have."""

from collections.abc import Iterable
from itertools import pairwise

from kb.catalog import Catalog
from kb.planning.asking import BETWEEN_YEARS
from kb.planning.outcomes import Absence, Ambiguity, Note, Planned
from kb.planning.remarks import remarked
from kb.planning.unknowns import asked_unknown
from kb.query import Query
from kb.terms import FIGURED, UNREAD
from nlp.contexts import Option
from nlp.parsing import Parse
from nlp.slots import Slots
from nlp.subjects import COORDINATING

__all__ = [
    "absent_kind", "default_columns", "lacking_notes", "lacking_words", "no_column", "one_column", "read_attributes",
    "read_columns", "untold",
]  # fmt: skip


def read_attributes(slots: Slots, catalog: Catalog) -> tuple[str, ...]:
    """The attributes that are asked, as far as the table has them."""
    return tuple(name for name in slots.attributes if catalog.has(name))


def read_columns(slots: Slots, catalog: Catalog) -> tuple[str, ...]:
    """Which cells of the years are computed with: those asked by name, or those that print what is measured."""
    named = tuple(name for name in read_attributes(slots, catalog) if name in FIGURED)
    return named or default_columns(slots, catalog)


def default_columns(slots: Slots, catalog: Catalog) -> tuple[str, ...]:
    """Which cells are quoted where none is asked by name: the results; 金額 where none of them is money, the budget."""
    units = {meaning.value for meaning in slots.measures if meaning.type == "measure"}
    if not units or units & {unit for kind in catalog.default for unit in catalog.units_of.get(kind, ())}:
        return catalog.default
    printing = tuple(kind for kind in FIGURED if units & set(catalog.units_of.get(kind, ())))
    return printing or catalog.default


def no_column(parse: Parse, catalog: Catalog, query: Query | None = None) -> Absence | None:
    """What is said where the table has none of the columns that are asked; those that it has are offered."""
    slots = parse.slots
    measured = slots.measures and not slots.bounds  # a bound says its unit in any case
    if not slots.attributes or read_attributes(slots, catalog) or measured:
        return None
    return Absence(
        "no_attribute", "no_column", echo=_typed(parse, slots.attributes), query=query, near=_instead(query, catalog)
    )


def lacking_words(parse: Parse, catalog: Catalog) -> tuple[str, tuple[str, ...]]:
    """What is asked and absent: as typed where the table has further columns, else by the words' own label."""
    absent = tuple(f"absent.{name}" for name in parse.slots.absents)
    lacking = [name for name in parse.slots.attributes if not catalog.has(name)]
    if absent and not catalog.has_columns and not lacking and not _is_unread(parse):
        return "", absent
    return "・".join(filter(None, (_typed(parse, lacking), _typed(parse, parse.slots.absents, "absent")))), ()


def lacking_notes(parse: Parse, catalog: Catalog) -> tuple[Note, ...]:
    """That a part of what is asked is absent."""
    echo, what = lacking_words(parse, catalog)
    return (Note("unread_column" if _is_unread(parse) else "lacking", echo=echo, what=what),) if echo or what else ()


def untold(query: Query, parse: Parse, catalog: Catalog) -> Absence | Planned | None:
    """What is asked of a subject and stands in no column: 担当課, a share, another town, or a noun that nobody knows.

    Where it is asked why, the remarks that the table has.
    """
    elsewhere = _share(query, parse) or _of_others(query, parse, catalog)
    if elsewhere:
        return elsewhere
    absent = parse.slots.absents
    asks_why = "reason" in absent and parse.own.attributes == ("grade",)
    if absent and not _measures_too(parse) and (asks_why or not parse.own.attributes):
        told = remarked(query, parse, catalog) if absent == ("reason",) else None
        if told:
            return told
        if absent == ("reason",) and query.operators[-1] in BETWEEN_YEARS:
            return None  # なぜ減った: how it moved is told, and that no reason is
        echo, what = lacking_words(parse, catalog)
        others = _kindred(query, parse, catalog)
        return Absence("no_attribute", absent_kind(parse), echo=echo, query=query, what=what, near=others)
    asked = asked_unknown(parse) if not parse.slots.attributes else ""
    measured = asked and any(asked.endswith(word) and asked != word for word in _measure_texts(parse))
    if asked and (measured or not parse.slots.measures):
        return Absence("no_attribute", "no_attribute", echo=asked, query=query)
    return None


def absent_kind(parse: Parse) -> str:
    """How it is said that something is absent: that it heads a column which was left unread, or that there is none."""
    return "unread" if _is_unread(parse) else "no_attribute"


def one_column(query: Query, parse: Parse) -> Ambiguity | None:
    """A question back where a computation could be about several kinds of cells: 予算 or 決算?"""
    said = any(name in FIGURED for name in parse.slots.attributes)
    if len(query.attributes) < 2 or said:
        return None
    return Ambiguity("column", _options(query._replace(attributes=(name,)) for name in query.attributes))


# Private functions

_KINDRED = frozenset({"budget", "settlement", "target", "execution"})
"""Absent words that ask for a kind of cell."""
_GROWN = frozenset({"rate", "change", "rising", "falling", "compare", "previous", "base"})
"""Cues of how something went on, and of no share."""


def _kindred(query: Query, parse: Parse, catalog: Catalog) -> tuple[Option, ...]:
    """The columns that the table does have, where one of another name was asked: 決算 of a table with 予算 only."""
    return _instead(query, catalog) if set(parse.slots.absents) & _KINDRED and catalog.has_columns else ()


def _is_unread(parse: Parse) -> bool:
    """Whether what is asked and absent heads a column of the table that was left unread."""
    return UNREAD in parse.slots.absents


def _share(query: Query, parse: Parse) -> Absence | None:
    """女性の割合: what share one thing has in another no column says; the growth over a year is asked by its own words."""
    if query.operators[-1] != "rate" or len(query.attributes) > 1 or len(query.subjects) > 1:
        return None
    grown = parse.slots.cues & _GROWN or len(parse.slots.years) > 1
    shared = [mention.text for mention in parse.recognition.mentions if "percent" in mention.of("cue")]
    if grown or not shared:
        return None
    return Absence("no_attribute", "no_attribute", echo=shared[0], query=query.plain())


_BESIDE = tuple(COORDINATING)


def _measures_too(parse: Parse) -> bool:
    """Whether figures are asked beside what is absent (担当課と金額は), and not of it (予算はいくら, 予算の金額は)."""
    telling = [one for one in parse.recognition.mentions if one.type != "year" and not one.is_filler]
    value = parse.recognition.text.value
    of_it = {b.start for a, b in pairwise(telling) if a.of("absent") and not value.startswith(_BESIDE, a.end)}
    return any((one.of("measure") or one.of("label")) and one.start not in of_it for one in telling)


def _of_others(query: Query, parse: Parse, catalog: Catalog) -> Absence | None:
    """横浜市の…: of another municipality than the plan's the table says nothing, and ours must not stand for it."""
    towns = [town for mention in parse.unread() if (town := parse.recognition.municipality(mention))]
    if not towns or not catalog.document.publisher:
        return None
    plain = query.plain()._replace(attributes=catalog.default, measure="")  # nothing of ours is told
    return Absence("no_attribute", "no_attribute", echo=towns[0], query=plain)


def _measure_texts(parse: Parse) -> list[str]:
    return [mention.text for mention in parse.recognition.mentions if mention.of("measure")]


def _instead(query: Query | None, catalog: Catalog) -> tuple[Option, ...]:
    if query is None or not query.subjects:
        return ()
    kinds = [kind for kind in FIGURED if kind in catalog.document.kinds]
    plain = query.plain()._replace(measure="")
    return _options(plain._replace(attributes=(kind,)) for kind in kinds)


def _options(queries: Iterable[Query]) -> tuple[Option, ...]:
    return tuple(
        Option(
            query.to_japanese(),
            tuple(subject.reference for subject in query.subjects),
            query.to_compact(),
            (query._replace(subjects=(), filters=(), years=(), operators=("cells",)).to_japanese(),),
        )
        for query in queries
    )


def _typed(parse: Parse, names: Iterable[str], kind: str = "attribute") -> str:
    """The words of the message that ask for some attributes."""
    wanted = set(names)
    mentions = parse.recognition.mentions if wanted else ()
    said = [mention.text for mention in mentions if wanted & set(mention.of(kind))]
    return "・".join(dict.fromkeys(said))
