"""A list with what is asked of each of its projects, and what a list's follow-ups are of."""

from bot.answering import Kotae
from bot.replies.answers import Answer
from nlp.contexts import Context


def _last(kotae: Kotae, *turns: str) -> Answer:
    """The answer to the last message of a conversation."""
    context = Context()
    for turn in turns:
        answer, context = kotae.answer(turn, context)
    return answer


def test_each_project_of_a_list_is_quoted(kotae: Kotae) -> None:
    """The cell of every project, blank or not, below how many there are."""
    answer = _last(kotae, "達成度Bの事業は？", "25年度の実績は？")
    assert answer.lines[0].text == "7事業あります(達成度B)。"
    assert "買物支援事業(No.48) 平成25年度: 事業継続" in answer.text
    assert "新製品・新技術開発への支援(No.29) 平成25年度: 空白(記載なし)" in answer.text
    assert [project.no for project in answer.projects] == ["27", "29", "37", "38", "41", "44", "48"]


def test_a_message_may_name_the_list_and_the_column(kotae: Kotae) -> None:
    """One message gives what two give."""
    assert _last(kotae, "達成度Bの事業の内容は？").text == _last(kotae, "達成度Bの事業は？", "内容は？").text


def test_a_long_list_is_told_part_by_part(kotae: Kotae) -> None:
    """Twelve cells, the rest counted, and the rest of them after 続き."""
    first, next_ = (
        _last(kotae, "達成度Aの事業の25年度の実績は？"),
        _last(kotae, "達成度Aの事業の25年度の実績は？", "続き"),
    )
    assert (len([line for line in first.lines if "平成25年度" in line.text]), first.shown) == (12, 12)
    assert first.rest is not None
    assert first.rest.query.endswith("result>12")
    assert "はじめの12件の続きです。" in next_.text
    assert first.quotes == next_.quotes


def test_attributes_are_counted_as_cells_are(kotae: Kotae) -> None:
    """49 descriptions: twelve, and 続き; grades stand beside the cells where both are asked."""
    assert _last(kotae, "達成度Aの事業の内容は？").lines[13].text == "ほか32件"
    both = _last(kotae, "戦略目標Eの事業の25年度の実績と達成度は？")
    assert "商工業従業員表彰(No.52): 達成度A" in _last(kotae, "戦略目標Eの事業の25年度の実績と達成度は？", "続き").text
    assert both.status == "answer"


def test_a_condition_is_no_column_that_is_asked(kotae: Kotae) -> None:
    """25年度に実績がある lists, and quotes nothing."""
    answer = _last(kotae, "25年度に実績がある達成度Bの事業は？")
    assert (answer.quotes, len(answer.projects)) == ((), 6)


def test_what_the_table_lacks_is_said_beside_the_list(kotae: Kotae) -> None:
    """The list is asked in a sentence of its own, and answered."""
    answer = _last(kotae, "達成度Cなのはどれ？なんで？")
    assert (answer.status, [project.no for project in answer.projects]) == ("answer", ["8"])
    assert "理由はこの資料にありません。" in answer.text


def test_only_a_lacking_column_of_a_list_is_no_data(kotae: Kotae) -> None:
    """Whose it would be is listed."""
    answer = _last(kotae, "達成度Bの事業の担当課は？")
    assert (answer.status, answer.reason, len(answer.projects)) == ("no_data", "no_attribute", 7)
    assert "7事業あります(達成度B)。" in answer.text


def test_a_lacking_column_leaves_the_list_as_it_was(kotae: Kotae) -> None:
    """そのうち is of the list before it."""
    answer = _last(kotae, "達成度Bの事業は？", "担当課は？", "そのうち戦略目標Dは？")
    assert answer.lines[0].text == "4事業あります(達成度Bの戦略目標D)。"


def test_a_computation_over_a_list_is_not_passed_over(kotae: Kotae) -> None:
    """Neither the list nor its cells stand for a rate."""
    assert _last(kotae, "達成度Bの事業は？", "前年度比は？").status == "clarify"


def test_a_place_of_a_ranking_is_asked_one_after_the_other(kotae: Kotae) -> None:
    """2番目は and 3番目は are of the ranking, with its year; what is asked next is of that project."""
    turns = ("25年度の金額が一番多いのは？", "2番目は？", "3番目は？")
    assert _last(kotae, *turns[:2]).lines[0].text == "152事業 80,420千円、達成度A"
    assert _last(kotae, *turns).lines[0].text == "27,979千円、達成度A"
    assert [project.no for project in _last(kotae, *turns[:2], "達成度は？").projects] == ["33"]


def test_a_place_that_a_ranking_does_not_have_is_asked_back(kotae: Kotae) -> None:
    """Of two projects there is no fourth."""
    assert _last(kotae, "25年度の回数が一番多い事業は？", "4番目は？").status == "clarify"


def test_the_found_year_is_meant(kotae: Kotae) -> None:
    """そのとき and その年 after 一番多い年は are that year, and no ranking any more."""
    for asked in ("そのときの実績は？", "その年は？"):
        answer = _last(kotae, "商工相談の一番多い年は？", asked)
        assert [(quote.year, quote.text) for quote in answer.quotes] == [(2011, "1,058件")], asked


def test_a_letter_that_is_no_grade_narrows_a_list_by_grade(kotae: Kotae) -> None:
    """D can only be a goal, so that it is one more condition; B would be another grade."""
    narrowed = _last(kotae, "達成度Bの事業はいくつ？", "Dにあるのは？")
    assert [project.no for project in narrowed.projects] == ["37", "38", "41", "44"]
    assert len(_last(kotae, "達成度Cの事業は？", "Dの事業は？").projects) == 14
