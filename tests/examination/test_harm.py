from __future__ import annotations

from tests.examination.expectation import Expect, Question
from tests.examination.judging import judge
from tests.examination.lists import counted, listed
from tests.examination.test_judging import QUESTION


def test_to_say_that_there_is_none_where_there_is_is_wrong() -> None:
    """An untruth as harmful as another figure; to have understood nothing is none."""
    none = {"status": "no_data", "reason": "empty", "text": "当てはまる事業はありません", "projects": []}
    assert judge(QUESTION, none).wrong
    assert not judge(QUESTION, none | {"reason": "no_attribute"}).wrong
    tolerant = Question("q", "result", ("…",), QUESTION.expect, (Expect(("no_data",), must=(("ありません",),)),))
    assert judge(tolerant, none).passed


def test_a_list_most_of_which_is_false_is_wrong() -> None:
    """Where a condition was passed over; one stranger in a long list only fails."""
    question = Question("q", "list", ("…",), listed({"1", "2", "3", "4"}))
    answer = {"status": "answer", "reason": None, "text": "…", "projects": ["1", "2", "3", "4", "5"]}
    assert (judge(question, answer).passed, judge(question, answer).wrong) == (False, False)
    assert judge(question, answer | {"projects": [str(no) for no in range(1, 10)]}).wrong
    assert judge(question, answer | {"projects": ["1", "2", "3", "4"]}).passed


def test_a_false_count_is_wrong() -> None:
    """Another number of projects than the ones that count."""
    question = Question("q", "count", ("…",), counted([10]))
    answer = {"status": "answer", "reason": None, "text": "47事業です(平成25年度に実績がある)。", "projects": []}
    assert judge(question, answer).wrong
    assert judge(question, answer | {"text": "10事業です(平成25年度に件数がある)。"}).passed


def test_whoever_may_answer_in_two_ways_harms_nobody_with_either() -> None:
    """A question that can be asked back, too."""
    question = Question("q", "sum", ("…",), Expect(("answer",), values=(5.0,)), (Expect(("clarify",)),))
    assert judge(question, {"status": "clarify", "text": "どの年度ですか", "projects": []}).passed
    assert judge(question, {"status": "answer", "text": "6件", "projects": [], "computed": [{"value": 6}]}).wrong
