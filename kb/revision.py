"""Revision: the name of a content; the same sources, plans and words have the same one on every machine."""

import hashlib

from kb.contents import Contents, to_json
from kb.schema import VERSION

__all__ = ["revision_of"]


def revision_of(contents: Contents) -> str:
    """SHA-256 of the canonical content: every record of every table and the schema's version; no clock, no path."""
    return hashlib.sha256(to_json({"schema": VERSION, "tables": contents}).encode()).hexdigest()
