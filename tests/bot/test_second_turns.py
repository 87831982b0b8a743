"""What names its own subject is answered in a conversation as it is alone."""

import re
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.publishing.examples import Filling, fill
from kb.compiling.language import kinds_of

OPENERS = ("商工相談の25年度は？", "達成度Bの事業は？", "商店街に関係する事業は？")
FILLED = Filling("空き店舗入居促進事業", "25年度", "経営指導", "24年度")
ELLIPTIC = {
    "25年度の件数の平均は？",
    "達成度の基準は何ですか",
    "事業は全部でいくつありますか",
}
"""Examples that name no subject, so that they are about what was talked about."""


def _examples() -> list[str]:
    table = re.findall(
        r"^\|.*\| ([^|`]*[ぁ-ん][^|`]*？) \|", Path("README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    kinds = kinds_of(Path("data/language"))
    asked = [fill(one.turns[0], FILLED) for kind in kinds for one in kind.examples if len(one.turns) == 1]
    return list(dict.fromkeys((*table, *asked)))


EXAMPLES = [question for question in _examples() if question not in ELLIPTIC]


def test_no_example_is_passed_over() -> None:
    """Each is asked, with every place of it filled."""
    assert (len(EXAMPLES) >= 77, [question for question in EXAMPLES if "{" in question]) == (True, [])


@pytest.mark.parametrize("opener", OPENERS)
def test_a_question_with_its_own_subject_takes_nothing_from_the_conversation(kotae: Kotae, opener: str) -> None:
    """Every example of the documents and of the kinds of question, alone and as a second turn."""
    context = kotae.answer(opener)[1]
    differing = [
        question
        for question in EXAMPLES
        if _given(kotae.answer(question)[0].to_dict()) != _given(kotae.answer(question, context)[0].to_dict())
    ]
    assert differing == []


def test_an_elliptic_question_is_about_what_was_talked_about(kotae: Kotae) -> None:
    """The same question, alone and after a project."""
    context = kotae.answer("商工相談の25年度は？")[1]
    assert kotae.answer("25年度の件数の平均は？")[0].text.startswith("平均 852.6件")
    assert kotae.answer("25年度の件数の平均は？", context)[0].text.startswith("平均 1,025件")


def _given(reply: dict[str, object]) -> list[object]:
    return [reply[key] for key in ("status", "reason", "projects", "facts", "results", "computed")]
