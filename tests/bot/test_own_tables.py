"""What is said of small tables of other towns, turn by turn."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.answering import Kotae
from bot.explaining import explain
from nlp.contexts import Context
from tests.own import CONVERSATIONS

Towns = dict[str, Kotae]


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: f"{one['tables']}: {one['turns'][-1]['ask']}")
def test_a_conversation_about_a_towns_own_table(own_towns: Towns, conversation: Mapping[str, Any]) -> None:
    """Each reply's status and reason, what it says, and what it must not say."""
    context = None
    for turn in conversation["turns"]:
        answer, context = own_towns[conversation["tables"]].answer(turn["ask"], context)
        assert (answer.status, answer.reason) == (turn["status"], turn.get("reason")), answer.text
        assert [text for text in turn["says"] if text not in answer.text] == [], answer.text
        assert [text for text in turn.get("never", ()) if text in answer.text] == [], answer.text


def test_explaining_shows_the_order_of_the_plans(own_towns: Towns) -> None:
    """Nothing tells two plans apart, or the municipality that is named does; of one plan there is no order."""
    both = own_towns["hinoki+momiji"]
    order = explain(both, "令和5年度の決算の合計は？").partition("計画の順位")[2].splitlines()[1:3]
    assert order == ["  → ひのき町事務事業評価表 (0, 0, 0, 1, 0)", "  → もみじ町事務事業評価表 (0, 0, 0, 1, 0)"]
    order = explain(both, "もみじ町の令和5年度の決算の合計は？").partition("計画の順位")[2].splitlines()[1:3]
    assert order == ["  → もみじ町事務事業評価表 (1, 0, 0, 1, 0)", "    ひのき町事務事業評価表 (0, 0, 0, 1, 0)"]
    assert "計画の順位" not in explain(own_towns["hinoki"], "令和5年度の決算の合計は？")


def test_a_condition_on_a_line_of_all_projects_is_part_of_its_query(own_towns: Towns) -> None:
    """It is said in what was understood, which is read as the same again, and it is written where a query is written."""
    town = own_towns["yanagi"]
    answer, _ = town.answer("スポーツ課の令和5年度の使用料収入の合計は？")
    assert answer.understood == (
        "令和5年度の所管課がスポーツ課の東の館の使用料収入(千円)と西の館の使用料収入(千円)と北体育館の使用料収入(千円)と"
        "南体育館の使用料収入(千円)と町民プールの使用料収入(千円)の合計"
    )
    query = town.read("スポーツ課の令和5年度の使用料収入の合計は？", Context())[0].outcome.query
    assert query.to_compact() == "yanagi/1.3,2.3,3.3,4.3,5.3?detail=所管課=スポーツ課/5/cells-sum"
    assert town.catalogs[0].query(query.to_compact()) == query


@pytest.mark.parametrize(
    ("asked", "compact", "understood"),
    [
        ("備考に繰越とある路線は？", "wakaba/?told=0:備考=繰越//projects", "備考に「繰越」とある事業一覧"),
        ("備考がない路線は？", "wakaba/?told!=0:備考=//projects", "備考の記載がない事業一覧"),
        ("5年度に備考がある路線は？", "wakaba/?told=2023:備考=//projects", "令和5年度に備考の記載がある事業一覧"),
    ],
)
def test_what_a_further_column_holds_is_a_condition(
    own_towns: Towns, asked: str, compact: str, understood: str
) -> None:
    """It is written, said and read again as the same query."""
    town = own_towns["wakaba"]
    queries = [town.read(text, Context())[0].outcome.query for text in (asked, understood)]
    assert [query.to_compact() for query in queries] == [compact, compact]
    assert queries[0].to_japanese() == understood
    assert town.catalogs[0].query(compact) == queries[0]


def test_there_are_enough_turns_about_all_of_the_tables() -> None:
    """120 at least, about each of the fifteen."""
    assert sum(len(conversation["turns"]) for conversation in CONVERSATIONS) >= 120
    asked = {name for conversation in CONVERSATIONS for name in conversation["tables"].split("+")}
    assert asked == {
        "asagiri",
        "hinoki",
        "kaede",
        "keyaki",
        "kobushi",
        "kunugi",
        "momiji",
        "namiki",
        "nire",
        "renge",
        "sumire",
        "suzuran",
        "tsubaki",
        "wakaba",
        "yanagi",
    }
