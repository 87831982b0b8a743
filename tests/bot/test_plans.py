"""Two plans at once: the question finds its plan, or is asked back; what is quoted says whose it is."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from bot.publishing.building import build_all, check_all
from bot.replies.checking import Source, unproven
from bot.replies.pieces import Piece
from bot.replies.wording import Filling, Wording
from kb.errors import DataError
from kb.storing import KnowledgeBase
from tests.bot.test_wording import SEVERAL
from tests.examination.generator import questions
from tests.examination.gold import Table

FIRST, SECOND = "nerima-shokogyo", "dainiji"
TITLES = {
    FIRST: "練馬区商工業振興計画(平成23～26年度)進捗状況",
    SECOND: "練馬区第2次商工業振興計画(令和5～8年度)進捗状況",
}
CORPUS = [json.loads(line) for line in Path("tests/corpora/plans.jsonl").read_text(encoding="utf-8").splitlines()]


def with_second(folder: Path, change: Callable[[str], str] = str) -> Path:
    """A copy of data/ with the second plan of the tests, its plan.toml changed."""
    shutil.copytree("data", folder / "data")
    plan = shutil.copytree("tests/plans/second", folder / "data/plans/second")
    text = (plan / "plan.toml").read_text(encoding="utf-8")
    (plan / "plan.toml").write_text(change(text), encoding="utf-8")
    return folder / "data"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kotae]:
    """The bot over two plans."""
    folder = tmp_path_factory.mktemp("two")
    build_all(with_second(folder), folder / "home")
    knowledge = KnowledgeBase.open(folder / "home")
    yield Kotae(knowledge)
    knowledge.close()


def replies(two: Kotae, *turns: str) -> list[dict[str, Any]]:
    """One conversation."""
    answers, context = [], None
    for turn in turns:
        answer, context = two.answer(turn, context)
        answers.append(answer.to_dict())
    return answers


def given(reply: dict[str, Any]) -> dict[str, Any]:
    """What a reply gives, in the form of the corpus."""
    return {
        **reply,
        "cells": [[r["plan"], r["project"], r["fiscal_year"], r["cell"]] for r in reply["results"]],
        "facts": [[f["plan"], f["project"], f["attribute"], f["value"]] for f in reply["facts"]],
        "computed": [[c["value"], c["unit"]] for c in reply["computed"]],
        "choices": [choice["label"] for choice in reply["choices"]],
    }


def complaints(two: Kotae, entry: dict[str, Any]) -> list[str]:
    """What the last reply gives otherwise than the corpus says."""
    found = given(replies(two, *entry["turns"])[-1])
    expected = {key: value for key, value in entry.items() if key not in ("turns", "text")}
    wrong = [f"{key}: {found[key]} (not {value})" for key, value in expected.items() if found[key] != value]
    return wrong + [f"no 「{text}」 in {found['text']}" for text in entry.get("text", ()) if text not in found["text"]]


# Finding the plan


@pytest.mark.parametrize("entry", CORPUS, ids=[" ⇒ ".join(entry["turns"]) for entry in CORPUS])
def test_a_question_finds_its_plan(two: Kotae, entry: dict[str, Any]) -> None:
    """Status, plans, projects, cells and choices are those of the corpus, to the letter."""
    assert complaints(two, entry) == []


def test_another_expectation_is_noticed(two: Kotae) -> None:
    """Negative control: a wrong plan, a wrong cell and a text that isn't there are three complaints."""
    entry = {
        "turns": ["空き店舗活用事業の5年度は？"],
        "status": "answer",
        "plans": [FIRST],
        "cells": [[SECOND, "2", 2023, "4事業 5,000千円"]],
        "text": ["達成度A"],
    }
    assert len(complaints(two, entry)) == 3


def test_every_figure_stands_with_its_plan(two: Kotae) -> None:
    """Each quoted cell and attribute names the document of its own plan, and the text names every plan quoted."""
    for entry in CORPUS:
        reply = replies(two, *entry["turns"])[-1]
        for quoted in (*reply["results"], *reply["facts"]):
            assert quoted["source"]["document"] == TITLES[quoted["plan"]]
            assert TITLES[quoted["plan"]] in reply["text"]


def test_a_choice_leads_where_its_label_says(two: Kotae) -> None:
    """The button and the question of a choice give the same figures of the plan that is named."""
    for entry in CORPUS:
        for choice in replies(two, *entry["turns"])[-1]["choices"]:
            pressed = given(two.run(choice["query"])[0].to_dict())
            asked = given(replies(two, choice["question"])[0])
            assert (pressed["plans"], pressed["cells"], pressed["facts"]) == (
                asked["plans"],
                asked["cells"],
                asked["facts"],
            ), choice
            assert pressed["plans"] == [choice["query"].partition("/")[0]]


def test_the_understanding_can_be_asked_again(two: Kotae) -> None:
    """It names the plan, so that it needs no conversation."""
    for entry in CORPUS:
        first = given(replies(two, *entry["turns"])[-1])
        if first["status"] == "answer" and first["understood"] and not first["computed"]:
            again = given(replies(two, first["understood"])[0])
            assert (again["plans"], again["cells"], again["facts"]) == (
                first["plans"],
                first["cells"],
                first["facts"],
            ), first["understood"]


def test_a_compact_query_goes_to_its_plan(two: Kotae) -> None:
    """And what comes next is said of that plan; one of a plan that isn't there is refused."""
    answer, context = two.run("dainiji/2/5/result")
    assert answer.text.startswith("4事業 5,100千円、達成度B")
    assert "3事業 4,250千円" in two.answer("6年度は？", context)[0].text
    assert two.run("nerima-shokogyo/42/25/result")[0].text.startswith("10,136千円(19事業)")
    with pytest.raises((ValueError, KeyError)):
        two.run("dainisan/2/5/result")


def test_every_reply_over_two_plans_is_proven(two: Kotae) -> None:
    """A reply of several parts bears the last check as a whole, and a mixed up year doesn't."""
    answer = two.answer("空き店舗創業支援事業の推移は？")[0]
    source = Source(two.knowledge.connection)
    assert unproven(answer, source) == ()
    other = tuple(part._replace(era="平成") for part in answer.parts)

    assert unproven(answer._replace(parts=other, era="平成"), source) == ()  # the same years
    mixed = answer.lines[0].pieces[0]._replace(proof=2023)
    line = answer.lines[0]._replace(pieces=(mixed, *answer.lines[0].pieces[1:]))
    wrong = answer._replace(lines=(line, *answer.lines[1:]))
    assert unproven(wrong, source) == ("平成23年度",)


def test_the_formal_sentence_names_its_plan(two: Kotae) -> None:
    """回答文 of a year that an earlier plan prints is said with that plan's title."""
    reply = replies(two, "空き店舗創業支援事業の25年度の回答文")[0]
    assert reply["formal"] == (
        "練馬区商工業振興計画(平成23～26年度)進捗状況によると、平成25年度(2013年度)の空き店舗入居促進事業の実績は"
        "「10,136千円(19事業)」、達成度は「A」です(出典: No.42)。"
    )


def test_every_phrase_for_several_plans_is_said(two: Kotae, monkeypatch: pytest.MonkeyPatch) -> None:
    """In reply to some question of the corpus; the phrases that one plan can say are held elsewhere."""
    said: set[tuple[str, str]] = set()
    pieces = Wording.pieces

    def noted(self: Wording, section: str, key: str, **filling: Filling) -> tuple[Piece, ...]:
        said.add((section, key))
        return pieces(self, section, key, **filling)

    monkeypatch.setattr(Wording, "pieces", noted)
    for entry in CORPUS:
        replies(two, *entry["turns"])
    assert said >= SEVERAL


# One plan alone


def test_one_plan_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is recognised once, no plan is named in choices, and no plan has to be."""
    build_all(Path("data"), tmp_path)
    two = Kotae(KnowledgeBase.open(tmp_path))
    heard: list[str] = []
    recognize = two.clerks[0].recognize

    def counted(question: str, context: Any) -> Any:
        heard.append(question)
        return recognize(question, context)

    monkeypatch.setattr(two.clerks[0], "recognize", counted)
    reply = replies(two, "空き店舗は？")[0]
    assert heard == ["空き店舗は？"]
    assert [choice["label"] for choice in reply["choices"]] == [
        "空き店舗入居促進事業(No.42)",
        "空き店舗活用事業(No.43)",
    ]
    assert reply["plans"] == [FIRST]


def test_a_plan_may_be_named_where_there_is_only_one(tmp_path: Path) -> None:
    """Its name is no unknown word."""
    build_all(Path("data"), tmp_path)
    two = Kotae(KnowledgeBase.open(tmp_path))
    reply = replies(two, "商工業振興計画の空き店舗入居促進事業の25年度実績は？")[0]
    assert (reply["text"].splitlines()[0], reply["unread"]) == ("10,136千円(19事業)、達成度A", [])


# What plan.toml says of other plans


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            '"nerima-shokogyo/42"',
            '"nerima-shokogyo/99"',
            "continues[1].from: nerima-shokogyo/99 という事業はありません",
        ),
        ('"nerima-shokogyo/42"', '"daiichi/42"', "continues[1].from: 「daiichi」という計画はありません"),
        ('project = "5"', 'project = "55"', "continues[1].project: この計画に事業番号55はありません"),
        (
            '"nerima-shokogyo/42"',
            '"dainiji/2"',
            "continues[1].from: 「dainiji」はこの計画より前に始まる計画ではありません",
        ),
    ],
)
def test_a_continuation_that_leads_nowhere_is_one_line(tmp_path: Path, before: str, after: str, line: str) -> None:
    """Neither built nor checked; what is right gives no line."""
    data = with_second(tmp_path, lambda text: text.replace(before, after))
    with pytest.raises(DataError) as caught:
        build_all(data, tmp_path / "home")
    assert str(caught.value) == f"plans/second/plan.toml: {line}"
    assert check_all(data).findings == (f"plans/second/plan.toml: {line}",)
    shutil.copy("tests/plans/second/plan.toml", data / "plans/second")
    assert check_all(data).findings == ()


def test_without_a_continuation_nothing_runs_through(tmp_path: Path) -> None:
    """Negative control: the same plans without the link know nothing of each other's project."""
    data = with_second(tmp_path, lambda text: text.partition("[[continues]]")[0])
    build_all(data, tmp_path / "home")
    two = Kotae(KnowledgeBase.open(tmp_path / "home"))
    assert replies(two, "空き店舗創業支援事業の推移は？")[0]["plans"] == [SECOND]
    assert replies(two, "空き店舗創業支援事業の24年度は？")[0]["reason"] == "no_year"


def test_plans_of_the_same_title_are_told_apart(tmp_path: Path) -> None:
    """Without a name that is its own a plan is called by its id, and a question that names both is asked back."""
    title = 'title = "練馬区商工業振興計画(平成23～26年度)進捗状況"'
    data = with_second(tmp_path, lambda text: "\n".join(
        title if line.startswith("title = \"練") else line for line in text.splitlines() if not line.startswith("names")
    ))  # fmt: skip
    build_all(data, tmp_path / "home")
    two = Kotae(KnowledgeBase.open(tmp_path / "home"))
    labels = [choice["label"] for choice in replies(two, "空き店舗活用事業の実績は？")[0]["choices"]]
    assert labels == ["空き店舗活用事業(nerima-shokogyo No.43)", "空き店舗活用事業(dainiji No.2)"]


# The first plan's questions beside a second plan


def strays(alone: dict[str, Any], beside: dict[str, Any]) -> bool:
    """Whether what one plan answers is answered with other figures where a second plan is."""
    if alone["status"] != "answer" or beside["status"] == "clarify":
        return False
    found, expected = given(beside), given(alone)
    missing = [one for key in ("cells", "facts") for one in expected[key] if one not in found[key]]
    more = [one for key in ("cells", "facts") for one in found[key] if one not in expected[key]]
    return bool(missing) or beside["status"] != "answer" or (bool(more) and len(beside["plans"]) == 1)


def test_a_second_plan_leads_no_question_astray(two: Kotae, ask: Any, table: Table) -> None:
    """As typed on a phone, misspelt and followed up: the same figures, those of both plans, or a question back."""
    drawn = questions(table, seed=21, n=600)
    pairs = [(q.turns, ask(*q.turns)[-1], replies(two, *q.turns)[-1]) for q in drawn]
    assert [turns for turns, alone, beside in pairs if strays(alone, beside)] == []
    answered = [alone for _, alone, beside in pairs if alone["status"] == beside["status"] == "answer"]
    assert len(answered) > 400


def test_a_stray_answer_would_be_noticed(two: Kotae, ask: Any) -> None:
    """Negative control: the other plan's figure, and none."""
    alone = ask("空き店舗活用事業の25年度の実績は？")[0]
    assert not strays(alone, replies(two, "空き店舗活用事業の25年度の実績は？")[0])
    assert not strays(alone, replies(two, "空き店舗活用事業の実績は？")[0])  # asked back
    assert strays(alone, replies(two, "空き店舗活用事業の5年度の実績は？")[0])
    assert strays(alone, replies(two, "空き店舗活用事業の8年度の実績は？")[0])
