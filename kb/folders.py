"""Folders: a plan's files on disk; plan.toml is written last, so that a folder is the old plan or the new one, never a mixture."""

from collections.abc import Mapping
from pathlib import Path

from kb.pointer import sync

__all__ = ["write_plan"]


def write_plan(folder: Path, plan: str, files: Mapping[str, bytes]) -> None:
    """Put a plan into a folder: its other files first, under names that the old plan.toml doesn't use, then plan.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _write(folder / name, content)
    _write(folder / "plan.toml", plan.encode())


# Private functions


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    sync(new)
    new.replace(path)
    sync(path.parent)
