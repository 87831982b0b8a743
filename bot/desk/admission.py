"""Admission: who may ask where, and as what; nobody who isn't let in explicitly."""

from typing import NamedTuple

from bot.desk.turns import Caller, Rules
from bot.journal import Transaction

__all__ = ["Asker", "admit"]


class Asker(NamedTuple):
    """Somebody who may ask."""

    member: bool
    """Whether they may see what is internal, where they stand."""


def admit(caller: Caller, rules: Rules, transaction: Transaction) -> Asker | None:
    """What somebody may; None for a stranger."""
    member = transaction.members.find(caller.channel, caller.person)
    if member is None and not (rules.open or caller.trusted):
        return None
    return Asker(member is not None and caller.alone)
