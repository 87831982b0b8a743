"""Puts questions to whoever answers and judges what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.examination.expectation import Question
from tests.examination.judging import Reply, Verdict, judge

__all__ = ["examine", "examine_all"]

Ask = Callable[[Sequence[str]], Sequence[Reply]]
"""One conversation's turns to its replies."""


def examine(asked: Iterable[Question], ask: Ask) -> list[Verdict]:
    """Asks one conversation after the other, in process."""
    return [judge(question, ask(question.turns)) for question in asked]


def examine_all(
    asked: Sequence[Question], ask: Callable[[Sequence[Sequence[str]]], Sequence[Sequence[Reply]]]
) -> list[Verdict]:
    """Hands over all the conversations at once."""
    replies = ask([question.turns for question in asked])
    return [judge(question, reply) for question, reply in zip(asked, replies, strict=True)]
