"""Editions: answers at every door from what is in force there; all doors change their revision together."""

from pathlib import Path

from bot.editions.current import Current
from bot.editions.watches import Watch
from kb.doors import DOORS, Door

__all__ = ["Editions"]


class Editions:
    """What of the plans is answered depends on where it is asked; may be shared by threads."""

    def __init__(self, home: Path) -> None:
        self._watch = Watch(home, DOORS)
        self._doors = {door: Current(home, self._watch, door) for door in DOORS}

    def at(self, platform: str, member: bool) -> Current:
        """Answers for a platform and those who are members there, or aren't; KeyError for a platform that there isn't."""
        return self._doors[Door(platform, member)]

    def close(self) -> None:
        """Close what is open; nobody may be asking."""
        self._watch.close()
