import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.charts import Chart, draw, to_chart
from tests.bot.charts.quoting import answer_of, comparison, history, quote

SVG = "{http://www.w3.org/2000/svg}"
STRANGE = [
    "5件 $x_1^2$ $",
    "5件 <script>alert(1)</script> & \"'",
    "5件\n改行\tと\x07制御",
    "5件 🎉👨‍👩‍👧 𠮷野家",
    "5件 -- \\frac{1}{2} %s {0}",
    "5件 " + "とても長い" * 200,
]


def charted(answer: object) -> Chart:
    """The chart of an answer that has one."""
    found = to_chart(answer)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_png_is_twice_as_wide_as_a_phone(kotae: Kotae) -> None:
    """780 dots for 390 pixels, as high as it needs."""
    picture = draw(charted(kotae.answer("空き店舗入居促進事業の推移は？")[0]), "png")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (780, 908)


def test_an_svg_says_what_it_shows_and_names_nothing_outside(kotae: Kotae) -> None:
    """A title and a description for screen readers; no script, no font, no text that needs one, no address."""
    root = ET.fromstring(draw(charted(kotae.answer("商工相談と経営指導の25年度の比較")[0]), "svg"))  # noqa: S314  our own
    assert root.findtext(f"{SVG}title") == "平成25年度の商工相談と経営指導の比較"
    assert root.findtext(f"{SVG}desc") == (
        "平成25年度の商工相談と経営指導の比較。件数(件): 商工相談(No.17) 1,025件、経営指導(No.16) 59件。"
    )
    assert root.get("width") == "390"
    assert outside(root) == []


def test_what_leads_outside_is_noticed() -> None:
    """Negative control: a script, a style, a picture from elsewhere."""
    page = f'<svg xmlns="{SVG[1:-1]}"><script/><style/><image href="https://x"/><use href="#a"/></svg>'
    assert outside(ET.fromstring(page)) == ["script", "style", "image", "https://x"]  # noqa: S314  our own


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("form", ["png", "svg"])
def test_whatever_a_cell_or_a_name_holds_is_drawn_as_it_stands(text: str, form: str) -> None:
    """No formula begins, nothing is run, nothing breaks, and no warning is given."""
    cells = [quote(no, 2020, text, name=f"{text}{no}") for no in (1, 2)]
    picture = draw(charted(answer_of(cells)), form)  # type: ignore[arg-type]
    if form == "svg":
        assert outside(ET.fromstring(picture)) == []  # noqa: S314  our own


@pytest.mark.parametrize(
    "texts",
    [
        {2019: "0件", 2020: "0件", 2021: "0件"},
        {2019: "△3件", 2020: "-5件", 2021: "2件"},
        {2019: "0.1%", 2020: "", 2021: "0.25%"},
        {year: f"{year}件" for year in range(2004, 2024)},
        {2019: f"{10**14:,}円", 2020: "1円", 2021: "-"},
    ],
)
def test_any_figures_can_be_drawn(texts: dict[int, str]) -> None:
    """Nothing but zeros, below zero, fractions, twenty years, a figure out of all proportion."""
    assert draw(charted(history(texts)), "png")[:4] == b"\x89PNG"


def test_drawing_leaves_no_trace() -> None:
    """matplotlib's settings and fonts are those that it was loaded with."""
    import matplotlib as mpl
    from matplotlib import font_manager

    chart = charted(comparison(["1件", "2件"]))
    before, fonts = dict(mpl.rcParams), len(font_manager.fontManager.ttflist)
    draw(chart, "png")
    draw(chart, "svg")
    assert (dict(mpl.rcParams), len(font_manager.fontManager.ttflist)) == (before, fonts)
    assert "matplotlib_fontja" not in sys.modules


def test_matplotlib_is_loaded_with_the_first_picture() -> None:
    """Neither a question nor a chart that nobody draws waits for it."""
    code = (
        "import sys, bot.cli, bot.charts; from tests.bot.charts.quoting import comparison;"
        "chart = bot.charts.to_chart(comparison(['1件', '2件'])); print('matplotlib' in sys.modules);"
        "bot.charts.draw(chart, 'png'); print('matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout.split() == ["False", "True", "False"]


def outside(root: ET.Element) -> list[str]:
    """What of a page runs, styles everything or leads away from it."""
    found = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        found += [name] if name in {"script", "style", "image", "text", "foreignObject", "a", "metadata"} else []
        for key, value in element.attrib.items():
            away = key.rpartition("}")[2] == "href" and not value.startswith("#")
            found += [value] if away or "://" in value or key.startswith("on") else []
    return found
