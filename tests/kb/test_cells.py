"""What a cell says together with the unit that a heading states for it."""

import pytest

from kb.cells import is_plain, read_cell_figures, show_cell


@pytest.mark.parametrize(
    ("text", "unit", "shown", "value", "canonical"),
    [
        ("10,136", "千円", "10,136千円", 10136000, "円"),
        ("1.5", "百万円", "1.5百万円", 1500000, "円"),
        ("△1,234", "千円", "△1,234千円", -1234000, "円"),
        ("▲１，２３４", "円", "▲１，２３４円", -1234, "円"),
        ("-5", "%", "-5%", -5, "%"),
        ("12", "回", "12回", 12, "回"),
        ("3", "人日", "3人日", 3, "人日"),
        ("4", "ha", "4ha", 4, "ha"),
        ("12", "ｋｍ", "12ｋｍ", 12, "km"),
        ("85", "％", "85％", 85, "%"),
        ("7", "名", "7名", 7, "人"),
        ("5", "校園", "5校園", 5, "校園"),
        ("1,234", "", "1,234", 1234, ""),
        ("0", "件", "0件", 0, "件"),
    ],
)
def test_a_bare_number_takes_the_unit_that_is_stated_for_it(
    text: str, unit: str, shown: str, value: int, canonical: str
) -> None:
    """It is quoted with it and read with it, in the canonical unit; without one it has none."""
    assert show_cell(text, unit) == shown
    assert [(figure.value, figure.unit, figure.text) for figure in read_cell_figures(text, unit)] == [
        (value, canonical, shown)
    ]


@pytest.mark.parametrize("text", ["10,136千円(19事業)", "実施", "-", "", "1～2", "約30", "007", "令和5年", "三"])
def test_a_cell_that_is_more_than_a_number_takes_none(text: str) -> None:
    """It says itself what it counts, or nothing; a code with a leading zero is no number."""
    assert show_cell(text, "件") == text


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("-5%", -5, "%"), ("−1,234千円", -1234000, "円"), ("△3件", -3, "件"), ("5%", 5, "%")]
)
def test_a_figure_with_a_sign_before_it_is_negative(text: str, value: int, unit: str) -> None:
    """In each way that tables write a minus."""
    assert [(figure.value, figure.unit, figure.text) for figure in read_cell_figures(text)] == [(value, unit, text)]


def test_a_plain_cell_is_one_number_and_nothing_else() -> None:
    """Two lines may print 12回 by chance; 受講者12人 they don't."""
    assert [is_plain("12回"), is_plain("12", "回"), is_plain("△3%")] == [True, True, True]
    assert [is_plain("受講者12人"), is_plain("12回(3日)"), is_plain("実施"), is_plain("")] == [False] * 4
