"""Small tables of six towns, as kotae import drafts them, and conversations about them with what must be said."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from bot.building import build_all
from bot.explaining import explain
from kb.storing import KnowledgeBase

PLANS = Path("tests/plans/own")
CONVERSATIONS = [
    json.loads(line) for line in Path("tests/corpora/own.jsonl").read_text(encoding="utf-8").splitlines() if line
]

Towns = dict[str, Kotae]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Towns]:
    """A bot over the tables that each conversation is about, one or several of them."""
    folder = tmp_path_factory.mktemp("towns")
    bots = {tables: _open(folder / tables, tables) for tables in dict.fromkeys(one["tables"] for one in CONVERSATIONS)}
    yield bots
    for bot in bots.values():
        bot.knowledge.close()


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: f"{one['tables']}: {one['turns'][-1]['ask']}")
def test_a_conversation_about_a_towns_own_table(towns: Towns, conversation: Mapping[str, Any]) -> None:
    """Each reply's status and reason, what it says, and what it must not say."""
    context = None
    for turn in conversation["turns"]:
        answer, context = towns[conversation["tables"]].answer(turn["ask"], context)
        assert (answer.status, answer.reason) == (turn["status"], turn.get("reason")), answer.text
        assert [text for text in turn["says"] if text not in answer.text] == [], answer.text
        assert [text for text in turn.get("never", ()) if text in answer.text] == [], answer.text


def test_explaining_shows_the_order_of_the_plans(towns: Towns) -> None:
    """Nothing tells two plans apart, or the municipality that is named does; of one plan there is no order."""
    both = towns["hinoki+momiji"]
    order = explain(both, "令和5年度の決算の合計は？").partition("計画の順位")[2].splitlines()[1:3]
    assert order == ["  → ひのき町事務事業評価表 (0, 0, 0, 1, 0)", "  → もみじ町事務事業評価表 (0, 0, 0, 1, 0)"]
    order = explain(both, "もみじ町の令和5年度の決算の合計は？").partition("計画の順位")[2].splitlines()[1:3]
    assert order == ["  → もみじ町事務事業評価表 (1, 0, 0, 1, 0)", "    ひのき町事務事業評価表 (0, 0, 0, 1, 0)"]
    assert "計画の順位" not in explain(towns["hinoki"], "令和5年度の決算の合計は？")


# Private functions


def _open(folder: Path, tables: str) -> Kotae:
    shutil.copytree("data/language", folder / "data/language")
    for name in tables.split("+"):
        shutil.copytree(PLANS / name, folder / "data/plans" / name)
    home = folder / "home"
    home.mkdir()
    build_all(folder / "data", home)
    return Kotae(KnowledgeBase.open(home))
