"""Scopes: what is asked back where a computation after a list may be of the list or of all projects."""

from kb.catalog import Catalog
from kb.planning.asking import is_computing
from kb.planning.conditions import read_conditions, within_note
from kb.planning.outcomes import Absence, Ambiguity, Note, Outcome, Planned
from kb.query import Query
from nlp.contexts import Option
from nlp.names.names import project_of
from nlp.parsing import Parse

__all__ = ["either_scope", "of_unfound", "open_scope", "widened_to", "within"]


def open_scope(parse: Parse) -> bool:
    """維持管理費が一番高い施設は？ after a list of some 施設: a line of many projects, of which nothing says which."""
    own, context = parse.own, parse.context
    lines = [reference for named in own.subjects for reference in named.references]
    shared = len(own.subjects) == 1 and len({project_of(line) for line in lines}) > 1
    after_list = bool(context.within) and len(context.listed) > 1 and not context.slots.subjects
    said = own.conditions or "whole" in own.cues or "conditions" in parse.slots.inherited
    return shared and after_list and is_computing(parse) and not said


def either_scope(planned: Planned, parse: Parse, catalog: Catalog) -> Outcome:
    """The same of the list and of all projects, to choose from."""
    held = read_conditions(parse.context.within or (), parse.slots, planned.query.years, catalog)
    if isinstance(held, Absence):
        return planned
    listed = planned.query._replace(filters=held[0])
    options = (_option(listed, listed.condition()), _option(planned.query, _ALL))
    return Ambiguity("scope", options)


def within(query: Query, parse: Parse, catalog: Catalog) -> tuple[Note, ...]:
    """Of which projects a computation after a list is, and of which year where the message doesn't say."""
    dated = (Note("dated", years=query.years),) if len(query.years) == 1 and not parse.own.years else ()
    return (within_note(query, catalog), *dated)


def of_unfound(planned: Planned, parse: Parse) -> Outcome:
    """市負担額は？ after the sum of something that was not found: no sum of everything; one that is asked anew says that it is."""
    query, subjects = planned.query, parse.slots.subjects
    many = any(len({project_of(reference) for reference in named.references}) > 1 for named in subjects)
    if not is_computing(parse) or query.filters or (query.subjects and not many):
        return planned
    anew = "cues" not in parse.slots.inherited
    return planned._replace(notes=(*planned.notes, Note("everything"))) if anew else Ambiguity("missing", ())


def widened_to(query: Query, parse: Parse) -> tuple[Note, ...]:
    """相談件数 of many projects is every 件 that they print: said, as a sum of it is refused."""
    words = (one for one in parse.recognition.mentions if one.of("narrowed") and not one.of("label"))
    said = dict.fromkeys(word.text for word in words if query.measure or query.bound)
    return tuple(Note("widened", echo=word) for word in said)


# Private functions

_ALL = "すべて"


def _option(query: Query, label: str) -> Option:
    return Option(label, (), query.to_compact(), (label,))
