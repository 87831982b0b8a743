"""Contexts: what a conversation remembers between two messages."""

from typing import NamedTuple

from nlp.conditions import Condition
from nlp.givens import Given
from nlp.slots import Slots

__all__ = ["Context", "Option"]


class Option(NamedTuple):
    """One choice that the last reply offered."""

    label: str
    """As it was shown."""
    references: tuple[str, ...]
    """The names that it stands for."""
    query: str
    """The compact query that it would run, however long."""
    words: tuple[str, ...] = ()
    """Words that pick it where it stands for no name (達成度, 戦略目標)."""
    question: str = ""
    """As it can be asked again, where whoever offers it can't say so from the query."""


class Context(NamedTuple):
    """What a conversation remembers between two messages."""

    slots: Slots = Slots()
    """The slots of the last question that was understood."""
    years: tuple[int, ...] = ()
    """The fiscal years that it was answered for."""
    listed: tuple[str, ...] = ()
    """The references of the last reply, in its order."""
    options: tuple[Option, ...] = ()
    """Choices that wait for an answer."""
    plan: str = ""
    """Id of the plan that it is about; "" while that is open."""
    origin: str = ""
    """Where it is held; whoever hears of it elsewhere begins anew."""
    rest: str = ""
    """The compact query of what the last reply only counted; "" where it showed all."""
    within: tuple[Condition, ...] | None = None
    """Everything that selects the projects of the last list, and nothing else: what そのうち is of; None after no list."""
    given: tuple[Given, ...] = ()
    """What the last answers gave one by one: what a bare 差は？ is of."""
    ranked: Slots | None = None
    """The slots of the last order or trend of projects, which the next message may turn round."""
    order: tuple[Given, ...] = ()
    """What the last order gave, the first one first, as far as no two are equal: what 2番目は？ is of."""
    unfound: bool = False
    """Whether the last question was about something that was not found, or could be several."""

    @property
    def focus(self) -> frozenset[str]:
        """Names just talked about; a vague name is looked for among them first."""
        offered = {reference for option in self.options for reference in option.references}
        return frozenset(offered or (self.listed if len(self.listed) > 1 else ()))
