"""Remarks: what the table remarks of a project (備考, 所見) where it is asked why, and has no column that says so."""

from kb.catalog import Catalog
from kb.planning.outcomes import Note, Planned
from kb.query import Query
from kb.terms import REMARK
from nlp.parsing import Parse

__all__ = ["remarked"]


def remarked(query: Query, parse: Parse, catalog: Catalog) -> Planned | None:
    """The remarks on what is asked about, of which nobody says that they are the reason; none where the table has none."""
    asking = [name for mention in parse.recognition.mentions for name in mention.of(REMARK)]
    columns = tuple(dict.fromkeys(name for name in asking if catalog.has(name)))
    note = Note("remarked", what=("absent.reason",))
    return Planned(query.plain()._replace(attributes=columns, measure=""), (note,)) if columns else None
