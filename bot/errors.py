"""Errors that end a command with one line: what is wrong and what to do."""

import traceback
from pathlib import Path

from kb.errors import DataError, KnowledgeBaseError
from nlp.vocabulary import LanguageError

__all__ = ["KNOWN", "ChannelError", "JournalError", "place_of"]


class ChannelError(Exception):
    """A channel can't be served: a wrong key, another process that polls; the text is one line."""


class JournalError(Exception):
    """The journal can't be opened, read or written; the text is one line."""


KNOWN = (DataError, KnowledgeBaseError, LanguageError, ChannelError, JournalError)
"""Mistakes of the data, the installation or the surroundings."""


def place_of(error: BaseException) -> str:
    """Where it was raised; unlike its message that never quotes a question."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
