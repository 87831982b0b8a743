"""The examination of other towns' tables: what stands in further columns, and grades of each year."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.publishing.building import export_all
from tests.examination.examining import examine
from tests.examination.judging import Reply, Verdict, summary
from tests.examination.towns import TOWN_KINDS, read_town, town_questions
from tests.own import CONVERSATIONS, open_town

TOWNS = sorted({name for conversation in CONVERSATIONS for name in conversation["tables"].split("+")})
EACH = 21
"""Questions to a table: three of every kind where it has something for all of them."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    """How the questions to all the tables went."""
    folder = tmp_path_factory.mktemp("examined")
    return [verdict for name in TOWNS for verdict in examined(folder / name, name)]


def test_no_question_about_another_town_is_answered_wrongly(verdicts: list[Verdict]) -> None:
    """None wrong, and most as expected: the share is what was reached last."""
    assert [verdict.question.turns for verdict in verdicts if verdict.wrong] == [], summary(verdicts)
    assert sum(verdict.passed for verdict in verdicts) >= 0.95 * len(verdicts), summary(verdicts)


def test_every_kind_finds_a_town_with_something_to_ask(verdicts: list[Verdict]) -> None:
    """A kind that no table is asked would say nothing."""
    assert {verdict.question.kind for verdict in verdicts} == set(TOWN_KINDS)
    assert len(verdicts) > 200


# Private functions


def examined(folder: Path, name: str) -> list[Verdict]:
    """The verdicts on one town's table."""
    bot = open_town(folder, name)
    export_all(folder / "data", "json", folder / "table.json")
    verdicts = examine(town_questions(read_town(folder / "table.json"), seed=1, n=EACH), partial(answered, bot))
    bot.knowledge.close()
    return verdicts


def answered(bot: Kotae, turns: Sequence[str]) -> list[Reply]:
    """One conversation's turns to its replies."""
    replies, context = list[Reply](), None
    for turn in turns:
        answer, context = bot.answer(turn, context)
        replies.append(answer.to_dict())
    return replies
