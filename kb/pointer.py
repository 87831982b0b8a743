"""Pointer: the one small file that says which knowledge base is in force; swapped by a rename."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import BUILD, KnowledgeBaseError

__all__ = ["NAME", "Pointer", "checksum", "read_pointer", "sync", "write_pointer", "write_whole"]

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
    turn: int = 0
    """Its place in the order in which this home's knowledge bases were put into force; 0: never."""
    since: str = ""
    """When it was put into force, as whoever did it told; "" where nobody did."""
    withdrawn: tuple[str, ...] = ()
    """Revisions that were taken back: a build alone doesn't put them into force again."""


def read_pointer(home: Path, name: str = NAME) -> Pointer:
    """The pointer of a home, or a copy of one; raises KnowledgeBaseError with one line that says what to do."""
    try:
        pointer = _pointer(json.loads((home / name).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        raise KnowledgeBaseError(f"知識ベースがありません。{BUILD}") from None
    except OSError as error:
        raise KnowledgeBaseError(f"知識ベースを読めません({error.strerror}: {home / name})。") from None
    except (ValueError, KeyError, TypeError):
        raise KnowledgeBaseError(f"知識ベースの {name} が壊れています。{BUILD}") from None
    if Path(pointer.file).name != pointer.file:
        raise KnowledgeBaseError(f"知識ベースの {name} が壊れています。{BUILD}")
    return pointer


def write_pointer(home: Path, pointer: Pointer) -> None:
    """Put a pointer into force: whoever reads sees the old one or this one, also after a power cut."""
    write_whole(home / NAME, json.dumps(pointer._asdict(), sort_keys=True).encode() + b"\n")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that whoever reads, and whoever comes after a power cut, finds the old one or this one."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    sync(new)
    new.replace(path)
    sync(path.parent)


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


# Private functions


def _pointer(fields: dict[str, Any]) -> Pointer:
    return Pointer(
        str(fields["file"]),
        str(fields["revision"]),
        str(fields["sha256"]),
        int(fields["schema"]),
        int(fields.get("turn", 0)),
        str(fields.get("since", "")),
        tuple(map(str, fields.get("withdrawn", ()))),
    )
