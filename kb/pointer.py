"""Pointer: the one small file that says which knowledge base is in force, and what each door is given of it; swapped by a rename."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kb.doors import Door
from kb.errors import BUILD, KnowledgeBaseError

__all__ = ["NAME", "Edition", "Pointer", "checksum", "in_force", "read_pointer", "sync", "write_pointer", "write_whole"]

NAME = "current"


class Edition(NamedTuple):
    """A file that answers, and how to know that it is whole."""

    file: str
    """Its name beside the pointer."""
    revision: str
    """Hash of its content."""
    sha256: str
    """Checksum of the file."""


class Pointer(NamedTuple):
    """Which files are in force and how to know that they are whole."""

    file: str
    """The name, beside the pointer, of the one that holds everything."""
    revision: str
    """Hash of its content, and so of all editions."""
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
    doors: Mapping[str, Edition] = MappingProxyType({})
    """What each door is answered from, by its name; empty where every door is given everything."""

    def edition(self, door: Door | None = None) -> Edition:
        """What a door is answered from; everything without one. KnowledgeBaseError where the door is none of these."""
        if door is None or not self.doors:
            return Edition(self.file, self.revision, self.sha256)
        if door.name not in self.doors:
            raise KnowledgeBaseError(f"知識ベースに窓口 {door.name} のものがありません。{BUILD}")
        return self.doors[door.name]

    @property
    def editions(self) -> tuple[Edition, ...]:
        """All of its files, the one that holds everything first."""
        return tuple(dict.fromkeys((self.edition(), *self.doors.values())))

    def to_fields(self) -> dict[str, Any]:
        """As it is written."""
        doors = {name: edition._asdict() for name, edition in self.doors.items()}
        return {**self._asdict(), "doors": doors}

    def is_there(self, home: Path) -> bool:
        """Whether a home has all of its files."""
        return all((home / edition.file).exists() for edition in self.editions)


def in_force(home: Path) -> Pointer:
    """The pointer of a home, with its files there unless they are gone for good."""
    pointer = read_pointer(home)
    return pointer if pointer.is_there(home) else read_pointer(home)  # a builder may have gone on between the two looks


def read_pointer(home: Path, name: str = NAME) -> Pointer:
    """The pointer of a home, or a copy of one; raises KnowledgeBaseError with one line that says what to do."""
    try:
        pointer = _pointer(json.loads((home / name).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        raise KnowledgeBaseError(f"知識ベースがありません。{BUILD}") from None
    except OSError as error:
        raise KnowledgeBaseError(f"知識ベースを読めません({error.strerror}: {home / name})。") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KnowledgeBaseError(f"知識ベースの {name} が壊れています。{BUILD}") from None
    if any(Path(edition.file).name != edition.file for edition in pointer.editions):
        raise KnowledgeBaseError(f"知識ベースの {name} が壊れています。{BUILD}")
    return pointer


def write_pointer(home: Path, pointer: Pointer) -> None:
    """Put a pointer into force: whoever reads sees the old one or this one, also after a power cut."""
    write_whole(home / NAME, json.dumps(pointer.to_fields(), sort_keys=True).encode() + b"\n")


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
        {str(name): _edition(edition) for name, edition in fields.get("doors", {}).items()},
    )


def _edition(fields: dict[str, Any]) -> Edition:
    return Edition(str(fields["file"]), str(fields["revision"]), str(fields["sha256"]))
