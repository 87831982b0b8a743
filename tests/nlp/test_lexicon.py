"""Names as people type them, and the search for those that weren't typed exactly."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Kotae
from nlp.names.lexicon import Lexicon, to_json
from nlp.names.names import Name, project_of
from nlp.writing.text import fold
from tests.helpers import Ask

ENTRIES = tomllib.loads(Path("tests/corpora/names.toml").read_text(encoding="utf-8"))["name"]
NAMES = [(typed, entry) for entry in ENTRIES for typed in entry["typed"]]


@pytest.fixture(scope="module")
def lexicon(kotae: Kotae) -> Lexicon:
    """What the build compiled of the table's names and of data/language."""
    return Lexicon.from_json(kotae.knowledge.artifact("lexicon"))


@pytest.mark.parametrize(("typed", "entry"), NAMES, ids=[typed for typed, _ in NAMES])
def test_a_name_is_found_as_it_is_typed(ask: Ask, typed: str, entry: dict[str, Any]) -> None:
    """One project is answered, several are asked back, an unknown name never gets a figure."""
    (reply,) = ask(f"{typed}の25年度の実績は？")
    if not entry["projects"]:
        assert reply["status"] in ("not_found", "clarify")
        assert reply["results"] == []
    elif len(entry["projects"]) > 1:
        assert (reply["status"], sorted(reply["projects"], key=int)) == ("clarify", entry["projects"])
        assert len(reply["choices"]) == len(reply["projects"])
    elif reply["status"] == "clarify" and entry.get("may_ask"):
        assert set(entry["projects"]) < set(reply["projects"])
    else:
        assert reply["status"] in ("answer", "no_data")
        assert reply["projects"] == entry["projects"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("空き店舗入居促進事業", None),
        ("空き店舗　入居促進事業", None),
        ("42番", None),
        ("入居促進", "「入居促進」を「空き店舗入居促進事業」としてお答えします。"),
        ("空き店補入居促進事業", "「空き店補入居促進事業」を「空き店舗入居促進事業」としてお答えします。"),
        ("受発注交換会", "「受発注交換会」を「事業所マッチング(ビジネスネット)」としてお答えします。"),
        ("マル経", "「マル経」を「小規模事業者経営改善資金(マル経融資)支援事業」としてお答えします。"),
    ],
)
def test_what_was_not_exact_is_declared(ask: Ask, typed: str, said: str | None) -> None:
    """The asker can see what his words were taken for; an exact name needs no such line."""
    text = ask(f"{typed}の25年度の実績は？")[0]["text"]
    lines = [line for line in text.split("\n") if "としてお答えします" in line]
    assert lines == ([said] if said else [])


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("上石神井駅周辺地区", "石神井公園"),
        ("大規模小売店舗立地調整", "中規模"),
        ("勤労者への支援", "若手"),
        ("事業承継セミナー", "育成"),
    ],
)
def test_a_character_that_tells_two_names_apart_is_never_corrected(ask: Ask, typed: str, other: str) -> None:
    """上石神井 is not 石神井公園, 大規模 is not 中規模."""
    reply = ask(f"{typed}の23年度の実績は？")[0]
    assert reply["status"] == "answer"
    answered = [result["activity"] or result["name"] for result in reply["results"]]
    assert [name for name in answered if typed not in name or other in name] == []
    assert len(answered) == 1


def test_every_name_of_the_table_is_exact(kotae: Kotae, ask: Ask) -> None:
    """Each project's and activity's own name gives itself, undeclared, without a question back."""
    failed = [
        name
        for reference, name in kotae.catalogs[0].names.items()
        for reply in ask(f"{name}の達成度は？")
        if reply["status"] not in ("answer", "no_data")
        or project_of(reference).rpartition("/")[2] not in {*reply["projects"], *mentioned(reply)}
        or "としてお答えします" in reply["text"]
    ]
    assert failed == []


def mentioned(reply: dict[str, Any]) -> set[str]:
    """Projects that a note names beside the ones that are answered."""
    return {part.partition(")")[0] for part in reply["text"].split("(No.")[1:]}


def test_every_occurrence_is_found_overlaps_included(lexicon: Lexicon) -> None:
    """A longer name doesn't hide the shorter word in it: what counts is decided later."""
    folded = fold("空き店舗入居促進事業の達成度")
    found = {folded[o.start : o.end] for o in lexicon.find(folded)}
    assert fold("空き店舗入居促進事業") in found
    assert fold("達成度") in found
    assert all(folded[o.start : o.end] == o.entry.key for o in lexicon.find(folded))
    assert lexicon.find("") == []


def test_a_word_of_a_name_is_found_behind_one_that_holds_it() -> None:
    """The 計 of 会計検査計 that is a word of its own, not the one inside 会計; a name without it has none."""
    borders = (0, 2, 4, 5)
    names = [
        Name("plan/1", "会計検査計", "会計検査計", "", (borders, ())),
        Name("plan/2", "会計検査", "会計検査", "", ((0, 2, 4), ())),
    ]
    lexicon = Lexicon.from_json(to_json([], names, []))
    assert lexicon.has_word("plan/1", "計")
    assert not lexicon.has_word("plan/2", "計")
