from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Kotae
from bot.charts import to_chart
from tests.bot.charts.quoting import comparison, history


def test_a_caption_says_every_cell_as_it_is_printed(kotae: Kotae) -> None:
    """Project, years, whole cells, the blank, the source."""
    found = to_chart(kotae.answer("空き店舗入居促進事業の推移は？")[0])
    assert found is not None
    assert found.caption == (
        "空き店舗入居促進事業(No.42)\n"
        "平成23年度: 10,376千円(12事業)\n"
        "平成24年度: 10,278千円(13事業)\n"
        "平成25年度: 10,136千円(19事業)\n"
        "平成26年度: 空白(記載なし)\n"
        "出典: 練馬区商工業振興計画(平成23～26年度)進捗状況 No.42"
    )


def test_a_caption_says_what_the_picture_leaves_out(kotae: Kotae) -> None:
    """A ranking names how many rows print no such figure; the seminar that isn't drawn is told."""
    ranking = to_chart(kotae.answer("25年度の金額が多い上位12事業は？")[0])
    seminars = to_chart(kotae.answer("15番の実績は？")[0])
    assert ranking is not None
    assert seminars is not None
    assert "\nこの数字の記載がない47行は含めていません。\n" in ranking.caption
    assert "\n事業承継セミナー 平成24年度: 「-」\n" in seminars.caption


def test_the_description_of_the_picture_says_its_marks() -> None:
    """Whoever can't see it hears the same figures, and where there are none."""
    found = to_chart(history({2019: "3件", 2020: "", 2021: "5件"}))
    assert found is not None
    assert found.alt == "見本の事業(No.1)。件数(件): 令和1年度 3件、令和2年度 記載なし、令和3年度 5件。"


def test_a_caption_that_is_too_long_counts_what_it_leaves_out() -> None:
    """No figure is cut: a line stands whole or is counted."""
    found = to_chart(comparison([f"{at},000千円" for at in range(1, 100)]))
    assert found is not None
    lines = found.caption.split("\n")
    told = [line for line in lines if line.endswith("000千円")]
    assert len(found.caption) <= 1024
    assert told[-1] == f"事業その{len(told)}(No.{len(told)}): {len(told)},000千円"
    assert lines[-2:] == [f"ほか{99 - len(told)}件", "出典: みどり市の表"]


@given(st.lists(st.text(max_size=400).map(lambda text: f"5件{text}"), min_size=2, max_size=8))
def test_a_caption_fits_below_a_picture(texts: list[str]) -> None:
    """Whatever cells print, Telegram takes it: 1,024 UTF-16 units, and every line of it is whole."""
    found = to_chart(comparison(texts))
    if found:
        assert len(found.caption.encode("utf-16-le", "surrogatepass")) <= 2048
