"""The words and kinds of data/language: their examples are the tests, and their mistakes are told all at once."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.answering import Kotae, Reading
from bot.publishing.building import build_all
from bot.publishing.examples import FILLINGS, Filling, fill, fillings, fits
from kb.compiling.language import kinds_of
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from nlp.questions import Example, Kind
from nlp.vocabulary import LanguageError, load_words
from tests.examination.generator import questions
from tests.examination.gold import Table
from tests.helpers import Ask, copied_data, gist

LANGUAGE = Path("data/language")


KINDS = kinds_of(LANGUAGE)
SECTIONS = ("examples", "counter_examples", "known_gaps")
EXAMPLES = [(kind, section, example) for kind in KINDS for section in SECTIONS for example in getattr(kind, section)]


# What a kind's file says


@pytest.mark.parametrize(
    ("kind", "section", "example"),
    EXAMPLES,
    ids=[f"{kind.name}:{section}:{' ⇒ '.join(example.turns)}" for kind, section, example in EXAMPLES],
)
def test_an_example_is_read_as_its_file_says(kotae: Kotae, kind: Kind, section: str, example: Example) -> None:
    """Its kind, and where said its status, its understanding and its text, whatever project and year stand in it."""
    assert complaints(kotae, kind, section, example) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_has_examples(kind: Kind) -> None:
    """A kind that nobody can read an example of is not finished."""
    assert kind.examples
    assert kind.title


def test_every_example_names_a_kind() -> None:
    """Of the kinds that there are."""
    assert {example.kind for _, _, example in EXAMPLES} <= {kind.name for kind in KINDS}


def test_a_kind_without_examples_is_refused(tmp_path: Path) -> None:
    """The loader says so by file."""
    assert mistakes(tmp_path, "questions/count.toml", lambda text: text.partition("[[examples]]")[0]) == [
        "count.toml: examples がありません"
    ]


def test_a_known_gap_that_is_read_now_fails(tmp_path: Path) -> None:
    """A gap that was closed must become an example; one that is still open stays quiet."""
    gaps = '\n[[known_gaps]]\nask = "{project}の{year}の実績は？"\n'
    gaps += '\n[[known_gaps]]\nask = "{project}の天気は？"\nkind = "count"\n'
    kotae, kinds = built(tmp_path, "questions/result.toml", lambda text: text + gaps)
    result = next(kind for kind in kinds if kind.name == "result")
    closed, still_open = result.known_gaps[-2:]
    assert complaints(kotae, result, "known_gaps", closed) == ["は読めるようになりました: examples に移してください"]
    assert complaints(kotae, result, "known_gaps", still_open) == []


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ('kind = "count"', "result と読んだ(count のはず)"),
        ('status = "clarify"', "answer と答えた(clarify のはず)"),
        ('understood = "達成度Bの事業一覧"', "の実績 と読んだ(達成度Bの事業一覧 のはず)"),
        ('text = "ありません"', "返事に「ありません」がない"),
    ],
)
def test_an_example_that_is_read_otherwise_fails(tmp_path: Path, said: str, complaint: str) -> None:
    """Each of the things that an example can say is looked at."""
    example = f'\n[[examples]]\nask = "{{project}}の{{year}}の実績は？"\n{said}\n'
    kotae, kinds = built(tmp_path, "questions/result.toml", lambda text: text + example)
    result = next(kind for kind in kinds if kind.name == "result")
    found = complaints(kotae, result, "examples", result.examples[-1])
    assert len(found) == FILLINGS
    assert all(line.endswith(complaint) for line in found)


def test_a_counter_example_of_its_own_kind_fails(tmp_path: Path) -> None:
    """It says what a kind isn't, so it names another one; where it does, it is read like any example."""
    example = '\n[[counter_examples]]\nask = "{project}の{year}の実績は？"\nkind = '
    kotae, kinds = built(
        tmp_path, "questions/result.toml", lambda text: text + example + '"result"\n' + example + '"count"\n'
    )
    result = next(kind for kind in kinds if kind.name == "result")
    said_own, said_other = result.counter_examples[-2:]
    (complaint,) = complaints(kotae, result, "counter_examples", said_own)
    assert complaint.endswith("counter_examples には別の種類を書いてください")
    assert len(complaints(kotae, result, "counter_examples", said_other)) == FILLINGS


# What the words and kinds have to do with each other


def test_the_order_of_files_and_entries_says_nothing(tmp_path: Path) -> None:
    """The files under other names, their entries from the last to the first: the same knowledge base to the bit."""
    copy = copied_data(tmp_path)
    before = build_all(copy, tmp_path / "before").revision
    paths = sorted((copy / "language" / "words").glob("*.toml"))
    for place, path in enumerate(reversed(paths)):
        head, *entries = path.read_text(encoding="utf-8").split("\n[")
        text = head + "".join(f"\n[{entry.rstrip()}\n" for entry in reversed(entries))
        path.with_name(f"{place:02}-{path.name}").write_text(text, encoding="utf-8")
        path.unlink()
    assert build_all(copy, tmp_path / "after").revision == before


def test_no_word_is_the_name_of_a_town() -> None:
    """The words are those of every town's table: 板橋区 would be refused in its own."""
    words = {word.surface for word in load_words(LANGUAGE / "words")}
    assert towns(words) == set()
    assert towns({"板橋区", "さいたま市", "他区", "地区", "都市"}) == {"板橋区", "さいたま市"}


def towns(words: Iterable[str]) -> set[str]:
    """The words that end as the name of a town does, but for those that say another one: 他の区."""
    return {word for word in words if re.fullmatch(r"(?!他|ほか)\w{2,}[市区町村]", word)}


def test_one_more_word_is_another_revision(tmp_path: Path) -> None:
    """What decides answers is in the revision: the test above can fail."""
    copy = copied_data(tmp_path)
    before = build_all(copy, tmp_path / "before").revision
    path = copy / "language" / "words" / "absent.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"担当課",', '"担当課", "担当の窓口係",', 1), encoding="utf-8"
    )
    assert build_all(copy, tmp_path / "after").revision != before


def test_the_understanding_can_be_asked_again(ask: Ask, table: Table) -> None:
    """`understood` is a question with the same answer: for hundreds of questions as they are typed on a phone."""
    other, compared = [], 0
    for question in questions(table, seed=7, n=500):
        first = ask(*question.turns)[-1]
        if first["status"] not in ("answer", "no_data") or first["reason"] in ("no_year", "no_attribute"):
            continue  # of these it says what the table has all the same
        compared += 1
        again = ask(first["understood"])[-1]
        if gist(again) != gist(first):
            other.append(f"{' ⇒ '.join(question.turns)} → {first['understood']}")
    assert other == []
    assert compared > 300


# The mistakes of a file


def test_all_mistakes_of_the_words_come_at_once(tmp_path: Path) -> None:
    """A word twice, an unknown key, an unknown type, a list of nothing, in two files: each by file and key."""

    def spoil(text: str) -> str:
        text = text.replace('[absent.phone]\nlabel = "電話番号"', '[absent.phone]\nlabel = "電話番号"\nlable = "電話"')
        text = text.replace('words = ["電話番号",', 'words = ["電話番号", "電話番号",')
        return text + '\n[absent.weather]\nlabel = "天気"\nwords = []\n\n[missing.office]\nwords = ["課"]\n'

    found = mistakes(tmp_path, "words/absent.toml", spoil)
    assert len(found) == 4
    assert "absent.toml: absent.phone: 知らない項目です(lable)" in found
    assert "absent.toml: absent.weather: words には文字のある言葉を並べてください" in found
    assert any(line.startswith("absent.toml: 「missing」という種類はありません") for line in found)
    assert any("absent.phone" in line and line.endswith("「電話番号」が二度あります") for line in found)


def test_all_mistakes_of_the_kinds_come_at_once(tmp_path: Path) -> None:
    """An unknown key, an unknown slot, no title, an example that asks nothing."""

    def spoil(text: str) -> str:
        text = text.replace("title =", "titel =").replace('required = ["condition"]', 'required = ["conditoin"]')
        return text + '\n[[examples]]\nquestion = "達成度Bの事業は？"\n'

    found = mistakes(tmp_path, "questions/list.toml", spoil)
    assert {line for line in found if "examples" not in line} == {
        "list.toml: 知らない項目です(titel)",
        "list.toml: title がありません",
        "list.toml: required: 「conditoin」という欄はありません",
    }
    assert [line.partition("]")[2] for line in found if "examples" in line] == [
        ": 知らない項目です(question)",
        ": ask(または turns)がありません",
    ]


@pytest.mark.parametrize("file", ["words/cues.toml", "questions/count.toml", "replies.toml"])
def test_broken_toml_is_one_line(tmp_path: Path, file: str) -> None:
    """The file and the place."""
    found = mistakes(tmp_path, file, lambda text: text + "\n[broken\n")
    assert len(found) == 1
    assert found[0].startswith(f"{Path(file).name}: TOMLとして読めません(")
    assert "line" in found[0]


def test_a_file_in_another_encoding_is_one_line(tmp_path: Path) -> None:
    """Saved as Shift_JIS."""
    copy = copied_data(tmp_path)
    path = copy / "language" / "words" / "cues.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932", errors="replace"))
    with pytest.raises(LanguageError) as caught:
        build_all(copy, tmp_path / "home")
    assert str(caught.value).startswith("cues.toml: TOMLとして読めません(")


def test_a_digit_in_the_words_of_a_reply_is_refused(tmp_path: Path) -> None:
    """Numbers come from the table, never from the wording; all of them are named."""

    def spoil(text: str) -> str:
        text = text.replace('grade = "{grade_name}{grade}"', 'grade = "{grade_name}{grade}(3段階)"', 1)
        return text.replace('empty = "質問を入れてください。"', 'empty = "質問を１つ入れてください。"')

    assert mistakes(tmp_path, "replies.toml", spoil) == [
        "replies.toml: cell.grade: 返事の言葉に数字は書けません",
        "replies.toml: help.empty: 返事の言葉に数字は書けません",
    ]


# How a file is examined


def complaints(kotae: Kotae, kind: Kind, section: str, example: Example) -> list[str]:
    """What is wrong with an example of a kind's file; a gap is wrong where nothing is wrong any more."""
    fitting = [filling for filling in fillings(kotae.catalogs[0]) if fits(example, filling)]
    found = [line for filling in fitting for line in shortcomings(kotae, example, filling)]
    if section == "known_gaps":
        return [] if found else ["は読めるようになりました: examples に移してください"]
    if section == "counter_examples" and example.kind == kind.name:
        return [f"{example.turns}: counter_examples には別の種類を書いてください"]
    return found


def shortcomings(kotae: Kotae, example: Example, filling: Filling) -> Iterator[str]:
    """How an example is read otherwise than it says, with projects and a year put in."""
    turns = [fill(turn, filling) for turn in example.turns]
    reading = last_reading(kotae, turns)
    name = reading.parse.kind.name if reading.parse.kind else "なし"
    understood, status = reading.answer.understood, reading.answer.status
    if name != example.kind:
        yield f"{turns}: {name} と読んだ({example.kind} のはず)"
    if example.status and status != example.status:
        yield f"{turns}: {status} と答えた({example.status} のはず)"
    if example.understood and understood != fill(example.understood, filling):
        yield f"{turns}: {understood} と読んだ({fill(example.understood, filling)} のはず)"
    if example.text and fill(example.text, filling) not in reading.answer.text:
        yield f"{turns}: 返事に「{fill(example.text, filling)}」がない"


def spoilt(tmp_path: Path, file: str, change: Callable[[str], str]) -> Path:
    """A copy of data/ with one file of the language changed."""
    copy = copied_data(tmp_path)
    path = copy / "language" / file
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    return copy


def built(tmp_path: Path, file: str, change: Callable[[str], str]) -> tuple[Kotae, Sequence[Kind]]:
    """The bot over changed data, with its kinds."""
    copy = spoilt(tmp_path, file, change)
    build_all(copy, tmp_path / "home")
    return Kotae(KnowledgeBase.open(tmp_path / "home")), kinds_of(copy / "language")


def mistakes(tmp_path: Path, file: str, change: Callable[[str], str]) -> list[str]:
    """The lines that a build over changed data ends with."""
    copy = spoilt(tmp_path, file, change)
    with pytest.raises(LanguageError) as caught:
        build_all(copy, tmp_path / "home")
    return str(caught.value).split("\n")


def last_reading(kotae: Kotae, turns: Sequence[str]) -> Reading:
    """How the last turn of a conversation is read and answered."""
    context = Context()
    for turn in turns[:-1]:
        _, context = kotae.answer(turn, context)
    return kotae.read(turns[-1], context)[-1]
