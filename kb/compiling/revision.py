"""Revision: the name of a content; the same sources, plans and words have the same one on every machine."""

import hashlib

from kb.compiling.contents import Contents, to_json
from kb.schema import VERSION

__all__ = ["digest", "revision_of"]


def revision_of(contents: Contents) -> str:
    """SHA-256 of the canonical content: every record of every table and the schema's version; no clock, no path."""
    return digest({"schema": VERSION, "tables": contents})


def digest(value: object) -> str:
    """SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(to_json(value).encode()).hexdigest()
