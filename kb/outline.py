"""Outline: the projects of a plan under their goals and policies, as the table orders them, to be looked through."""

from typing import NamedTuple

from kb.catalog import Catalog
from kb.storing import KnowledgeBase

__all__ = ["Entry", "read_outline"]


class Entry(NamedTuple):
    """A project where it stands."""

    reference: str
    """midori-sangyo/42."""
    address: str
    """Its number as replies show it."""
    name: str
    """As printed."""
    goal: str
    """Its goal, with its letter where it has one; "" where the table has none."""
    policy: str
    """Its policy, "" where the table has none."""


def read_outline(knowledge: KnowledgeBase, catalog: Catalog) -> tuple[Entry, ...]:
    """Every project of a plan in the table's order; a goal whose name is printed in two ways is one."""
    rows = knowledge.connection.execute(_SELECT, (catalog.plan,)).fetchall()
    return tuple(
        Entry(f"{catalog.plan}/{no}", address, name, f"{letter} {catalog.goals[letter]}" if letter else goal, policy)
        for no, address, name, letter, goal, policy in rows
    )


# Private functions


_SELECT = "SELECT no, address, name, goal, goal_text, policy FROM project WHERE plan = ? ORDER BY position"
