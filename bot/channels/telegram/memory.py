"""Memory: what the channel remembers of its conversations while it runs; bounded, the longest unused is forgotten."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.channels.telegram.messages import Message
from nlp.parsing import Context

__all__ = ["Conversation", "Exchange", "Memory"]

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person's conversation in a chat stands."""

    context: Context
    """What a follow-up refers to."""
    question: int | None = None
    """Id of the message that was asked last; None where a button was pressed since."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was answered."""

    before: Context | None
    """The conversation before it: an edited question is read in its old place."""
    replies: tuple[int, ...]
    """Ids of the messages that answered it."""


class Bounded(OrderedDict[K, V], Generic[K, V]):
    """A mapping that forgets the longest unused beyond its size."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def recall(self, key: K) -> V | None:
        """The value, which counts as used; None where there is none."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)

    def keep(self, key: K, value: V) -> None:
        """Remember a value."""
        self[key] = value
        self.move_to_end(key)
        while len(self) > self._size:
            self.popitem(last=False)


class Memory:
    """Conversations by (chat, person); exchanges and what is shown by (chat, message)."""

    def __init__(self, size: int = 1000) -> None:
        self.conversations: Bounded[tuple[int, int], Conversation] = Bounded(size)
        self.exchanges: Bounded[tuple[int, int], Exchange] = Bounded(size)
        self.shown: Bounded[tuple[int, int], Message] = Bounded(size)
