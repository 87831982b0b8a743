"""Soles: the clerk of the only plan there is; to be asked as a panel is."""

from collections.abc import Sequence

from bot.clerks import Clerk, Reading
from bot.contexts import remembered
from bot.plans.choosing import Rank, Take, rank
from nlp.contexts import Context
from nlp.recognition import Recognition
from nlp.splitting import split

__all__ = ["Sole"]


class Sole:
    """Hears and answers for one plan: read once, with nothing to choose."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def hear(self, question: str, context: Context) -> tuple[Recognition, ...]:
        """What stands in a message."""
        return (self._clerk.recognize(question, context),)

    def split(self, heard: Sequence[Recognition]) -> tuple[str, ...]:
        """The questions of a message."""
        return split(heard[0])

    def ranks(self, heard: Sequence[Recognition], context: Context) -> tuple[tuple[str, Rank], ...]:
        """How well the plan fits a message, as a panel says it of several."""
        take = Take(self._clerk, context, *self._clerk.understand(heard[0], context))
        return ((self._clerk.catalog.short, rank(take, context.plan)),)

    def reply(self, heard: Sequence[Recognition], context: Context) -> tuple[Reading, Context]:
        """Answer a message that asks one thing."""
        reading = self._clerk.answered(*self._clerk.understand(heard[0], context))
        return reading, remembered(reading, context, self._clerk.plan)
