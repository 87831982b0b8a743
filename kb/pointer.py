"""Pointer: the one small file that says which knowledge base is in force; swapped by a rename."""

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from kb.errors import BUILD, KnowledgeBaseError

__all__ = ["NAME", "Pointer", "checksum", "read_pointer", "sync", "write_pointer"]

NAME = "current"


class Pointer(NamedTuple):
    """Which file is in force and how to know that it is whole."""

    file: str
    """Its name beside the pointer."""
    revision: str
    """Hash of the content."""
    sha256: str
    """Checksum of the file."""
    schema: int
    """Version of its tables."""


def read_pointer(home: Path) -> Pointer:
    """The pointer of a home; raises KnowledgeBaseError with one line that says what to do."""
    try:
        fields = json.loads((home / NAME).read_bytes())
        pointer = Pointer(str(fields["file"]), str(fields["revision"]), str(fields["sha256"]), int(fields["schema"]))
    except (FileNotFoundError, NotADirectoryError):
        raise KnowledgeBaseError(f"知識ベースがありません。{BUILD}") from None
    except OSError as error:
        raise KnowledgeBaseError(f"知識ベースを読めません({error.strerror}: {home / NAME})。") from None
    except (ValueError, KeyError, TypeError):
        raise KnowledgeBaseError(f"知識ベースの {NAME} が壊れています。{BUILD}") from None
    if Path(pointer.file).name != pointer.file:
        raise KnowledgeBaseError(f"知識ベースの {NAME} が壊れています。{BUILD}")
    return pointer


def write_pointer(home: Path, pointer: Pointer) -> None:
    """Put a pointer into force: whoever reads sees the old one or this one, also after a power cut."""
    new = home / f".{NAME}.new"
    new.write_text(json.dumps(pointer._asdict(), sort_keys=True) + "\n", encoding="utf-8")
    sync(new)
    new.replace(home / NAME)
    sync(home)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Have the disk hold a file or a folder's entries before anything goes on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
