"""Orders: what is to be imported, and the plan whose mapping is used again for it."""

from dataclasses import dataclass
from pathlib import Path

from kb.source.plans import Plan, load_plan
from kb.tables.vocabulary import Headings

__all__ = ["Order"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, as one value."""

    file: Path
    id: str
    era: str
    vocabulary: Headings
    published: Path
    folder: Path
    source: str
    """Name of the source in the draft."""
    year: int
    """The year of values without one, 0 where nobody says it."""

    def base(self) -> Plan | None:
        """The plan whose mapping is used again: the draft of this very file, else the published one, else an older draft."""
        waiting = load_plan(self.folder) if (self.folder / "plan.toml").is_file() else None
        if waiting and waiting.file == self.source:
            return waiting
        return self.in_force() or waiting

    def in_force(self) -> Plan | None:
        """The published plan of this id, where there is one."""
        return load_plan(self.published) if (self.published / "plan.toml").is_file() else None
