"""Phrases of replies, filled with pieces."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.publishing import examples
from bot.replies.pieces import Piece
from bot.replies.wording import Filling, Wording
from tests.own import CONVERSATIONS

CORPORA = Path("tests/corpora")
FILLED = examples.Filling("商工相談", "25年度", "経営指導", "24年度")
ASKED = [
    "空き店舗入居促進事業の正式な名前は",
    "空き店舗入居促進事業の事業番号は",
    "15番の実績は",
    "15番の実施年度は",
    "商工相談の25年度と26年度の増減は",
    "商工相談の25年度の前年度比は",
    "商工相談の24年度は23年度の何倍",
    "商工相談の25年度の金額は",
    "実績が12,345,678円の事業は",
    "戦闘機の取得の実績は",
    "戦略目標Dではない事業は",
    "1,000千円以上の事業は",
    "商工相談の25年度と経営指導の24年度の差は",
    "いちばん多い事業は",
    "商工相談の25年度の実績と担当課は",
    "商工相談は達成度Cですか",
    "15番の回答文",
    "発行者は",
    "戦略目標の一覧",
    "施策の一覧",
    "達成度の種類は",
    "いつ公表された",
    "産業融資あっせん事業の24年度から25年度の増減は",
    "産業融資あっせん事業の合計は",
    "産業融資あっせん事業の平均は",
    "産業融資あっせん事業の25年度は24年度の何倍",
    "空き店舗入居促進事業で一番多い年度は",
    "商店街の25年度の実績は",
    "ばか",
]
"""What nothing in the corpora asks."""
SEVERAL = {
    ("ask", "plan"), ("note", "continued"), ("note", "apart"), ("note", "elsewhere"), ("note", "elsewhere_blank"), ("note", "nowhere_else"),
}  # fmt: skip
"""Phrases for several plans: tests/bot/test_plans.py holds that they are said."""
CLOSED = ("absent", "closed")
"""What a door is told that is given nothing: tests/bot/test_editions.py holds that it is said."""
DESK = ("notice", "button", "command")
"""Words of the desk and its channels: tests/bot/test_desk_words.py holds that none of them is dead."""
REPLIES = tomllib.loads(Path("data/language/replies.toml").read_text(encoding="utf-8"))
PHRASES = [(section, key, phrase) for section, entries in REPLIES.items() for key, phrase in entries.items()]


def test_a_phrase_is_filled_with_pieces() -> None:
    """What stands between the places are words; what is put in keeps its kind and its proof."""
    wording = Wording({"cell": {"figure": "{cell}、達成度{grade}"}})
    cell, grade = Piece("cell", "62件", "proof"), Piece("fact", "A")
    assert wording.pieces("cell", "figure", cell=cell, grade=grade) == (cell, Piece("words", "、達成度"), grade)
    line = wording.line("cell", "figure", "figure", cell=(cell, Piece("words", "と"), cell), grade=grade)
    assert (line.role, line.text) == ("figure", "62件と62件、達成度A")


def test_a_place_that_is_not_filled_is_a_programmers_mistake() -> None:
    """Never an empty place in a reply."""
    wording = Wording({"cell": {"figure": "{cell}"}})
    with pytest.raises(KeyError):
        wording.pieces("cell", "figure")
    with pytest.raises(KeyError):
        wording.pieces("cell", "other")


def test_a_value_with_braces_is_no_place() -> None:
    """What an asker typed is never filled in again."""
    wording = Wording({"note": {"unread": "「{echo}」は分かりません。"}})
    assert wording.line("note", "unread", echo=Piece("echo", "{cell}{x}")).text == "「{cell}{x}」は分かりません。"


@pytest.mark.parametrize(("section", "key", "phrase"), PHRASES, ids=[f"{s}.{k}" for s, k, _ in PHRASES])
def test_a_phrase_is_plain_japanese(section: str, key: str, phrase: str) -> None:
    """One line, no digit, no English word, no empty 「」, sentences that end."""
    words = re.sub(r"\{\w+\}", "", phrase)
    assert "\n" not in phrase
    assert not re.search(r"[0-9０-９]", words)
    assert not re.search(r"[A-Za-z]{2,}", words)
    assert phrase.count("「") == phrase.count("」")
    assert phrase.count("(") == phrase.count(")")


def test_every_phrase_is_said(
    kotae: Kotae, towns: dict[str, Kotae], own_towns: dict[str, Kotae], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In reply to some question: a phrase that no question leads to is dead, and so is one that was added for nothing."""
    said = {("error", "refused")}  # by the last check alone
    said |= {
        ("cell", "rest"),
        ("computed", "left_out_unit"),
        ("computed", "times_label"),
    }  # of tables in tests/test_kinds.py
    said |= {
        ("computed", "difference_years"),
        ("computed", "rate_years"),
    }  # of tables in tests/bot/test_dropped_conditions.py
    said |= {("absent", "no_year_among"), ("computed", "left_out_unclear")}  # of tables in tests/bot/test_bringing.py
    pieces = Wording.pieces

    def noted(self: Wording, section: str, key: str, **filling: Filling) -> tuple[Piece, ...]:
        said.add((section, key))
        return pieces(self, section, key, **filling)

    monkeypatch.setattr(Wording, "pieces", noted)
    for bot, turns in [*((kotae, turns) for turns in asked()), *asked_of_others(towns), *asked_of_small(own_towns)]:
        context = None
        for turn in turns:
            _, context = bot.answer(turn, context)
    phrases = {(section, key) for section, key, _ in PHRASES if section not in DESK}
    assert sorted(phrases - said) == sorted({*SEVERAL, CLOSED})


def asked_of_others(towns: dict[str, Kotae]) -> Iterator[tuple[Kotae, list[str]]]:
    """Every conversation about a table of another town."""
    for entry in tomllib.loads((CORPORA / "kinds.toml").read_text(encoding="utf-8"))["question"]:
        yield towns[entry["table"]], entry["turns"]


def asked_of_small(towns: dict[str, Kotae]) -> Iterator[tuple[Kotae, list[str]]]:
    """Every conversation about a small table; those about several plans are for SEVERAL."""
    for conversation in CONVERSATIONS:
        if "+" not in conversation["tables"]:
            yield towns[conversation["tables"]], [turn["ask"] for turn in conversation["turns"]]


def asked() -> Iterator[list[str]]:
    """Every conversation of the corpora, every example of a kind of question, and what they don't ask."""
    for entry in tomllib.loads((CORPORA / "replies.toml").read_text(encoding="utf-8"))["reply"]:
        yield from entry["asked"]
    for entry in tomllib.loads((CORPORA / "outcomes.toml").read_text(encoding="utf-8"))["outcome"]:
        yield from [entry["ask"]] if entry.get("turns") else [[question] for question in entry["ask"]]
    for line in (CORPORA / "handwritten.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["turns"]
    for path in sorted(Path("data/language/questions").glob("*.toml")):
        for example in tomllib.loads(path.read_text(encoding="utf-8"))["examples"]:
            turns = example.get("turns") or [example["ask"]]
            yield [examples.fill(turn, FILLED) for turn in turns]
    yield from ([question] for question in (*ASKED, "あ" * 1001))


def test_no_phrase_says_only_that_it_does_not_know() -> None:
    """わかりません alone helps nobody."""
    assert [phrase for _, _, phrase in PHRASES if phrase.strip("。") in ("わかりません", "分かりません")] == []
