"""Serving while publishing: a swapped pointer is noticed between two questions, and no answer mixes two revisions."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.editions.current import Current
from bot.publishing.publishing import publish
from bot.replies.answers import Answer
from kb.pointer import read_pointer
from kb.publishing.rollback import roll_back
from kb.storing import KnowledgeBase
from tests.drafting import FIGURE, OTHER, QUESTION, desk, draft
from tests.helpers import beside

NOW = "2026-11-22T10:00:00+09:00"
GRADED = {
    "10,136千円(19事業)\t\tA": "10,200千円(19事業)\t\tB",
}
"""Figure and grade of one project, both changed."""

Home = tuple[Path, Path, str, str]
"""data/, the home, the revision with the old figure and the one with the new, which is in force."""


@pytest.fixture
def two(tmp_path: Path) -> Home:
    """Two revisions that differ in a figure and its grade."""
    data, home = desk(tmp_path)
    old = read_pointer(home).revision
    draft(home, GRADED)
    new = publish(data, home, NOW, lambda _: True).revision
    return data, home, old, new


def belongs(answer: Answer, old: str, new: str) -> bool:
    """Whether figure, grade and revision of an answer are of one knowledge base."""
    said = [(quote.text, quote.grade, answer.revision) for quote in answer.quotes]
    return said in ([(FIGURE, "A", old)], [(OTHER, "B", new)])


def ask_while(
    swapping: Callable[[], None], ask: Callable[[], Answer], threads: int = 4
) -> tuple[list[Answer], list[str]]:
    """What threads are answered that ask on and on while something is swapped, and their errors."""
    answers, problems = [], []

    def asking(end: threading.Event) -> None:
        while not end.is_set():
            try:
                answers.append(ask())
            except Exception as error:  # noqa: BLE001  any at all
                problems.append(repr(error))

    with beside(*[asking] * threads):
        swapping()
    return answers, problems


def test_a_swap_is_noticed_with_the_next_question(two: Home) -> None:
    """The process that was started before answers with what is in force now."""
    _, home, old, new = two
    kotae = Current(home)
    first = kotae.answer(QUESTION)[0]
    roll_back(home, old, NOW)
    second = kotae.answer(QUESTION)[0]
    assert [(a.quotes[0].text, a.revision) for a in (first, second)] == [(OTHER, new), (FIGURE, old)]
    kotae.close()


def test_a_bot_that_opens_once_does_not_notice(two: Home) -> None:
    """Negative control: this is what Current is there for."""
    _, home, old, new = two
    knowledge = KnowledgeBase.open(home)
    kotae = Kotae(knowledge)
    roll_back(home, old, NOW)
    assert kotae.answer(QUESTION)[0].revision == new
    knowledge.close()


def test_the_pointer_alone_is_looked_at(two: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two questions nothing is opened or read where nothing was swapped."""
    _, home, _, _ = two
    kotae, opened = Current(home), []
    monkeypatch.setattr("bot.editions.watches._open", opened.append)
    for _ in range(3):
        kotae.answer(QUESTION)
    assert opened == []
    kotae.close()


def test_a_conversation_goes_on_over_a_swap(two: Home) -> None:
    """その前の年 is the year before in the revision that is in force by then."""
    _, home, old, _ = two
    kotae = Current(home)
    _, context = kotae.answer(QUESTION)
    roll_back(home, old, NOW)
    answer, _ = kotae.answer("達成度は？", context)
    assert (answer.facts[0].value, answer.revision) == ("A", old)
    kotae.close()


def test_a_conversation_about_a_project_that_is_gone_begins_anew(two: Home) -> None:
    """A name that is no more is no error: the question is read as a first one."""
    data, home, _, _ = two
    kotae = Current(home)
    _, context = kotae.answer("にぎわい商店街支援事業の25年度実績は？")
    draft(home, {"\t33\tにぎわい": "\t133\tにぎわい"})
    publish(data, home, NOW, lambda _: True)
    answer, _ = kotae.answer("24年度は？", context)
    assert (answer.status, answer) == ("clarify", kotae.answer("24年度は？")[0])
    kotae.close()


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda home: (home / "current").write_bytes(b"{"), "知識ベースの current が壊れています"),
        (lambda home: (home / "current").unlink(), "知識ベースがありません"),
    ],
    ids=["broken", "missing"],
)
def test_a_pointer_that_cannot_be_used_leaves_what_is_open(
    two: Home, spoil: Callable[[Path], object], line: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It was whole when it was opened; one line says so, once, and the next good pointer is taken."""
    _, home, old, new = two
    kotae = Current(home)
    spoil(home)
    assert [kotae.answer(QUESTION)[0].revision for _ in range(3)] == [new] * 3
    assert [record.message.startswith(f"前の版で答え続けます: {line}") for record in caplog.records] == [True]
    roll_back(home, old, NOW)
    assert kotae.answer(QUESTION)[0].revision == old
    kotae.close()


def test_what_nobody_asks_any_more_is_closed(two: Home) -> None:
    """After a swap the old file is held by nobody, and not before the last answer from it was given."""
    _, home, old, _ = two
    kotae = Current(home)
    with kotae._watch.asked(None) as held:
        roll_back(home, old, NOW)
        kotae.answer(QUESTION)
        assert held.answer(QUESTION)[0].quotes[0].text == OTHER
        assert held.knowledge._opened
    assert held.knowledge._opened == []
    kotae.close()


def test_no_answer_mixes_revisions_while_they_are_swapped(two: Home) -> None:
    """Four threads ask all the time while two revisions are put into force twenty times in turn."""
    _, home, old, new = two
    kotae = Current(home)

    def swapping() -> None:
        for turn in range(20):
            roll_back(home, new if turn % 2 else old, NOW)
            wanted = read_pointer(home).revision
            while kotae.answer(QUESTION)[0].revision != wanted:
                pass

    answers, problems = ask_while(swapping, lambda: kotae.answer(QUESTION)[0])
    assert problems == []
    assert [answer.text for answer in answers if not belongs(answer, old, new)] == []
    assert {answer.revision for answer in answers} == {old, new}
    assert len(answers) > 20
    kotae.close()


@pytest.mark.slow
def test_no_answer_mixes_revisions_while_they_are_published(two: Home) -> None:
    """Four threads ask all the time through twenty publications of two drafts in turn."""
    data, home, old, new = two
    kotae, seen = Current(home), []

    def swapping() -> None:
        for turn in range(20):
            draft(home, GRADED if turn % 2 else {})
            seen.append(publish(data, home, NOW, lambda _: True).revision)

    answers, problems = ask_while(swapping, lambda: kotae.answer(QUESTION)[0])
    assert problems == []
    assert [answer.text for answer in answers if not belongs(answer, old, new)] == []
    assert seen == [old, new] * 10
    assert {answer.revision for answer in answers} == {old, new}
    kotae.close()


def test_an_answer_that_mixes_revisions_is_noticed(two: Home) -> None:
    """Negative control: a bot that answers first and looks afterwards which revision is in force is found out."""
    _, home, old, new = two
    knowledge = KnowledgeBase.open(home)

    def careless() -> Answer:
        answer = Kotae(knowledge).answer(QUESTION)[0]
        roll_back(home, old, NOW)
        return answer._replace(revision=read_pointer(home).revision)

    assert not belongs(careless(), old, new)
    knowledge.close()


def test_what_is_in_force_can_be_looked_through(home: Path) -> None:
    """Names, words and projects are those of the revision that is answered from."""
    current = Current(home)
    [catalog] = current.catalogs
    assert catalog.plan == "nerima-shokogyo"
    assert current.wording.line("help", "empty").text == "質問を入れてください。"
    assert current.outline("nerima-shokogyo")[0].name == "伝統工芸展への支援"
    current.close()
