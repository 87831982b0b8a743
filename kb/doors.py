"""Doors: where questions come in: a platform, and whether members ask there; the command line has none and sees everything."""

from typing import NamedTuple

__all__ = ["DOORS", "PLATFORMS", "Door"]

PLATFORMS = ("web", "telegram", "line")
"""Where people ask."""


class Door(NamedTuple):
    """窓口: what is given through it is decided by plan.toml."""

    platform: str
    """One of PLATFORMS."""
    member: bool
    """Whether those who ask were proven to be members."""

    @property
    def name(self) -> str:
        """As it is written: web/member, line/public."""
        return f"{self.platform}/{'member' if self.member else 'public'}"


DOORS = tuple(Door(platform, member) for platform in PLATFORMS for member in (False, True))
"""All there are."""
