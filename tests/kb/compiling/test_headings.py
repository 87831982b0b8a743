"""Which words ask for the columns of a table: its headings, its grades, what its narrow columns say."""

from pathlib import Path

import pytest

from kb.compiling.columns import members, read_columns
from kb.compiling.headings import Headings, read_headings
from nlp.names.lexicon import Meaning
from nlp.vocabulary import load_words
from nlp.writing.text import fold, normalize
from nlp.writing.tokens import Tokenizer
from tests.invented import AOBA, MIDORI, aoba, midori, plan, project

WORDS = load_words(Path("data/language/words"))


def headings(tmp_path: Path, name: str) -> Headings:
    """Of one of the two invented tables."""
    grades = ("順調", "概ね順調", "遅れ") if name == AOBA else ()
    table = plan(tmp_path / name, name, name, grades, "進捗" if name == AOBA else "達成度")
    return read_headings([table], aoba() if name == AOBA else midori(), WORDS)


def meanings(found: Headings, type_: str, surface: str) -> list[Meaning]:
    """What one word of the vocabulary stands for there."""
    word = next(word for word in WORDS if (word.type, word.surface) == (type_, surface))
    return list(found.meanings(word, fold(normalize(surface).value)))


def test_a_table_has_what_it_prints(tmp_path: Path) -> None:
    """Kinds in one order, attributes that any project has, grades as listed, headings as printed."""
    columns = read_columns(plan(tmp_path, AOBA, "", ("順調", "概ね順調", "遅れ")), aoba())
    assert columns.kinds == ("result", "target", "grade")
    assert columns.attributes == ("grade", "description")
    assert columns.grades == ("順調", "概ね順調", "遅れ")
    assert columns.details == ("担当課", "課題")
    columns = read_columns(plan(tmp_path, MIDORI, ""), midori())
    assert (columns.kinds, columns.attributes, columns.grades) == (
        ("result", "target", "budget", "settlement"),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("type_", "surface", "of_aoba", "of_midori"),
    [
        ("absent", "担当課", [], [Meaning("absent", "office")]),
        ("absent", "所管課", [Meaning("attribute", "detail:担当課")], [Meaning("absent", "office")]),
        ("absent", "問題点", [Meaning("attribute", "detail:課題")], [Meaning("absent", "issue")]),
        ("absent", "効果", [Meaning("absent", "effect")], [Meaning("absent", "effect")]),
        ("absent", "予算", [Meaning("absent", "budget")], [Meaning("attribute", "budget")]),
        ("absent", "決算額", [Meaning("absent", "settlement")], [Meaning("attribute", "settlement")]),
        ("absent", "目標値", [Meaning("attribute", "target")], [Meaning("attribute", "target")]),
        ("absent", "順調", [], [Meaning("absent", "opinion")]),
        ("attribute", "目標", [], []),
        ("attribute", "戦略目標", [Meaning("attribute", "goal")], [Meaning("attribute", "goal")]),
        ("attribute", "進捗", [], [Meaning("attribute", "result")]),
    ],
)
def test_a_word_asks_for_the_column_that_the_table_has(
    tmp_path: Path, type_: str, surface: str, of_aoba: list[Meaning], of_midori: list[Meaning]
) -> None:
    """And stays absent where it has none; a heading of the table's own is no word of the vocabulary any more."""
    assert meanings(headings(tmp_path, AOBA), type_, surface) == of_aoba
    assert meanings(headings(tmp_path, MIDORI), type_, surface) == of_midori


def test_headings_grades_and_narrow_columns_become_words(tmp_path: Path) -> None:
    """概ね順調 in both ways to write it, 遅れ as a verb too, 担当課 by its members; prose does not."""
    found = {(key, meaning) for key, _, meaning in headings(tmp_path, AOBA).entries(Tokenizer())}
    assert ("担当課", Meaning("attribute", "detail:担当課")) in found
    assert ("進捗", Meaning("attribute", "grade")) in found
    assert {("概ね順調", Meaning("grade", "概ね順調")), ("おおむね順調", Meaning("grade", "概ね順調"))} <= found
    assert ("遅れている", Meaning("grade", "遅れ")) in found
    assert ("都市整備課", Meaning("detail", "aoba/担当課=都市整備課")) in found
    assert not any(meaning.type == "detail" and "課題=" in meaning.value for _, meaning in found)


def test_a_narrow_column_is_cut_into_its_parts() -> None:
    """A sentence has none, a dash is none."""
    assert members("都市整備課・産業経済課") == ("都市整備課", "産業経済課")
    assert members("商工課、農政課") == ("商工課", "農政課")
    assert members("生産者の高齢化が進んでいる。") == ()
    assert members("-") == ()


@pytest.mark.parametrize(
    ("grade", "written"), [("◎", {"◎"}), ("○", {"○", "◯", "〇"}), ("×", {"×", "✕", "✖"}), ("A+", {"a+"})]
)
def test_a_grade_in_marks_is_looked_for_as_it_may_be_written(tmp_path: Path, grade: str, written: set[str]) -> None:
    """Folding would drop it; a lone letter needs nothing."""
    found = read_headings([plan(tmp_path, AOBA, "", (grade, "B"))], (), WORDS)
    assert {entry.key for entry in found.marks} == written
    assert {entry.meanings for entry in found.marks} == {(Meaning("grade", grade),)}


def test_a_common_word_is_no_part_of_a_column(tmp_path: Path) -> None:
    """A column that says 事業 or 合計 must not make a condition of every question."""
    said = ("事業", "合計", "実績", "商工観光課")
    table = [project(AOBA, str(at), f"{at}号", [], "", {"区分": text}) for at, text in enumerate(said, start=1)]
    found = read_headings([plan(tmp_path, AOBA, "")], table, WORDS)
    assert set(found.members) == {"商工観光課"}
