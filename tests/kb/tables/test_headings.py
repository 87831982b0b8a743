"""The vocabulary of headings: its examples are its tests."""

from pathlib import Path

import pytest

from kb.errors import PlanError
from kb.tables.vocabulary import load_headings
from kb.tables.years import find_years, is_span, resolve

HEADINGS = load_headings(Path("data/language/headings.toml"))
ROLES = [(key, text) for key, meaning in HEADINGS.roles.items() for text in meaning.examples]
NO_ROLES = [(key, text) for key, meaning in HEADINGS.roles.items() for text in meaning.counter_examples]
KINDS = [(key, text) for key, meaning in HEADINGS.kinds.items() for text in meaning.examples]
NO_KINDS = [(key, text) for key, meaning in HEADINGS.kinds.items() for text in meaning.counter_examples]


@pytest.mark.parametrize(("role", "heading"), ROLES)
def test_an_example_has_its_role(role: str, heading: str) -> None:
    """As the file says beside the words."""
    assert HEADINGS.role(heading) == role


@pytest.mark.parametrize(("role", "heading"), NO_ROLES)
def test_a_counter_example_has_not(role: str, heading: str) -> None:
    """It is near, and something else."""
    assert HEADINGS.role(heading) != role


@pytest.mark.parametrize(("kind", "heading"), KINDS)
def test_an_example_is_of_its_kind(kind: str, heading: str) -> None:
    """With its year left out, as a column's heading is read."""
    assert HEADINGS.kind("".join(heading.split("度")[-1:]) if "年度" in heading else heading) == kind


@pytest.mark.parametrize(("kind", "heading"), NO_KINDS)
def test_a_counter_example_is_of_another_kind(kind: str, heading: str) -> None:
    """目標達成率 is no 目標."""
    assert HEADINGS.kind(heading.rsplit("年度", maxsplit=1)[-1]) != kind


def test_every_word_means_one_thing() -> None:
    """But for 目標, which is a goal where it is a text and a target where it is a figure."""
    words = [word for meaning in (*HEADINGS.roles.values(), *HEADINGS.kinds.values()) for word in meaning.words]
    assert {word for word in words if words.count(word) > 1} == {"目標"}


def test_a_mistake_of_the_file_is_named(tmp_path: Path) -> None:
    """A key that nobody knows, and one that is missing."""
    (tmp_path / "headings.toml").write_text('[roles.no]\ntitle = "番号"\nword = ["番号"]\n', encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_headings(tmp_path / "headings.toml")
    assert "roles.no.words: ありません" in str(caught.value)
    assert "roles.no.word: 知らない項目です" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "era", "years"),
    [
        ("令和4年度", "", [2022]),
        ("R元", "", [2019]),
        ("Ｈ３０年度", "", [2018]),
        ("2023", "", [2023]),
        ("FY2023", "", [2023]),
        ("5年度", "令和", [2023]),
        ("25年度", "平成", [2013]),
        ("令和5年3月", "", [2022]),
        ("5年度", "", [2023]),
        ("25年度", "", [2013]),
        ("第5年次", "", []),
        ("5年間", "", []),
        ("10人", "", []),
        ("A4", "", []),
    ],
)
def test_years_are_read_in_all_their_forms(text: str, era: str, years: list[int]) -> None:
    """Fiscal years, Western; a month is in the fiscal year that it falls in."""
    assert list(resolve(find_years(text), era)[0].values()) == years


@pytest.mark.parametrize(
    ("text", "span"), [("令和3～7年度", True), ("H23-H26", True), ("令和5年度", False), ("5～7人", True)]
)
def test_a_span_of_years_is_no_column_of_a_year(text: str, span: bool) -> None:
    """計画期間(令和3～7年度) stands over texts."""
    assert is_span(text) is span
