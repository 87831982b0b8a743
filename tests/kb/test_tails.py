"""A word for figures is the line, or the project, whose name ends with it."""

from pathlib import Path

import pytest

from bot.answering import Kotae
from tests.kb.tables.tables import imported, opened, workbook

HEAD = ["番号", "事業名", "令和5年度", "", "", ""]
SECOND = ["", "", "運行経費(千円)", "管理経費(千円)", "運賃収入(千円)", "参加者数(人)"]
LINES = [["1", "北線", 800, 120, 150, 30], ["2", "南線", 700, 90, 110, 20]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Kotae:
    """The bot over two routes with two lines of 経費 each."""
    folder = tmp_path_factory.mktemp("tails")
    file = workbook(folder / "a.xlsx", {"一覧": [HEAD, SECOND, *LINES]}, {"一覧": ["C1:F1"]})
    return opened(imported(file), folder)


@pytest.mark.parametrize(
    ("turns", "status", "said"),
    [
        (["北線の運賃収入は？", "経費は？"], "clarify", "北線の管理経費(千円)(No.1)"),
        (["北線の運賃収入は？", "参加者は？"], "answer", "30人"),
        (["北線の運賃収入は？", "金額は？"], "answer", "150千円"),
        (["北線の運行経費は？", "経費は？"], "answer", "800千円"),
    ],
)
def test_a_word_for_figures_in_a_conversation(town: Kotae, turns: list[str], status: str, said: str) -> None:
    """The line that ends so; of two it is asked which; a word of any money, or of the line itself, is of that line."""
    context = None
    for turn in turns:
        answer, context = town.answer(turn, context)
    assert (answer.status, said in answer.text) == (status, True), answer.text


def test_of_two_projects_the_one_that_ends_with_the_word(tmp_path: Path) -> None:
    """ごみ処理の経費 is ごみ処理経費, and no 生ごみ処理機 beside it."""
    lines = [["番号", "事業名", "令和5年度実績"], ["1", "生ごみ処理機補助", "35件"], ["2", "ごみ処理経費", "322千円"]]
    town = opened(imported(workbook(tmp_path / "a.xlsx", {"一覧": lines})), tmp_path)
    assert town.answer("ごみ処理にかかった経費は？")[0].text.splitlines()[0] == "322千円"
    assert town.answer("ごみ処理の件数は？")[0].status == "clarify"
