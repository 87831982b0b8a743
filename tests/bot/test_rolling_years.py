"""The first import before anything was built, and tables that drop a year each year: what is asked before it is published."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.helpers import copied_data
from tests.kb.tables.tables import workbook

NAMES = ["健診", "相談", "訪問", "講座", "広報", "防災"]


class Town:
    """A data/ without plans, a home in which nothing was built, and the commands over both."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, copied_data(folder)
        shutil.rmtree(self.data / "plans")

    def run(self, *arguments: str) -> Result:
        """One command."""
        environment = {"KOTAE_DATA": str(self.data), "KOTAE_HOME": str(self.folder / "home")}
        return CliRunner().invoke(main, arguments, env=environment)

    def brings(self, *years: str) -> None:
        """Import a table of these years."""
        lines = [["番号", "事業名", *(f"{year}実績" for year in years)]]
        lines += [[str(no), name, *(f"{no}{year[1:]}件" for year in years)] for no, name in enumerate(NAMES, 1)]
        file = workbook(self.folder / f"{years[-1]}.xlsx", {"一覧": lines})
        assert self.run("import", str(file), "--plan", "town").exit_code == 0


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town that begins."""
    return Town(tmp_path)


def test_before_the_first_build_everything_is_new(town: Town) -> None:
    """What an import says to look at next can be looked at, and leaves the home without a knowledge base."""
    town.brings("R4", "R5")
    result = town.run("diff")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("使用中の版 なし → 公表する版 ")
    assert lines[lines.index("事業: 6件") + 1] == "  ＋ No.1 健診"
    assert not list((town.folder / "home").glob("kb-*"))
    assert town.run("publish").exit_code == 0


def test_a_year_that_goes_asks_first(town: Town) -> None:
    """One of six years, less than a fifth of the figures: without a terminal it is refused and says which year."""
    town.brings("R1", "R2", "R3", "R4", "R5", "R6")
    assert town.run("publish").exit_code == 0
    town.brings("R2", "R3", "R4", "R5", "R6", "R7")
    result = town.run("publish")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "令和元年度の数字6個がなくなり、答えられなくなります。 36個の数字のうち6個(16%)が変わるか、なくなります。"
    )
    assert town.run("publish", "--yes").exit_code == 0


def test_a_year_that_comes_asks_nothing(town: Town) -> None:
    """Negative control: every year that was there is there again."""
    town.brings("R4", "R5")
    assert town.run("publish").exit_code == 0
    town.brings("R4", "R5", "R6")
    assert town.run("publish").exit_code == 0
