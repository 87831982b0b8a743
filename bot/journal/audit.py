"""Audit: one row for each question that was answered; its texts stand apart, and are forgotten after a while."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from bot.journal.tables import audit, texts

__all__ = ["Answered", "Audit"]


class Answered(NamedTuple):
    """A question with its answer."""

    channel: str
    """Where it was asked."""
    lane: str
    """In which conversation."""
    person: str
    """By whom."""
    kind: str
    """How it was asked: ask, run or rest; nothing else is answered anew."""
    question: str
    """What was asked; "" once forgotten."""
    status: str
    """Of the answer: answer, clarify, no_data …"""
    reason: str
    """Of the answer, "" where it has none."""
    query: str
    """The compact query behind it, "" where it has none."""
    understood: str
    """How it was read: asked again it gives the same; "" once forgotten."""
    answer: str
    """The text of the answer; "" once forgotten."""
    cells: str
    """The cells that it quotes, in a form that can be compared."""
    revision: str
    """Of the knowledge base."""
    receipt: str = ""
    """Short and unguessable."""
    at: float = 0.0
    """When."""
    number: int = 0
    """Its number here."""


class Audit:
    """What was answered."""

    def __init__(self, connection: Connection, now: float) -> None:
        self._connection, self._now = connection, now

    def record(self, event: int | None, answered: Answered) -> int:
        """Keep a question with its answer; its number."""
        values = answered._asdict()
        text = {name: values.pop(name) for name in ("question", "understood", "answer")}
        values.update(at=self._now, event=event)
        del values["number"]
        number: int = self._connection.execute(insert(audit).values(values).returning(audit.c.id)).scalar_one()
        self._connection.execute(insert(texts).values(audit=number, at=self._now, **text))
        return number

    def by_receipt(self, receipt: str) -> Answered | None:
        """The answer that has a receipt."""
        found = select(audit, texts.c.question, texts.c.understood, texts.c.answer).outerjoin(texts)
        row = self._connection.execute(found.where(audit.c.receipt == receipt)).mappings().first()
        if row is None:
            return None
        fields: dict[str, Any] = {name: row[name] or "" for name in Answered._fields if name in row}
        return Answered(**fields, number=row["id"])

    def count(self) -> int:
        """How many there are."""
        return self._connection.execute(select(func.count()).select_from(audit)).scalar_one()

    def forget_events(self, events: Sequence[int]) -> None:
        """Delete the texts of what was asked with some events."""
        asked = select(audit.c.id).where(audit.c.event.in_(events))
        self._connection.execute(delete(texts).where(texts.c.audit.in_(asked)))
