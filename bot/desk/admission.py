"""Admission: who may ask where, and as what; nobody who isn't let in explicitly."""

from typing import NamedTuple

from bot.desk.turns import Caller, Rules
from bot.journal import Transaction

__all__ = ["Asker", "admit"]

MINUTE = 60.0


class Asker(NamedTuple):
    """Somebody who may ask."""

    member: bool
    """Whether they may see what is internal, where they stand."""
    patient: bool
    """Whether they have asked no more than they may; at the machine itself that is as much as they like."""


def admit(caller: Caller, rules: Rules, transaction: Transaction) -> Asker | None:
    """What somebody may; None for a stranger."""
    member = transaction.members.find(caller.channel, caller.person)
    if member is None and not (rules.open or caller.trusted):
        return None
    asked = transaction.audit.asked_since(caller.channel, caller.person, transaction.now - MINUTE)
    return Asker(member is not None and caller.alone, caller.trusted or asked < rules.each_minute)
