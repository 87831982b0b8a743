"""Current: answers at one door from whatever is in force there."""

from pathlib import Path

from bot.editions.watches import Watch
from bot.replies.answers import Answer
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.doors import Door
from kb.outline import Entry
from nlp.contexts import Context
from nlp.names.names import Name

__all__ = ["Current"]


class Current:
    """Answers like Kotae, each answer from exactly one revision; may be shared by threads."""

    def __init__(self, home: Path, watch: Watch | None = None, door: Door | None = None) -> None:
        """Without a door everything is answered, as on the command line; `watch`: what holds the bots of several doors."""
        self._watch = watch or Watch(home, (door,))
        self._door = door
        self._origin = door.name if door else ""

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a message; a conversation of another door, or about names that are no more, begins anew."""
        with self._watch.asked(self._door) as bot:
            known = self._own(context)
            answer, after = bot.answer(question, known if known and bot.knows(known) else None)
        return answer, self._marked(after)

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query; ValueError or KeyError where it is none of what is in force."""
        with self._watch.asked(self._door) as bot:
            answer, after = bot.run(compact)
        return answer, self._marked(after)

    def knows(self, context: Context) -> bool:
        """Whether a conversation is of this door, and every name in it is answered from."""
        own = self._own(context)
        with self._watch.asked(self._door) as bot:
            return own is not None and bot.knows(own)

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The names of every plan."""
        with self._watch.asked(self._door) as bot:
            return bot.catalogs

    @property
    def wording(self) -> Wording:
        """The phrases of replies."""
        with self._watch.asked(self._door) as bot:
            return bot.wording

    def outline(self, plan: str) -> tuple[Entry, ...]:
        """The projects of a plan, to be looked through."""
        with self._watch.asked(self._door) as bot:
            return bot.outline(plan)

    def names(self, plan: str) -> tuple[Name, ...]:
        """Every way to call the projects and activities of a plan."""
        with self._watch.asked(self._door) as bot:
            return bot.names(plan)

    def close(self) -> None:
        """Close what is open; nobody may be asking."""
        self._watch.close()

    # Private functions

    def _own(self, context: Context | None) -> Context | None:
        """What was said at this door, as the bots know it; what was said at another is not to be heard here."""
        return context._replace(origin="") if context and context.origin == self._origin else None

    def _marked(self, context: Context) -> Context:
        return context._replace(origin=self._origin)
