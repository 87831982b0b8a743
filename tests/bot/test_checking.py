"""The last check: a reply in which anything was changed is refused, and an honest line is said instead."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.replies.answers import Answer
from bot.replies.checking import Source, refusal, unproven
from bot.replies.pieces import Line, Piece
from bot.replies.wording import Wording
from kb.compiling.building import build
from kb.compiling.language import compile_language
from kb.source.plans import load_plans
from kb.source.reading import read_projects
from kb.storing import KnowledgeBase
from nlp.writing.tokens import Tokenizer
from tests.examination.generator import questions
from tests.examination.gold import Table
from tests.helpers import fixed

ONE = "空き店舗入居促進事業の25年度実績は？"
SEVERAL = "空き店舗入居促進事業の23年度と25年度の実績は？"
COUNT = "達成度Bの事業はいくつありますか"
GRADE = "空き店舗入居促進事業の達成度は？"
FORMAL = "空き店舗入居促進事業の25年度の回答文"


def changed(answer: Answer, kind: str, change: Callable[[Piece], Piece]) -> Answer:
    """An answer whose first piece of a kind was tampered with."""
    lines, done = [], False
    for line in answer.lines:
        pieces = []
        for piece in line.pieces:
            other = change(piece) if piece.kind == kind and not done else piece
            done = done or other != piece
            pieces.append(other)
        lines.append(Line(line.role, tuple(pieces)))
    assert done, f"no piece of kind {kind} was changed"
    return answer._replace(lines=tuple(lines))


def is_refused(kotae: Kotae, answer: Answer) -> bool:
    """Whether the last check finds anything."""
    return bool(unproven(answer, Source(kotae.knowledge.connection)))


@pytest.mark.parametrize(
    "question", [ONE, SEVERAL, COUNT, GRADE, FORMAL, "Bの事業は？", "99番は？", "こんにちは", "23"]
)
def test_an_honest_reply_passes(kotae: Kotae, question: str) -> None:
    """Nothing in it is doubted."""
    assert unproven(kotae.answer(question)[0], Source(kotae.knowledge.connection)) == ()


def test_hundreds_of_replies_pass(kotae: Kotae, table: Table) -> None:
    """The check never stops a reply that the bot makes."""
    asked = questions(table, seed=5, n=250)
    assert [q.turns for q in asked if kotae.answer(q.turns[-1])[0].status == "error"] == []


@pytest.mark.parametrize(
    ("question", "kind", "was", "becomes"),
    [
        (ONE, "cell", "10,136", "10,163"),
        (ONE, "cell", "10,136千円(19事業)", "10,278千円(13事業)"),
        (ONE, "cell", "10,136千円(19事業)", "10,136千円"),
        (SEVERAL, "cell", "10,376千円(12事業)", "10,136千円(19事業)"),
        (ONE, "words", "達成度", "2倍の達成度"),
        (ONE, "words", "達成度", "２倍の達成度"),
        (ONE, "fact", "A", "B"),
        (GRADE, "fact", "A", "C"),
        (ONE, "name", "空き店舗入居促進事業", "空き店舗活用事業"),
        (ONE, "name", "42", "43"),
        (ONE, "year", "2013", "2012"),
        (ONE, "year", "平成25", "平成24"),
        (SEVERAL, "year", "平成23", "平成24"),
        (COUNT, "count", "7", "8"),
        (FORMAL, "cell", "10,136", "10,163"),
        (ONE, "source", "平成23～26年度", "平成23～25年度"),
    ],
)
def test_a_changed_piece_is_refused(kotae: Kotae, question: str, kind: str, was: str, becomes: str) -> None:
    """A digit of a cell, another year's cell, half a cell, a digit among words, a grade, a name, a year, a count."""
    answer = kotae.answer(question)[0]
    spoilt = changed(answer, kind, lambda piece: piece._replace(text=piece.text.replace(was, becomes)))
    assert is_refused(kotae, spoilt)


def test_a_cell_needs_a_proof(kotae: Kotae) -> None:
    """The right text without its row, or with another row behind it, proves nothing."""
    answer, other = kotae.answer(ONE)[0], kotae.answer("空き店舗活用事業の25年度実績は？")[0]
    assert is_refused(kotae, changed(answer, "cell", lambda piece: piece._replace(proof=None)))
    assert is_refused(kotae, changed(answer, "cell", lambda piece: piece._replace(proof=other.quotes[0])))
    lying = answer.quotes[0]._replace(text="99,999千円")
    assert is_refused(kotae, changed(answer, "cell", lambda piece: piece._replace(text="99,999千円", proof=lying)))


def test_a_proof_that_lies_too_is_refused(kotae: Kotae) -> None:
    """A count that isn't the number of projects, a grade that nobody printed."""
    counted = kotae.answer(COUNT)[0]
    assert is_refused(kotae, changed(counted, "count", lambda piece: piece._replace(text="8", proof=8)))
    head = counted.projects[0]
    lying = changed(counted, "count", lambda piece: piece._replace(text=str(len(head)), proof=head))
    assert is_refused(kotae, lying)
    listed = kotae.answer("達成度Bの事業一覧")[0]
    spoilt = changed(
        listed,
        "fact",
        lambda piece: piece._replace(text="C", proof=piece.proof._replace(grades=("C",))),  # type: ignore[union-attr]
    )
    assert is_refused(kotae, spoilt)


def test_a_changed_formal_sentence_is_refused(kotae: Kotae) -> None:
    """What is made to be pasted into an answer is looked at like what is shown."""
    answer = kotae.answer(ONE)[0]
    formal = tuple(
        piece._replace(text="10,163千円(19事業)") if piece.kind == "cell" else piece for piece in answer.formal
    )
    assert formal != answer.formal
    assert is_refused(kotae, answer._replace(formal=formal))


def test_a_refused_reply_is_one_honest_line(kotae: Kotae) -> None:
    """Status error, and not one figure of what was refused."""
    wording = Wording.from_json(kotae.knowledge.artifact("replies"))
    refused = refusal(kotae.answer(ONE)[0], wording).to_dict()
    assert refused["status"] == "error"
    assert "\n" not in refused["text"]
    assert not any(character.isdigit() for character in refused["text"])
    assert (refused["results"], refused["facts"], refused["formal"]) == ([], [], None)


def test_the_bot_refuses_its_own_reply(tmp_path: Path) -> None:
    """Over a knowledge base whose wording smuggles a number in, every answer with that line is an error."""
    plans = load_plans(Path("data/plans"))
    projects = [project for plan in plans for project in read_projects(plan)]
    artifacts = dict(compile_language(Path("data/language"), plans, projects, Tokenizer()))
    replies = json.loads(artifacts["replies"])
    replies["cell"]["figure"] += "(前年度の2倍)"
    build(plans, fixed(**artifacts | {"replies": json.dumps(replies)}), tmp_path)
    kotae = Kotae(KnowledgeBase.open(tmp_path))
    assert kotae.answer(ONE)[0].to_dict()["status"] == "error"
    assert "10,136" not in kotae.answer(ONE)[0].text
    assert kotae.answer(GRADE)[0].status == "answer"


def test_a_list_of_one_line_shows_no_grade_of_it(kotae: Kotae) -> None:
    """A list prints the grades of whole projects: those of one of their lines would be less than the table says."""
    answer = kotae.run("nerima-shokogyo/44.2//projects")[0]
    assert answer.status == "answer"
    assert "達成度" not in answer.text
    assert kotae.run("nerima-shokogyo/44//projects")[0].text.count("達成度A・B") == 1


def test_a_near_name_is_asked_about_itself_and_not_listed(kotae: Kotae) -> None:
    """What is picked after a list that was not found is what that project prints."""
    _, context = kotae.answer("安ななななか実施してない")
    answer = kotae.answer("1", context)[0]
    assert (answer.status, answer.projects[0].no) == ("answer", "44")
    assert "検討調整" in answer.text
