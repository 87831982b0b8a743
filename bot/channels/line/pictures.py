"""Pictures: charts by addresses that nobody can make up, and that end after a while."""

from typing import Any, Literal, NamedTuple, Protocol

from bot.channels.line.calls import CHANNEL
from bot.desk import Desk, pressed
from bot.desk.links import Link, Links
from bot.replies.answers import Answer

__all__ = ["PATH", "Charting", "Picture", "Pictures", "Shown"]

PATH = "/line/chart/"
KEPT = 7 * 24 * 3600.0
"""Seconds that a chart can be looked at again in the chat."""


class Picture(Protocol):
    """What a chart is going to show."""

    @property
    def caption(self) -> str:
        """Every figure of it, with its source."""


class Charting(Protocol):
    """Makes pictures of answers."""

    def to_chart(self, answer: Answer, /) -> Picture | None:
        """What is to be drawn; None where a picture would say nothing."""

    def draw(self, chart: Any, form: Literal["png"], /) -> bytes:
        """The picture of what it has made itself."""


class Shown(NamedTuple):
    """A chart as it is sent."""

    url: str
    """Where it can be fetched for a while."""
    caption: str
    """What it shows, in words."""


class Pictures:
    """Charts to be fetched by whoever was given their address."""

    def __init__(self, public_url: str, links: Links, desk: Desk, charting: Charting) -> None:
        self._base, self._links, self._desk, self._charting = public_url.rstrip("/"), links, desk, charting

    @property
    def able(self) -> bool:
        """Whether LINE can fetch anything here: by HTTPS only."""
        return self._base.startswith("https://")

    def show(self, answer: Answer, member: bool, now: float) -> Shown | None:
        """An answer's chart with its address; None where there is nothing to show, or no way to."""
        chart = self._charting.to_chart(answer) if self.able and answer.query else None
        if chart is None:
            return None
        token = self._links.issue(Link(answer.query, CHANNEL, member, now + KEPT))
        return Shown(f"{self._base}{PATH}{token}.png", chart.caption)

    def fetch(self, token: str, now: float) -> bytes | None:
        """The picture behind an address, drawn of what may be seen now; None where it is nobody's."""
        link = self._links.read(token.removesuffix(".png"), now)
        if link is None or link.channel != CHANNEL:
            return None
        found = pressed(self._desk.shown(CHANNEL, link.member), link.query)
        chart = self._charting.to_chart(found[0]) if found else None
        return self._charting.draw(chart, "png") if chart else None
