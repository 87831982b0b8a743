"""Feedback: 👍 or 👎 for an answer, and what was wrong with it; the last word of each person counts."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.journal.tables import audit, feedback, texts

__all__ = ["Feedback", "Vote"]


class Vote(NamedTuple):
    """What somebody thinks of an answer."""

    receipt: str
    """Of the answer."""
    vote: str
    """up or down."""
    reason: str
    """What was wrong: project, year, figure, other; "" while unsaid."""
    at: float
    """When."""
    question: str
    """What was asked; "" once forgotten."""


class Feedback:
    """What people think of answers."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def vote(self, number: int, channel: str, person: str, vote: str, reason: str = "") -> None:
        """Keep what somebody thinks of an answer, instead of what they said before."""
        values = {"vote": vote, "reason": reason, "at": self._now}
        put = insert(feedback).values(audit=number, channel=channel, person=person, **values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["audit", "channel", "person"], set_=values))

    def listed(self) -> tuple[Vote, ...]:
        """Every vote, the latest last."""
        question = func.coalesce(texts.c.question, "")
        columns = (audit.c.receipt, feedback.c.vote, feedback.c.reason, feedback.c.at, question)
        found = select(*columns).select_from(feedback).join(audit).outerjoin(texts, texts.c.audit == audit.c.id)
        rows = self._connection.execute(found.order_by(feedback.c.at, feedback.c.id))
        return tuple(Vote(*row) for row in rows)
