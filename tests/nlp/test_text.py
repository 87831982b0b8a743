"""The form in which a message is read, and the way back to what was typed."""

import tomllib
from pathlib import Path

import pytest

from nlp.writing.text import LONGEST, fold, fold_sound, is_cut, normalize
from tests.nlp.growing import LONGER, growth

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "texts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", CORPUS["normal"], ids=lambda entry: entry["value"])
def test_one_form_of_each_message(entry: dict[str, list[str] | str]) -> None:
    """Width, case, dashes, spaces between Japanese words and half-width kana make no difference."""
    assert {typed: normalize(typed).value for typed in entry["typed"]} == dict.fromkeys(entry["typed"], entry["value"])


@pytest.mark.parametrize("group", CORPUS["same_key"], ids=lambda group: group[0])
def test_one_key_of_each_surface(group: list[str]) -> None:
    """Either kana, small or large, with ー or without, marks or none: the same key."""
    assert len({fold(normalize(surface).value) for surface in group}) == 1


@pytest.mark.parametrize("group", CORPUS["other_key"], ids=lambda group: group[0])
def test_what_differs_keeps_its_own_key(group: list[str]) -> None:
    """Another word stays another word."""
    assert len({fold(normalize(surface).value) for surface in group}) == len(group)


def test_sounds_are_compared_without_their_voicing() -> None:
    """づくり and つくり are one; 講座 and 口座 sound alike, as they do."""
    assert fold_sound("ヅクリ") == fold_sound("つくり")
    assert fold_sound("パンフレット") == fold_sound("バンフレツド")
    assert fold_sound("こうざ") != fold_sound("ほうざ")


@pytest.mark.parametrize(
    ("typed", "part", "quoted"),
    [
        ("空き店舗 入居促進事業の実績", "空き店舗入居促進事業", "空き店舗 入居促進事業"),
        ("ＥＭＳの２５年度は？", "ems", "ＥＭＳ"),
        ("ＥＭＳの２５年度は？", "25年度", "２５年度"),
        ("ﾈｯﾄｼｮｯﾋﾟﾝｸﾞ事業は", "ショッピング", "ｼｮｯﾋﾟﾝｸﾞ"),
        ("㈱と㍻25年", "平成", "㍻"),
        ("  商工\n相談  は ", "商工相談", "商工\n相談"),
    ],
)
def test_a_quote_is_as_it_was_typed(typed: str, part: str, quoted: str) -> None:
    """What a reply repeats is the asker's own writing."""
    text = normalize(typed)
    start = text.value.index(part)
    assert text.quote(start, start + len(part)) == quoted


def test_nothing_is_quoted_from_nowhere() -> None:
    """An empty or a backward span is empty."""
    text = normalize("商工相談")
    assert [text.quote(2, 2), text.quote(3, 1), normalize("").quote(0, 0)] == ["", "", ""]


def test_a_long_message_is_read_as_far_as_said() -> None:
    """The rest is left out, and is no work."""
    assert len(normalize("あ 1" * 100_000).original) == LONGEST
    assert growth(normalize, "あ 1", 30_000) < LONGER


@pytest.mark.parametrize(("more", "cut"), [("", False), (" \n\u3000", False), ("い", True)])
def test_what_is_cut_says_something(more: str, cut: bool) -> None:
    """Blanks behind the last character that is read are no loss."""
    assert is_cut("あ" * LONGEST + more) == cut


@pytest.mark.parametrize("typed", ["", " ", "\n\t\u3000", "\u200b\ufeff", "\x00\x07"])
def test_what_shows_nothing_is_nothing(typed: str) -> None:
    """Spaces, marks without width, control characters."""
    assert normalize(typed).value == ""
