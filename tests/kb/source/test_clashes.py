"""What speaks against another name, and whom a person means by a number or a name."""

from pathlib import Path

import pytest

from kb.source.clashes import clashes, find_targets, nearest
from kb.source.plans import load_plans
from kb.source.reading import read_projects
from nlp.vocabulary import load_words
from nlp.writing.tokens import Tokenizer

PLANS = load_plans(Path("data/plans"))
PROJECTS = [project for plan in PLANS for project in read_projects(plan)]
WORDS = load_words(Path("data/language/words"))
TOKENIZER = Tokenizer()


def lines(name: str, said: str = "42") -> list[str]:
    """What speaks against a name for a project."""
    return list(clashes(name, find_targets(said, PROJECTS)[0], PLANS, PROJECTS, WORDS, TOKENIZER))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("商工相談", "「商工相談」は、ほかの名前と同じです: 商工相談(No.17)"),
        ("商工 相談", "「商工 相談」は、ほかの名前と同じです: 商工相談(No.17)"),
        ("空き店舗活用", "「空き店舗活用」は、ほかの名前に含まれます: 空き店舗活用事業(No.43)"),
        ("みほんいち", "「みほんいち」は、もう別の呼び名になっています: nerima-shokogyo 22"),
        ("達成度", "「達成度」は、質問の言葉として使われています: 事業の項目"),
        ("店を借りる", "「店を借りる」は、名前でなく文のように見えます(を・借りる)"),
        ("42", "「42」は、番号や記号と区別できません"),
        ("４２", "「４２」は、番号や記号と区別できません"),
        ("A", "「A」は、番号や記号と区別できません"),
    ],
)
def test_what_is_there_already_speaks_against_a_name(name: str, line: str) -> None:
    """One line for each thing."""
    assert line in lines(name)


@pytest.mark.parametrize("name", ["まちの灯り", "入居の助成", "空き店舗入居", "あきてん"])
def test_nothing_speaks_against_a_good_name(name: str) -> None:
    """Negative control; a piece of its own project's name is a good one too."""
    assert lines(name) == []


def test_the_first_of_many_names_are_told() -> None:
    """And how many they are besides."""
    names = "商店街マップ(No.19)・いきいき商店街支援事業(No.32)・にぎわい商店街支援事業(No.33) ほか7件"
    assert lines("商店街") == [f"「商店街」は、ほかの名前に含まれます: {names}"]


@pytest.mark.parametrize(
    "said", ["42", "４２", "No.42", "no42", "42番", "空き店舗入居促進事業", "空き店舗 入居促進事業"]
)
def test_a_project_is_meant_by_its_number_or_name(said: str) -> None:
    """As people type them."""
    assert [target.label for target in find_targets(said, PROJECTS)] == ["空き店舗入居促進事業(No.42)"]


@pytest.mark.parametrize("said", ["99", "空き店舗入居", "", "4 2 番地"])
def test_nobody_else_is_meant(said: str) -> None:
    """A piece of a name, an unknown number: never the nearest one."""
    assert find_targets(said, PROJECTS) == ()


def test_near_names_are_offered() -> None:
    """The nearest first."""
    assert [target.label for target in nearest("空き店舗入居", PROJECTS)] == [
        "空き店舗入居促進事業(No.42)",
        "空き店舗活用事業(No.43)",
    ]
    assert nearest("99", PROJECTS) == ()
