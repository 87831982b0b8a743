"""Revision: the name of a content; the same sources, plans and words have the same one on every machine."""

import hashlib
import json

from kb.contents import Contents
from kb.schema import VERSION

__all__ = ["revision_of"]


def revision_of(contents: Contents) -> str:
    """SHA-256 of the canonical content: every record of every table and the schema's version; no clock, no path."""
    canonical = {"schema": VERSION, "tables": contents}
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
