"""Contexts: a conversation as text and back; what another version of Kotae wrote is no conversation, and no mistake."""

import hashlib
import json
from functools import cache

from pydantic import TypeAdapter, ValidationError

from nlp.contexts import Context

__all__ = ["dump_context", "load_context"]


def dump_context(context: Context | None) -> str:
    """A conversation as text; "" for none."""
    if context is None:
        return ""
    return f"{_form()} {_adapter().dump_json(context).decode()}"


def load_context(text: str) -> Context | None:
    """The conversation that a text holds; None where it holds none that this version understands."""
    form, _, content = text.partition(" ")
    if form != _form():
        return None
    try:
        return _adapter().validate_json(content)
    except ValidationError:
        return None


# Private functions


@cache
def _adapter() -> TypeAdapter[Context]:
    return TypeAdapter(Context)


@cache
def _form() -> str:
    """Which fields a conversation has: it is kept by position, so that another form would be misread."""
    schema = json.dumps(_adapter().json_schema(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(schema.encode()).hexdigest()[:12]
