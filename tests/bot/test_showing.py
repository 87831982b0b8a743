import pytest

from bot.showing import printed_unit
from nlp.figures import read_figures


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("10千円 12千円", "円", ("千円", 1000)),
        ("12百万円", "円", ("百万円", 1_000_000)),
        ("十二人", "人", ("人", 1)),
        ("3千円 4円", "円", ("円", 1)),
        ("１０件", "件", ("件", 1)),
        ("2億3,000万円", "円", ("円", 1)),
    ],
)
def test_the_printed_unit_is_the_one_that_all_figures_print(text: str, unit: str, printed: tuple[str, int]) -> None:
    """百 belongs to 百万円 where digits stand before it; what is no unit is never shown as one."""
    assert printed_unit(read_figures(text), unit) == printed
