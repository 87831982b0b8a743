"""The kinds of question of data/language/questions, and what is said of a file that a clerk mistyped."""

from pathlib import Path

import pytest

from nlp.questions import Kind, load_kinds
from nlp.vocabulary import LanguageError

COUNT = """
title = "条件に合う事業の数をきく"
cues = [["count"], ["count", "project"]]
required = ["condition"]
forbidden = ["subject"]
operators = ["projects", "count"]

[[examples]]
ask = "達成度Bの事業はいくつ？"
status = "answer"

[[examples]]
turns = ["達成度Bの事業は", "いくつ？"]
understood = "達成度Bの事業数"

[[counter_examples]]
ask = "達成度Bの事業は？"
kind = "list"
"""


def kinds(tmp_path: Path, **files: str) -> tuple[Kind, ...]:
    """The kinds of a folder with these files."""
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_kinds(tmp_path, {"count", "project"}, {"projects", "count"})


def test_a_kind_is_its_file(tmp_path: Path) -> None:
    """Name, cues, slots, operators and examples as written."""
    (kind,) = kinds(tmp_path, count=COUNT)
    assert (kind.name, kind.title) == ("count", "条件に合う事業の数をきく")
    assert kind.cues == (("count",), ("count", "project"))
    assert (kind.required, kind.forbidden) == (frozenset({"condition"}), frozenset({"subject"}))
    assert kind.operators == ("projects", "count")
    assert [(e.turns, e.kind, e.status, e.understood) for e in kind.examples] == [
        (("達成度Bの事業はいくつ？",), "count", "answer", None),
        (("達成度Bの事業は", "いくつ？"), "count", None, "達成度Bの事業数"),
    ]
    assert [(e.turns, e.kind) for e in kind.counter_examples] == [(("達成度Bの事業は？",), "list")]


def test_a_cue_may_be_any_value_of_a_type(tmp_path: Path) -> None:
    """An alternative for each value that the words have, and for no other type; of an unknown type it is a mistake."""
    text = COUNT.replace('["count", "project"]', '["count", "absent:*"]')
    (tmp_path / "count.toml").write_text(text, encoding="utf-8")
    (kind,) = load_kinds(tmp_path, {"count", "absent:office", "absent:budget", "cue:absent"}, {"projects", "count"})
    assert kind.cues == (("count",), ("count", "absent:budget"), ("count", "absent:office"))
    with pytest.raises(LanguageError, match=r"「absent:\*」という手がかりは"):
        load_kinds(tmp_path, {"count"}, {"projects", "count"})


def test_kinds_come_by_name(tmp_path: Path) -> None:
    """Whatever order the folder has."""
    assert [kind.name for kind in kinds(tmp_path, b=COUNT, c=COUNT, a=COUNT)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('title = "条件に合う事業の数をきく"', "", "title がありません"),
        ('operators = ["projects", "count"]', "", "operators がありません"),
        ('required = ["condition"]', 'required = ["grade"]', "required: 「grade」という欄はありません"),
        ('forbidden = ["subject"]', 'forbidden = ["subjekt"]', "forbidden: 「subjekt」という欄はありません"),
        ("cues =", "cue =", "知らない項目です(cue)"),
        ('status = "answer"', 'state = "answer"', "examples[0]: 知らない項目です(state)"),
        ('ask = "達成度Bの事業は？"', "", "counter_examples[0]: ask(または turns)がありません"),
        ('status = "answer"', 'status = "answered"', "examples[0]: status"),
        ('cues = [["count"], ["count", "project"]]', 'cues = ["count"]', "cues"),
        ('["count", "project"]', '["count", "projekt"]', "cues: 「projekt」という手がかりは words/ にありません"),
        ('"projects", "count"]', '"projects", "cuont"]', "operators: 「cuont」という操作はありません"),
        ('required = ["condition"]', 'required = "condition"', "required"),
        ('operators = ["projects", "count"]', 'operators = "projects"', "operators"),
        ('ask = "達成度Bの事業は？"', "ask = 3", "counter_examples[0]"),
        ('title = "条件に合う事業の数をきく"', "title = 3", "title"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    """By file and key, whatever was mistyped."""
    text = COUNT.replace(was, becomes, 1)
    assert text != COUNT
    with pytest.raises(LanguageError) as caught:
        kinds(tmp_path, count=text)
    (line,) = str(caught.value).split("\n")
    assert line.startswith("count.toml: ")
    assert said in line


def test_an_empty_file_is_no_kind_and_says_so(tmp_path: Path) -> None:
    """A file that was emptied by accident would otherwise take its kind away silently."""
    with pytest.raises(LanguageError, match=r"count\.toml"):
        kinds(tmp_path, count="")
