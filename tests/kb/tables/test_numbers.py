"""Numbers of projects as towns print them: what divides references is written otherwise there, shown and asked as printed."""

from pathlib import Path

import pytest

from bot.answering import Kotae
from tests.kb.tables.tables import imported, opened, said, text_file

HEAD = ["番号", "事業名", "指標", "R4実績", "R5実績"]


def lines(*numbers: str) -> list[list[str]]:
    """A table of three projects with these numbers."""
    named = (
        ("図書館運営事業", "", "100人", "120人"),
        ("公園管理事業", "清掃の回数", "12回", "14回"),
        ("公民館事業", "", "30人", "40人"),
    )
    return [HEAD, *([number, *texts] for number, texts in zip(numbers, named, strict=True))]


def town(folder: Path, *numbers: str) -> Kotae:
    """The bot over that table."""
    return opened(imported(text_file(folder / "a.csv", lines(*numbers))), folder)


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.1", "1.2", "2.1"), ("1/1", "1/2", "2/1"), ("1,1", "1,2", "2,1"), ("A?1", "A;2", "A>3"), ("1-1", "1-2", "2-1"),
        ("①", "②", "③"), ("Ⅰ-1", "Ⅰ-2", "Ⅱ-1"), ("001", "002", "003"),
    ],
)  # fmt: skip
def test_whatever_a_number_holds_it_is_answered_and_asked_as_printed(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    """By the name, by the number with 番 and No., in the list; and what was answered is the same query again."""
    bot = town(tmp_path, *numbers)
    asked = ("公園管理事業の清掃の回数は？", f"{numbers[1]}番の実績は？", f"No.{numbers[1]}の実績は？")
    for question in asked:
        answer, _ = bot.answer(question)
        assert "令和4年度: 12回\n令和5年度: 14回\n" in answer.text
        assert f"公園管理事業(No.{numbers[1]})" in answer.text
        query = bot.catalogs[0].query(answer.to_dict()["receipt"])
        assert query.to_compact() == answer.to_dict()["receipt"]
    listed, _ = bot.answer("事業の一覧")
    assert [f"No.{number} " in listed.text for number in numbers] == [True, True, True]
    bot.knowledge.close()


def test_a_number_that_no_reference_can_hold_is_written_otherwise_and_said_once(tmp_path: Path) -> None:
    """Also where that is the number of another project, or two have the same."""
    made = imported(text_file(tmp_path / "a.csv", lines("1.1", "1-1", "1.1")))
    assert [(project.no, project.number) for project in made.projects] == [
        ("1-1-2", "1.1"),
        ("1-1", "1-1"),
        ("1-1-2-2", "1.1-2"),
    ]
    assert [line for line in said(made) if "記号に使う" in line] == [
        (
            "事業「1.1」: 番号「1.1」の「.」は記号に使うため、plan.toml や返信の JSON の中では「1-1-2」と書きます"
            "(返事では表のまま。こうした番号は2件)"
        )
    ]


def test_a_part_of_a_longer_number_a_figure_and_a_date_name_no_project(tmp_path: Path) -> None:
    """Negative control: 21.2, 1.2倍 and 1-2月 are no No.1.2."""
    bot = town(tmp_path, "1.1", "1.2", "1-2")
    for question in ("21.2の実績は？", "1.2倍の実績は？", "1-2月の実績は？"):
        answer, _ = bot.answer(question)
        assert "公園管理事業(" not in answer.text
        assert "公民館事業(" not in answer.text
    bot.knowledge.close()
