"""The words of data/language/words, and what is said of a file that a clerk mistyped."""

from pathlib import Path

import pytest

from nlp.vocabulary import LanguageError, Word, load_words

OFFICE = '[absent.office]\nlabel = "担当課"\nwords = ["担当課", "所管"]\n'


def folder(tmp_path: Path, **files: str) -> Path:
    """A folder of word files by name."""
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def mistakes(home: Path) -> list[str]:
    """The lines that loading complains with."""
    with pytest.raises(LanguageError) as caught:
        load_words(home)
    return str(caught.value).split("\n")


def test_words_are_loaded_in_one_order(tmp_path: Path) -> None:
    """Whatever their file and place: by type, value and surface."""
    home = folder(
        tmp_path, b=OFFICE, a='[cue.list]\nwords = ["一覧"]\n\n[absent.budget]\nlabel = "予算"\nwords = ["予算"]'
    )
    assert load_words(home) == (
        Word("absent", "budget", "予算", "予算"),
        Word("absent", "office", "担当課", "所管"),
        Word("absent", "office", "担当課", "担当課"),
        Word("cue", "list", "list", "一覧"),
    )


def test_the_real_words_load() -> None:
    """Every type is there, and what replies call by name has a name."""
    words = load_words(Path("data/language/words"))
    assert {word.type for word in words} >= {"attribute", "measure", "absent", "cue", "table", "social", "filler"}
    assert {word.value for word in words if word.type == "absent" and word.label == word.value} == set()
    assert {word.value for word in words if word.type == "attribute"} >= {"result", "grade", "description", "period"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[absent.office]\nlabel = "担当課"\nwords = []', "absent.office: words には文字のある言葉を並べてください"),
        ('[absent.office]\nlabel = "担当課"', "absent.office: words には文字のある言葉を並べてください"),
        ("[absent.office]\nwords = [1, 2]", "absent.office: words には文字のある言葉を並べてください"),
        ('[absent.office]\nwords = ["…"]', "absent.office: words には文字のある言葉を並べてください"),
        ('[absent.office]\nwords = "担当課"', "absent.office: words"),
        ('[absent.office]\nwords = ["課"]\nword = ["係"]', "absent.office: 知らない項目です(word)"),
        ('[absent.office]\nlabel = 3\nwords = ["課"]', "absent.office: label"),
        ('[office.absent]\nwords = ["課"]', "「office」という種類はありません"),
        ('[absent]\noffice = ["課"]', "absent.office"),
        ("absent = 3", "absent"),
        ('[absent.office]\nwords = ["課", "課"]', "「課」が二度あります"),
        ('[absent.office]\nwords = ["ビジネスネット", "ビジネスネツト"]', "二度あります"),
        ("[absent.office\n", "TOMLとして読めません("),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    """By file and key, whatever was mistyped."""
    (line,) = mistakes(folder(tmp_path, words=text))
    assert said in line


def test_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    """A file that can't be read doesn't hide those of the others; each is named."""
    home = folder(
        tmp_path, a="[broken", b='[absent.x]\nwords = []\n[weather.y]\nwords = ["晴れ"]', c=OFFICE + "\nx = 1\n"
    )
    found = mistakes(home)
    assert [line.partition(":")[0] for line in found] == ["a.toml", "b.toml", "b.toml", "c.toml"]


def test_a_word_may_mean_two_things_but_not_one_thing_twice(tmp_path: Path) -> None:
    """件数 asks for a figure and counts projects; twice under one value is a slip, also in another file."""
    both = '[cue.count]\nwords = ["件数"]\n\n[measure."件"]\nwords = ["件数"]\n'
    assert len(load_words(folder(tmp_path, a=both))) == 2
    (line,) = mistakes(folder(tmp_path, b='[cue.count]\nwords = ["件数"]\n'))
    assert "cue.count" in line
    assert "「件数」が二度あります" in line
