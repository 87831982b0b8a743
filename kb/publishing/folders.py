"""Folders: a plan's files on disk; plan.toml is written last, so that a folder is the old plan or the new one, never a mixture."""

from collections.abc import Mapping
from pathlib import Path

from kb.pointer import write_whole

__all__ = ["write_plan"]


def write_plan(folder: Path, plan: str, files: Mapping[str, bytes]) -> None:
    """Put a plan into a folder: its other files first, under names that the old plan.toml doesn't use, then plan.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    write_whole(folder / "plan.toml", plan.encode())
