"""Bounds: how large a file may be and how long reading it may take, held before and while anything is parsed."""

import resource
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kb.errors import ReadingError

__all__ = ["BOUNDS", "Bounds", "require_small", "require_unpackable", "restrict_process"]

_MEGA = 1 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is allowed."""

    file: int = 200 * _MEGA
    """Bytes of the file."""
    unpacked: int = 800 * _MEGA
    """Bytes of an .xlsx once it is unpacked."""
    parts: int = 2_000
    """Files inside an .xlsx."""
    rows: int = 300_000
    """Rows of a sheet that print something."""
    columns: int = 1_000
    """Columns of a sheet."""
    cells: int = 5_000_000
    """Cells of all sheets."""
    text: int = 100_000
    """Characters of a cell."""
    memory: int = 3_000 * _MEGA
    """Bytes of the child process's address space."""
    seconds: int = 240
    """Of processor time, and of the clock."""


BOUNDS = Bounds()


def require_small(path: Path, bounds: Bounds = BOUNDS) -> None:
    """Refuse an empty or a huge file by its size alone."""
    size = path.stat().st_size
    if not size:
        raise ReadingError("ファイルが空です")
    if size > bounds.file:
        raise ReadingError(f"ファイルが大きすぎます({size // _MEGA}MB、{bounds.file // _MEGA}MBまで)")


def require_unpackable(path: Path, bounds: Bounds = BOUNDS) -> None:
    """Refuse an .xlsx that would unpack to too much, before anything of it is unpacked."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > bounds.unpacked:
        raise ReadingError(f"広げると大きすぎます({size // _MEGA}MB、{bounds.unpacked // _MEGA}MBまで)")
    if len(parts) > bounds.parts:
        raise ReadingError(f"中のファイルが多すぎます({len(parts)}個、{bounds.parts}個まで)")


def restrict_process(bounds: Bounds = BOUNDS) -> None:
    """Let the operating system end this process where it takes too much."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
