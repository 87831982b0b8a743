from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.examination.corpus import read_line
from tests.examination.examining import examine
from tests.examination.expectation import Expect, Question
from tests.examination.generator import KINDS, questions
from tests.examination.gold import Cell, Project, Row, Table, figures_of
from tests.examination.judging import judge, summary
from tests.examination.matching import found
from tests.examination.names import Names, to_kana
from tests.examination.noise import year_forms
from tests.examination.pieces import Piece

CORPORA = Path(__file__).parents[1] / "corpora"
YEARS = {23: "10,376千円(12事業)", 24: "10,278千円(13事業)", 25: "10,136千円(19事業)", 26: ""}
TABLE = Table(
    (
        Project(
            "42",
            "空き店舗入居促進事業",
            "D",
            "にぎわい",
            ("商店街の環境整備",),
            "賃借料",
            (Row("", "H23～H26", YEARS, "A"),),
        ),
        Project(
            "43",
            "空き店舗活用事業",
            "D",
            "にぎわい",
            ("商店街の環境整備",),
            "駐輪場",
            (Row("", "H23～H26", YEARS, "B"),),
        ),
    ),
    (23, 24, 25, 26),
)
QUESTION = Question(
    "q",
    "result",
    ("空き店舗入居促進事業の25年度の実績は？",),
    Expect(
        ("answer",),
        frozenset({"42"}),
        cells=(Cell("42", "", 25, "10,136千円(19事業)"),),
        lead=(("10,136千円",),),
        stale=("10,278千円", "10,376千円"),
    ),
)
RIGHT = "10,136千円(19事業)\n空き店舗入居促進事業(No.42) 平成25年度(2013年度)\n達成度 A"


def reply(
    text: str = RIGHT, project: str = "42", year: int = 2013, cell: str = YEARS[25], **more: Any
) -> Mapping[str, Any]:
    """A reply as the command prints it, right unless something is changed."""
    item: dict[str, Any] = {
        "project": project,
        "name": "",
        "activity": None,
        "fiscal_year": year,
        "cell": cell,
        "figures": [],
    }
    return {"status": "answer", "reason": None, "text": text, "projects": [project], "results": [item]} | more


def test_the_right_reply_passes() -> None:
    """The figure, its project and its year pass."""
    assert judge(QUESTION, reply()).passed


@pytest.mark.parametrize(
    "false",
    [
        reply("10,278千円(13事業)", year=2012, cell=YEARS[24]),
        reply("2,743千円(2事業)", project="43", cell="2,743千円(2事業)"),
        reply(RIGHT, projects=["42", "43"]),
    ],
    ids=["a wrong year", "a wrong project", "a stranger beside it"],
)
def test_another_years_or_projects_figure_is_wrong(false: Mapping[str, Any]) -> None:
    """What was not asked does harm."""
    verdict = judge(QUESTION, false)
    assert (verdict.passed, verdict.wrong) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "以下のとおりです\n空き店舗入居促進事業\n出典\n10,136千円(19事業)",
        "10,376千円、10,278千円、10,136千円(19事業)",
        "110,136千円(19事業)",
    ],
    ids=["below the third line", "after other years", "inside another number"],
)
def test_a_buried_figure_fails(text: str) -> None:
    """A reader on a phone must not have to look for it."""
    assert not judge(QUESTION, reply(text)).passed


def test_silence_fails_without_being_wrong() -> None:
    """No reply harms nobody, but helps nobody."""
    verdict = judge(QUESTION, None)
    assert (verdict.passed, verdict.wrong) == (False, False)


def test_asking_back_fails_on_a_clear_question() -> None:
    """A clarify is accepted only where an alternative says so."""
    clarify = {"status": "clarify", "text": "空き店舗入居促進事業のことですか", "projects": []}
    verdict = judge(QUESTION, clarify)
    assert (verdict.passed, verdict.wrong) == (False, False)
    tolerant = Question(
        "q", "result", ("…",), QUESTION.expect, (Expect(("clarify",), must=(("空き店舗入居促進事業",),)),)
    )
    assert judge(tolerant, clarify).passed
    assert not judge(tolerant, clarify | {"text": "空き店舗活用事業のことですか"}).passed


def test_an_answer_where_there_is_none_is_wrong() -> None:
    """A blank cell must be told as one, for its reason."""
    blank = Question("q", "absent", ("…",), Expect(("no_data",), frozenset({"42"}), reasons=frozenset({"blank"})))
    assert judge(blank, reply()).wrong
    none = {"status": "no_data", "reason": "blank", "text": "記載がありません", "projects": ["42"]}
    assert judge(blank, none).passed
    assert not judge(blank, none | {"reason": "dash"}).passed
    assert not judge(blank, none | {"projects": ["43"]}).passed


def test_a_false_computed_value_is_wrong() -> None:
    """The sign may be told in words, the amount may not differ."""
    expect = Expect(("answer",), frozenset({"42"}), lead=(("142千円",),), computed=True, values=(142_000,))
    question = Question("q", "diff", ("…",), expect)
    assert judge(question, reply("142千円減りました", computed=[{"value": -142_000}])).passed
    assert judge(question, reply("240千円減りました", computed=[{"value": -240_000}])).wrong
    assert not judge(question, reply("142千円減りました", computed=[])).passed


def test_another_grade_is_wrong() -> None:
    """A grade that the table doesn't print does harm."""
    question = Question(
        "q", "grade", ("…",), Expect(("answer",), frozenset({"42"}), grades=(("42", "A"),), lead=(("A",),))
    )
    fact = {"project": "42", "attribute": "grade", "value": "A"}
    assert judge(question, reply("達成度 A", facts=[fact])).passed
    assert judge(question, reply("達成度 B", facts=[fact | {"value": "B"}])).wrong


def test_the_second_choice_is_what_the_reply_before_put_there() -> None:
    """2番目 is judged by the choices that were offered."""
    first = Expect(("answer",), frozenset({"42"}), chosen="空き店舗入居促進事業")
    other = Expect(("answer",), frozenset({"43"}), chosen="空き店舗活用事業")
    question = Question("q", "follow.ordinal", ("空き店舗は？", "2番目"), first, (other,), ordinal=2)
    labels = [{"label": "空き店舗活用事業(No.43)"}, {"label": "空き店舗入居促進事業(No.42)"}]
    before = {"status": "clarify", "text": "", "choices": labels}
    assert judge(question, [before, reply()]).passed
    assert judge(question, [before | {"choices": labels[::-1]}, reply()]).wrong


def test_needles_keep_out_of_longer_numbers_and_words() -> None:
    """7件 is not in 47件, A not in ISA; width and commas don't matter."""
    assert found("実績は１０１３６千円", ("10,136千円",))
    assert found("10,136 千円", ("10136千円",))
    assert not found("47件", ("7件",))
    assert not found("1,058件", ("58件",))
    assert not found("ISA", ("A",))


def test_figures_are_read_with_their_units_and_words() -> None:
    """千円 becomes yen, 名 becomes 人, dates are none."""
    assert [(f.value, f.unit) for f in figures_of("10,136千円(19事業)")] == [(10_136_000, "円"), (19, "事業")]
    assert [(f.before, f.value) for f in figures_of("参加企業83社 うち区内5社")] == [("参加企業", 83), ("うち区内", 5)]
    assert figures_of("平成25年3月一部決定") == ()


def test_the_same_seed_asks_the_same() -> None:
    """Questions depend on the table and the seed alone."""
    kinds = ["result.polite", "result.short", "list.goal", "absent.year", "follow.project"]
    assert questions(TABLE, 5, 50, kinds) == questions(TABLE, 5, 50, kinds)
    assert questions(TABLE, 5, 50, kinds) != questions(TABLE, 6, 50, kinds)
    assert set(kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("damaged", "intact", "clear"),
    [
        ("空き店入居促進事業", "空き店舗入居促進事業", True),
        ("あきてんぽ活用事業", "空き店舗活用事業", True),
        ("空き店舗", "空き店舗活用事業", False),
    ],
)
def test_a_noise_is_kept_only_where_the_name_still_says_which(damaged: str, intact: str, clear: bool) -> None:
    """What fits two names is no fair question."""
    holder = {"空き店舗入居促進事業": "42", "空き店舗活用事業": "43"}[intact]
    assert Names(TABLE).identifies(damaged, Piece("name", intact, holder)) is clear


def test_years_and_names_are_written_as_people_write_them() -> None:
    """The forms that the noises put in."""
    assert {"H25", "Ｈ２５", "平成二十五年度", "二〇一三年度", "FY2013", "2013年度"} <= set(year_forms(25))
    assert to_kana("空き店舗入居促進事業") == "あきてんぽにゅうきょそくしんじぎょう"


def test_a_written_sentence_becomes_a_question() -> None:
    """`projects_any` and `expect_alt` are alternatives, `src` names the years that must not come first."""
    expect = {"status": "answer", "projects": ["42"], "projects_any": [["42"], ["42", "43"]], "must": [["10,136千円"]]}
    line = {
        "id": "w1",
        "kind": "lookup.polite",
        "turns": ["空き店舗の25年度"],
        "expect": expect,
        "expect_alt": [{"status": "clarify", "projects": [], "must": ["空き店舗活用事業"]}],
        "src": {"projects": ["42"], "years": [25], "sub": None},
    }
    question = read_line(line, TABLE)
    assert [e.statuses for e in question.expects] == [("answer",), ("answer",), ("clarify",)]
    assert "10,278千円" in question.expect.stale
    assert judge(question, reply()).passed
    assert not judge(question, reply("10,278千円、10,136千円")).passed


def test_the_summary_counts_by_kind_and_shows_the_wrong_first() -> None:
    """n, as expected, wrong; then the failures."""
    verdicts = examine([QUESTION, QUESTION], lambda turns: [reply("2,743千円", project="43", cell="2,743千円")])
    report = summary([*verdicts, judge(QUESTION, reply())])
    assert "ALL                           3       33.33%      2" in report
    assert "WRONG q [result]" in report


@pytest.mark.parametrize("name", ["handwritten", "heldout"])
def test_written_sentences_are_well_formed(name: str) -> None:
    """Every line has what the reader needs, and no sentence stands in both files."""
    files = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in CORPORA.glob("h*.jsonl")}
    lines = [json.loads(line) for line in files[name]]
    assert len({line["id"] for line in lines}) == len(lines) >= 70
    assert all(line["turns"] and {"status", "projects", "must", "must_not"} <= set(line["expect"]) for line in lines)
    other = {tuple(json.loads(line)["turns"]) for stem in files if stem != name for line in files[stem]}
    assert not other & {tuple(line["turns"]) for line in lines}
