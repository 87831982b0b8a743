"""Charting: what the channel needs to show an answer as a picture; what draws is passed in."""

from typing import Any, Literal, Protocol

from bot.replies.answers import Answer

__all__ = ["Charting", "Form", "Picture"]

Form = Literal["png", "svg"]


class Picture(Protocol):
    """What a chart is going to show."""

    @property
    def caption(self) -> str:
        """Every figure of it, with its source."""

    @property
    def alt(self) -> str:
        """The same for who can't see it."""


class Charting(Protocol):
    """Makes pictures of answers."""

    def to_chart(self, answer: Answer, /) -> Picture | None:
        """What is to be drawn; None where a picture would say nothing."""

    def draw(self, chart: Any, form: Form, /) -> bytes:
        """The picture of what it has made itself."""
