"""Admission: who may ask at a door, and as what; nobody who isn't let in explicitly."""

from typing import NamedTuple

from bot.desk.turns import Door, Rules
from bot.journal import Transaction

__all__ = ["Asker", "admit"]

MINUTE = 60.0


class Asker(NamedTuple):
    """Somebody who may ask."""

    member: bool
    """Whether they may see what is internal, where they stand."""
    patient: bool
    """Whether they have asked no more than they may; at the machine itself that is as much as they like."""


def admit(door: Door, rules: Rules, transaction: Transaction) -> Asker | None:
    """What somebody may; None for a stranger."""
    member = transaction.members.find(door.channel, door.person)
    if member is None and not (rules.open or door.trusted):
        return None
    asked = transaction.audit.asked_since(door.channel, door.person, transaction.now - MINUTE)
    return Asker(member is not None and door.alone, door.trusted or asked < rules.each_minute)
