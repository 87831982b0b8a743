"""What a computed value is printed in: the unit of its cells, where they all print one."""

import pytest

from bot.replies.showing import printed_unit, show_value
from kb.cells import read_cell_figures
from kb.running.arithmetic import compute
from kb.running.results import Operand, Project, Quote
from nlp.figures.figures import read_figures

PROJECT = Project("midori/1", "1", "直売所", (), "No.1")


def operand(text: str, unit: str, year: int) -> Operand:
    """What a cell gives to a computation."""
    figures = read_cell_figures(text, unit)
    return Operand(Quote(PROJECT, 1, None, year, "", text, "reported", "", "", figures, unit=unit), figures)


@pytest.mark.parametrize(
    ("operation", "texts", "unit", "shown"),
    [
        ("sum", ["60百万円", "2.5百万円"], "", "62.5百万円"),
        ("sum", ["60", "38"], "百万円", "98百万円"),
        ("change", ["60百万円", "20百万円"], "", "40百万円"),
        ("average", ["60百万円", "2.5百万円"], "", "31.25百万円"),
        ("sum", ["4,300千円", "７，１００千円"], "", "11,400千円"),
        ("sum", ["4,350千円", "▲120千円", "7,200 千円"], "", "11,430千円"),
        ("sum", ["-5千円", "8千円"], "", "3千円"),
        ("change", ["950千人", "905千人"], "", "45千人"),
        ("sum", ["四千円", "二千円"], "", "6千円"),
        ("change", ["1億2千万円", "2億2千万円"], "", "100,000,000円"),
        ("sum", ["60百万円", "500千円"], "", "60,500,000円"),
        ("sum", ["12名", "3人"], "", "15人"),
        ("sum", ["450千円", "△320千円", "△1,850千円"], "", "△1,720千円"),
        ("average", ["▲300円", "100円"], "", "▲100円"),
        ("change", ["△300円", "△500円"], "", "200円"),
    ],
)
def test_a_value_is_in_the_unit_that_all_its_cells_print(
    operation: str, texts: list[str], unit: str, shown: str
) -> None:
    """Whatever the width of the digits; in the canonical unit where the cells differ."""
    operands = [operand(text, unit, 2020 + at) for at, text in enumerate(texts)]
    computed = compute(operation, "", operands[0].figures[0].unit, operands)
    assert computed is not None
    assert show_value(computed) == shown


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
